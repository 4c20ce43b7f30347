//! Fills a database with so many member organisations, for measurements: `directory_fill URL PORTAL COUNT`. Prints their
//! names, one a line.
#![expect(clippy::expect_used, reason = "a measurement that can't be prepared says why by ending")]

#[path = "../tests/directory/names.rs"]
mod names;

use jiff::Timestamp;
use palier_domain::values::{Date, Email, LoginIdentifier};
use palier_server::store::accounts::{self, NewAccount};
use palier_server::store::kept_files::{self, NewFile};
use palier_server::store::memberships::{self, Agreement};
use palier_server::store::organisations::{self, Details};
use palier_server::store::{Store, StoreError};

#[tokio::main]
async fn main() -> Result<(), StoreError> {
    let [url, portal, count] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().expect("URL PORTAL COUNT");
    let names = names::names(count.parse().expect("a number"));
    let store = Store::open(&url).await?;
    store.migrate().await?;
    let now = Timestamp::from_second(1_700_000_000).expect("a moment");
    let transaction = store.begin().await?;
    let file = NewFile {
        portal: portal.clone(),
        media_type: "application/pdf".to_owned(),
        name: "contrat.pdf".to_owned(),
        content: b"%PDF-".to_vec(),
        now,
    };
    let file_id = kept_files::keep(&transaction, file).await?;
    for (number, name) in (0_u64..).zip(&names) {
        let account = NewAccount {
            portal: portal.clone(),
            lease_id: None,
            email: Some(Email::parse(&format!("c{number}@exemple.test")).expect("an address")),
            email_shared: false,
            identifier: LoginIdentifier::from_random(digits(number)),
            password_until: None,
            password_hash: String::new(),
            first_name: None,
            surname: name.clone(),
            language: "fr".to_owned(),
            now,
        };
        let account = accounts::insert(&transaction, account).await?;
        let details = Details {
            siren: format!("{:09}", 100_000_000 + number),
            siret: None,
            name: name.clone(),
            first_name: "Anne".to_owned(),
            surname: "Martin".to_owned(),
            birth_date: Date::FIRST,
        };
        let id = organisations::insert(&transaction, &portal, account, &details, now, now).await?;
        let membership = memberships::held(&transaction, &portal, id, now).await?;
        let agreement = Agreement {
            reference: format!("M-{number}"),
            joined_at: now,
            first_name: "Anne".to_owned(),
            surname: "Martin".to_owned(),
            partner: None,
            promo_code: None,
            contract_version: "2026-11".to_owned(),
            contract_sha256: String::new(),
            terms_version: "mediation-2026-11".to_owned(),
            terms_sha256: String::new(),
            file_id,
            terms_file_id: file_id,
        };
        memberships::join(&transaction, membership.id, &agreement).await?;
        println!("{name}");
    }
    transaction.commit().await?;
    Ok(())
}

/// Another identifier for each number: its digits in the identifier's own base.
fn digits(mut number: u64) -> [u8; 8] {
    std::array::from_fn(|_| {
        let digit = u8::try_from(number % 30).unwrap_or_default();
        number /= 30;
        digit
    })
}
