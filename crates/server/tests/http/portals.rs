use axum::http::{Method, StatusCode};

use super::support::{OURS, Plan};

#[tokio::test]
async fn each_portal_lies_below_its_name() {
    let server = Plan::default().open().await;
    for (path, slug, base) in
        [("/extranet/connexion", "extranet", "/extranet"), ("/ekidom", "ekidom", "/ekidom")]
    {
        let boot = server.get(path).await.boot();
        assert_eq!(boot["portal"]["slug"], slug);
        assert_eq!(boot["portal"]["base"], base);
        assert_eq!(boot.get("portals"), None);
    }
    assert_eq!(server.get("/extranet/api/documents/cgu").await.status, StatusCode::OK);
    assert_eq!(server.get("/autre/connexion").await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get("/EXTRANET/").await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get("/extranets/").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_root_lists_the_portals() {
    let server = Plan::default().open().await;
    let answer = server.get("/").await;
    assert_eq!(answer.status, StatusCode::OK);
    let page = answer.text();
    for link in [
        "<a href=\"/extranet/\" rel=\"external\"><strong>Habitat des Rives</strong>",
        "<a href=\"/ekidom/\" rel=\"external\"><strong>Ekidom</strong>",
    ] {
        assert!(page.contains(link), "{page}");
    }
    let boot = answer.boot();
    assert!(boot["portal"].is_null());
    assert_eq!(boot["portals"][0]["name"], "Ekidom");
    assert_eq!(boot["portals"][1]["base"], "/extranet");
    assert_eq!(server.get("/connexion").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_portal_alone_has_no_prefix() {
    let server = Plan::alone().open().await;
    let boot = server.get("/connexion").await.boot();
    assert_eq!((&boot["portal"]["slug"], &boot["portal"]["base"]), (&"extranet".into(), &"".into()));
    assert_eq!(server.get("/api/documents/cgu").await.status, StatusCode::OK);
    assert_eq!(
        server.get_with("/", &[("host", "whatever.example")]).await.boot()["portal"]["slug"],
        "extranet"
    );
}

#[tokio::test]
async fn a_portal_may_have_hosts_of_its_own() {
    let server = Plan::hosts().open().await;
    for host in ["espace.ekidom.example", "ekidom.example", "EKIDOM.example:8080"] {
        let boot = server.get_with("/connexion", &[("host", host)]).await.boot();
        assert_eq!(
            (&boot["portal"]["slug"], &boot["portal"]["base"]),
            (&"ekidom".into(), &"".into()),
            "{host}"
        );
        let other = server.get_with("/extranet/", &[("host", host)]).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "another portal isn't there on {host}");
    }
    let boot = server.get_with("/extranet/", &[("host", "127.0.0.1:8080")]).await.boot();
    assert_eq!(boot["portal"]["slug"], "extranet");
    let list = server.get("/").await.boot();
    assert_eq!(list["portals"][0]["base"], "http://espace.ekidom.example:8080");
}

#[tokio::test]
async fn a_portal_with_a_host_is_found_from_its_name_too() {
    let server = Plan::hosts().open().await;
    let answer = server.get_with("/ekidom/connexion", &[("host", "127.0.0.1:8080")]).await;
    assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(answer.header("location"), "http://espace.ekidom.example:8080/connexion");
    let answer = server.send(Method::POST, "/ekidom/api/account/session", &OURS, "{}").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "what changes something isn't sent elsewhere");
}

#[tokio::test]
async fn two_portals_show_nothing_of_each_other() {
    let server = Plan::default().open().await;
    let (rives, ekidom) = (
        server.get("/extranet/locataire/inscription").await,
        server.get("/ekidom/locataire/inscription").await,
    );
    assert!(rives.text().contains("<label for=\"reference\">Référence client</label>"));
    assert!(ekidom.text().contains("<label for=\"reference\">Numéro de compte client</label>"));
    assert!(!ekidom.text().contains("Habitat des Rives") && !rives.text().contains("Ekidom"));
    let terms = |page: &serde_json::Value| page["portal"]["terms"]["sha256"].clone();
    assert_ne!(terms(&rives.boot()), terms(&ekidom.boot()), "each its own text");
    let document = server.get("/ekidom/api/documents/mentions-legales").await.text();
    assert!(document.contains("Ekidom") && !document.contains("Rives"));
}
