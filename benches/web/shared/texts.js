// What the sign-up says: Palier's own texts (locales/fr), those of one portal put in.
export const brand = 'Habitat des Rives';
const field = (name, label, hint, input) => ({ name, label, hint, input });

export const steps = [
  {
    path: '', title: 'Votre référence client',
    fields: [field('reference', 'Référence client', 'De 6 à 10 chiffres, sans compter les zéros du début, sans le « L » placé devant. Exemple : 4821730', { type: 'text', inputmode: 'numeric', autocomplete: 'off' })],
  },
  {
    path: 'signataire', title: 'Le signataire principal',
    fields: [field('surname', 'Nom de famille du signataire principal', 'La première personne nommée sur le bail.', { type: 'text', autocomplete: 'family-name' })],
  },
  {
    path: 'acces', title: 'Vos accès',
    fields: [
      field('email', 'Adresse e-mail', 'Nous y envoyons un lien pour confirmer votre inscription. Vous en aurez aussi besoin pour vous connecter.', { type: 'email', autocomplete: 'email' }),
      field('password', 'Mot de passe', 'Au moins 8 caractères, avec des lettres et des chiffres. Il ne doit pas commencer par votre nom, votre prénom ou votre adresse e-mail.', { type: 'password', autocomplete: 'new-password' }),
      field('terms', 'J’accepte les conditions générales d’utilisation', '', { type: 'checkbox' }),
    ],
  },
];
export const review = { path: 'verification', title: 'Vérifiez vos réponses' };
export const done = { path: 'fait', title: 'Ouvrez votre boîte e-mail', text: 'Nous vous avons envoyé un lien. Choisissez « Confirmer mon adresse » pour terminer.' };
export const words = {
  all: 'Toutes les réponses sont obligatoires.', next: 'Continuer', back: 'Retour', change: 'Modifier', send: 'Créer mon compte', summary: 'Il y a un problème',
  failed: 'La connexion est interrompue. Vos réponses sont gardées. Réessayez.', secret: 'Choisi',
};
