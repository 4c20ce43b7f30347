//! The code of the letter typed: rightly, too late, by the wrong person (A5).

use jiff::SignedDuration;
use palier_server::onboarding::Fate;

use crate::human::pass;
use crate::onboarding_tries::{told, wrong, wrong_code};
use crate::support::{BANK, DIRECTOR, House, MAYOR, chloe, eve};

/// A right code of a letter that is of no use any more.
fn over() -> (u16, String, Option<u64>) {
    (422, "letter_code_over".to_owned(), None)
}

#[tokio::test]
async fn the_code_of_another_letter_is_wrong() {
    let house = House::open().await;
    let (_, of_eve) = eve().is_written_to(&house).await;
    let (_, of_chloe) = chloe().is_written_to(&house).await;
    assert_eq!(told(&eve().types(&house, of_chloe.reveal()).await), wrong(4));
    assert_eq!(told(&chloe().types(&house, of_eve.reveal()).await), wrong(4));
    assert_eq!(eve().types(&house, of_eve.reveal()).await.status, 200);
    assert_eq!(chloe().types(&house, of_chloe.reveal()).await.status, 200);
}

#[tokio::test]
async fn a_code_counts_until_its_last_second() {
    let house = House::open().await;
    let (_, of_eve) = eve().is_written_to(&house).await;
    let (_, of_chloe) = chloe().is_written_to(&house).await;
    let until = house.paper(MAYOR).await[0].valid_until.expect("an end");
    assert_eq!(house.paper(DIRECTOR).await[0].valid_until, Some(until));
    house.wait(until.duration_since(house.now()) - SignedDuration::from_secs(1));
    assert_eq!(eve().types(&house, of_eve.reveal()).await.status, 200);
    house.wait(SignedDuration::from_secs(1));
    let expired = (422, "letter_code_expired".to_owned(), None);
    assert_eq!(told(&chloe().types(&house, of_chloe.reveal()).await), expired);
    // Saying so costs no try: a wrong one is still told as the first.
    assert_eq!(told(&chloe().types(&house, wrong_code(1).reveal()).await), wrong(4));
}

#[tokio::test]
async fn look_alikes_case_and_spaces_are_understood() {
    let house = House::open().await;
    // Drawn until the code has a digit that a letter looks like.
    let mut code = eve().is_written_to(&house).await.1;
    let mut mayor = true;
    if !code.reveal().contains(['5', '2', '8', '6']) {
        code = chloe().is_written_to(&house).await.1;
        mayor = false;
    }
    let typed: String = code
        .reveal()
        .chars()
        .flat_map(|character| {
            let meant = match character {
                '5' => 's',
                '2' => 'Z',
                '8' => 'b',
                '6' => 'G',
                other => other.to_ascii_lowercase(),
            };
            [meant, '\u{a0}']
        })
        .collect();
    assert!(typed.contains(['s', 'Z', 'b', 'G']), "{typed}");
    let who = if mayor { eve() } else { chloe() };
    let answer =
        house.visitor().at(BANK).activates(&format!(" {} ", who.email().to_uppercase()), &typed).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
}

#[tokio::test]
async fn a_slip_of_the_pen_costs_no_try() {
    let house = House::open().await;
    let (_, code) = eve().is_written_to(&house).await;
    let other = if code.reveal().starts_with('3') { "4" } else { "3" };
    let slip = format!("{other}{}", &code.reveal()[1..]);
    for (typed, problem) in [
        (slip.as_str(), "letter_code_check"),
        (&code.reveal()[1..], "letter_code_length"),
        ("0", "letter_code_character"),
        ("", "required"),
    ] {
        let answer = eve().types(&house, typed).await;
        assert_eq!(
            (answer.status.as_u16(), answer.fields()),
            (422, vec![("letter_code", problem)]),
            "{typed}"
        );
    }
    assert_eq!(house.paper(MAYOR).await[0].tries, 0);
    assert_eq!(told(&eve().types(&house, wrong_code(1).reveal()).await), wrong(4));
}

#[tokio::test]
async fn the_code_of_a_letter_that_came_back_is_refused() {
    let house = House::open().await;
    let (follow, code) = eve().is_written_to(&house).await;
    house.notes(MAYOR, Fate::Posted).await;
    house.notes(MAYOR, Fate::Returned).await;
    assert_eq!(told(&eve().types(&house, code.reveal()).await), over());
    assert_eq!(told(&eve().types(&house, wrong_code(1).reveal()).await), wrong(4), "it cost no try");
    let view = house.visitor().at(BANK).follows(&follow).await.body;
    assert_eq!((view["stage"].as_str(), view["renewable"].as_bool()), (Some("returned"), Some(true)));
}

#[tokio::test]
async fn the_code_of_a_lost_letter_is_refused_and_that_of_the_next_one_works() {
    let house = House::open().await;
    let (_, lost) = eve().is_written_to(&house).await;
    house.notes(MAYOR, Fate::Posted).await;
    house.notes(MAYOR, Fate::Lost).await;
    assert_eq!(told(&eve().types(&house, lost.reveal()).await), over(), "none is printed yet");
    let code = house.prints().await;
    // As often as wrong ones may be typed, and more.
    for _ in 0..7 {
        assert_eq!(told(&eve().types(&house, lost.reveal()).await), over());
    }
    assert!(house.paper(MAYOR).await.iter().all(|letter| letter.tries == 0));
    // Who knows only one of the two is told what anybody is.
    assert_eq!(told(&chloe().types(&house, lost.reveal()).await), wrong(4));
    assert_eq!(told(&eve().types(&house, wrong_code(1).reveal()).await), wrong(4));
    assert_eq!(eve().types(&house, code.reveal()).await.status, 200);
    assert_eq!(
        house.journal(MAYOR).await,
        [
            "designation_asked",
            "letter_asked",
            "letter_posted",
            "letter_lost",
            "letter_asked",
            "administrator_designated",
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_at_once_one_activates() {
    let house = House::open().await;
    let (_, code) = eve().is_written_to(&house).await;
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let (mut visitor, code) = (house.visitor().at(BANK), code.reveal().to_owned());
            tokio::spawn(async move { visitor.activates("eve@vaux.example", &code).await.status.as_u16() })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.expect("an answer"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409], "the others are told that it is done");
    assert_eq!(house.post().await.len(), 1);
}

#[tokio::test]
async fn the_password_is_not_the_applicants_name() {
    let house = House::open().await;
    let (_, code) = eve().is_written_to(&house).await;
    let mut visitor = house.visitor().at(BANK);
    for password in ["court", "password1", "eve@vaux.example"] {
        let human = pass(&mut visitor).await;
        let form = serde_json::json!({
            "email": "eve@vaux.example", "letter_code": code.reveal(), "password": password, "human": human,
        });
        let answer = visitor.post("/api/onboarding/activations", &form).await;
        assert_eq!(answer.status, 422, "{password}: {:?}", answer.body);
        assert_eq!(answer.fields().iter().map(|field| field.0).collect::<Vec<_>>(), ["password"]);
    }
    assert_eq!(eve().types(&house, code.reveal()).await.status, 200, "no try was counted, nothing used up");
}
