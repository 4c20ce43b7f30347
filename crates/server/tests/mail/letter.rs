//! An e-mail to the letter.

use palier_server::mail::Mail;

use crate::samples::{LINK, compose, environment};
use crate::support::loaded;

#[test]
fn the_first_email_to_the_letter() {
    let loaded = loaded(&environment());
    let portal = loaded.config.portal("extranet").unwrap();
    let made = compose(&loaded, portal, "fr", None, Mail::ConfirmSignUp { link: LINK, hours: 24 });
    assert_eq!(made.subject, "Confirmez votre adresse e-mail pour Habitat des Rives");
    let expected = "Habitat des Rives

Confirmez votre adresse e-mail

Bonjour,

Votre demande de compte chez Habitat des Rives est enregistrée. Il reste une étape : confirmer que cette adresse \
e-mail est bien la vôtre.

Ouvrez ce lien, puis cliquez sur « Confirmer mon adresse » dans la page qui s'affiche. Vous pouvez l'ouvrir sur un \
autre appareil.

Confirmer mon adresse
https://espace.exemple.fr/extranet/locataire/confirmation#AbC_123-x

Ce lien est valable 24 heures et ne sert qu'une fois. Après, ouvrez-le quand même : la page vous propose d'en recevoir \
un nouveau.

Vous n'avez rien demandé ? Ne faites rien : sans votre confirmation, aucun compte n'est créé.

-- 
Vous recevez ce message parce que cette adresse a été donnée pour créer un compte chez Habitat des Rives.
Une question ? Appelez Habitat des Rives au 03 53 01 18 00 (du lundi au vendredi, de 8 h 30 à 17 h), ou répondez à ce \
message.
Nous ne demandons jamais votre mot de passe, ni par e-mail, ni par téléphone.
Message envoyé automatiquement par Habitat des Rives, société coopérative d’intérêt collectif d’HLM, 18 quai des \
Mariniers, 60000 Beauvais.
";
    // Non-breaking spaces can't be told from others here; `text_and_html_say_the_same` compares them.
    assert_eq!(made.text.replace('\u{a0}', " "), expected.replace('\u{a0}', " "));
}
