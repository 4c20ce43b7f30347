//! A mediator's pages as the server first sends them (M1, M2, M6).

use axum::http::StatusCode;

use super::shell::keys_in;
use super::support::{Plan, Server};

const MEDIATOR: &str = include_str!("../../../../demo/mediateur-hlm.toml");

async fn mediator(opens: &str, hard_end: &str) -> Server {
    let file = MEDIATOR.replacen("opens = \"2017-07-27\"", &format!("opens = \"{opens}\"{hard_end}"), 1);
    assert!(file.contains(opens));
    // A campaign that opens after that day had better not end on it.
    let file =
        if opens > "2017-09-08" { file.replacen("preferred_end = \"2017-09-08\"", "", 1) } else { file };
    let files = vec![
        ("mediateur-hlm.toml", file),
        ("extranet.toml", include_str!("../../../../demo/extranet.toml").to_owned()),
    ];
    Plan { files, ..Plan::default() }.open().await
}

const READABLE: [(&str, &[&str]); 8] = [
    ("", &["href=\"/mediateur-hlm/mediation\"", "href=\"/mediateur-hlm/annuaire\"", "Trouver un organisme"]),
    (
        "mediation",
        &[
            "Il est encore temps d",
            "href=\"/mediateur-hlm/mediation/identite\"",
            "href=\"/mediateur-hlm/connexion?retour=/mediation/adhesion\"",
        ],
    ),
    (
        "mediation/identite",
        &[
            "Étape 1 sur 4",
            "id=\"whose-data\"",
            "<label for=\"structure_name\">Dénomination de la structure</label>",
            "size=\"18\"",
            "class=\"back\" href=\"/mediateur-hlm/mediation\"",
            "Continuer</button>",
        ],
    ),
    (
        "mediation/identite/directeur",
        &["Prénom du directeur général", "name=\"director_birth_date.day\"", "autocomplete=\"off\""],
    ),
    ("mediation/identite/certification", &["Confirmer mon adresse</button>"]),
    ("mediation/rappels", &["Arrêter les rappels</button>"]),
    ("annuaire", &["<label for=\"q\">Nom de l", "Rechercher</button>", "role=\"status\""]),
    ("connexion", &["href=\"/mediateur-hlm/mediation/identite\""]),
];

