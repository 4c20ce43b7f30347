use axum::http::{Method, StatusCode};

use super::support::Plan;

/// Addresses, and what is found there.
const READABLE: [(&str, &[&str]); 11] = [
    (
        "/extranet/",
        &[
            "<h1 ",
            "href=\"/extranet/locataire/inscription\"",
            "href=\"/extranet/connexion\"",
            "href=\"/extranet/aide\"",
        ],
    ),
    (
        "/extranet/connexion",
        &[
            "<label for=\"login\">Adresse e-mail ou identifiant</label>",
            "autocomplete=\"username\"",
            "<label for=\"password\">Mot de passe</label>",
            "autocomplete=\"current-password\"",
            "Rester connecté",
            "Se connecter</button>",
            ">Identifiant oublié",
            ">Mot de passe oublié",
        ],
    ),
    (
        "/extranet/locataire/inscription",
        &[
            "Étape 1 sur 4",
            "<i class=\"on\"></i><i></i><i></i><i></i>",
            "<label for=\"reference\">Référence client</label>",
            "inputmode=\"numeric\"",
            "size=\"14\"",
            "/avis-extranet.svg",
            "Continuer</button>",
        ],
    ),
    (
        "/ekidom/locataire/inscription/signataire",
        &[
            "Étape 2 sur 4",
            "Nom de famille du signataire principal",
            "name=\"birth_date.day\"",
            "id=\"birth_date-day\"",
            "autocomplete=\"bday-year\"",
            "autocomplete=\"family-name\"",
        ],
    ),
    (
        "/extranet/locataire/inscription/acces",
        &["type=\"password\"", "autocomplete=\"new-password\"", "class=\"meter\"", "Adresse e-mail"],
    ),
    ("/extranet/identifiant-oublie", &["inputmode=\"email\"", "class=\"back\" href=\"/extranet/connexion\""]),
    ("/extranet/mot-de-passe-oublie", &["name=\"login\""]),
    ("/extranet/mot-de-passe-oublie/nouveau", &["autocomplete=\"new-password\""]),
    ("/extranet/locataire/confirmation", &["Confirmer mon adresse</button>"]),
    (
        "/extranet/cookies",
        &[
            "<h1 tabindex=\"-1\">Cookies</h1>",
            "__Host-palier-extranet",
            "<article class=\"text\">",
            "href=\"/extranet/cgu\"",
        ],
    ),
    ("/extranet/cgu", &["Habitat des Rives", "18 quai des Mariniers"]),
];

#[tokio::test]
async fn a_page_can_be_read_and_filled_in_before_the_program_arrives() {
    let server = Plan::default().open().await;
    for (path, parts) in READABLE {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let page = answer.text();
        for part in parts {
            assert!(page.contains(part), "{path} lacks {part}:\n{page}");
        }
        assert!(
            page.contains("<html lang=\"fr\">") && page.contains("Habitat des Rives")
                || path.contains("ekidom"),
            "{path}"
        );
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
        assert!(!page.contains("palier:"), "{path}: a place wasn't filled in");
        // A text that is missing shows its key.
        assert!(
            !page.contains(">sign_in.") && !page.contains(">field.") && !page.contains(">shell."),
            "{path}: {page}"
        );
    }
}

#[tokio::test]
async fn no_key_is_shown_in_the_place_of_a_text() {
    let server = Plan { demo: true, ..Plan::default() }.open().await;
    for language in ["fr", "en"] {
        for path in PATHS {
            let page = server.get(&format!("/ekidom/{path}?lang={language}")).await.text();
            let (shown, _) = page.split_once("id=\"boot\"").expect("a data block");
            let found = keys_in(shown);
            assert!(found.is_empty(), "/{path} in {language} shows {found:?}");
        }
    }
}

const PATHS: [&str; 16] = [
    "",
    "connexion",
    "identifiant-oublie",
    "mot-de-passe-oublie",
    "mot-de-passe-oublie/nouveau",
    "compte",
    "locataire/inscription",
    "locataire/inscription/signataire",
    "locataire/inscription/acces",
    "locataire/inscription/verification",
    "locataire/inscription/envoye",
    "locataire/confirmation",
    "locataire",
    "aide",
    "galerie",
    "nulle-part",
];

/// What stands between the marks of elements, or in an attribute that is read out, in the manner of a key, and places
/// of values that nobody gave.
pub(crate) fn keys_in(page: &str) -> Vec<&str> {
    let small =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'.');
    let is_key = |text: &&str| text.split('.').filter(|word| !word.is_empty()).count() > 1 && small(text);
    let texts = page.split('>').filter_map(|rest| rest.split_once('<')).map(|(text, _)| text.trim());
    let attributes = ["aria-label=\"", "alt=\""];
    let read_out = attributes.into_iter().flat_map(|start| page.split(start).skip(1));
    let read_out = read_out.filter_map(|rest| rest.split_once('"')).map(|(text, _)| text);
    let places = page.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    let places = places.filter(|name| !name.is_empty() && small(name));
    texts.chain(read_out).filter(is_key).chain(places).collect()
}

#[test]
fn a_key_in_the_place_of_a_text_would_be_seen() {
    assert_eq!(
        keys_in("<p>sign_in.title</p><p>Oui.</p><i aria-label=\"x.y\">{phone} www.</i>"),
        ["sign_in.title", "x.y", "phone"]
    );
}

#[tokio::test]
async fn titles_name_the_page_its_step_and_the_landlord() {
    let server = Plan::default().open().await;
    let mut titles = Vec::new();
    for path in [
        "/extranet/",
        "/extranet/connexion",
        "/extranet/locataire/inscription",
        "/extranet/locataire/inscription/acces",
        "/extranet/cgu",
        "/extranet/nulle-part",
        "/",
    ] {
        let page = server.get(path).await.text();
        let (_, rest) = page.split_once("<title>").expect("a title");
        let (title, _) = rest.split_once("</title>").expect("its end");
        titles.push(title.to_owned());
    }
    assert!(titles[2].ends_with(" – Étape 1 sur 4 – Habitat des Rives"), "{titles:?}");
    assert!(titles[6].ends_with(" – Palier"), "{titles:?}");
    let mut once = titles.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), titles.len(), "each its own: {titles:?}");
}

#[tokio::test]
async fn without_scripts_a_form_comes_back_to_its_page_which_says_what_to_do() {
    let server = Plan::default().open().await;
    let form = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let answer = server.send(Method::POST, "/extranet/connexion", &form, "login=a&password=s3cret").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/extranet/connexion");
    let page = server.get("/extranet/connexion").await.text();
    let (_, rest) = page.split_once("<noscript>").expect("a message");
    let (message, _) = rest.split_once("</noscript>").expect("its end");
    assert!(message.contains("JavaScript") && message.contains("href=\"tel:0353011800\""), "{message}");
    let (_, broken) = page.split_once("id=\"broken\"").expect("a message");
    assert!(broken.contains("href=\"tel:0353011800\""), "{broken}");
}

#[tokio::test]
async fn nobody_has_an_account_at_the_desk() {
    let server = Plan::default().open().await;
    for (path, offered) in
        [("/extranet/", true), ("/extranet/guichet", false), ("/extranet/guichet/bienvenue", false)]
    {
        let page = server.get(path).await.text();
        assert_eq!(page.contains("href=\"/extranet/connexion\""), offered, "{path}");
        assert!(page.contains("class=\"site-nav\""), "{path}");
    }
}
