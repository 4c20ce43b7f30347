use serde_json::Value;

use crate::fold::{is_hidden, is_letter, tidy};
use crate::problem::{Coded, Data, data};

/// Where a letter goes (*adresse postale*, A4): what stands in the window of the envelope, the addressee's name first. 2
/// to 6 lines of 38 characters (NF Z10-011); where the function of who is written to stands below the name, one of the
/// six is left to it. The last is a postal code and its town, or a country in capitals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostalAddress(Vec<String>);

/// Why lines aren't such an address. Lines are counted from 1, as they were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// No name, or nothing below it.
    Required,
    /// A line longer than 38 characters.
    Long {
        /// Which.
        line: usize,
        /// Its characters.
        found: usize,
    },
    /// A character that can't be seen.
    Invisible {
        /// In which line.
        line: usize,
    },
    /// The name is too long for a line, and no first line says how to shorten it.
    Name {
        /// Its characters.
        found: usize,
    },
    /// Six lines: none is left for the function of the addressee.
    Full,
    /// The last line is neither a postal code and a town nor a country.
    Town {
        /// Which line.
        line: usize,
    },
}

impl AddressError {
    /// The line at fault, from 1.
    pub fn line(self) -> usize {
        match self {
            Self::Long { line, .. } | Self::Invisible { line } | Self::Town { line } => line,
            Self::Name { .. } => 1,
            Self::Required | Self::Full => PostalAddress::LINES,
        }
    }
}

impl Coded for AddressError {
    fn code(&self) -> &'static str {
        match self {
            Self::Required => "address_required",
            Self::Long { .. } => "address_long",
            Self::Invisible { .. } => "address_invisible",
            Self::Name { .. } => "address_name",
            Self::Full => "address_full",
            Self::Town { .. } => "address_town",
        }
    }

    fn data(&self) -> Data {
        let max = ("max", Value::from(PostalAddress::WIDTH));
        match self {
            Self::Long { line, found } => {
                data([("line", Value::from(*line)), ("found", Value::from(*found)), max])
            }
            Self::Name { found } => data([("found", Value::from(*found)), max]),
            Self::Invisible { line } | Self::Town { line } => data([("line", Value::from(*line))]),
            Self::Required | Self::Full => Data::new(),
        }
    }
}

impl PostalAddress {
    /// Lines of an envelope's window.
    pub const LINES: usize = 6;
    /// Characters of a line.
    pub const WIDTH: usize = 38;

    /// Reads the lines of a file: the first is the name as it is written on envelopes, `name` where it is empty; empty
    /// ones among the others are left out. One line is left for the function of the addressee.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(name: &str, lines: [&str; Self::LINES]) -> Result<Self, AddressError> {
        let address = Self::without_function(name, lines)?;
        if address.0.len() == Self::LINES { Err(AddressError::Full) } else { Ok(address) }
    }

    /// The same for an addressee whose function isn't written: all six lines are theirs.
    ///
    /// # Errors
    /// What is wrong with it, but [`AddressError::Full`].
    pub fn without_function(name: &str, lines: [&str; Self::LINES]) -> Result<Self, AddressError> {
        let lines = lines.map(tidy);
        for (number, line) in (1..).zip(&lines) {
            let found = line.chars().count();
            if found > Self::WIDTH {
                return Err(AddressError::Long { line: number, found });
            }
            if line.chars().any(is_hidden) {
                return Err(AddressError::Invisible { line: number });
            }
        }
        let Some(last) = lines.iter().rposition(|line| !line.is_empty()).filter(|last| *last > 0) else {
            return Err(AddressError::Required);
        };
        let name = tidy(name);
        let found = name.chars().count();
        match found {
            _ if !lines[0].is_empty() => {}
            0 => return Err(AddressError::Required),
            1..=Self::WIDTH => {}
            _ => return Err(AddressError::Name { found }),
        }
        let [first, others @ ..] = lines;
        let mut address = vec![if first.is_empty() { name } else { first }];
        address.extend(others.into_iter().filter(|line| !line.is_empty()));
        let end = address.last().map_or("", String::as_str);
        if is_town(end) || (is_country(end) && address.len() > 2) {
            Ok(Self(address))
        } else {
            Err(AddressError::Town { line: last + 1 })
        }
    }

    /// Takes what [`PostalAddress::lines`] gave: 2 to 6 lines, else none.
    pub fn from_lines(lines: Vec<String>) -> Option<Self> {
        (2..=Self::LINES).contains(&lines.len()).then_some(Self(lines))
    }

    /// The lines, the addressee's name first.
    pub fn lines(&self) -> &[String] {
        &self.0
    }
}

/// `69003 LYON`, `75356 PARIS 07 SP`: five digits, a space, and a town.
fn is_town(line: &str) -> bool {
    line.split_once(' ').is_some_and(|(code, town)| {
        code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()) && town.starts_with(is_letter)
    })
}

