import { certified } from '../support/mediation.ts';
import { Directory } from '../support/pages/directory.ts';
import { Identity } from '../support/pages/identity.ts';
import { Membership } from '../support/pages/membership.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { partners } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';

// What screen readers are told of the main pages: roles, names and their order. The words are the landlord's and the
// texts'; where they vary, so do the patterns.
test.describe('X1 what the main pages are made of', () => {
  test('the home page', async ({ page, server }) => {
    await page.goto(server.url('/', 'extranet'));
    await expect(page.locator('body')).toMatchAriaSnapshot(`
      - link "Aller au contenu"
      - banner:
        - link "Habitat des Rives"
        - navigation "Langue et compte":
          - link "English"
          - link "Se connecter"
      - main:
        - heading "Que souhaitez-vous faire ?" [level=1]
        - list:
          - listitem:
            - link /Créer mon compte/
          - listitem:
            - link /Me connecter/
          - listitem:
            - link /aide/
      - contentinfo:
        - paragraph: /Une question \\?/
        - navigation "Informations":
          - list
    `);
  });

  test('signing in', async ({ page, server }) => {
    await page.goto(server.url('/connexion', 'ekidom'));
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - heading "Connexion" [level=1]
      - text: Adresse e-mail ou identifiant
      - paragraph: /identifiant/
      - textbox "Adresse e-mail ou identifiant"
      - text: Mot de passe
      - textbox "Mot de passe"
      - button "Afficher le mot de passe": Afficher
      - checkbox "Rester connecté"
      - text: Rester connecté
      - paragraph: /30 jours/
      - button "Se connecter"
      - list:
        - listitem:
          - link "Identifiant oublié ?"
        - listitem:
          - link "Mot de passe oublié ?"
        - listitem:
          - link "Créer mon compte"
    `);
  });

  test('the steps of the sign-up, an error, and the end', async ({ page, server, person }) => {
    const somebody = person('ekidom');
    const signUp = new SignUp(page, server, 'ekidom');
    const main = page.getByRole('main');
    await signUp.open();
    await expect(main).toMatchAriaSnapshot(`
      - link "Retour"
      - paragraph: Étape 1 sur 4
      - heading "Votre numéro de compte client" [level=1]
      - paragraph
      - region "À avoir sous la main":
        - heading "À avoir sous la main" [level=2]
        - list:
          - listitem: /numéro de compte client/
          - listitem: /e-mail/
          - listitem: /signataire/
          - listitem: /mot de passe/
      - group: /Où trouver votre numéro de compte client/
      - paragraph: Toutes les réponses sont obligatoires.
      - text: Numéro de compte client
      - paragraph: /5 chiffres/
      - textbox "Numéro de compte client"
      - button "Continuer"
    `);
    await signUp.continue();
    await expect(main).toMatchAriaSnapshot(`
      - link "Retour"
      - alert "Il y a 1 erreur dans cette page":
        - heading "Il y a 1 erreur dans cette page" [level=2]
        - list:
          - listitem:
            - link /Numéro de compte client/
      - paragraph: Étape 1 sur 4
      - heading [level=1]
    `);
    await signUp.giveReference(somebody.lease.reference);
    await expect(main).toMatchAriaSnapshot(`
      - link "Retour"
      - paragraph: Étape 2 sur 4
      - heading "Le signataire du bail" [level=1]
      - textbox "Nom de famille du signataire principal"
      - group "Date de naissance du signataire principal":
        - text: Jour
        - textbox "Jour"
        - text: Mois
        - textbox "Mois"
        - text: Année
        - textbox "Année"
      - button "Continuer"
    `);
    await signUp.giveSignatory(somebody);
    await signUp.giveAccess(somebody.email, somebody.password);
    await expect(main).toMatchAriaSnapshot(`
      - link "Retour"
      - paragraph: Étape 4 sur 4
      - heading "Vérifiez vos réponses" [level=1]
      - term: Numéro de compte client
      - definition
      - definition:
        - link /Modifier .*Numéro de compte client/
      - term: Nom de famille du signataire principal
      - definition
      - definition:
        - link /Modifier .*Nom de famille/
      - term: Date de naissance du signataire principal
      - definition: /\\d\\d\\/\\d\\d\\/\\d{4}/
      - definition:
        - link /Modifier .*Date de naissance/
      - term: Adresse e-mail
      - definition: /@/
      - definition:
        - link /Modifier .*Adresse e-mail/
      - term: Mot de passe
      - definition: Choisi, non affiché
      - definition:
        - link /Modifier .*Mot de passe/
      - checkbox "J'accepte les conditions générales d'utilisation"
      - text: J'accepte les
      - link "conditions générales d'utilisation"
      - button "Créer mon compte"
    `);
    await signUp.send();
    await signUp.expectSent();
    await expect(main).toMatchAriaSnapshot(`
      - heading "Consultez votre messagerie" [level=1]
      - paragraph: /@/
      - heading "Ce qui se passe maintenant" [level=2]
      - list:
        - listitem
        - listitem: /Confirmer mon adresse/
        - listitem
      - heading "Vous n'avez rien reçu ?" [level=2]
      - paragraph:
        - button "Renvoyer l'e-mail"
    `);
  });

  test('M1 the scheme', async ({ page, server }) => {
    await page.goto(server.url('/mediation', 'mediateur-hlm'));
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - heading "Le dispositif de médiation" [level=1]
      - paragraph: /Médiateur Hlm/
      - heading "Il est encore temps d'adhérer" [level=2]
      - paragraph: /8 septembre 2017/
      - list:
        - listitem:
          - strong: L'identité numérique
          - paragraph
        - listitem:
          - strong: L'adhésion
          - paragraph
      - link "Créer l'identité de mon organisme"
      - paragraph:
        - link "Se connecter pour adhérer"
      - paragraph:
        - link "Consulter l'annuaire des adhérents"
    `);
  });

  test('M2 the identity of an organisation', async ({ page, server, organisation }) => {
    const office = organisation();
    const identity = new Identity(page, server);
    const main = page.getByRole('main');
    await identity.open();
    await expect(main).toMatchAriaSnapshot(`
      - link "Retour"
      - paragraph: Étape 1 sur 4
      - heading "Votre organisme" [level=1]
      - paragraph
      - region "Qui remplit quoi ?":
        - heading "Qui remplit quoi ?" [level=2]
        - list:
          - listitem: /L'organisme/
          - listitem: /Le directeur général/
          - listitem: /Le correspondant Médiation/
      - paragraph: Toutes les réponses sont obligatoires.
      - textbox "Dénomination de la structure"
      - textbox "Numéro SIREN ou SIRET"
      - button "Continuer"
    `);
    await identity.giveStructure(office.name, office.siren);
    await expect(main).toMatchAriaSnapshot(`
      - paragraph: Étape 2 sur 4
      - heading "Le directeur général" [level=1]
      - paragraph: /pas les vôtres/
      - textbox "Prénom du directeur général"
      - textbox "Nom du directeur général"
      - group "Date de naissance du directeur général":
        - textbox "Jour"
        - textbox "Mois"
        - textbox "Année"
      - button "Continuer"
    `);
    await identity.giveDirector(office.director);
    await expect(main).toMatchAriaSnapshot(`
      - paragraph: Étape 3 sur 4
      - heading "Le correspondant Médiation" [level=1]
      - textbox "Adresse e-mail du correspondant Médiation"
      - textbox "Mot de passe"
      - button "Afficher le mot de passe"
      - button "Continuer"
    `);
    await identity.giveCorrespondent(office.email, office.password);
    await expect(main).toMatchAriaSnapshot(`
      - paragraph: Étape 4 sur 4
      - heading "Vérifiez vos réponses" [level=1]
      - term: Dénomination de la structure
      - definition
      - definition:
        - link /Modifier .*Dénomination de la structure/
      - term: Mot de passe
      - definition: Choisi, non affiché
      - button "Certifier mon identité"
    `);
  });

  test('M4 joining, to the end', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    const main = page.getByRole('main');
    await membership.enter(office);
    await membership.keepRepresentative();
    await membership.answerPartner('Oui');
    await expect(main).toMatchAriaSnapshot(`
      - link "Retour"
      - paragraph: Étape 2 sur 5
      - heading "Votre fédération" [level=1]
      - radiogroup "Je fais partie d'une fédération, association ou syndicat partenaire":
        - radio "Oui" [checked]
        - radio "Non"
      - combobox "Nom du partenaire":
        - option "Choisissez dans la liste" [selected]
        - option /USH/
        - option /FNAR/
      - button "Continuer"
    `);
    await membership.giveFederation(partners.USH);
    await expect(main).toMatchAriaSnapshot(`
      - paragraph: Étape 3 sur 5
      - heading "Le contrat" [level=1]
      - button "Imprimer le contrat"
      - link "Télécharger le contrat"
      - link "Télécharger les conditions générales d'utilisation"
      - region "Texte du contrat":
        - heading /Contrat d’adhésion/ [level=2]
        - heading "Les parties" [level=3]
      - checkbox "Je suis autorisé à engager mon organisme"
      - button "Continuer"
    `);
    await membership.agree();
    await expect(main).toMatchAriaSnapshot(`
      - paragraph: Étape 4 sur 5
      - heading "Code promotionnel" [level=1]
      - textbox "Avez-vous un code promotionnel ?"
      - button "Continuer"
    `);
    await membership.tryCode('USH2017');
    await membership.expectReview();
    await membership.submit();
    await membership.expectMember();
    await expect(main).toMatchAriaSnapshot(`
      - heading "Vous êtes inscrit" [level=1]
      - term: Référence de l'adhésion
      - definition: /M-.{4}-.{4}/
      - term: Date d'adhésion
      - definition
      - term: Partenaire
      - definition: /USH/
      - term: Code promotionnel
      - definition: USH2017
      - heading "Ce qui se passe maintenant" [level=2]
      - list
      - heading "Le contrat" [level=2]
      - button "Imprimer le contrat"
      - link "Télécharger le contrat"
      - region "Texte du contrat"
    `);
    await mailbox.mail(office.email, 'membership_made');
    const directory = new Directory(page, server);
    await directory.open();
    await directory.expectFound(office.name, office.name);
    await expect(main).toMatchAriaSnapshot(`
      - heading "Annuaire des organismes adhérents" [level=1]
      - paragraph
      - textbox "Nom de l'organisme"
      - button "Rechercher"
      - status: /organismes? trouvés?/
      - heading "Résultats" [level=2]
      - list:
        - listitem: /SIREN/
    `);
  });
});
