use crate::links::LinkPage;
use crate::routes::{Place, USERS};

/// `/organisme/opposition`: an administrator objects to somebody who says that there is none left (A8).
pub(crate) static OBJECTION: LinkPage = LinkPage {
    text: "objection",
    place: Place::Objection,
    endpoint: "/organisation/objections",
    start: (USERS, "users.title_plain"),
    follow: None,
};
