use palier_domain::desk::{DeskSession, DeskStage};
use serde_json::Value;

use super::session::{PATH, ended, leave, refused};
use crate::api::Call;
use crate::idle::Idle;
use crate::json::read;
use crate::message::Message;

/// The session of who is at the open desk. Before that nothing is to be lost, and its time can't be prolonged.
pub(crate) static IDLE: Idle = Idle {
    name: "desk",
    contacts: |site| &site.api.desk_contacts,
    minutes: |site| open(site.desk.get()?.as_ref().ok()?),
    left: |site| {
        let known = site.desk.now().and_then(Result::ok);
        // Whoever is on the way in stays where they are.
        if known.as_ref().and_then(open).is_some() {
            site.nav.arrive();
            site.desk.set(Some(Ok(Value::Null)));
        }
    },
    expire: |site| {
        // The server ends it too; without an answer it does so by itself.
        site.api.send(Call::delete(PATH), move |_| {
            site.api.desk_contacts.left();
            ended(site);
        });
    },
    extend: |site| {
        site.api.send(Call::post("/desk/session/extend", String::new()), move |answer| {
            if let Err(failure) = answer
                && !refused(site, &failure)
            {
                site.tell(Message::failure(&failure));
            }
        });
    },
    leave,
};

fn open(said: &Value) -> Option<u32> {
    let session = read::<DeskSession>(said)?;
    (session.stage == DeskStage::Open).then_some(session.idle_minutes)
}
