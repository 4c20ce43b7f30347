import { SignUp } from '../support/pages/sign-up.ts';
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
});
