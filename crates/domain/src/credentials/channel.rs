use super::Kind;

/// How a provisional password reaches its owner (*canal*, P2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// By letter (*courrier*).
    Letter,
    /// By e-mail.
    Mail,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 2] = [Self::Letter, Self::Mail];

    /// What is sent by it.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Letter => Kind::Letter,
            Self::Mail => Kind::Mail,
        }
    }

    /// Its name in the store, on the wire and in texts.
    pub const fn name(self) -> &'static str {
        self.kind().name()
    }

    /// The one with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_known_by_their_names() {
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.name()), Some(channel));
        }
        assert_eq!([Channel::parse("reset"), Channel::parse("courrier")], [None, None]);
    }
}
