//! Postal addresses as envelopes need them (NF Z10-011).

/// Lines of an address.
const LINES: usize = 6;
/// Characters of a line of an address.
const LINE: usize = 38;

/// The lines that the window shows: the function on the second one, where there is room, so that the letter is opened
/// by whom it is for.
pub(super) fn in_window(address: &[String], attention: &str) -> Vec<String> {
    let mut lines: Vec<String> = address.iter().filter(|line| !line.trim().is_empty()).cloned().collect();
    if lines.len() < LINES && attention.chars().count() <= LINE {
        lines.insert(1.min(lines.len()), attention.to_owned());
    }
    lines
}

/// The town at the end of a French address: what follows its postal code, without the number of a post office's boxes
/// (*cedex*).
pub(super) fn town(address: &str) -> Option<&str> {
    let last = address.rsplit(',').next()?.trim();
    let (code, town) = last.split_once(' ')?;
    let is_code = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit());
    let cedex = town.to_ascii_uppercase().find(" CEDEX").unwrap_or(town.len());
    let town = town.get(..cedex)?.trim();
    (is_code && !town.is_empty()).then_some(town)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_written_in_the_town_of_the_address() {
        for (address, expected) in [
            ("27 avenue de la Conciliation, 75014 Paris", Some("Paris")),
            ("56 rue de Lille, 75356 Paris Cedex 07 SP", Some("Paris")),
            ("1 place Bellecour, 69002 Lyon 2e", Some("Lyon 2e")),
            ("Tour Égée, 11 allée de l’Arche, 92671 Courbevoie CEDEX", Some("Courbevoie")),
            ("75014 Paris, France", None),
            ("Paris", None),
            ("12 rue, 7501 Paris", None),
            ("", None),
        ] {
            assert_eq!(town(address), expected, "{address}");
        }
    }

    #[test]
    fn the_function_is_told_in_the_window_where_there_is_room() {
        let lines = |count: usize| (1..=count).map(|number| number.to_string()).collect::<Vec<_>>();
        assert_eq!(in_window(&lines(3), "Maire"), ["1", "Maire", "2", "3"]);
        assert_eq!(in_window(&lines(6), "Maire"), lines(6));
        assert_eq!(in_window(&lines(2), &"M".repeat(39)), lines(2));
        assert_eq!(in_window(&["1".to_owned(), " ".to_owned()], "Maire"), ["1", "Maire"]);
        assert_eq!(in_window(&[], "Maire"), ["Maire"]);
    }
}
