import { randomInt } from 'node:crypto';
import { newEmail, newPassword } from './people.ts';
import type { Server } from './server.ts';

/** A housing organisation that joins: who directs it, and who answers for mediations. */
export interface Organisation {
  name: string;
  siren: string;
  director: { firstName: string; lastName: string; birthDate: { day: string; month: string; year: string } };
  /** The correspondent's. */
  email: string;
  password: string;
}

/** The digit that makes the sum of Luhn's formula a multiple of 10. */
function checkDigit(digits: string): string {
  let sum = 0;
  [...digits].reverse().forEach((digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return String((10 - (sum % 10)) % 10);
}

const digits = (count: number): string => String(randomInt(10 ** count)).padStart(count, '0');

/** A valid SIREN that most likely no other test has. */
export function newSiren(): string {
  // The first digit of those given out is never 0, and 356 is La Poste, whose establishments have a rule of their own.
  const start = `${randomInt(4, 9)}${digits(7)}`;
  return start + checkDigit(start);
}

/** A valid SIRET of the organisation with that SIREN. */
export function siretOf(siren: string, establishment = randomInt(1, 1000)): string {
  const start = siren + String(establishment).padStart(4, '0');
  return start + checkDigit(start);
}

/** The number with its last digit wrong: near enough to look right. */
export function mistyped(number: string): string {
  return number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10);
}

const STARTS = ['Bri', 'Cha', 'Dre', 'Fla', 'Gou', 'Lau', 'Mar', 'Nei', 'Plo', 'Rou', 'Sau', 'Tre', 'Val', 'Vir'];
const MIDDLES = ['ban', 'cel', 'don', 'fer', 'gnol', 'lem', 'mar', 'nav', 'ric', 'sten', 'tou', 'vin'];
const ENDS = ['ac', 'ard', 'au', 'ec', 'elle', 'eron', 'ier', 'ieux', 'igny', 'on', 'ouet', 'ville'];

const any = (parts: readonly string[]): string => parts[randomInt(parts.length)] ?? '';

/** A name that sounds like one of a place or a family, and that most likely no other test has. */
export const newName = (): string => any(STARTS) + any(MIDDLES) + any(MIDDLES) + any(ENDS);

/** An organisation nobody else has. What is personal must not be in the logs. */
export function newOrganisation(server: Server, changed: Partial<Organisation> = {}): Organisation {
  const director = { firstName: 'Maëlle', lastName: newName(), birthDate: { day: '29', month: '2', year: '1972' } };
  const organisation = {
    name: `Office public de l’habitat de ${newName()}`,
    siren: newSiren(),
    director,
    email: newEmail(server, 'mediation'),
    password: newPassword(server),
    ...changed,
  };
  server.secrets.add(organisation.director.lastName);
  return organisation;
}
