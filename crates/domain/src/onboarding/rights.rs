//! What a user of an organisation may do, service by service (A7, A8).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::problem::{Coded, Data, data};

/// How far a user may go in a service; each level has what the one before has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The service is closed to them.
    #[default]
    None,
    /// Sees (*consulter*).
    Consult,
    /// Prepares and changes (*agir*).
    Act,
    /// Commits the organisation (*valider*).
    Validate,
}

impl Level {
    /// Every level, the lowest first.
    pub const ALL: [Self; 4] = [Self::None, Self::Consult, Self::Act, Self::Validate];

    /// Its name on the wire, in the store and in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Consult => "consult",
            Self::Act => "act",
            Self::Validate => "validate",
        }
    }

    /// The level with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// The rights (*droits*, *habilitations*) of a user: a level for each service that is open to them, by the service's
/// code. What isn't there is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Rights(BTreeMap<String, Level>);

/// Why rights can't be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RightsError {
    /// No service at all would be open: who has nothing to do here needs no account.
    Nothing,
    /// There is no such service in this portal.
    Unknown {
        /// Its code, as sent.
        service: String,
    },
}

impl Coded for RightsError {
    fn code(&self) -> &'static str {
        match self {
            Self::Nothing => "rights_nothing",
            Self::Unknown { .. } => "rights_unknown",
        }
    }

    fn data(&self) -> Data {
        match self {
            Self::Nothing => Data::new(),
            Self::Unknown { service } => data([("service", service.as_str().into())]),
        }
    }
}

impl Rights {
    /// Rights of pairs of a service's code and a level.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, Level)>) -> Self {
        let open = pairs.into_iter().filter(|(_, level)| *level > Level::None);
        Self(open.map(|(service, level)| (service.to_owned(), level)).collect())
    }

    /// The same rights, when they can be given: of `services` only. An administrator, who decides about rights, may
    /// have none of their own.
    ///
    /// # Errors
    /// [`RightsError`].
    pub fn checked<'a>(
        &self,
        services: impl IntoIterator<Item = &'a str>,
        administrator: bool,
    ) -> Result<Self, RightsError> {
        let services: Vec<&str> = services.into_iter().collect();
        if let Some(service) = self.0.keys().find(|service| !services.contains(&service.as_str())) {
            return Err(RightsError::Unknown { service: service.clone() });
        }
        let open = Self::of(self.iter());
        if open.0.is_empty() && !administrator { Err(RightsError::Nothing) } else { Ok(open) }
    }

    /// How far the user may go in a service.
    pub fn level(&self, service: &str) -> Level {
        self.0.get(service).copied().unwrap_or_default()
    }

    /// The services that are open, and how far.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Level)> {
        self.0.iter().map(|(service, level)| (service.as_str(), *level))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICES: [&str; 2] = ["prets", "paiements"];

    #[test]
    fn rights_are_of_the_services_there_are() {
        let rights = Rights::of([("prets", Level::Act), ("paiements", Level::None)]);
        assert_eq!(rights.checked(SERVICES, false), Ok(rights.clone()));
        assert_eq!(rights.level("prets"), Level::Act);
        assert_eq!(rights.level("paiements"), Level::None);
        let foreign = Rights::of([("coffre", Level::Consult)]);
        let unknown = RightsError::Unknown { service: "coffre".to_owned() };
        assert_eq!(foreign.checked(SERVICES, true), Err(unknown));
    }

    #[test]
    fn only_an_administrator_may_have_none() {
        assert_eq!(Rights::default().checked(SERVICES, false), Err(RightsError::Nothing));
        assert_eq!(Rights::default().checked(SERVICES, true), Ok(Rights::default()));
    }

    #[test]
    fn a_level_has_what_the_one_before_has() {
        assert!(Level::ALL.is_sorted());
        for level in Level::ALL {
            assert_eq!(Level::parse(level.name()), Some(level));
            assert_eq!(serde_json::to_string(&level).expect("a text"), format!("\"{}\"", level.name()));
        }
        assert_eq!(Level::parse("all"), None);
    }

    #[test]
    fn a_closed_service_sent_as_such_is_the_same_as_none() {
        let sent: Rights = serde_json::from_str(r#"{"prets":"none","paiements":"consult"}"#).expect("rights");
        let kept = sent.checked(SERVICES, false).expect("rights");
        assert_eq!(serde_json::to_string(&kept).expect("a text"), r#"{"paiements":"consult"}"#);
    }
}
