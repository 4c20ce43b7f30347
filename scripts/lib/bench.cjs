// What measurements share: invented leases, a landlord with many of them, figures, limits.
'use strict';
const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { newFolder, ROOT, serve } = require('./server.cjs');

const PROGRAM = process.env.PALIER_BIN ?? path.join(ROOT, 'build', 'palier');
const PASSWORD = 'tram Bleu 47 Vigne';

const SURNAMES = ['LEFÈVRE', 'MARTIN-DURAND', 'D’ALMEIDA', 'DE LA TOUR', 'EL AMRANI', 'LY', 'MARTIN', 'GARCÍA MORENO', 'N’DIAYE', 'ŽITNIK'];
const FIRST_NAMES = ['Aurélie', 'Claire', 'João', 'Béatrice', 'Youssef', 'Maï', 'Paul', 'Inés', 'Fatoumata', 'Loïc'];
const TOWNS = [['60000', 'BEAUVAIS'], ['60100', 'CREIL'], ['60400', 'NOYON'], ['60110', 'MÉRU']];
const HEADER = 'reference;nom_signataire;prenom_signataire;autres_noms;date_naissance;adresse;code_postal;commune;date_entree;date_sortie;email';

const two = (value) => String(value).padStart(2, '0');

/** What a tenant types of the lease of this number. */
const lease = (number) => ({ reference: String(1_000_000 + number), surname: SURNAMES[number % SURNAMES.length] });

/** A landlord's file with so many leases. */
function writeLeases(file, count) {
  const out = fs.openSync(file, 'w');
  let lines = [HEADER];
  for (let number = 0; number < count; number += 1) {
    const { reference, surname } = lease(number);
    const first = FIRST_NAMES[(number >> 3) % FIRST_NAMES.length];
    const others = number % 5 === 0 ? SURNAMES[(number + 3) % SURNAMES.length] : '';
    const born = `${1930 + (number % 70)}-${two(1 + (number % 12))}-${two(1 + (number % 28))}`;
    const [code, town] = TOWNS[number % TOWNS.length];
    const left = number % 12 === 11 ? '2019-06-30' : '';
    const email = number % 8 === 0 ? `locataire${number}@exemple.test` : '';
    lines.push(
      `${reference};${surname};${first};${others};${born};${1 + (number % 140)} rue du Palier, esc. ${number % 9};${code};${town};2001-0${1 + (number % 9)}-15;${left};${email}`,
    );
    if (lines.length === 10_000) {
      fs.writeSync(out, `${lines.join('\r\n')}\r\n`);
      lines = [];
    }
  }
  fs.writeSync(out, `${lines.join('\r\n')}\r\n`);
  fs.closeSync(out);
}

/** A folder with the configuration of one landlord, alone on its server. Requests may say where they come from. */
function landlord() {
  const folder = newFolder();
  const config = path.join(folder, 'config');
  fs.mkdirSync(config);
  fs.writeFileSync(path.join(config, 'palier.toml'), 'trusted_proxies = ["127.0.0.1"]\n');
  fs.copyFileSync(path.join(ROOT, 'demo', 'extranet.toml'), path.join(config, 'extranet.toml'));
  const environment = {
    PALIER_DATABASE_URL: `sqlite://${path.join(folder, 'palier.db')}`,
    PALIER_SMTP_URL: `file://${path.join(folder, 'mails')}`,
    PALIER_DEMO: '',
  };
  return { folder, config, environment };
}

/** The server of that landlord. */
const open = ({ folder, config, environment }) => serve({ program: PROGRAM, config, folder, environment });

/** A figure of a process, in MB, from what Linux says of it; nothing elsewhere or when it has ended. */
function memory(id, figure) {
  try {
    const found = new RegExp(`^${figure}:\\s+(\\d+) kB`, 'm').exec(fs.readFileSync(`/proc/${id}/status`, 'utf8'));
    return found ? Number(found[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}

/** Begins to watch how much of the processors' time the host of a virtual machine gives to others; ends with percents. */
function steal() {
  const read = () => {
    try {
      return fs.readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).slice(1, 9).map(Number);
    } catch {
      return undefined;
    }
  };
  const before = read();
  return () => {
    const spent = read()?.map((value, index) => value - before[index]);
    return spent && (spent[7] / spent.reduce((sum, value) => sum + value)) * 100;
  };
}

/** Takes in a file: seconds, and the most memory that it took, in MB. */
function importLeases({ config, environment }, file) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(PROGRAM, ['import', 'leases', file, '--config', config], {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let most;
    // The system keeps the highest value itself: only what comes after the last look is missed.
    const watch = setInterval(() => { most = memory(child.pid, 'VmHWM') ?? most; }, 5);
    let said = '';
    child.stdout.on('data', (part) => { said += part; });
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(watch);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      if (code === 0) resolve({ seconds, most, said: said.trim() });
      else reject(new Error(`the import ended with ${code}:\n${said}`));
    });
  });
}

const sorted = (values) => [...values].sort((one, other) => one - other);
/** The value that this share of the values doesn't exceed. */
const quantile = (values, share) => sorted(values)[Math.max(0, Math.ceil(values.length * share) - 1)];
const median = (values) => quantile(values, 0.5);

const width = 50;
let failed = 0;
const show = (value) => (value === undefined ? 'not measured' : value === 0 || Math.abs(value) >= 0.1 ? value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0) : value.toPrecision(2));

/** One line of a table. With `most` or `least` it is held to that; `stretch` is what would be better still. */
function line(title, value, unit, { most, least, stretch } = {}) {
  const bad = value !== undefined && ((most !== undefined && value > most) || (least !== undefined && value < least));
  if (bad) failed += 1;
  const limit = most !== undefined ? `at most ${most}` : least !== undefined ? `at least ${least}` : '';
  const wished = stretch === undefined ? '' : ` (stretch ${stretch})`;
  const verdict = bad ? '  NOT MET' : '';
  console.log(`  ${title.padEnd(width)}${show(value).padStart(12)} ${unit.padEnd(6)} ${limit}${wished}${verdict}`.trimEnd());
}

/** Runs a measurement: exit code 1 when it fails or a limit isn't met. */
function measure(main) {
  main().then(
    () => { process.exitCode = failed === 0 ? 0 : 1; },
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}

/** The output of a Rust program that stands beside a measurement (an example of the server's crate), built like the server. */
function rust(example, ...values) {
  // Nameless as the program is, so that what both are made of is compiled once.
  const script = '. scripts/lib.sh; use_native; nameless; cargo run --quiet --locked --offline --profile server -p palier-server --example "$@"';
  return execFileSync('bash', ['-c', script, 'rust', example, '--', ...values.map(String)], { cwd: ROOT, encoding: 'utf8' }).trim();
}

module.exports = { importLeases, landlord, lease, line, measure, median, memory, open, PASSWORD, quantile, rust, steal, writeLeases };
