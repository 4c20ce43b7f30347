//! The pages of the demonstration, as a browser asks for them.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use jiff::SignedDuration;
use palier_domain::values::Email;
use palier_server::demo::follow_clock;
use palier_server::http::app;
use tower::ServiceExt as _;

use crate::sink::{Mood, Sink};
use crate::support::House;

const CLOCK: &str = "/extranet/demo/horloge";
const HOUR: SignedDuration = SignedDuration::from_hours(1);

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

async fn ask(house: &House, request: Request<Body>) -> Answer {
    let response = app(house.state.clone()).oneshot(request).await.unwrap();
    let location = response.headers().get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
    let body = String::from_utf8_lossy(&bytes).replace("&#39;", "'");
    Answer { status, location, body, bytes }
}

pub(crate) async fn get(house: &House, path: &str) -> Answer {
    ask(house, Request::get(path).body(Body::empty()).unwrap()).await
}

async fn post(house: &House, site: Option<&str>, form: &str) -> Answer {
    post_to(house, CLOCK, site, form).await
}

/// Sends a form as a page of `site` (the value of `Sec-Fetch-Site`) does.
pub(crate) async fn post_to(house: &House, path: &str, site: Option<&str>, form: &str) -> Answer {
    let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(site) = site {
        request = request.header("sec-fetch-site", site);
    }
    ask(house, request.body(Body::from(form.to_owned())).unwrap()).await
}

/// How far ahead the clock is, as the state says.
fn ahead(house: &House) -> SignedDuration {
    house.state.demo_clock().unwrap().offset()
}

#[tokio::test]
async fn outside_the_demonstration_there_are_no_such_pages() {
    let house = House::new("file://FOLDER").await;
    let real = house.state.now();
    for path in [
        "/demo/courriels",
        "/demo/horloge",
        CLOCK,
        "/extranet/demo/courriels",
        "/demo/courriels/a-1",
        "/demo/courriers",
        "/demo/guichet",
        "/prets/demo/courriers",
    ] {
        let answer = get(&house, path).await;
        assert_ne!(answer.status, StatusCode::OK, "{path}");
        assert!(
            !answer.body.contains("demo.") && !answer.body.contains("Horloge de démonstration"),
            "{path}"
        );
    }
    post(&house, Some("same-origin"), "by=hour").await;
    assert_eq!(house.state.now(), real);
    follow_clock(&house.state).await;
    assert_eq!(house.state.now(), real);
}

#[tokio::test]
async fn the_mailbox_lists_each_portals_own_emails_newest_first() {
    let house = House::demo("file://FOLDER").await;
    let empty = get(&house, "/demo/courriels").await;
    assert!(empty.status == StatusCode::OK && empty.body.contains("Aucun e-mail"), "{}", empty.body);

    let now = house.state.now();
    let emails =
        ["awa@exemple.fr", "bea@exemple.fr", "zoe@exemple.fr"].map(|email| Email::parse(email).unwrap());
    for (email, portal, before) in
        [(&emails[0], "ekidom", HOUR * 3), (&emails[1], "extranet", HOUR * 2), (&emails[2], "extranet", HOUR)]
    {
        house.enqueue_for(portal, email, now - before).await;
    }
    assert_eq!(house.round().await, 3);

    let all = get(&house, "/demo/courriels").await.body;
    let places = ["zoe@", "bea@", "awa@"]
        .map(|name| all.find(name).unwrap_or_else(|| panic!("{name} isn't in {all}")));
    assert!(places.is_sorted(), "newest first: {all}");
    assert!(all.contains("Confirmez votre adresse e-mail pour Habitat des Rives"));
    let own = get(&house, "/extranet/demo/courriels").await.body;
    assert!(own.contains("zoe@") && own.contains("bea@") && !own.contains("awa@"), "{own}");
    assert!(own.contains("href=\"/extranet/demo/courriels/"), "{own}");
    let english = get(&house, "/demo/courriels?lang=en").await.body;
    assert!(english.contains("<html lang=\"en\">") && english.contains("Demonstration mailbox"), "{english}");
}

