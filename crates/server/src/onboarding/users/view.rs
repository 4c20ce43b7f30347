//! Everything on `/organisme/utilisateurs` (A7, A8).

use palier_domain::fold::key;
use palier_domain::onboarding::{InvitationView, JoiningState, RequestView, UserView, UsersView};
use palier_domain::portal::Choice;

use crate::account::{Post, full_name};
use crate::http::problem::ApiError;
use crate::onboarding::administrator::Administrator;
use crate::onboarding::letters::day;
use crate::onboarding::rules;
use crate::store::accounts::Account;
use crate::store::client_users::{self, ClientUser, UserState};
use crate::store::joinings::{self, Joining};

/// The users, who asks and who was invited, as an administrator sees them.
pub(super) async fn view(post: Post<'_>, administrator: &Administrator) -> Result<UsersView, ApiError> {
    let (_, own) = rules::of(post.portal)?;
    let (conn, portal, client) = (post.state.store().read(), post.portal.slug(), &administrator.client);
    let mut known = client_users::list(conn, portal, client.id).await?;
    known.sort_by_cached_key(|(_, account)| (key(&name(account)), account.id));
    let deciding = known.iter().filter(|(user, _)| user.decides()).count();
    let open = joinings::open_of(conn, portal, client.id).await?;
    let asked = open.iter().filter(|it| it.state == JoiningState::Asked && it.expires_at > post.now);
    let invited = open.iter().filter(|it| it.state == JoiningState::Invited).rev();
    let services = own.services.iter();
    Ok(UsersView {
        organisation: client.known.name.clone(),
        number: client.known.number.to_string(),
        services: services
            .map(|service| Choice {
                code: service.code.clone(),
                name: service.name_in(post.language).to_owned(),
            })
            .collect(),
        users: known.iter().map(|(it, account)| user(post, it, account, &administrator.account)).collect(),
        requests: asked.map(|joining| request(post, joining)).collect(),
        invitations: invited.map(|joining| invitation(post, joining)).collect(),
        alone: deciding == 1,
    })
}

fn user(post: Post<'_>, user: &ClientUser, account: &Account, looking: &Account) -> UserView {
    UserView {
        id: account.id,
        name: name(account),
        email: account.address(),
        administrator: user.administrator,
        suspended: user.state == UserState::Suspended,
        you: account.id == looking.id,
        rights: user.rights.clone(),
        since: day(post, user.since),
    }
}

fn request(post: Post<'_>, joining: &Joining) -> RequestView {
    RequestView {
        id: joining.id,
        name: full_name(Some(&joining.first_name), &joining.surname),
        email: joining.email.to_string(),
        asked: day(post, joining.created_at),
        until: day(post, joining.expires_at),
    }
}

fn invitation(post: Post<'_>, joining: &Joining) -> InvitationView {
    InvitationView {
        id: joining.id,
        name: full_name(Some(&joining.first_name), &joining.surname),
        email: joining.email.to_string(),
        administrator: joining.grant.administrator,
        rights: joining.grant.rights.clone(),
        sent: day(post, joining.sent_at.unwrap_or(joining.created_at)),
        until: day(post, joining.expires_at),
        expired: joining.expires_at <= post.now,
    }
}

fn name(account: &Account) -> String {
    full_name(account.first_name.as_deref(), &account.surname)
}
