//! Whose account it is.

use palier_domain::account::{ClientSummary, OrganisationSummary};
use palier_domain::fold::key;
use palier_domain::values::{Email, LoginIdentifier, UserNumber};
use sea_orm::ConnectionTrait;

use super::post::Post;
use super::standing;
use crate::config::PortalConfig;
use crate::store::accounts::{self, Account};
use crate::store::client_users::UserState;
use crate::store::partners::{Opening, Partner};
use crate::store::{StoreError, client_users, clients, leases, memberships, organisations, partners};

/// What a person signs in with, as typed: an e-mail address, an identifier, or neither.
#[derive(Clone, Debug)]
pub(super) enum Login {
    /// Looks like an e-mail address.
    Email(Email),
    /// Looks like an identifier.
    Identifier(LoginIdentifier),
    /// Looks like a partner's user number (P1).
    Number(UserNumber),
    /// Nobody's, in a form that makes two spellings equal.
    Neither(String),
}

impl Login {
    /// Reads what was typed.
    pub(super) fn parse(typed: &str) -> Self {
        if let Ok(email) = Email::parse(typed) {
            return Self::Email(email);
        }
        if let Ok(number) = UserNumber::parse(typed) {
            return Self::Number(number);
        }
        LoginIdentifier::parse(typed).map_or_else(|_| Self::Neither(key(typed)), Self::Identifier)
    }

    /// A text that is equal for two spellings of one login.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Email(email) => email.key(),
            Self::Identifier(identifier) => identifier.as_str().to_owned(),
            Self::Number(number) => number.as_str().to_owned(),
            Self::Neither(key) => key.clone(),
        }
    }

    /// The account, if there is one. That of a user who was removed from their organisation (A8) isn't: signing in, a lost
    /// password and a lost identifier are answered as for somebody who never had one.
    pub(super) async fn account<C: ConnectionTrait>(
        &self,
        conn: &C,
        portal: &str,
    ) -> Result<Option<Account>, StoreError> {
        let found = self.kept(conn, portal).await?;
        standing::unless_removed(conn, found).await
    }

    /// The same, or one that is closed (T11): whoever knows its password is told so.
    pub(super) async fn claimed<C: ConnectionTrait>(
        &self,
        conn: &C,
        portal: &str,
    ) -> Result<Option<Account>, StoreError> {
        let found = self.kept(conn, portal).await?;
        if found.as_ref().is_some_and(|account| account.closed_at.is_some()) {
            return Ok(found);
        }
        standing::unless_removed(conn, found).await
    }

    async fn kept<C: ConnectionTrait>(&self, conn: &C, portal: &str) -> Result<Option<Account>, StoreError> {
        match self {
            Self::Email(email) => accounts::with_email_key(conn, portal, &email.key()).await,
            Self::Identifier(identifier) => accounts::by_identifier(conn, portal, identifier).await,
            Self::Number(number) => match partners::by_number(conn, portal, number).await? {
                Some(Partner { opening: Opening { account_id: Some(id), .. }, .. }) => {
                    accounts::by_id(conn, portal, id).await
                }
                _ => Ok(None),
            },
            Self::Neither(_) => Ok(None),
        }
    }
}

/// Under what the tries of an account are counted.
pub(crate) fn subject(account_id: i64) -> String {
    format!("account:{account_id}")
}

/// First name and surname, or the surname alone.
pub(crate) fn full_name(first_name: Option<&str>, surname: &str) -> String {
    match first_name {
        Some(first_name) if !first_name.is_empty() => format!("{first_name} {surname}"),
        _ => surname.to_owned(),
    }
}

/// The name by which an account's owner is addressed.
pub(super) fn name(account: &Account) -> String {
    full_name(account.first_name.as_deref(), &account.surname)
}

/// The identifier that an account's owner knows: a partner's is the user number that they were given (P1).
pub(super) async fn identifier<C: ConnectionTrait>(
    conn: &C,
    portal: &PortalConfig,
    account: &Account,
) -> Result<String, StoreError> {
    let partner = match portal.partners {
        Some(_) => partners::by_account(conn, &account.portal, account.id).await?,
        None => None,
    };
    Ok(partner
        .map_or_else(|| account.identifier.to_string(), |partner| partner.known.number.as_str().to_owned()))
}

/// The lease of an account, for tenants.
pub(super) async fn lease<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
) -> Result<Option<leases::Lease>, StoreError> {
    match account.lease_id {
        Some(id) => leases::by_id(conn, &account.portal, id).await,
        None => Ok(None),
    }
}

/// The organisation of an account, for correspondents. Accounts of tenants have none: nothing is asked for them.
pub(super) async fn organisation<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
) -> Result<Option<OrganisationSummary>, StoreError> {
    if account.lease_id.is_some() {
        return Ok(None);
    }
    let Some(known) = organisations::by_account(conn, &account.portal, account.id).await? else {
        return Ok(None);
    };
    let membership = memberships::of(conn, known.id).await?;
    let member = membership.is_some_and(|membership| membership.joined.is_some());
    Ok(Some(OrganisationSummary { name: known.details.name, siren: known.details.siren, member }))
}

/// The client organisation of an account, for its users, where the portal has such. Accounts of tenants have none:
/// nothing is asked for them.
pub(super) async fn client<C: ConnectionTrait>(
    conn: &C,
    post: Post<'_>,
    account: &Account,
) -> Result<Option<ClientSummary>, StoreError> {
    let Some(onboarding) = &post.portal.onboarding else { return Ok(None) };
    if account.lease_id.is_some() {
        return Ok(None);
    }
    let Some(user) = client_users::of_account(conn, &account.portal, account.id).await? else {
        return Ok(None);
    };
    if user.state == UserState::Removed {
        return Ok(None);
    }
    let client = clients::by_id(conn, &account.portal, user.client_id).await?;
    let alone =
        user.decides() && client_users::administrators(conn, &account.portal, user.client_id).await? == 1;
    Ok(client.map(|client| ClientSummary {
        name: client.known.name,
        number: client.known.number.to_string(),
        administrator: user.administrator,
        alone,
        rights: onboarding
            .open(&user.rights, post.language)
            .map(|(service, level)| (service.to_owned(), level.name().to_owned()))
            .collect(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_one_login_have_one_key() {
        for (one, other) in [
            (" Marie@Exemple.FR ", "marie@exemple.fr"),
            ("k7tm 94px", "K7TM-94PX"),
            ("Marie Durand", "marie-durand"),
            ("078 0270075 0001", "07802700750001"),
        ] {
            assert_eq!(Login::parse(one).key(), Login::parse(other).key(), "{one}");
        }
        assert!(matches!(Login::parse("K7TM-94PX"), Login::Identifier(_)));
        assert!(matches!(Login::parse("K7TM-94P0"), Login::Neither(_)));
    }

    #[test]
    fn a_first_name_may_be_unknown() {
        assert_eq!(full_name(Some("Awa"), "Ndiaye"), "Awa Ndiaye");
        assert_eq!(full_name(Some(""), "Ndiaye"), "Ndiaye");
        assert_eq!(full_name(None, "Ndiaye"), "Ndiaye");
    }
}