#[tokio::test]
async fn a_mediators_pages_can_be_read_before_the_program_arrives() {
    let server = mediator("2017-07-27", "").await;
    for (path, parts) in READABLE {
        let answer = server.get(&format!("/mediateur-hlm/{path}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let page = answer.text();
        for part in parts {
            assert!(page.contains(part), "{path} lacks {part}:\n{page}");
        }
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
        assert!(!page.contains("locataire/inscription\""), "{path}: nobody is a tenant here");
    }
    for path in [
        "mediation/adhesion",
        "mediation/adhesion/contrat",
        "mediation/adhesion/envoye",
        "mediation/identite/envoye",
    ] {
        let answer = server.get(&format!("/mediateur-hlm/{path}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.text().contains("skeleton"), "{path} is the program's to show");
    }
    for path in [
        "mediateur-hlm/mediation/adhesion/x",
        "mediateur-hlm/locataire/inscription",
        "extranet/mediation",
        "extranet/annuaire",
    ] {
        assert_eq!(server.get(&format!("/{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn tenants_are_not_given_the_program_of_a_scheme() {
    let files = vec![
        ("mediateur-hlm.toml", MEDIATOR.to_owned()),
        ("extranet.toml", include_str!("../../../../demo/extranet.toml").to_owned()),
    ];
    let tenants = Some("<title></title><script type=\"module\">small()</script><!--palier:boot-->");
    let server = Plan { files, tenants, ..Plan::default() }.open().await;
    for (path, small) in [("/", true), ("/extranet/", true), ("/mediateur-hlm/", false)] {
        let answer = server.get(path).await;
        assert_eq!(answer.text().contains("small()"), small, "{path}");
        // echo -n 'small()' | openssl dgst -sha256 -binary | base64
        assert!(
            answer
                .header("content-security-policy")
                .contains("sha256-vKHJZuSYG/jft2CD5NrctiEtVM9ilgEaL3OH/CgF5U0="),
            "{path}"
        );
    }
}

#[tokio::test]
async fn who_works_is_given_the_program_of_the_office_on_every_portal() {
    let files = vec![
        ("mediateur-hlm.toml", MEDIATOR.to_owned()),
        ("extranet.toml", include_str!("../../../../demo/extranet.toml").to_owned()),
    ];
    let office = Some("<title></title><script type=\"module\">work()</script><!--palier:boot-->");
    let server = Plan { files, office, ..Plan::default() }.open().await;
    for (path, works) in [
        ("/extranet/guichet", true),
        ("/mediateur-hlm/guichet/", true),
        ("/extranet/connexion?retour=/guichet", true),
        ("/extranet/connexion?retour=/organisme/utilisateurs", true),
        ("/extranet/connexion?retour=/compte", false),
        ("/extranet/compte", false),
        ("/extranet/connexion", false),
        ("/extranet/guichets", false),
        ("/extranet/locataire/inscription?retour=/guichet", false),
        ("/guichet", false),
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.text().contains("work()"), works, "{path}");
        // echo -n 'work()' | openssl dgst -sha256 -binary | base64
        assert!(
            answer
                .header("content-security-policy")
                .contains("sha256-uI2i6RfEypknILy+/c2ALBLfWFpZzeN3MeAoU2kWgwk="),
            "{path}"
        );
    }
    // Portals without client organisations have no users of theirs.
    assert_eq!(server.get("/extranet/organisme/utilisateurs").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_account_has_a_program_of_its_own_on_every_portal() {
    let files = vec![
        ("mediateur-hlm.toml", MEDIATOR.to_owned()),
        ("extranet.toml", include_str!("../../../../demo/extranet.toml").to_owned()),
    ];
    let account = Some("<title></title><script type=\"module\">mine()</script><!--palier:boot-->");
    let server = Plan { files, account, ..Plan::default() }.open().await;
    for (path, mine) in [
        ("/extranet/compte", true),
        ("/mediateur-hlm/compte/", true),
        ("/extranet/connexion?retour=/compte", true),
        ("/extranet/connexion?retour=/compte/", true),
        ("/extranet/connexion?retour=/locataire", false),
        ("/extranet/connexion", false),
        ("/extranet/comptes", false),
        ("/extranet/guichet", false),
        ("/extranet/locataire/inscription?retour=/compte", false),
        ("/mediateur-hlm/", false),
        ("/compte", false),
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.text().contains("mine()"), mine, "{path}");
        // What it alone shows comes with it, and with no other.
        assert_eq!(answer.text().contains("account.read_terms"), mine, "{path}");
    }
    let texts = server.get("/extranet/api/texts?lang=fr&pages=account").await.text();
    assert!(texts.contains("account.read_terms") && !texts.contains("desk."));
}

#[tokio::test]
async fn no_key_is_shown_on_a_mediators_pages() {
    let server = mediator("2017-07-27", "").await;
    for language in ["fr", "en"] {
        for (path, _) in READABLE {
            let page = server.get(&format!("/mediateur-hlm/{path}?lang={language}")).await.text();
            let (shown, _) = page.split_once("id=\"boot\"").expect("a data block");
            assert!(keys_in(shown).is_empty(), "/{path} in {language} shows {:?}", keys_in(shown));
        }
    }
}

#[tokio::test]
async fn a_campaign_that_is_not_open_says_so_in_the_place_of_its_form() {
    for (opens, end, words) in [
        // It is the 22nd already in Paris.
        ("2026-11-23", "", "à partir de cette date"),
        ("2017-07-27", "\nhard_end = \"2026-11-21\"", "21 novembre 2026"),
    ] {
        let server = mediator(opens, end).await;
        let page = server.get("/mediateur-hlm/mediation/identite").await.text();
        let (page, _) = page.split_once("id=\"boot\"").expect("a data block");
        assert!(page.contains(words) && !page.contains("<form"), "{page}");
        let page = server.get("/mediateur-hlm/mediation").await.text();
        let (page, _) = page.split_once("id=\"boot\"").expect("a data block");
        assert!(page.contains(words) && !page.contains("class=\"button\""), "{page}");
    }
    let server = mediator("2026-11-22", "").await;
    let page = server.get("/mediateur-hlm/mediation/identite").await.text();
    assert!(page.contains("Étape 1 sur 4"), "{page}");
}

#[tokio::test]
async fn what_is_looked_for_stands_in_the_page_as_text() {
    let server = mediator("2017-07-27", "").await;
    let answer = server.get("/mediateur-hlm/annuaire?q=%22%3E%3Cb%3E%27+caf%C3%A9").await;
    assert_eq!(answer.status, StatusCode::OK);
    let page = answer.text();
    assert!(page.contains("value=\"&quot;&gt;&lt;b&gt;&#39; café\""), "{page}");
    assert!(page.contains("role=\"status\">Aucun organisme adhérent"), "{page}");
    // Nothing is looked for without a text, and elsewhere.
    for path in ["annuaire", "annuaire?q=", "annuaire?q=%20", "annuaire?x=val", "?q=val"] {
        let page = server.get(&format!("/mediateur-hlm/{path}")).await.text();
        assert!(!page.contains("role=\"status\">Aucun"), "{path}");
    }
}
