use palier_domain::credentials::Channel;
use palier_domain::journey::Field;
use palier_domain::partners::{IDENTIFIERS, IdentifiersForm, SENT_ON, SentForm, Step, Validity};
use palier_domain::portal::Portal;
use palier_domain::values::Date;
use palier_domain::wording;

use crate::api::Call;
use crate::form::{Form, Head, fields_view, head, links_view, plain_head, simple_form};
use crate::html;
use crate::routes::{Place, SENT_QUERY};
use crate::site::Site;
use crate::ui::{Button, Card, Html, Tone, cards, done, el, fixed, live, notice_box, one_button_form};
use crate::var::Local;

/// New identifiers for a user number (P5).
static ASK: Form = Form {
    name: "partner_help.ask",
    fields: &IDENTIFIERS,
    problems: |answers, _| IdentifiersForm::from_answers(answers).problems(),
    call: |_, answers| Call::form("/partners/identifiers", &IdentifiersForm::from_answers(answers)),
    done: |site, _| {
        site.nav.arrive();
        site.nav.replace(&format!("{}?{SENT_QUERY}", Step::Ask.path()));
    },
    cleared: &[],
};

/// A page of the questions.
pub(crate) fn help_view(site: Site, portal: &'static Portal, step: Step) -> Html {
    match step {
        Step::SignedIn => {
            let ways = [("yes", Step::Missing), ("no", Step::Sent), ("unsure", Step::Ask)];
            question(site, portal, step, &ways)
        }
        Step::Sent => {
            let ways = [
                ("letter", Step::Day(Channel::Letter)),
                ("mail", Step::Day(Channel::Mail)),
                ("nothing", Step::Ask),
            ];
            question(site, portal, step, &ways)
        }
        Step::Missing => missing(site, portal),
        Step::Day(channel) => day(site, portal, channel),
        Step::Ask => ask(site, portal),
    }
}

fn key(step: Step, part: &str) -> String {
    format!("partner_help.{}.{part}", step.name())
}

fn top(site: Site, portal: &'static Portal, step: Step) -> Html {
    let i18n = site.i18n;
    let back = step.before().map(|before| before.path().to_owned());
    let intro = Some(i18n.portal(&key(step, "intro"), portal));
    head(site, Head { back, step: None, title: i18n.text(&key(step, "title")), intro }, fixed(Vec::new()))
}

/// A question whose answers are places to go on.
fn question(site: Site, portal: &'static Portal, step: Step, ways: &[(&str, Step)]) -> Html {
    let card = |(name, to): &(&str, Step)| Card {
        href: site.nav.href(to.path()),
        title: site.i18n.text(&key(step, name)),
        text: String::new(),
        external: false,
    };
    html![top(site, portal, step), cards(ways.iter().map(card).collect())]
}

/// Who has signed in before knows what is missing.
fn missing(site: Site, portal: &'static Portal) -> Html {
    let i18n = site.i18n;
    let text = |part: &str| i18n.portal(&key(Step::Missing, part), portal);
    let link = el("a").attr("href", &site.nav.href(&Place::ForgottenPassword.path()));
    html![
        top(site, portal, Step::Missing),
        el("h2").text(&text("password")),
        el("p").text(&text("password_text")),
        el("p").put(link.text(i18n.t("partner_help.missing.password_link"))),
        el("h2").text(&text("number")),
        el("p").text(&text("number_text")),
    ]
}

/// Which day does it say? The answer follows from the calendar: nothing is asked of the server.
fn day(site: Site, portal: &'static Portal, channel: Channel) -> Html {
    let i18n = site.i18n;
    let step = Step::Day(channel);
    let state = site.form(step.name());
    let told: Local<Option<(Date, Validity)>> = Local::new(None);
    let shown = told.clone();
    let fields: Vec<&'static Field> = SENT_ON.iter().collect();
    let back = step.before().map(|before| before.path().to_owned());
    let intro = i18n.find_text(&key(step, "intro"));
    let top = Head { back, step: None, title: i18n.text(&key(step, "title")), intro };
    let words = i18n.text(&key(step, "submit"));
    let button = Button { busy_words: words.clone(), words, busy: state.busy };
    let submit = move || {
        state.forget_problems();
        told.set(None);
        let (form, context) = (SentForm::from_answers(&state.answers.now()), site.context(portal));
        match (form.parse(context.today), portal.partners.as_ref()) {
            (Ok(sent), Some(rules)) => {
                told.set(Some((sent, Validity::of(rules, channel, sent, context.today))));
            }
            _ => state.show_problems(0, form.problems(context)),
        }
    };
    let answer =
        live(move || html![shown.get().map(|(sent, validity)| outcome(site, portal, step, sent, validity))]);
    html![
        head(site, top, state.faults(site, portal, 0, fields.clone())),
        one_button_form(fields_view(site, portal, &fields, state, 0), button, submit),
        el("div").attr("aria-live", "polite").put(answer),
        links_view(site, &[(Step::Ask.path().to_owned(), "partner_help.no_date")]),
    ]
}

/// What to do with what was sent on a day.
fn outcome(site: Site, portal: &'static Portal, step: Step, sent: Date, validity: Validity) -> Html {
    let i18n = site.i18n;
    let day = |date: Date| wording::day(i18n.texts(), date);
    let (name, last, tone) = match validity {
        Validity::Until(last) => ("valid", last, Tone::Information),
        Validity::Since(last) => ("over", last, Tone::Warning),
    };
    let (sent, last) = (day(sent), day(last));
    let title = i18n.with(&key(step, name), &[("sent", &sent), ("last", &last)]);
    let text = |part: &str| el("p").text(&i18n.portal(&key(step, part), portal));
    let link = |path: &str, words: &'static str| {
        el("p").put(el("a").attr("href", &site.nav.href(path)).text(i18n.t(words)))
    };
    let rest = match validity {
        Validity::Until(_) => html![
            text("valid_text"),
            link(&Place::FirstSignIn.path(), "partner_help.first_sign_in"),
            text("lost"),
        ],
        Validity::Since(_) => html![text("over_text"), link(Step::Ask.path(), "partner_help.new_ones")],
    };
    html![notice_box(tone, false, Some(&title), rest)]
}

/// New identifiers; the same is said of every number.
fn ask(site: Site, portal: &'static Portal) -> Html {
    live(move || {
        let text = |part: &str| site.i18n.portal(&format!("partner_help.ask.sent.{part}"), portal);
        if site.nav.here().with(|here| here.query == SENT_QUERY) {
            html![done(plain_head(site, text("title"), None), &text("text")), el("p").text(&text("nothing"))]
        } else {
            let back = Step::Ask.before().map(|before| before.path().to_owned());
            simple_form(site, portal, &ASK, back)
        }
    })
}
