/** The demonstration landlords that the tests meet, as a tenant sees them. */
export type PortalSlug = 'extranet' | 'ekidom';

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

/** Labels and buttons that people, scripts and tests rely on: exactly those of spec/interface.md. */
export const labels = {
  surname: 'Nom de famille du signataire principal',
  email: 'Adresse e-mail',
  password: 'Mot de passe',
  newPassword: 'Nouveau mot de passe',
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
