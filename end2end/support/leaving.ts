import { moveClock, timeOf } from './api.ts';
import { importLines } from './imports.ts';
import type { Person } from './people.ts';
import type { Server } from './server.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A day of the calendar, at midnight UTC. */
export type Day = Date;

/** So many days after a day. */
export const after = (day: Day, days: number): Day => new Date(day.getTime() + days * DAY);

/** As files have it, `2026-12-15`. */
export const inFile = (day: Day): string => day.toISOString().slice(0, 10);

/** As people read it in French, `15/12/2026`. */
export const inWords = (day: Day): string => inFile(day).split('-').reverse().join('/');

/** The first day, so many days from now on or soon after, that has its like three months earlier, as its eve has. */
export function lastDayIn(server: Server, days: number): Day {
  let day = new Date(Math.floor(timeOf(server) / DAY) * DAY + days * DAY);
  while (day.getUTCDate() < 2 || day.getUTCDate() > 28) day = after(day, 1);
  return day;
}

/** The last day in the home of whom the account closes after a day: three months before. */
export function leftFor(closes: Day): Day {
  return new Date(Date.UTC(closes.getUTCFullYear(), closes.getUTCMonth() - 3, closes.getUTCDate()));
}

/** What the landlord's file says: whose last day in the home is which; none takes it back. */
export async function leave(server: Server, ...exits: [Person, Day | undefined][]): Promise<void> {
  const lines = exits.map(([{ lease }, day]) => `${lease.reference};${day ? inFile(day) : ''}`);
  await importLines(server, 'extranet', 'exits', 'reference;date_sortie', ...lines);
}

/** The day that it is at the portal at a moment. */
export const startOf = (moment: number): Day => new Date(`${new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(moment)}T00:00:00Z`);

/** When a day begins at the portal. */
export function midnight(day: Day): number {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', hour12: false });
  // One hour ahead of UTC in winter, two in summer.
  const [ahead] = [1, 2].filter((hours) => Number(hour.format(new Date(day.getTime() - hours * 60 * MINUTE))) % 24 === 0);
  if (ahead === undefined) throw new Error(`no midnight on ${inFile(day)}`);
  return day.getTime() - ahead * 60 * MINUTE;
}

/** When the day ends that comes so many days after today: days and months of validity end with their last day. */
export const endOfDay = (days: number): number => midnight(after(startOf(Date.now()), days + 1));

/** How many minutes a server's clock is ahead of the real time, when it shows that moment or is less than a minute past it. */
const minutesTo = (moment: number): number => Math.ceil((moment - Date.now()) / MINUTE);

/** Moves the clock to a little before a moment: long enough to look at a page, and less than three minutes. */
export const moveBefore = (server: Server, moment: number): Promise<void> => moveClock(server, { minutes: minutesTo(moment) - 2 });

/** Moves the clock to that moment or the minute that follows it. */
export const moveTo = (server: Server, moment: number): Promise<void> => moveClock(server, { minutes: minutesTo(moment) });
