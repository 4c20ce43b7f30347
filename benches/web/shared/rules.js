// What each answer must be: the same rules as in crates/domain, written by hand. Each gives a message, or nothing.
const label = (name) => `« ${name} » : `;
const digits = (text) => text.replace(/^\s*L/i, '').replace(/[\s.-]/g, '').replace(/^0+/, '');

function reference(text) {
  if (text.trim() === '') return 'Remplissez le champ « Référence client » : ce sont les chiffres inscrits sur votre avis d’échéance ou sur votre bail.';
  const read = digits(text);
  if (/\D/.test(read)) return `${label('Référence client')}saisissez les chiffres seulement, par exemple 4821730.`;
  if (read.length < 6 || read.length > 10) return `${label('Référence client')}saisissez de 6 à 10 chiffres, sans compter les zéros du début, par exemple 4821730. Vous en avez saisi ${read.length}.`;
  return '';
}

function surname(text) {
  const name = text.trim();
  if (name === '') return 'Remplissez le champ « Nom de famille du signataire principal » : la première personne nommée sur le bail, par exemple Durand.';
  const wrong = /[^\p{L}\p{M}' ’-]/u.exec(name);
  if (wrong) return `${label('Nom de famille du signataire principal')}le caractère « ${wrong[0]} » ne convient pas. Utilisez des lettres, des espaces, des traits d’union et des apostrophes, par exemple Martin-Durand.`;
  return '';
}

function email(text) {
  const address = text.trim();
  if (address === '') return 'Remplissez le champ « Adresse e-mail », par exemple nom@exemple.fr.';
  const parts = address.split('@');
  if (parts.length !== 2) return `${label('Adresse e-mail')}saisissez une adresse avec un seul signe @, par exemple nom@exemple.fr.`;
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]+$/.test(parts[0])) return `${label('Adresse e-mail')}vérifiez ce qui est avant le signe @. Il n’y faut ni espace ni virgule, par exemple nom@exemple.fr.`;
  if (!/^[^\s.]+(\.[^\s.]+)+$/.test(parts[1])) return `${label('Adresse e-mail')}vérifiez ce qui est après le signe @, par exemple nom@exemple.fr.`;
  return '';
}

const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

function password(text, answers) {
  if (text === '') return 'Saisissez un mot de passe.';
  if (text.length < 8) return `Choisissez un mot de passe d’au moins 8 caractères. Le vôtre en a ${text.length}.`;
  if (!/\p{L}/u.test(text)) return 'Ajoutez au moins une lettre à votre mot de passe.';
  if (!/\p{N}/u.test(text)) return 'Ajoutez au moins un chiffre à votre mot de passe.';
  const begins = (what) => what.length > 0 && folded(text).startsWith(folded(what));
  if (begins(answers.surname.trim())) return 'Votre mot de passe ne doit pas commencer par le nom de famille. Choisissez-en un autre.';
  if (begins(answers.email.trim())) return 'Votre mot de passe ne doit pas commencer par votre adresse e-mail. Choisissez-en un autre.';
  return '';
}

const terms = (ticked) => (ticked ? '' : 'Cochez la case « J’accepte les conditions générales d’utilisation » pour continuer.');

const rules = { reference, surname, email, password, terms };
export const empty = { reference: '', surname: '', email: '', password: '', terms: false };
export const problem = (name, answers) => rules[name](answers[name], answers);
/** What is wrong on a page: `[name, message]` each. */
export const problems = (step, answers) => step.fields.map(({ name }) => [name, problem(name, answers)]).filter(([, message]) => message !== '');

/** Sends the form; an error when nobody answers. */
export const send = (answers) =>
  fetch('/api/tenancy/sign-ups', { method: 'POST', headers: { 'content-type': 'application/json', 'x-palier': '1', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify(answers) });
