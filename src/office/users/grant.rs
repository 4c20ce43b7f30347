use std::rc::Rc;

use palier_domain::journey::{Answers, TICKED, answer};
use palier_domain::onboarding::{GrantForm, Level, Rights};
use palier_domain::portal::{Choice, Portal};
use palier_domain::problem::FieldProblem;

use crate::form::FormState;
use crate::i18n::I18n;
use crate::onboarding::in_words;
use crate::site::Site;
use crate::ui::{Checkbox, El, Entry, Frame, Html, checkbox, fixed, group, input_id, list_input};

/// Its name among the problems of a form.
pub(super) const RIGHTS: &str = "rights";
const ADMINISTRATOR: &str = "administrator";

fn name(service: &Choice) -> String {
    format!("{RIGHTS}.{}", service.code)
}

/// The id of the list where a problem with the rights is put right.
pub(super) fn target(services: &[Choice]) -> String {
    services.first().map(|service| input_id(&name(service))).unwrap_or_default()
}

/// Starts a form with these rights; what was chosen in it already stays.
pub(super) fn begin(state: FormState, services: &[Choice], rights: &Rights) {
    state.forget_problems();
    state.answers.update(|answers| {
        for service in services {
            let level = rights.level(&service.code).name();
            answers.entry(name(service)).or_insert_with(|| level.to_owned());
        }
    });
}

/// The rights chosen.
pub(super) fn chosen(answers: &Answers, services: &[Choice]) -> Rights {
    Rights::of(services.iter().map(|service| {
        (service.code.as_str(), Level::parse(answer(answers, &name(service))).unwrap_or_default())
    }))
}

/// The rights chosen, and whether the box of administrators is ticked.
pub(super) fn form(state: FormState, services: &[Choice]) -> GrantForm {
    state.answers.peek(|answers| GrantForm {
        rights: chosen(answers, services),
        administrator: answer(answers, ADMINISTRATOR) == TICKED,
    })
}

/// What is wrong with rights.
pub(super) fn problem(rights: &Rights, services: &[Choice], administrator: bool) -> Option<FieldProblem> {
    let codes = services.iter().map(|service| service.code.as_str());
    rights.checked(codes, administrator).err().map(|error| FieldProblem::new(RIGHTS, &error))
}

/// A list for each service.
pub(super) fn rights_view(site: Site, portal: &'static Portal, services: &[Choice], state: FormState) -> El {
    let i18n = site.i18n;
    let levels = Level::ALL.map(|level| (level.name(), i18n.text(&format!("users.level.{}", level.name()))));
    let choices: Vec<_> = levels.iter().map(|(name, words)| (*name, words.as_str())).collect();
    let lists = Html::default();
    for service in services {
        let name = name(service);
        let frame =
            Frame { id: input_id(&name), label: service.name.clone(), hint: None, error: fixed(None) };
        lists.add(list_input(i18n, &frame, &Entry::new(state.answers, &name), &choices));
    }
    let frame = Frame {
        id: RIGHTS.to_owned(),
        label: i18n.text("field.rights.label"),
        hint: i18n.find_text("field.rights.hint"),
        error: Rc::new(move || state.problem(0, RIGHTS).map(|problem| i18n.error(&problem, portal))),
    };
    group(i18n, &frame, lists)
}

/// The box that makes an administrator.
pub(super) fn administrator_view(site: Site, state: FormState) -> El {
    let i18n = site.i18n;
    let frame = Frame {
        id: ADMINISTRATOR.to_owned(),
        label: i18n.text("field.administrator.label"),
        hint: i18n.find_text("field.administrator.hint"),
        error: fixed(None),
    };
    let entry = Entry::new(state.answers, ADMINISTRATOR);
    checkbox(i18n, Checkbox { frame, entry, ticked: TICKED, required: false, link: None })
}

/// Rights in words, with the services' names, in the order of the portal.
pub(super) fn words(i18n: I18n, services: &[Choice], rights: &Rights) -> String {
    let open = services.iter().map(|service| (service.name.as_str(), rights.level(&service.code)));
    in_words(i18n, open.filter(|(_, level)| *level > Level::None).map(|(name, level)| (name, level.name())))
}
