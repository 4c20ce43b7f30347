/** The demonstration landlords that the tests meet, as a tenant sees them. */
export type PortalSlug = 'extranet' | 'ekidom';

/** The mediators: that of the demonstration, and another one that tests bring along (presets/). */
export type MediatorSlug = 'mediateur-hlm' | 'autre-mediateur';

/** The bank whose client organisations get their administrator. */
export type BankSlug = 'prets';

/** The office that gives accounts out to landlords. */
export type OfficeSlug = 'partenaires';

/** Any portal of a server. */
export type AnySlug = PortalSlug | MediatorSlug | BankSlug | OfficeSlug;

export interface PortalFacts {
  slug: PortalSlug;
  /** The label of the reference (spec/interface.md). */
  referenceLabel: string;
  /** The birth date of the main signatory is asked. */
  asksBirthDate: boolean;
  /** Name of the session's cookie without an encrypted connection. */
  cookie: string;
}

export const portals: Record<PortalSlug, PortalFacts> = {
  extranet: { slug: 'extranet', referenceLabel: 'Référence client', asksBirthDate: false, cookie: 'palier-extranet' },
  ekidom: { slug: 'ekidom', referenceLabel: 'Numéro de compte client', asksBirthDate: true, cookie: 'palier-ekidom' },
};

/** The partners that the mediator of the demonstration offers, by their codes. */
export const partners = {
  USH: "USH – Union sociale pour l'habitat",
  FNAR: "FNAR – Fédération nationale d'associations régionales",
} as const;

/** The mediators, and how many pages joining them has: what a mediator doesn't ask has none. */
export const mediators: Record<MediatorSlug, { name: string; steps: readonly string[] }> = {
  'mediateur-hlm': { name: 'Médiateur Hlm', steps: ['', 'federation', 'contrat', 'code', 'verification'] },
  'autre-mediateur': { name: 'Médiation Nouvelle', steps: ['', 'contrat', 'verification'] },
};

/** Pages of a tenants' portal that anybody can open and that keep nothing. */
export const tenantPages = [
  '/', '/connexion', '/identifiant-oublie', '/mot-de-passe-oublie', '/mot-de-passe-oublie/nouveau', '/locataire/confirmation',
  '/cgu', '/cookies', '/accessibilite', '/mentions-legales', '/aide',
] as const;

/** Pages of a mediator that anybody can open. */
export const mediatorPages = [
  '/', '/mediation', '/mediation/identite', '/mediation/identite/certification', '/mediation/rappels', '/annuaire', '/connexion', '/identifiant-oublie',
  '/mot-de-passe-oublie', '/mot-de-passe-oublie/nouveau', '/cgu', '/cookies', '/accessibilite', '/mentions-legales', '/aide',
] as const;

/** Pages of the bank that anybody can open, beside those that all portals have. */
export const bankPages = [
  '/', '/administrateur/inscription', '/administrateur/confirmation', '/administrateur/courrier', '/administrateur/activation', '/administrateur/refus',
  '/connexion', '/cgu', '/aide',
] as const;

/** Pages of the office's partners that anybody can open, beside those that all portals have. */
export const partnerPages = [
  '/', '/partenaire/premiere-connexion', '/partenaire/aide', '/partenaire/aide/deja-connecte', '/partenaire/aide/jamais-connecte', '/partenaire/aide/courrier',
  '/partenaire/aide/e-mail', '/partenaire/aide/nouveaux-identifiants', '/connexion',
] as const;

/** Labels and buttons that people, scripts and tests rely on: exactly those of spec/interface.md. */
export const labels = {
  surname: 'Nom de famille du signataire principal',
  email: 'Adresse e-mail',
  password: 'Mot de passe',
  newPassword: 'Nouveau mot de passe',
  userNumber: 'Numéro utilisateur',
  provisionalPassword: 'Mot de passe provisoire',
  updatePassword: 'Mettre à jour votre mot de passe',
  terms: "J'accepte les conditions générales d'utilisation",
  create: 'Créer mon compte',
  confirm: 'Confirmer mon adresse',
  login: 'Adresse e-mail ou identifiant',
  stay: 'Rester connecté',
  signIn: 'Se connecter',
  lostIdentifier: 'Identifiant oublié ?',
  lostPassword: 'Mot de passe oublié ?',
  signOut: 'Se déconnecter',
  continue: 'Continuer',
  back: 'Retour',
  review: 'Vérifiez vos réponses',
  change: 'Modifier',
} as const;

/** The same for the mediation scheme: identity of an organisation, membership, directory. */
export const mediation = {
  name: 'Dénomination de la structure',
  number: 'Numéro SIREN ou SIRET',
  directorFirstName: 'Prénom du directeur général',
  directorLastName: 'Nom du directeur général',
  directorBirthDate: 'Date de naissance du directeur général',
  email: 'Adresse e-mail du correspondant Médiation',
  certify: 'Certifier mon identité',
  representativeFirstName: 'Prénom du représentant légal',
  representativeLastName: 'Nom du représentant légal',
  isPartner: "Je fais partie d'une fédération, association ou syndicat partenaire",
  partner: 'Nom du partenaire',
  authorised: 'Je suis autorisé à engager mon organisme',
  print: 'Imprimer le contrat',
  download: 'Télécharger le contrat',
  code: 'Avez-vous un code promotionnel ?',
  submit: 'Valider',
  member: 'Vous êtes inscrit',
} as const;

/** The same for the first administrator of a client organisation. */
export const administrator = {
  number: 'Numéro client',
  human: 'Je ne suis pas un robot',
  submit: 'Valider',
  cancel: 'Annuler',
  firstName: 'Prénom',
  surname: 'Nom',
  terms: "J'ai lu et j'accepte les conditions générales d'utilisation",
  code: 'Code reçu par courrier',
} as const;