/// `BELGIQUE`, `CÔTE D’IVOIRE`: letters in capitals, no digit.
fn is_country(line: &str) -> bool {
    line.starts_with(is_letter) && !line.chars().any(|c| c.is_numeric() || c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(lines: [&str; 6]) -> Result<Vec<String>, AddressError> {
        PostalAddress::parse("Mairie de Vaux", lines).map(|address| address.lines().to_vec())
    }

    #[test]
    fn a4_an_address_is_what_stands_in_a_window() {
        let address = read(["", "", "  3 rue  du Palier", "", "69003 LYON", ""]);
        assert_eq!(
            address.as_deref(),
            Ok(&["Mairie de Vaux", "3 rue du Palier", "69003 LYON"].map(String::from)[..])
        );
        let address = PostalAddress::parse("Vaux", ["MAIRIE", "", "", "", "BP 12", "75356 PARIS 07 SP"]);
        assert_eq!(
            address.as_ref().map(PostalAddress::lines),
            Ok(&["MAIRIE", "BP 12", "75356 PARIS 07 SP"].map(String::from)[..])
        );
        assert!(read(["", "", "Rue du Palier 3", "1000 BRUXELLES", "BELGIQUE", ""]).is_ok());
        assert!(read(["", "", "Plateau", "ABIDJAN", "CÔTE D’IVOIRE", ""]).is_ok());
    }

    #[test]
    fn a4_says_what_is_wrong_with_an_address() {
        let long = "É".repeat(39);
        for (lines, error) in [
            (["", "", "", "", "", ""], AddressError::Required),
            (["MAIRIE", "", "", "", "", ""], AddressError::Required),
            (["", "", "", &long, "", "69003 LYON"], AddressError::Long { line: 4, found: 39 }),
            (["", "", "", "3 rue\u{202e}", "", "69003 LYON"], AddressError::Invisible { line: 4 }),
            (["", "a", "b", "c", "d", "69003 LYON"], AddressError::Full),
            (["", "", "", "3 rue du Palier", "", ""], AddressError::Town { line: 4 }),
            (["", "", "", "3 rue du Palier", "6900 LYON", ""], AddressError::Town { line: 5 }),
            (["", "", "", "3 rue du Palier", "Lyon", ""], AddressError::Town { line: 5 }),
            (["", "", "", "", "", "69003"], AddressError::Town { line: 6 }),
            (["", "", "", "", "", "BELGIQUE"], AddressError::Town { line: 6 }),
        ] {
            assert_eq!(read(lines), Err(error), "{lines:?}");
        }
        let town = ["", "", "", "", "", "69003 LYON"];
        assert_eq!(PostalAddress::parse(&long, town), Err(AddressError::Name { found: 39 }));
        assert!(PostalAddress::parse(&long, ["COURT", "", "", "", "", "69003 LYON"]).is_ok());
        assert!(PostalAddress::parse(&"É".repeat(38), town).is_ok());
    }

    #[test]
    fn a4_says_which_line_to_mend_and_how() {
        for (error, line, code, found) in [
            (
                AddressError::Long { line: 4, found: 39 },
                4,
                "address_long",
                data([("line", 4.into()), ("found", 39.into()), ("max", 38.into())]),
            ),
            (AddressError::Invisible { line: 3 }, 3, "address_invisible", data([("line", 3.into())])),
            (AddressError::Town { line: 5 }, 5, "address_town", data([("line", 5.into())])),
            (
                AddressError::Name { found: 39 },
                1,
                "address_name",
                data([("found", 39.into()), ("max", 38.into())]),
            ),
            (AddressError::Required, 6, "address_required", Data::new()),
            (AddressError::Full, 6, "address_full", Data::new()),
        ] {
            assert_eq!((error.line(), error.code(), error.data()), (line, code, found));
        }
        let widest = "É".repeat(38);
        assert!(read(["", "", "", &widest, "", "69003 LYON"]).is_ok());
        let nobody = PostalAddress::parse(" ", ["", "", "", "3 rue du Palier", "", "69003 LYON"]);
        assert_eq!(nobody, Err(AddressError::Required));
    }

    #[test]
    fn p2_who_has_no_function_has_all_the_lines() {
        let lines = ["", "a", "b", "c", "d", "69003 LYON"];
        let address = PostalAddress::without_function("SCI de Vaux", lines).expect("six lines");
        assert_eq!(address.lines(), ["SCI de Vaux", "a", "b", "c", "d", "69003 LYON"]);
        assert_eq!(PostalAddress::from_lines(address.lines().to_vec()), Some(address));
        let shorter = PostalAddress::without_function("SCI de Vaux", ["", "", "", "", "", "69003 LYON"]);
        assert_eq!(shorter, PostalAddress::parse("SCI de Vaux", ["", "", "", "", "", "69003 LYON"]));
        let lost = PostalAddress::without_function("SCI de Vaux", ["", "a", "b", "c", "d", "Lyon"]);
        assert_eq!(lost, Err(AddressError::Town { line: 6 }));
        assert_eq!(PostalAddress::from_lines(vec!["a".to_owned(); 7]), None);
    }

    proptest! {
        #[test]
        fn what_is_read_fits(name in "\\PC{0,50}", lines in prop::array::uniform5("\\PC{0,40}"), town in "[0-9]{5} [A-Z]{1,34}") {
            let [a, b, c, d, _] = &lines;
            if let Ok(address) = PostalAddress::parse(&name, [a, b, c, d, "", &town]) {
                prop_assert!((2..6).contains(&address.lines().len()));
                prop_assert!(address.lines().iter().all(|line| (1..=38).contains(&line.chars().count())));
                prop_assert_eq!(PostalAddress::from_lines(address.lines().to_vec()), Some(address));
            }
        }
    }
}
