//! The last step: the organisation becomes a member (M4, M5).

use axum::body::Bytes;
use axum::http::StatusCode;
use palier_domain::mediation::{Joined, Membership as Wanted, MembershipForm};
use palier_domain::problem::FieldProblem;
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;
use sha2::{Digest as _, Sha256};

use super::contract::{self, Parties};
use super::{codes, draft, scheme};
use crate::account::{Once, Post};
use crate::http::extract::{Client, IdempotencyKey};
use crate::http::files;
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::accounts::{self, Account};
use crate::store::kept_files::{self, NewFile};
use crate::store::memberships::{self, Agreement};
use crate::store::organisations::Organisation;
use crate::store::{Conflict, StoreError};
use crate::texts::{LANGUAGES, hexadecimal};

/// References drawn before giving up.
const DRAWS: usize = 8;

/// What is being agreed to, and its file.
struct Deed<'a> {
    organisation: &'a Organisation,
    account: &'a Account,
    wanted: &'a Wanted,
    reference: String,
    file: Vec<u8>,
    /// The terms of use in force, as a file.
    terms: Bytes,
}

/// Makes the organisation a member: code, contract, consent and receipt in one transaction.
pub(super) async fn join(
    post: Post<'_>,
    client: Client,
    account: &Account,
    key: &IdempotencyKey,
    form: &MembershipForm,
) -> Result<Joined, ApiError> {
    let once = Once::new("membership", key, &(account.id, form))?;
    if let Some(joined) = once.answered(post).await? {
        return Ok(joined);
    }
    scheme::open(post)?;
    let (_, own) = scheme::of(post.portal)?;
    let wanted = form.parse(scheme::context(post)).map_err(ApiError::invalid)?;
    let organisation = draft::organisation(post, account).await?;
    let known = memberships::of(post.state.store().read(), organisation.id).await?;
    if known.is_some_and(|known| known.joined.is_some()) {
        return Err(already());
    }
    if let Some(code) = &wanted.promo_code {
        codes::check(post, client, account.id, &own.codes, code, wanted.partner.as_deref()).await?;
    }
    let parties = Parties { organisation: &organisation, account, form };
    let contract = contract::text(post, parties)?;
    let sha256 = contract.page.sha256.clone().unwrap_or_default();
    if wanted.contract != sha256 {
        return Err(ApiError::invalid_field(FieldProblem::plain("authorised", "contract_changed")));
    }
    for _ in 0..DRAWS {
        let reference = format!("M-{}", post.state.entropy().identifier());
        let texts = post.state.texts().portal(post.portal.slug(), LANGUAGES[0]);
        let certificate = contract::certificate(post, texts, parties, &reference, &sha256);
        // Setting the file takes a while: before the transaction, which others wait for.
        let file = contract::print(post, contract.clone(), Some(certificate)).await?;
        let terms = files::terms(post.state, post.portal, LANGUAGES[0]).await?;
        let deed = Deed { organisation: &organisation, account, wanted: &wanted, reference, file, terms };
        let transaction = post.state.store().begin().await?;
        if let Some(joined) = once.claim(post, &transaction).await? {
            return Ok(joined);
        }
        let agreement = match seal(post, &transaction, &deed).await {
            Ok(agreement) => agreement,
            Err(Unsealed::Taken) => continue,
            Err(Unsealed::Refused(error)) => return Err(error),
        };
        let joined = draft::told(post, &agreement, hexadecimal(&Sha256::digest(&deed.file)))?;
        once.settle(post, &transaction, &joined).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        post.state.outbox().wake();
        let portal = post.portal.slug().to_owned();
        metrics::counter!("palier_memberships_total", "portal" => portal).increment(1);
        return Ok(joined);
    }
    Err(ApiError::internal("every reference drawn was taken"))
}

fn already() -> ApiError {
    ApiError::code(StatusCode::CONFLICT, code::ALREADY_MEMBER)
}

/// Why a deed isn't sealed.
enum Unsealed {
    /// Its reference is another membership's.
    Taken,
    /// For a reason that is told.
    Refused(ApiError),
}

impl<E: Into<ApiError>> From<E> for Unsealed {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

async fn seal(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    deed: &Deed<'_>,
) -> Result<Agreement, Unsealed> {
    let (rules, own) = scheme::of(post.portal)?;
    let (portal, wanted) = (post.portal.slug(), deed.wanted);
    // Of two at once, the second one waits for the first here.
    let membership = memberships::held(transaction, portal, deed.organisation.id, post.now).await?;
    if membership.joined.is_some() {
        return Err(already().into());
    }
    if let Some(code) = &wanted.promo_code {
        codes::spend(post, transaction, &own.codes, code, wanted.partner.as_deref()).await?;
    }
    let texts = post.state.texts().portal(portal, LANGUAGES[0]);
    let name = texts.with("paper.contract_file", &[("reference", &deed.reference)]);
    let file = NewFile {
        portal: portal.to_owned(),
        media_type: "application/pdf".to_owned(),
        name,
        content: deed.file.clone(),
        now: post.now,
    };
    let file_id = kept_files::keep(transaction, file).await?;
    let terms = &post.portal.public.terms;
    let file = NewFile {
        portal: portal.to_owned(),
        media_type: "application/pdf".to_owned(),
        name: format!("conditions-generales-{}.pdf", terms.version),
        content: deed.terms.to_vec(),
        now: post.now,
    };
    let terms_file_id = kept_files::keep(transaction, file).await?;
    let agreement = Agreement {
        reference: deed.reference.clone(),
        joined_at: post.now,
        first_name: wanted.representative_first_name.to_string(),
        surname: wanted.representative_surname.to_string(),
        partner: wanted.partner.clone(),
        promo_code: wanted.promo_code.as_ref().map(ToString::to_string),
        contract_version: rules.contract.clone(),
        contract_sha256: wanted.contract.clone(),
        terms_version: terms.version.clone(),
        terms_sha256: terms.sha256.clone(),
        file_id,
        terms_file_id,
    };
    match memberships::join(transaction, membership.id, &agreement).await {
        Ok(true) => {}
        Ok(false) => return Err(already().into()),
        Err(StoreError::Conflict(Conflict::Reference)) => return Err(Unsealed::Taken),
        Err(error) => return Err(error.into()),
    }
    accounts::add_consent(transaction, deed.account.id, &terms.version, &terms.sha256, post.now).await?;
    let details = &deed.organisation.details;
    let link = post.portal.link("/mediation/adhesion/envoye");
    let mail = Mail::MembershipMade { reference: &deed.reference, organisation: &details.name, link: &link };
    post.send_with(transaction, &deed.account.email, None, mail, Some(file_id)).await?;
    Ok(agreement)
}
