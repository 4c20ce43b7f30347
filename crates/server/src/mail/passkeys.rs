use palier_domain::profile::Device;
use palier_domain::texts::Texts;

/// To whose account a passkey was added, or from whose one was removed (X3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyMail {
    /// One was added.
    Added {
        /// On which kind of device.
        device: Device,
    },
    /// One was removed.
    Removed {
        /// On which kind of device it had been added.
        device: Device,
    },
    /// All of them were removed, with the password that there was.
    AllRemoved,
}

impl PasskeyMail {
    /// See [`super::Mail::kind`].
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Added { .. } => "passkey_added",
            Self::Removed { .. } => "passkey_removed",
            Self::AllRemoved => "passkeys_removed",
        }
    }

    /// The device that its texts name.
    pub(super) const fn device(self) -> Option<Device> {
        match self {
            Self::Added { device } | Self::Removed { device } => Some(device),
            Self::AllRemoved => None,
        }
    }
}

/// A device in words.
pub(super) fn named(texts: &Texts, device: Device) -> String {
    match (device.browser(), device.system()) {
        ("", "") => texts.get("mail.device_unknown").to_owned(),
        ("", only) | (only, "") => only.to_owned(),
        (browser, system) => texts.with("mail.device", &[("browser", browser), ("system", system)]),
    }
}
