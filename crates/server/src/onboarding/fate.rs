use super::{Hand, printing, stopping};
use crate::account::Post;
use crate::mailroom::PrintError;
use crate::store::letters::Letter;

/// What became of a letter on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was handed to the post.
    Posted,
    /// The post brought it back.
    Returned,
    /// It is lost: another one waits to be printed in its place.
    Lost,
    /// Somebody who answers for the organisation, or the applicant, called to have the request stopped.
    Refused,
}

impl Fate {
    const ALL: [Self; 4] = [Self::Posted, Self::Returned, Self::Lost, Self::Refused];

    /// Its name in addresses of the API and in texts.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Posted => "posted",
            Self::Returned => "returned",
            Self::Lost => "lost",
            Self::Refused => "refused",
        }
    }

    /// The one with that name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.name() == name)
    }

    /// Notes it of a letter; false when that can't be.
    pub(crate) async fn note(
        self,
        post: Post<'_>,
        by: Hand<'_>,
        letter: &Letter,
    ) -> Result<bool, PrintError> {
        match self {
            Self::Posted => printing::posted(post, by, letter).await,
            Self::Returned => printing::returned(post, by, letter).await,
            Self::Lost => printing::lost(post, by, letter).await,
            Self::Refused => stopping::stop(post, by, letter).await,
        }
    }
}
