//! What the e-mails say: complete, in both languages, escaped, with links that lead somewhere.

use palier_domain::departure::Kind;
use palier_server::config::PortalConfig;
use palier_server::mail::{Colleague, DepartureMail, Farewell, Mail, PartnerMail, PasskeyMail, What};

use crate::samples::{LINK, STOP, compose, environment, for_every, identifier};
use crate::support::loaded;

#[test]
fn nothing_is_left_to_fill_in() {
    for_every(|portal, language, mail, made| {
        for body in [&made.subject, &made.text, &made.html] {
            let place = format!("{} {language} {}", portal.slug(), mail.kind());
            assert!(!body.contains(['{', '}']), "{place}: {body}");
            let key = body.split([' ', '>', '\n']).find(|word| word.starts_with("mail."));
            assert_eq!(key, None, "{place} lacks a text");
        }
        assert_eq!((made.kind, made.language.as_str()), (mail.kind(), language));
        assert_eq!(made.reply_to.as_deref(), Some(portal.public.contact.email.as_str()));
    });
}

#[test]
fn each_says_who_writes_why_and_whom_to_call() {
    for_every(|portal, language, mail, made| {
        let contact = &portal.public.contact;
        let hours = if language == "en" { &contact.hours_en } else { &contact.hours };
        let (why, greeting, not_asked) = match language {
            "en" => ("You receive this message because", "Hello Awa Ndiaye,", "?"),
            _ => ("Vous recevez ce message parce que", "Bonjour Awa Ndiaye,", "\u{a0}?"),
        };
        let needed = [
            &portal.public.name,
            &portal.legal_name,
            &portal.address,
            &contact.phone,
            hours,
            why,
            greeting,
            not_asked,
        ];
        for words in needed {
            assert!(made.text.contains(words), "{}: {words} isn't in {}", mail.kind(), made.text);
        }
        assert!(made.subject.contains(&portal.public.name), "{}", made.subject);
    });
}

#[test]
fn text_and_html_say_the_same() {
    for_every(|_, _, mail, made| {
        let visible = unescape(&without_tags(&made.html));
        for line in made.text.lines().filter(|line| !line.trim().is_empty() && *line != "-- ") {
            if line.starts_with("https:") {
                assert!(made.html.contains(&format!("href=\"{line}\"")), "{}: {line}", mail.kind());
                continue;
            }
            let words: Vec<&str> = line.split_whitespace().collect();
            // The identifier stands beside its label in the text, below it in the HTML.
            let line = words.join(" ").replace(": K7TM-94PX", ":").replace(": M-K7TM-94PX", ":");
            let line = line.replace(": 07802700750001", ":").replace(": 7K3MPACD4EWXTRR", ":");
            assert!(visible.contains(line.trim()), "{}: {line} isn't in {visible}", mail.kind());
        }
    });
}

#[test]
fn links_are_absolute_and_of_the_portal() {
    for_every(|portal, _, mail, made| {
        let expected: Vec<String> = match mail {
            Mail::ConfirmSignUp { .. }
            | Mail::PasswordReset { .. }
            | Mail::CertifyIdentity { .. }
            | Mail::IdentityCertified { .. }
            | Mail::MembershipMade { .. }
            | Mail::ConfirmRegistration { .. }
            | Mail::LetterAsked { .. }
            | Mail::LetterPosted { .. }
            | Mail::LetterReturned { .. }
            | Mail::Colleague(
                Colleague::ConfirmRequest { .. }
                | Colleague::ConfirmTakeover { .. }
                | Colleague::AccessAsked { .. }
                | Colleague::RequestsWaiting { .. }
                | Colleague::AccessGranted { .. }
                | Colleague::Invitation { .. }
                | Colleague::TakeoverAsked { .. }
                | Colleague::TakeoverHeld { .. },
            ) => vec![LINK.to_owned()],
            Mail::Partner(
                PartnerMail::Identifiers { .. }
                | PartnerMail::LetterValid { .. }
                | PartnerMail::Invitation { .. }
                | PartnerMail::MailValid { .. },
            ) => vec![LINK.to_owned()],
            Mail::ConfirmEmail { .. } | Mail::EmailChangeAsked { .. } | Mail::EmailChanged { .. } => {
                vec![LINK.to_owned()]
            }
            Mail::EmailTaken => ["/connexion", "/mot-de-passe-oublie"].map(|path| portal.link(path)).into(),
            Mail::PasswordEnds { .. } => vec![portal.link("/compte/mot-de-passe")],
            Mail::Passkey(PasskeyMail::AllRemoved) => vec![portal.link("/connexion")],
            Mail::AccountLocked { .. } | Mail::Passkey(_) | Mail::DataDownloaded { .. } => {
                vec![portal.link("/mot-de-passe-oublie")]
            }
            Mail::Partner(PartnerMail::LetterComing)
            | Mail::Farewell(Farewell::Closed)
            | Mail::Departure(DepartureMail::Accepted { kind: Kind::Whole, .. }) => Vec::new(),
            Mail::Departure(_) => vec![portal.link("/compte/depart")],
            Mail::Partner(PartnerMail::Active { .. }) | Mail::Farewell(_) => vec![portal.link("/connexion")],
            Mail::IdentityReminder { .. } | Mail::MembershipReminder { .. } => {
                vec![LINK.to_owned(), STOP.to_owned()]
            }
            Mail::HomeHasAccount => ["/connexion", "/identifiant-oublie", "/mot-de-passe-oublie"]
                .map(|path| portal.link(path))
                .into(),
            Mail::EmailHasAccount
            | Mail::AddressHasAccount
            | Mail::UserHasAccount
            | Mail::PasswordChanged
            | Mail::IdentifierReminder { .. } => {
                ["/connexion", "/mot-de-passe-oublie"].map(|path| portal.link(path)).into()
            }
            Mail::AccountActive { .. }
            | Mail::AdministratorActive { .. }
            | Mail::Colleague(Colleague::Active { .. } | Colleague::TakeoverStopped { .. })
            | Mail::OrganisationKnown
            | Mail::IdentityAskedAgain { .. } => vec![portal.link("/connexion")],
            Mail::DesignationRefused { .. }
            | Mail::Colleague(
                Colleague::AccessRefused { .. }
                | Colleague::AccessExpired { .. }
                | Colleague::TakeoverObjected { .. },
            ) => Vec::new(),
            Mail::Decided(decided) => match decided.what {
                What::Suspended | What::Removed => Vec::new(),
                What::RightsChanged | What::Resumed | What::Demoted => vec![portal.link("/connexion")],
                What::Named | What::OtherNamed | What::OtherLost => {
                    vec![portal.link("/organisme/utilisateurs")]
                }
            },
        };
        let mut found: Vec<&str> =
            made.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        found.dedup();
        assert_eq!(found, expected, "{}", mail.kind());
        for link in &expected {
            assert!(made.text.lines().any(|line| line == link), "{link} stands alone on its line");
            assert!(link.starts_with("https://espace.exemple.fr/"), "{link}");
        }
    });
}