#[tokio::test]
async fn an_email_is_shown_with_its_links_working() {
    let house = House::demo("file://FOLDER").await;
    let email = Email::parse("awa@exemple.fr").unwrap();
    house.enqueue_for("ekidom", &email, house.state.now()).await;
    assert_eq!(house.round().await, 1);
    let list = get(&house, "/ekidom/demo/courriels").await.body;
    let path = list
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|link| link.contains("/courriels/"));
    let path = path.unwrap_or_else(|| panic!("no e-mail in {list}"));
    let shown = get(&house, path).await;
    assert_eq!(shown.status, StatusCode::OK);
    let link = "<a class=\"button\" href=\"https://espace.exemple.fr/ekidom/locataire/confirmation#abc\">\
                Confirmer mon adresse</a>";
    assert!(shown.body.contains(link), "{}", shown.body);
    assert!(shown.body.contains("Bonjour Aurélie Lefèvre,") && shown.body.contains("awa@exemple.fr"));
    assert!(!shown.body.contains("style="), "the page's policy forbids inline styles: {}", shown.body);
    assert_eq!(shown.body.matches("<h1").count(), 1);

    let id = path.rsplit('/').next().unwrap();
    let elsewhere = get(&house, &format!("/extranet/demo/courriels/{id}")).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND, "another portal's e-mail is absent");
    for id in ["none", "..%2F..%2Fpalier", "%2Fetc%2Fpasswd", "a.b"] {
        let absent = get(&house, &format!("/demo/courriels/{id}")).await;
        assert_eq!(absent.status, StatusCode::NOT_FOUND, "{id}");
        assert!(absent.body.contains("/demo/courriels"), "says where to go on: {}", absent.body);
    }
}

#[tokio::test]
async fn with_a_mail_server_the_mailbox_says_so() {
    let sink = Sink::start(Mood::Accepts).await;
    let house = House::demo(&sink.url()).await;
    let answer = get(&house, "/demo/courriels").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("vrai serveur de messagerie"), "{}", answer.body);
}

#[tokio::test]
async fn the_clock_moves_and_every_server_follows() {
    let house = House::demo("file://FOLDER").await;
    let page = get(&house, CLOCK).await;
    assert!(page.status == StatusCode::OK && page.body.contains("C'est l'heure réelle."), "{}", page.body);

    for (form, expected) in [
        ("by=hour", HOUR),
        ("by=day", HOUR * 25),
        ("by=minutes&minutes=+90+", HOUR * 25 + SignedDuration::from_mins(90)),
    ] {
        let moved = post(&house, Some("same-origin"), form).await;
        assert_eq!((moved.status, moved.location.as_deref()), (StatusCode::SEE_OTHER, Some(CLOCK)), "{form}");
        assert_eq!(ahead(&house), expected);
    }
    let page = get(&house, CLOCK).await.body;
    assert!(page.contains("1\u{a0}j 2\u{a0}h 30\u{a0}min d'avance"), "{page}");

    // Another server, or this one after a new start: it only knows the store.
    house.state.demo_clock().unwrap().set(SignedDuration::ZERO);
    follow_clock(&house.state).await;
    assert_eq!(ahead(&house), HOUR * 26 + SignedDuration::from_mins(30));

    post(&house, Some("same-origin"), "by=month").await;
    let days = (ahead(&house) - HOUR * 26).as_hours() / 24;
    assert!((28..=31).contains(&days), "{days}");
    post(&house, Some("same-origin"), "by=reset").await;
    assert_eq!(ahead(&house), SignedDuration::ZERO);
}

#[tokio::test]
async fn the_clock_takes_no_orders_from_elsewhere() {
    let house = House::demo("file://FOLDER").await;
    for site in [None, Some("cross-site"), Some("same-site"), Some("none")] {
        let answer = post(&house, site, "by=hour").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{site:?}");
    }
    for form in ["", "by=year", "by=hour&more=1"] {
        assert_eq!(post(&house, Some("same-origin"), form).await.status, StatusCode::BAD_REQUEST, "{form}");
    }
    assert_eq!(ahead(&house), SignedDuration::ZERO);
}

#[tokio::test]
async fn a_wrong_number_of_minutes_is_shown_again_with_what_is_wrong() {
    let house = House::demo("file://FOLDER").await;
    for typed in ["", "0", "-5", "1.5", "abc", "99999999999999999999", "\"><script>"] {
        let body: String = url_encoded(typed);
        let answer = post(&house, Some("same-origin"), &format!("by=minutes&minutes={body}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.body.contains("aria-invalid=\"true\""), "{}", answer.body);
        assert!(answer.body.contains("<title>Erreur\u{a0}: Horloge"), "{}", answer.body);
        assert!(!answer.body.contains("<script>"), "{}", answer.body);
        let kept = typed.replace('"', "&quot;").replace('>', "&gt;").replace('<', "&lt;");
        assert!(answer.body.contains(&format!("value=\"{kept}\">")), "{typed} stays: {}", answer.body);
    }
    for _ in 0..9 {
        post(&house, Some("same-origin"), "by=minutes&minutes=527040").await;
    }
    let far = ahead(&house);
    let last = post(&house, Some("same-origin"), "by=minutes&minutes=527040").await;
    assert_eq!(last.status, StatusCode::SEE_OTHER);
    let further = post(&house, Some("same-origin"), "by=hour").await;
    assert_eq!(further.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(further.body.contains("dix ans"), "{}", further.body);
    assert_eq!(ahead(&house), far + HOUR * (366 * 24));
}

fn url_encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
