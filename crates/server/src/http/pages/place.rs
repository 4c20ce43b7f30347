use palier_domain::journey::Step;
use palier_domain::tenancy::SIGN_UP;

use crate::config::PortalConfig;
use crate::documents::DOCUMENTS;

/// A page, as far as what is sent of it before the program arrives differs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// The list of portals.
    Portals,
    /// Choose what you come for.
    Home,
    /// Sign in.
    SignIn,
    /// Lost identifier.
    ForgottenIdentifier,
    /// Lost password.
    ForgottenPassword,
    /// Lost password, by the link.
    NewPassword,
    /// A step of the tenant's sign-up.
    SignUp(Step),
    /// Confirm one's address, by the link.
    Confirmation,
    /// A written page.
    Document(&'static str),
    /// Known to the program only, which alone can tell what is on it.
    Other,
    /// The gallery of components.
    Gallery,
    /// No page of ours: 404.
    Unknown,
}

/// What the address of a form says once it was sent: the program shows something else then.
const SENT: &str = "envoye";

impl Place {
    /// The page at a path below the portal's base; a slash at the end doesn't matter.
    pub(super) fn parse(path: &str, query: Option<&str>, portal: Option<&PortalConfig>, demo: bool) -> Self {
        let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        let Some(portal) = portal else { return if path == "/" { Self::Portals } else { Self::Unknown } };
        if let Some(name) = DOCUMENTS.into_iter().find(|name| path.strip_prefix('/') == Some(*name)) {
            return Self::Document(name);
        }
        let sent = query == Some(SENT);
        match path {
            "" | "/" => Self::Home,
            "/connexion" => Self::SignIn,
            "/identifiant-oublie" | "/mot-de-passe-oublie" if sent => Self::Other,
            "/identifiant-oublie" => Self::ForgottenIdentifier,
            "/mot-de-passe-oublie" => Self::ForgottenPassword,
            "/mot-de-passe-oublie/nouveau" => Self::NewPassword,
            "/locataire" | "/compte" => Self::Other,
            "/galerie" if demo => Self::Gallery,
            _ if portal.public.tenancy.is_some() => Self::of_tenants(path),
            _ => Self::Unknown,
        }
    }

    fn of_tenants(path: &str) -> Self {
        let Some(below) = path.strip_prefix(SIGN_UP.path) else {
            return if path == "/locataire/confirmation" { Self::Confirmation } else { Self::Unknown };
        };
        match below {
            "" => SIGN_UP.step("").map_or(Self::Unknown, Self::SignUp),
            "/envoye" => Self::Other,
            // A step has a name; the bare address is that of the first one.
            slug => slug
                .strip_prefix('/')
                .filter(|slug| !slug.is_empty())
                .and_then(|slug| SIGN_UP.step(slug))
                .map_or(Self::Unknown, Self::SignUp),
        }
    }
}
