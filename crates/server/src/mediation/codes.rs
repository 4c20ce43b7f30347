//! Promotional codes (M5): what each refuses, as a pure function, and guessing them made slow.

use jiff::SignedDuration;
use palier_domain::problem::{Coded, Data, FieldProblem, data};
use palier_domain::texts::Texts;
use palier_domain::values::{Date, PromoCode};
use palier_domain::wording;
use sea_orm::ConnectionTrait;

use crate::account::{Limit, Post};
use crate::config::PromoRule;
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::store::{StoreError, promo_uses};

/// Codes that there aren't, typed by one organisation.
const BY_ACCOUNT: Limit = Limit { kind: "promo_account", times: 10, window: SignedDuration::from_hours(1) };
/// The same from one place.
const BY_PLACE: Limit = Limit { kind: "promo_place", times: 30, window: SignedDuration::from_hours(1) };

/// Why a code doesn't count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeError {
    /// There is no such code.
    Unknown,
    /// It is that of another partner than the organisation's.
    OtherPartner,
    /// Not yet.
    Early {
        /// The first day on which it counts.
        from: Date,
    },
    /// Not any more.
    Expired {
        /// The last day on which it counted.
        until: Date,
    },
    /// It was used as often as it may be.
    Exhausted,
}

impl Coded for CodeError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "code_unknown",
            Self::OtherPartner => "code_other_partner",
            Self::Early { .. } => "code_early",
            Self::Expired { .. } => "code_expired",
            Self::Exhausted => "code_exhausted",
        }
    }
}

impl CodeError {
    /// The problem at its field, days in words.
    pub(super) fn problem(self, texts: &Texts) -> FieldProblem {
        let said = |name: &str, day| data([(name, wording::day(texts, day).into())]);
        let data = match self {
            Self::Early { from } => said("from", from),
            Self::Expired { until } => said("until", until),
            _ => Data::new(),
        };
        FieldProblem { data, ..FieldProblem::new("promo_code", &self) }
    }
}

/// The rule of a code, when it counts today for members of that partner.
pub(super) fn find<'r>(
    rules: &'r [PromoRule],
    code: &PromoCode,
    partner: Option<&str>,
    today: Date,
) -> Result<&'r PromoRule, CodeError> {
    let rule = rules.iter().find(|rule| rule.code == *code).ok_or(CodeError::Unknown)?;
    if partner != Some(rule.partner.as_str()) {
        return Err(CodeError::OtherPartner);
    }
    match (rule.from, rule.until) {
        (Some(from), _) if today < from => Err(CodeError::Early { from }),
        (_, Some(until)) if today > until => Err(CodeError::Expired { until }),
        _ => Ok(rule),
    }
}

/// Checks a code while the person is on its page. The membership itself [`spend`]s it.
pub(super) async fn check(
    post: Post<'_>,
    client: Client,
    account_id: i64,
    rules: &[PromoRule],
    code: &PromoCode,
    partner: Option<&str>,
) -> Result<(), ApiError> {
    let (portal, account, place) = (post.portal.slug(), account_id.to_string(), client.place());
    // Many guesses at once are worth no more than one after the other.
    let _turn = post.state.turns().of(&[(BY_ACCOUNT.kind, &account), (BY_PLACE.kind, &place)]).await;
    let conn = post.state.store().read();
    BY_ACCOUNT.check(conn, portal, &account, post.now).await?;
    BY_PLACE.check(conn, portal, &place, post.now).await?;
    let found = match find(rules, code, partner, post.portal.today(post.now)) {
        Ok(rule) => left(conn, portal, rule).await?,
        Err(error) => Err(error),
    };
    let Err(error) = found else { return Ok(()) };
    // Every refusal counts: "another partner's" tells too that there is such a code.
    let transaction = post.state.store().begin().await?;
    BY_ACCOUNT.count(&transaction, portal, &account, post.now).await?;
    BY_PLACE.count(&transaction, portal, &place, post.now).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Err(refusal(post, error))
}

async fn left<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    rule: &PromoRule,
) -> Result<Result<(), CodeError>, StoreError> {
    let Some(most) = rule.max_uses else { return Ok(Ok(())) };
    let used = promo_uses::uses(conn, portal, rule.code.as_str()).await?;
    Ok(if used < most { Ok(()) } else { Err(CodeError::Exhausted) })
}

/// Uses a code, in the transaction that makes the member.
pub(super) async fn spend<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    rules: &[PromoRule],
    code: &PromoCode,
    partner: Option<&str>,
) -> Result<(), ApiError> {
    let today = post.portal.today(post.now);
    let rule = find(rules, code, partner, today).map_err(|error| refusal(post, error))?;
    if promo_uses::spend(conn, post.portal.slug(), rule.code.as_str(), rule.max_uses).await? {
        Ok(())
    } else {
        Err(refusal(post, CodeError::Exhausted))
    }
}

fn refusal(post: Post<'_>, error: CodeError) -> ApiError {
    let texts = post.state.texts().portal(post.portal.slug(), post.language);
    ApiError::invalid_field(error.problem(texts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        Some(Date::parse_text(text).unwrap())
    }

    fn code(typed: &str) -> PromoCode {
        PromoCode::parse(typed).unwrap().unwrap()
    }

    #[test]
    fn each_refusal_has_its_own_words() {
        let rule = PromoRule {
            code: code("USH2017"),
            partner: "USH".into(),
            from: day("2017-07-27"),
            until: day("2017-12-31"),
            max_uses: None,
        };
        let rules = [rule];
        let found = |typed: &str, partner, today: &str| {
            find(&rules, &code(typed), partner, day(today).unwrap()).map(|rule| rule.code.to_string())
        };
        assert_eq!(found("ush 2017", Some("USH"), "2017-07-27"), Ok("USH2017".to_owned()));
        assert_eq!(found("USH-2017", Some("USH"), "2017-12-31"), Ok("USH2017".to_owned()));
        let from = day("2017-07-27").unwrap();
        assert_eq!(found("USH2017", Some("USH"), "2017-07-26"), Err(CodeError::Early { from }));
        let until = day("2017-12-31").unwrap();
        assert_eq!(found("USH2017", Some("USH"), "2018-01-01"), Err(CodeError::Expired { until }));
        assert_eq!(found("USH2018", Some("USH"), "2017-08-01"), Err(CodeError::Unknown));
        assert_eq!(found("USH2017", Some("FNAR"), "2017-08-01"), Err(CodeError::OtherPartner));
        assert_eq!(found("USH2017", None, "2017-08-01"), Err(CodeError::OtherPartner));
    }
}
