//! Every component of the gallery, from the same examples.

mod support;

use palier_pages::gallery::{EXAMPLES, Kind, faults};
use palier_pages::ui::input_id;
use support::{Robot, Site, boot, portal, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

async fn gallery() -> (Robot, Site) {
    let robot = Robot::come();
    let site = Site::open(boot(portal()), "/galerie").await;
    robot.arrives_at("Composants").await;
    (robot, site)
}

#[wasm_bindgen_test]
async fn every_field_has_its_label_its_description_and_its_state() {
    let (robot, _site) = gallery().await;
    for example in EXAMPLES {
        if matches!(example.kind, Kind::Date | Kind::Choice) {
            continue;
        }
        let id = input_id(example.name);
        let field = format!("document.getElementById('{id}')");
        let label = support::text(&format!("robot.clean({field}.labels[0].textContent)"));
        assert_eq!(label, example.label);
        let described = support::text(&format!("robot.describes('{id}')"));
        assert!(described.contains(example.hint) && described.contains(example.error), "{id}: {described}");
        assert!(!described.contains("MISSING"), "{id}: {described}");
        let invalid = support::holds(&format!("{field}.getAttribute('aria-invalid') === 'true'"));
        assert_eq!(invalid, !example.error.is_empty(), "{id}");
        if !matches!(example.kind, Kind::Checkbox | Kind::Working) {
            assert_eq!(robot.value(example.label), example.typed);
            assert!(support::holds(&format!("{field}.required")), "{id}");
        }
    }
    assert!(support::holds("document.getElementById('g_stay').checked"));
}

#[wasm_bindgen_test]
async fn a_date_marks_the_part_at_fault() {
    let (robot, _site) = gallery().await;
    for (label, typed) in [("Jour", "27"), ("Mois", "3"), ("Année", "")] {
        assert_eq!(robot.value(label), typed);
    }
    let wrong = "[...document.querySelectorAll('.date [aria-invalid]')].map((it) => it.id).join()";
    assert_eq!(support::text(wrong), "g_birth-year");
}

#[wasm_bindgen_test]
async fn a_group_of_choices_says_what_is_wrong_for_all_of_them() {
    let (robot, _site) = gallery().await;
    let group = "document.querySelector('[role=radiogroup]')";
    assert!(support::holds(&format!("{group}.getAttribute('aria-invalid') === 'true'")));
    let described = support::text(&format!(
        "{group}.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join(' ')"
    ));
    assert!(described.contains("Répondez Oui ou Non."), "{described}");
    robot.tick("Non");
    robot.tick("Oui");
    until("one of them", || {
        support::holds("robot.field('Oui').checked && !robot.field('Non').checked && robot.field('Oui').id === 'g_federation'")
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_summary_lists_every_error_and_leads_to_it() {
    let (_robot, _site) = gallery().await;
    for fault in faults() {
        let link = format!("document.querySelector('.error-summary a[href=\"#{}\"]')", fault.target);
        assert_eq!(support::text(&format!("{link}.textContent")), fault.text);
        support::js(&format!("{link}.click()"));
        assert!(
            support::holds(&format!("document.activeElement.id === '{}'", fault.target)),
            "{}",
            fault.target
        );
    }
}

#[wasm_bindgen_test]
async fn a_busy_button_says_so_and_keeps_the_focus() {
    let (robot, _site) = gallery().await;
    until("both buttons", || robot.reads().contains("Vérification…")).await;
    let busy = "robot.words('Vérification…')";
    assert!(support::holds(&format!("{busy}.getAttribute('aria-disabled') === 'true' && !{busy}.disabled")));
    assert!(support::holds("!robot.words('Continuer').hasAttribute('aria-disabled')"));
}
