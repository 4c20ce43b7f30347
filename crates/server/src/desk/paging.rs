//! What all lists share: a page of rows, a text to search for, days.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use jiff::Timestamp;
use palier_domain::desk::{PAGE, Paging};
use palier_domain::fold::key;
use serde::Deserialize;

use crate::config::PortalConfig;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::Part;

/// Characters of a search that count: no text that is kept has as many.
const LONGEST: usize = 1000;

/// What a list is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// Rows of this state only.
    #[serde(default)]
    pub(super) state: Option<String>,
    /// Rows in which this is found only.
    #[serde(default)]
    search: String,
    /// From 1.
    #[serde(default)]
    page: u64,
    /// Of the page: read by [`crate::http::extract::Language`].
    #[serde(default, rename = "lang")]
    _language: String,
}

impl FromRequestParts<AppState> for Asked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let asked = Query::<Self>::from_request_parts(parts, state).await;
        asked.map(|Query(asked)| asked).map_err(|_| ApiError::malformed())
    }
}

impl Asked {
    /// What is searched for, as the store keeps it: whatever the case, accents, spaces and dashes. Empty for everything.
    pub(super) fn text(&self) -> String {
        key(&self.search).chars().take(LONGEST).collect()
    }

    /// The same as it was typed.
    pub(super) fn typed(&self) -> &str {
        &self.search
    }

    /// Whether what is searched for is found in one of these texts.
    pub(super) fn finds(&self, texts: &[&str]) -> bool {
        let wanted = self.text();
        wanted.is_empty() || texts.iter().any(|text| key(text).contains(&wanted))
    }

    /// Which page it is of so many rows, and which of them are on it: the last page when there aren't as many.
    pub(super) fn part(&self, total: u64) -> (Part, Paging) {
        let pages = total.div_ceil(PAGE).max(1);
        let page = self.page.clamp(1, pages);
        let offset = (page - 1) * PAGE;
        // A store that is asked for no row looks at none.
        let part = Part { offset, most: PAGE.min(total.saturating_sub(offset)) };
        (part, Paging { page, pages, total })
    }

    /// The rows of the page, and which page it is.
    pub(super) fn cut<T>(&self, rows: Vec<T>) -> (Vec<T>, Paging) {
        let (part, paging) = self.part(rows.len() as u64);
        let fits = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        (rows.into_iter().skip(fits(part.offset)).take(fits(part.most)).collect(), paging)
    }
}

/// The day at the landlord's.
pub(super) fn day(portal: &PortalConfig, at: Timestamp) -> String {
    at.to_zoned(portal.time_zone.clone()).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_typed_in_another_way() {
        let asked = |search: &str| Asked { search: search.to_owned(), ..Asked::default() };
        let row = ["C-K7TM-94PX", "Mairie de Vaux-les-Paliers", "48213"];
        for found in ["", "k7tm 94px", "MAIRIE DE VAUX", "vaux les", "482", "48 213"] {
            assert!(asked(found).finds(&row), "{found}");
        }
        for other in ["k7tm95", "habitation", "48214"] {
            assert!(!asked(other).finds(&row), "{other}");
        }
    }

    #[test]
    fn cuts_a_page_and_never_none() {
        let rows: Vec<u64> = (0..101).collect();
        for (page, first, count, shown) in [(0, 0, 50, 1), (1, 0, 50, 1), (3, 100, 1, 3), (9, 100, 1, 3)] {
            let (cut, paging) = Asked { page, ..Asked::default() }.cut(rows.clone());
            assert_eq!((cut[0], cut.len()), (first, count), "{page}");
            assert_eq!(paging, Paging { page: shown, pages: 3, total: 101 });
        }
        let (none, paging) = Asked::default().cut(Vec::<u64>::new());
        assert_eq!((none.len(), paging), (0, Paging { page: 1, pages: 1, total: 0 }));
    }
}
