use axum::http::StatusCode;
use palier_domain::texts::joined;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::support::Plan;

#[tokio::test]
async fn the_page_carries_what_the_program_needs() {
    let server = Plan::default().open().await;
    let boot = server.get("/extranet/").await.boot();
    assert_eq!(boot["language"], "fr");
    assert_eq!(boot["today"], "2026-11-22", "half past midnight in Paris");
    assert_eq!(boot["session"], Value::Null);
    assert_eq!(boot["demo"], false);
    assert_eq!(boot["portal"]["contact"]["phone"], "03 53 01 18 00");
    let texts = joined::part(boot["texts"].as_str().expect("texts"));
    assert_eq!(texts["sign_in.submit"], "Se connecter");
    assert!(
        texts.keys().all(|key| !key.starts_with("mail.") && !key.starts_with("gallery.")),
        "what browsers don't show"
    );
    for language in ["fr", "en"] {
        let page = server.get(&format!("/extranet/?lang={language}")).await.boot();
        let all = server.get(&format!("/extranet/api/texts?lang={language}")).await.json();
        let parted = joined::part(page["texts"].as_str().expect("texts"));
        assert_eq!(
            serde_json::to_value(parted).expect("a table"),
            all,
            "joined and parted again: {language}"
        );
    }
    // What only the server knows isn't there.
    let page = server.get("/extranet/").await.text();
    assert!(!page.contains("database") && !page.contains("smtp"), "{page}");
}

#[tokio::test]
async fn nothing_gets_out_of_the_data_block() {
    let mut plan = Plan::alone();
    plan.files[0].1 = plan.files[0].1.replacen(
        "name = \"Habitat des Rives\"",
        "name = \"</script><script>alert(1)</script><!-- Rives & fils\"",
        1,
    );
    let server = plan.open().await;
    let answer = server.get("/").await;
    let page = answer.text();
    assert!(!page.contains("<script>alert"), "{page}");
    assert_eq!(answer.boot()["portal"]["name"], "</script><script>alert(1)</script><!-- Rives & fils");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&lt;!-- Rives &amp; fils"), "{page}");
}

