//! Sent twice, done once (X2).

use palier_server::store::sign_ups;

use crate::support::{House, aurelie, awa, token_in};

#[tokio::test]
async fn twenty_at_once_make_one_sign_up_and_one_e_mail() {
    let house = House::open().await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let mut visitor = house.visitor();
            tokio::spawn(async move { visitor.sign_up(&aurelie(), "twenty-at-once").await })
        })
        .collect();
    let mut handles = Vec::new();
    for task in tasks {
        let answer = task.await.expect("an answer");
        assert_eq!(answer.status, 202, "{:?}", answer.body);
        handles.push(answer.body["handle"].clone());
    }
    assert!(handles.windows(2).all(|pair| pair[0] == pair[1]), "the same answer each time");

    let letters = house.letters().await;
    assert_eq!(letters.len(), 1);
    let token = token_in(&letters[0].text);
    assert_eq!(house.visitor().confirm(&token).await.status, 200, "none of them superseded another");
    let conn = house.state.store().read();
    let open = sign_ups::open_by_email(conn, "extranet", "aurelie@exemple.fr").await.unwrap();
    assert!(open.is_none(), "there was no other: {open:?}");
}

#[tokio::test]
async fn twenty_at_once_under_keys_of_their_own_leave_one_that_works() {
    let house = House::open().await;
    let tasks: Vec<_> = (0..20)
        .map(|index| {
            let mut visitor = house.visitor();
            tokio::spawn(async move { visitor.sign_up(&aurelie(), &format!("own-key-{index}")).await.status })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.expect("an answer"), 202);
    }
    let mut outcomes = Vec::new();
    for letter in house.letters().await {
        outcomes.push(house.visitor().confirm(&token_in(&letter.text)).await.status.as_u16());
    }
    assert_eq!(outcomes.iter().filter(|status| **status == 200).count(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|status| **status == 410).count(), outcomes.len() - 1, "{outcomes:?}");
}

#[tokio::test]
async fn a_retry_after_a_restart_is_the_same_submission() {
    let house = House::open().await;
    let first = house.visitor().sign_up(&aurelie(), "retried").await;
    let restarted = house.another().await;
    let second = restarted.visitor().sign_up(&aurelie(), "retried").await;
    assert_eq!(first.body, second.body);
    assert_eq!(house.letters().await.len(), 1);
}

#[tokio::test]
async fn a_key_names_one_form_only() {
    let house = House::open().await;
    assert_eq!(house.visitor().sign_up(&aurelie(), "one-form-only").await.status, 202);
    for changed in [aurelie().with("email", "autre@exemple.fr"), aurelie().with("password", "tram rouge 48")]
    {
        let answer = house.visitor().sign_up(&changed, "one-form-only").await;
        assert_eq!(answer.problem(), (409, "idempotency_key_reused"));
    }
    assert_eq!(house.letters().await.len(), 1);
    assert_eq!(
        house.visitor().at("ekidom").sign_up(&awa(), "one-form-only").await.status,
        202,
        "portals share nothing"
    );
}

#[tokio::test]
async fn a_refused_form_does_not_use_up_its_key() {
    let house = House::open().await;
    let wrong = aurelie().with("password", "abc");
    assert_eq!(house.visitor().sign_up(&wrong, "corrected").await.status, 422);
    assert_eq!(house.visitor().sign_up(&aurelie(), "corrected").await.status, 202);
}
