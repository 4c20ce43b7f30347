//! "Je ne suis pas un robot" (A2): the box, and the work behind it. Any journey may ask it: it is one kind of field.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::window;
use palier_domain::human::{Challenge, HumanPass, PENDING, PassForm, Solution, solve};
use palier_domain::journey::TICKED;
use palier_domain::reading::Read as _;

use crate::api::{Call, Failure};
use crate::dom;
use crate::message::Message;
use crate::site::Site;
use crate::ui::{El, Entry, Frame, Tone, WorkingBox, working_box};
use crate::var::Local;

/// Numbers tried before the browser may do something else: 2 ms of a desktop's time, 8 ms of a slow phone's.
const SLICE: u32 = 500;

thread_local! {
    /// How often a box was ticked, or that taken back: work is done for the last time only.
    static TICKS: Cell<u32> = const { Cell::new(0) };
}

/// Shows the box.
pub(crate) fn human_view(site: Site, frame: Frame, entry: Entry) -> El {
    let i18n = site.i18n;
    let work = Work { site, entry: entry.clone(), trouble: Local::new(None), tick: 0 };
    // Ticked before the program arrived, or in a page that was left before the work was done.
    if is_pending(&entry.now()) {
        work.begin();
    }
    let (ticked, trouble) = (entry.clone(), work.trouble.clone());
    let name = entry.name().to_owned();
    let news = move || match (trouble.get(), entry.get()) {
        (Some(trouble), _) => (trouble.words(i18n).1, true),
        (None, answer) if answer.is_empty() => (String::new(), false),
        (None, answer) if is_pending(&answer) => (i18n.text("human.checking"), false),
        (None, _) => (i18n.text("human.done"), false),
    };
    let ticked = Rc::new(move || !ticked.get().is_empty());
    working_box(i18n, WorkingBox { frame, name, ticked, news: Rc::new(news) }, move |ticked| {
        if ticked {
            work.begin();
        } else {
            work.give_up(None);
        }
    })
}

fn is_pending(answer: &str) -> bool {
    matches!(answer, PENDING | TICKED)
}

fn next_tick() -> u32 {
    TICKS.set(TICKS.get().wrapping_add(1));
    TICKS.get()
}

/// A challenge on its way to become a pass.
#[derive(Clone)]
struct Work {
    site: Site,
    entry: Entry,
    /// Why it came to nothing.
    trouble: Local<Option<Message>>,
    tick: u32,
}

impl Work {
    fn begin(&self) {
        let work = Self { tick: next_tick(), ..self.clone() };
        work.trouble.set(None);
        work.entry.set(PENDING.to_owned());
        self.site.api.send(Call::get("/human/challenge"), move |answer| match answer {
            Err(failure) => work.fail(&failure),
            Ok(said) => match Challenge::read(&said) {
                Some(challenge) => work.try_from(challenge, 0),
                None => work.fail(&Failure::Lost),
            },
        });
    }

    fn give_up(&self, trouble: Option<Message>) {
        next_tick();
        self.trouble.set(trouble);
        self.entry.set(String::new());
    }

    /// Nobody ticked again, took it back, or emptied the form meanwhile.
    fn is_wanted(&self) -> bool {
        TICKS.get() == self.tick && is_pending(&self.entry.now())
    }

    fn fail(&self, failure: &Failure) {
        if self.is_wanted() {
            self.give_up(Some(match failure {
                Failure::Lost => Message::new(Tone::Danger, "human.lost"),
                Failure::Refused(_) => Message::failure(failure),
            }));
        }
    }

    /// Tries some numbers, and the next ones once the browser has seen to the person.
    fn try_from(self, challenge: Challenge, from: u32) {
        if !self.is_wanted() {
            return;
        }
        let end = challenge.maxnumber.saturating_add(1);
        let to = from.saturating_add(SLICE).min(end);
        match solve(&challenge.challenge, &challenge.salt, from, to) {
            Some(number) => self.exchange(challenge, number),
            None if to == end => self.fail(&Failure::Lost),
            None => dom::soon(move || self.try_from(challenge, to)),
        }
    }

    fn exchange(self, challenge: Challenge, number: u32) {
        let Challenge { algorithm, challenge, salt, signature, .. } = challenge;
        let solution = Solution { algorithm, challenge, number, salt, signature, took: None };
        let json = serde_json::to_string(&solution).unwrap_or_default();
        // It is refused for letters beyond Latin ones only, which are none of the server's.
        let payload = window().btoa(&json).unwrap_or_default();
        let call = Call::form("/human/passes", &PassForm { payload });
        self.site.api.send(call, move |answer| match answer {
            Err(failure) => self.fail(&failure),
            Ok(said) => match HumanPass::read(&said) {
                Some(HumanPass { pass }) if self.is_wanted() => self.entry.set(pass),
                Some(_) => {}
                None => self.fail(&Failure::Lost),
            },
        });
    }
}