#[tokio::test]
async fn an_unknown_address_says_so_with_its_status() {
    let server = Plan::default().open().await;
    for path in [
        "/extranet/nulle-part",
        "/extranet/locataire/inscription/x",
        "/extranet/locataire/inscription/",
        "/extranet/galerie",
        "/x",
    ] {
        let answer = server.get(path).await;
        let known = path.ends_with("inscription/");
        assert_eq!(answer.status, if known { StatusCode::OK } else { StatusCode::NOT_FOUND }, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert!(answer.text().contains("<h1 tabindex=\"-1\">"), "{path}");
    }
    let server = Plan { demo: true, ..Plan::default() }.open().await;
    assert_eq!(server.get("/extranet/galerie").await.status, StatusCode::OK);
}

#[tokio::test]
async fn french_is_spoken_unless_another_language_was_chosen() {
    let server = Plan::default().open().await;
    let page = |headers| server.get_with("/extranet/connexion", headers);
    assert!(page(&[("accept-language", "en-GB,en;q=0.9")]).await.text().contains("<html lang=\"fr\">"));
    let english = page(&[("cookie", "a=b; palier-langue=en")]).await;
    assert!(
        english.text().contains("<html lang=\"en\">")
            && english.text().contains("hreflang=\"fr\">Français</a>")
    );
    assert_eq!(english.boot()["language"], "en");
    assert!(page(&[("cookie", "palier-langue=de")]).await.text().contains("<html lang=\"fr\">"));
    let chosen = server.get("/extranet/connexion?lang=en").await;
    assert_eq!(chosen.boot()["language"], "en");
    assert_eq!(chosen.header("set-cookie"), "palier-langue=en; Path=/; SameSite=Lax");
    assert!(!server.get("/extranet/connexion?lang=xx").await.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn pages_are_asked_again_each_time_and_sent_when_changed() {
    let server = Plan::default().open().await;
    for (accepted, name) in [("br, gzip", "br"), ("gzip", "gzip")] {
        let first = server.get_with("/extranet/", &[("accept-encoding", accepted)]).await;
        assert_eq!(first.header("cache-control"), "no-cache");
        assert_eq!(first.header("vary"), "accept-encoding, cookie");
        assert_eq!(first.header("content-encoding"), name);
        assert_eq!(first.plain(), server.get("/extranet/").await.text());
        let tag = first.header("etag").to_owned();
        let again =
            server.get_with("/extranet/", &[("accept-encoding", accepted), ("if-none-match", &tag)]).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
        let english = server
            .get_with("/extranet/?lang=en", &[("accept-encoding", accepted), ("if-none-match", &tag)])
            .await;
        assert_eq!(english.status, StatusCode::OK, "another language, another page");
    }
}

#[tokio::test]
async fn who_asks_first_waits_little_and_all_others_get_the_smallest_form() {
    let server = Plan::default().open().await;
    let ask = |known: String| {
        let server = &server;
        async move { server.get_with("/extranet/", &[("accept-encoding", "br"), ("if-none-match", &known)]).await }
    };
    let first = ask(String::new()).await;
    let quick = first.header("etag").to_owned();
    assert!(quick.ends_with("-br-quick\""), "{quick}");
    let mut later = ask(String::new()).await;
    for _ in 0..20_000 {
        if later.header("etag") != quick {
            break;
        }
        tokio::task::yield_now().await;
        later = ask(String::new()).await;
    }
    let smallest = later.header("etag").to_owned();
    assert_eq!(smallest, quick.replace("-quick", ""));
    assert!(later.body.len() < first.body.len(), "{} bytes, then {}", first.body.len(), later.body.len());
    assert_eq!(later.plain(), first.plain());
    for known in [quick, smallest] {
        assert_eq!(ask(known).await.status, StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn the_hash_of_the_terms_is_in_the_page_and_with_the_text() {
    let server = Plan::default().open().await;
    let boot = server.get("/extranet/").await.boot();
    let document = server.get("/extranet/api/documents/cgu?lang=en").await.json();
    assert_eq!(document["version"], "2026-11");
    assert_eq!(document["sha256"], boot["portal"]["terms"]["sha256"]);
    assert!(document["title"].as_str().is_some_and(|title| title.starts_with("Terms")), "{document}");
    let french = include_str!("../../../../documents/cgu/2026-11/fr.md");
    let values = [
        ("{landlord}", "Habitat des Rives"),
        ("{legal_name}", "Habitat des Rives, société coopérative d’intérêt collectif d’HLM"),
        ("{address}", "18 quai des Mariniers, 60000 Beauvais"),
        ("{phone}", "03 53 01 18 00"),
        ("{email}", "locataires@habitat-des-rives.example"),
        ("{dpo_email}", "donnees@habitat-des-rives.example"),
        ("{complaints}", "Médiation des Rives, 4 place du Conciliateur, 60000 Beauvais, 03 53 01 44 00"),
    ];
    let text = values.iter().fold(french.to_owned(), |text, (name, value)| text.replace(name, value));
    assert!(!text.contains('{'), "a value is missing here");
    let hash = palier_server::texts::hexadecimal(&Sha256::digest(text.as_bytes()));
    assert_eq!(document["sha256"], hash);
}

#[tokio::test]
async fn documents_and_texts_are_read_by_language() {
    let server = Plan::default().open().await;
    assert_eq!(server.get("/extranet/api/documents/aide").await.json()["title"], "Aide");
    assert_eq!(server.get("/extranet/api/documents/aide?lang=en").await.json()["title"], "Help");
    assert_eq!(server.get("/extranet/api/documents/autre").await.status, StatusCode::NOT_FOUND);
    let texts = server.get("/extranet/api/texts?lang=en").await;
    assert_eq!(texts.json()["sign_in.submit"], "Sign in");
    let tag = texts.header("etag").to_owned();
    let again = server.get_with("/extranet/api/texts?lang=en", &[("if-none-match", &tag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn a_server_built_without_its_pages_says_so() {
    let server = Plan { index: None, ..Plan::default() }.open().await;
    let answer = server.get("/extranet/").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text().contains("The pages were not built"), "{}", answer.text());
}
