//! The e-mails about colleagues: what administrators typed stays words, days and numbers are said.

use palier_server::mail::{Colleague, Mail};

use crate::samples::{LINK, ORGANISATION, compose, environment};
use crate::support::loaded;

#[test]
fn a_reason_stays_words_on_one_line() {
    let loaded = loaded(&environment());
    let portal = loaded.config.portal("prets").unwrap();
    let reason = "Pas <a href=\"https://ailleurs.example\">vous</a> {portal}\n-- \nBcc: all@exemple.fr";
    let mail = Mail::Colleague(Colleague::AccessRefused { organisation: ORGANISATION, reason });
    let made = compose(&loaded, portal, "fr", None, mail);
    assert!(!made.html.contains("<a "), "{}", made.html);
    assert!(made.html.contains("&lt;a href=&quot;https://ailleurs.example&quot;&gt;vous"), "{}", made.html);
    let line = "Le motif donné\u{a0}: Pas <a href=\"https://ailleurs.example\">vous</a> {portal} -- Bcc: all@exemple.fr";
    assert!(made.text.lines().any(|found| found == line), "{}", made.text);
}

#[test]
fn requests_are_counted_in_words() {
    let loaded = loaded(&environment());
    let portal = loaded.config.portal("prets").unwrap();
    let text = |language, count| {
        let mail =
            Mail::Colleague(Colleague::RequestsWaiting { link: LINK, organisation: ORGANISATION, count });
        compose(&loaded, portal, language, None, mail).text
    };
    assert!(text("fr", 1).contains("1 demande attend votre"), "{}", text("fr", 1));
    assert!(text("fr", 3).contains("3 demandes attendent votre"));
    assert!(text("en", 1).contains("1 request waits for"));
    assert!(text("en", 3).contains("3 requests wait for"));
}

#[test]
fn an_invitation_says_who_invites_and_until_when() {
    let loaded = loaded(&environment());
    let portal = loaded.config.portal("prets").unwrap();
    let (until, by) = ("29/11/2026", "Awa <b>Ndiaye</b>\r\nBcc: all@exemple.fr");
    let mail = Mail::Colleague(Colleague::Invitation { link: LINK, organisation: ORGANISATION, until, by });
    for language in ["fr", "en"] {
        let made = compose(&loaded, portal, language, None, mail);
        assert_eq!(made.subject.lines().count(), 1, "{}", made.subject);
        assert!(made.subject.contains("Awa <b>Ndiaye</b> Bcc: all@exemple.fr"), "{}", made.subject);
        assert!(!made.html.contains("<b>") && made.text.contains("29/11/2026"), "{}", made.html);
    }
}
