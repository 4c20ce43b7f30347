//! First e-mails whose link stands for a password (P2, profile `recommande`).

use jiff::SignedDuration;
use palier_domain::credentials::Channel;
use palier_server::partners::give_new;
use palier_server::store::partners;
use serde_json::json;

use crate::partners::{EMAIL, NUMBER, OFFICE, asks, chooses, partner, proves};
use crate::support::{House, TO_MIDNIGHT, token_in};

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

async fn house() -> House {
    let house = House::open_over(&[]).await;
    house.rewrite(
        "partenaires.toml",
        "[credentials]\nprofile = \"historique\"",
        "[credentials]\nprofile = \"recommande\"",
    );
    let house = house.another().await;
    let all = [partner(NUMBER, Channel::Mail)];
    partners::upsert_many(house.state.store().write(), OFFICE, &all, house.now()).await.expect("partners");
    assert_eq!(give_new(&house.state).await.expect("given"), 1);
    house
}

/// What the link of the one e-mail that was written carries.
async fn invited(house: &House) -> String {
    let mails = house.letters().await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].kind.as_str(), mails[0].to.as_str()), ("partner_invitation", EMAIL));
    let text = &mails[0].text;
    assert!(text.contains("06/12/2026") && text.contains("24 heures"), "{text}");
    let fragment = token_in(text);
    let (_, secret) = fragment.split_once('-').expect("number and secret");
    assert_eq!(text.matches(secret).count(), 1, "in the link alone");
    secret.to_owned()
}

#[tokio::test]
async fn p2_a_link_lives_a_day_and_a_late_click_sends_a_fresh_one() {
    let house = house().await;
    let first = invited(&house).await;
    let mut visitor = house.visitor().at(OFFICE);
    house.wait(A_DAY - SECOND);
    assert_eq!(proves(&mut visitor, NUMBER, &first).await.status, 200, "the last second");
    house.wait(SECOND);
    assert_eq!(proves(&mut visitor, NUMBER, &first).await.problem(), (409, "invitation_renewed"));
    let fresh = invited(&house).await;
    assert_ne!(fresh, first);
    assert_eq!(proves(&mut visitor, NUMBER, &first).await.problem(), (401, "provisional_refused"));
    assert!(house.letters().await.is_empty(), "a link sends one fresh link");
    assert_eq!(chooses(&mut visitor, NUMBER, &fresh).await.status, 200);
}

#[tokio::test]
async fn p2_fresh_ones_are_sent_for_two_weeks_to_the_second() {
    let house = house().await;
    let mut secret = invited(&house).await;
    let mut visitor = house.visitor().at(OFFICE);
    house.wait(A_DAY * 14 + SignedDuration::from_hours(TO_MIDNIGHT) - SECOND);
    assert_eq!(chooses(&mut visitor, NUMBER, &secret).await.problem(), (409, "invitation_renewed"));
    secret = invited(&house).await;
    house.wait(SECOND);
    let over = proves(&mut visitor, NUMBER, &secret).await;
    assert_eq!((over.problem(), &over.body["until"]), ((409, "provisional_over"), &json!("06/12/2026")));
    assert_eq!(asks(&mut visitor, NUMBER).await.status, 202);
    assert_eq!(house.post().await, [("partner_invitation".to_owned(), EMAIL.to_owned())]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn p2_clicked_twice_at_once_it_is_one_e_mail() {
    let house = house().await;
    let secret = invited(&house).await;
    house.wait(A_DAY);
    let clicks: Vec<_> = (0..4)
        .map(|_| {
            let (mut visitor, secret) = (house.visitor().at(OFFICE), secret.clone());
            tokio::spawn(async move { proves(&mut visitor, NUMBER, &secret).await.status.as_u16() })
        })
        .collect();
    let mut renewed = 0;
    for click in clicks {
        let status = click.await.expect("an answer");
        assert!([401, 409].contains(&status), "{status}");
        renewed += u32::from(status == 409);
    }
    assert!(renewed > 0);
    invited(&house).await;
}
