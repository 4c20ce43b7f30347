use std::fmt;

/// The device of a session, as far as its owner needs it to recognise it: the family of its browser and of its system.
/// Nothing else of what browsers say of themselves is kept. Both are empty when they aren't known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Device {
    browser: &'static str,
    system: &'static str,
}

/// What tells a browser, the more particular one first: most of them call themselves Safari too.
const BROWSERS: [(&str, &str); 12] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// What tells a system, the more particular one first: Android calls itself Linux too.
const SYSTEMS: [(&str, &str); 8] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
    ("X11", "Linux"),
];

impl Device {
    /// What a browser says of itself in the header `User-Agent`.
    pub fn of(user_agent: &str) -> Self {
        let known = |table: &[(&str, &'static str)]| {
            table.iter().find(|(mark, _)| user_agent.contains(mark)).map_or("", |(_, name)| name)
        };
        Self { browser: known(&BROWSERS), system: known(&SYSTEMS) }
    }

    /// What the store keeps of it, made of two names by [`fmt::Display`]; unknown to none of them, it is unknown.
    pub fn kept(text: &str) -> Self {
        let (browser, system) = text.split_once('/').unwrap_or_default();
        let one_of = |table: &[(&str, &'static str)], name: &str| {
            table.iter().find(|(_, known)| *known == name).map_or("", |(_, known)| known)
        };
        Self { browser: one_of(&BROWSERS, browser), system: one_of(&SYSTEMS, system) }
    }

    /// The browser's name.
    pub const fn browser(self) -> &'static str {
        self.browser
    }

    /// The system's name.
    pub const fn system(self) -> &'static str {
        self.system
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.browser, self.system)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_usual_devices_are_recognised() {
        for (said, browser, system) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
                "Firefox",
                "Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
                "Safari",
                "iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
                "Samsung Internet",
                "Android",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                "Edge",
                "Mac",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36",
                "Chrome",
                "Linux",
            ),
            ("curl/8.5.0", "", ""),
            ("", "", ""),
        ] {
            let device = Device::of(said);
            assert_eq!((device.browser(), device.system()), (browser, system), "{said}");
        }
    }

    #[test]
    fn is_kept_by_two_names_and_read_again() {
        let device = Device { browser: "Samsung Internet", system: "Android" };
        assert_eq!(device.to_string(), "Samsung Internet/Android");
        assert_eq!(Device::kept("Samsung Internet/Android"), device);
        assert_eq!(Device::kept("Lynx/Linux"), Device { browser: "", system: "Linux" });
        assert_eq!(Device::kept("Firefox"), Device::default());
    }

    proptest! {
        #[test]
        fn whatever_is_said_becomes_known_names_and_is_read_back(said in ".{0,300}") {
            let device = Device::of(&said);
            prop_assert_eq!(Device::kept(&device.to_string()), device);
            prop_assert!(device.to_string().len() < 40);
        }

        #[test]
        fn nothing_else_comes_out_of_the_store(text in ".{0,60}") {
            let device = Device::kept(&text);
            prop_assert!(BROWSERS.iter().any(|(_, name)| *name == device.browser()) || device.browser().is_empty());
            prop_assert!(SYSTEMS.iter().any(|(_, name)| *name == device.system()) || device.system().is_empty());
        }
    }
}
