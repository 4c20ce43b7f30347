//! The box "Je ne suis pas un robot": it works by itself, in slices, and nothing of it is lost or left over (A2).

mod support;

use leptos::mount::mount_to;
use palier_domain::human::{FIELD, sha256};
use palier_domain::journey::{Answers, Field, Kind, answer};
use palier_pages::form::{FormState, fields_view};
use palier_pages::site::Shared;
use palier_pages::ui::Piece as _;
use support::{Robot, boot, french, holds, js, portal, settle_all, text, until};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

static BOX: Field = Field::new(FIELD, "field.human", Kind::Human, "off");
const LABEL: &str = "Je ne suis pas un robot";
const SALT: &str = "00ff?expires=1795000600&portal=rives&";
const DONE: &str = "Vérifié";

/// The field alone in the page, with what was answered before.
struct Page {
    robot: Robot,
    form: FormState,
    root: HtmlElement,
}

impl Page {
    async fn open(answered: &str) -> Self {
        settle_all().await;
        let robot = Robot::come();
        // A test that failed had no time to take its page away.
        js("document.getElementById('app')?.remove()");
        let document = web_sys::window().and_then(|window| window.document()).expect("a document");
        let root = document.create_element("div").expect("an element");
        root.set_id("app");
        document.body().expect("a body").append_child(&root).expect("a place in the page");
        let root: HtmlElement = root.unchecked_into();
        let form = FormState::new();
        form.answers.set(Answers::from([(FIELD.to_owned(), answered.to_owned())]));
        Self { robot, form, root }
    }

    fn show(&self) {
        let (form, root) = (self.form, self.root.clone());
        let shown = mount_to(self.root.clone(), move || {
            let site = Shared::begin(boot(portal()), || "submission".to_owned()).expect("a site");
            let portal = site.portal.as_ref().expect("a portal");
            fields_view(site, portal, &[&BOX], form, 0).put_into(&root);
        });
        // The site holds its owner as long as the window lives.
        shown.forget();
    }

    fn answer(&self) -> String {
        self.form.answers.peek(|answers| answer(answers, FIELD).to_owned())
    }

    fn is_ticked(&self) -> bool {
        holds(&format!("robot.field('{LABEL}').checked"))
    }

    fn news(&self) -> String {
        text("robot.clean(document.querySelector('#app [role=status]').textContent)")
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// A challenge in which `number` is hidden.
fn challenge(number: u32) -> String {
    let digest = sha256(format!("{SALT}{number}").as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        r#"{{"algorithm":"SHA-256","challenge":"{digest}","maxnumber":2000,"salt":"{SALT}","signature":"cd"}}"#
    )
}

const PASS: &str = r#"{"pass":"AAEC"}"#;

#[wasm_bindgen_test]
async fn a_tick_is_worked_for_and_becomes_a_pass() {
    let page = Page::open("").await;
    page.show();
    page.robot.will_answer(200, &challenge(1734));
    page.robot.will_answer(200, PASS);
    assert_eq!((page.is_ticked(), page.news()), (false, String::new()));
    page.robot.tick(LABEL);
    assert_eq!(page.answer(), "pending");
    until("the work", || page.news() == french("human.checking")).await;
    until(DONE, || page.news() == DONE).await;
    assert_eq!((page.answer().as_str(), page.is_ticked()), ("AAEC", true));
    assert_eq!(page.robot.call(0, "url"), "/api/human/challenge");
    assert_eq!(page.robot.call(1, "url"), "/api/human/passes");
    let sent = text("atob(JSON.parse(robot.calls[1].body).payload)");
    assert!(sent.contains("\"number\":1734") && sent.contains(SALT), "{sent}");
    page.robot.tick(LABEL);
    assert_eq!((page.answer().as_str(), page.is_ticked()), ("", false));
    until("nothing more", || page.news().is_empty()).await;
}

#[wasm_bindgen_test]
async fn others_have_their_turn_meanwhile() {
    let page = Page::open("").await;
    page.show();
    // The last number of all: 2001 are tried, 500 in a row.
    page.robot.will_answer(200, &challenge(2000));
    page.robot.will_answer(200, PASS);
    js("robot.turns = 0; robot.turn = () => { robot.turns++; robot.next = setTimeout(robot.turn) }");
    // Counted from the moment the challenge is there.
    js(
        "robot.seen = window.fetch; window.fetch = async (request) => { robot.turn(); window.fetch = robot.seen; return robot.seen(request) }",
    );
    page.robot.tick(LABEL);
    until(DONE, || page.news() == DONE).await;
    js("clearTimeout(robot.next)");
    let turns = js("robot.turns").as_f64().unwrap_or_default();
    assert!(turns >= 4.0, "{turns} turns of others");
}

#[wasm_bindgen_test]
async fn the_box_has_its_label_and_its_description() {
    let page = Page::open("").await;
    page.show();
    let described = text("robot.describes('human')");
    assert!(described.contains("05 49 00 00 00") && !described.contains("MISSING"), "{described}");
    assert!(holds("robot.field('Je ne suis pas un robot').required"));
}

#[wasm_bindgen_test]
async fn a_lost_network_is_told_and_the_box_can_be_ticked_again() {
    let page = Page::open("").await;
    page.show();
    page.robot.will_lose_the_network();
    page.robot.tick(LABEL);
    until("the message", || page.news() == french("human.lost")).await;
    assert_eq!((page.answer().as_str(), page.is_ticked()), ("", false));
    page.robot.will_answer(200, &challenge(3));
    page.robot
        .will_answer(410, r#"{"type":"about:blank","title":"Gone","status":410,"code":"challenge_expired"}"#);
    page.robot.tick(LABEL);
    until("the refusal", || page.news() == french("problem.challenge_expired")).await;
    assert!(!page.is_ticked());
    page.robot.will_answer(200, &challenge(3));
    page.robot.will_answer(200, PASS);
    page.robot.tick(LABEL);
    until(DONE, || page.news() == DONE).await;
}

#[wasm_bindgen_test]
async fn what_is_taken_back_is_not_worked_for() {
    let page = Page::open("").await;
    page.show();
    page.robot.holds_answers_back();
    page.robot.will_answer(200, &challenge(3));
    page.robot.tick(LABEL);
    page.robot.tick(LABEL);
    page.robot.lets_answers_go();
    settle_all().await;
    assert_eq!((page.answer().as_str(), page.robot.calls(), page.is_ticked()), ("", 1, false));
}

#[wasm_bindgen_test]
async fn a_box_ticked_before_or_left_at_work_is_seen_to() {
    for before in ["on", "pending"] {
        let page = Page::open(before).await;
        page.robot.will_answer(200, &challenge(3));
        page.robot.will_answer(200, PASS);
        page.show();
        until(DONE, || page.news() == DONE).await;
        assert_eq!((page.answer().as_str(), page.is_ticked()), ("AAEC", true));
    }
}

#[wasm_bindgen_test]
async fn a_pass_of_before_is_kept() {
    let page = Page::open("AAEC").await;
    page.show();
    assert_eq!((page.news().as_str(), page.is_ticked(), page.robot.calls()), (DONE, true, 0));
}