#[test]
fn html_is_simple_and_well_formed() {
    for_every(|portal, language, mail, made| {
        let html = &made.html;
        assert!(html.starts_with(&format!("<!doctype html>\n<html lang=\"{language}\">")), "{html}");
        for unwanted in ["<table", "<img", "<script", "<link", "<style", "url(", "src="] {
            assert!(!html.contains(unwanted), "{}: {unwanted}", mail.kind());
        }
        assert!(html.contains(&portal.colour.light));
        assert_eq!(html.matches("<h1").count(), 1);
        let mut open = Vec::new();
        for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let name = tag.split_whitespace().next().unwrap();
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "{html}"),
                None if ["!doctype", "meta", "br"].contains(&name) => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    });
}

#[test]
fn the_identifier_is_set_in_a_legible_face() {
    let loaded = loaded(&environment());
    let identifier = identifier();
    let portal = loaded.config.portal("extranet").unwrap();
    for mail in [
        Mail::AccountActive { identifier: &identifier },
        Mail::IdentifierReminder { identifier: &identifier },
    ] {
        let made = compose(&loaded, portal, "fr", None, mail);
        let before = made.html.split("K7TM-94PX").next().unwrap();
        assert!(
            before.ends_with('>') && before.rsplit('<').next().unwrap().contains("monospace"),
            "{before}"
        );
        assert!(made.text.contains("Votre identifiant\u{a0}: K7TM-94PX"));
    }
}

#[test]
fn names_with_markup_stay_names() {
    let loaded = loaded(&environment());
    let mut portal = PortalConfig::clone(loaded.config.portal("extranet").unwrap());
    portal.public.name = "Rives & <b>Cie</b>\r\nBcc: all@exemple.fr".to_owned();
    let name = "<script>alert('x')</script>\nEvil \u{202e}Name";
    let made = compose(&loaded, &portal, "fr", Some(name), Mail::HomeHasAccount);
    assert!(!made.html.contains("<script") && !made.html.contains("<b>"), "{}", made.html);
    assert!(
        made.html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; Evil Name,"),
        "{}",
        made.html
    );
    assert!(made.html.contains("Rives &amp; &lt;b&gt;Cie&lt;/b&gt;"));
    assert_eq!(made.subject.lines().count(), 1, "{}", made.subject);
    assert!(made.text.contains("Bonjour <script>alert('x')</script> Evil Name,"), "{}", made.text);
}

#[test]
fn hours_are_counted_in_words() {
    let loaded = loaded(&environment());
    let portal = loaded.config.portal("extranet").unwrap();
    let text = |language, hours| {
        compose(&loaded, portal, language, None, Mail::PasswordReset { link: LINK, hours }).text
    };
    assert!(text("fr", 1).contains("valable 1 heure et"), "{}", text("fr", 1));
    assert!(text("fr", 24).contains("valable 24 heures et"));
    assert!(text("en", 1).contains("valid for 1 hour and"));
    assert!(text("en", 24).contains("valid for 24 hours and"));
}

#[test]
fn a_changed_password_says_when_where_the_landlord_is() {
    let loaded = loaded(&environment());
    let portal = loaded.config.portal("extranet").unwrap();
    let text = |language| compose(&loaded, portal, language, None, Mail::PasswordChanged).text;
    assert!(text("fr").contains("le 21/11/2026 à 10\u{a0}h\u{a0}30."), "{}", text("fr"));
    assert!(text("en").contains("on 21/11/2026 at 10:30."), "{}", text("en"));
}

fn without_tags(html: &str) -> String {
    let body = html.split_once("<body").map_or("", |(_, body)| body);
    let texts = body.split('<').filter_map(|rest| rest.split_once('>')).map(|(_, text)| text);
    texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unescape(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
