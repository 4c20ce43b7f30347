//! Contrast of a landlord's colours, by the formula of WCAG 2.2 (1.4.3).

use super::portal::Colour;
use super::reader::{Located, Section};

/// The ground of the light theme, `--surface` in `style/main.css`.
const LIGHT: [u8; 3] = [0xff, 0xff, 0xff];
/// The ground of the dark theme, `--surface` in `style/main.css`.
const DARK: [u8; 3] = [0x15, 0x19, 0x1c];
/// What text needs.
const LEAST: f64 = 4.5;

/// Reads `[colour]`: both colours, legible on their grounds.
pub(super) fn read(portal: &Section<'_>) -> Colour {
    let Some(section) = portal.need_section("colour") else {
        return Colour { light: String::new(), dark: String::new() };
    };
    let (light, dark) = (section.need("light"), section.need("dark"));
    check(&section, "light", &light, LIGHT, "white");
    check(&section, "dark", &dark, DARK, "the dark theme's #15191c");
    section.end();
    Colour { light: light.value.to_ascii_lowercase(), dark: dark.value.to_ascii_lowercase() }
}

fn check(section: &Section<'_>, key: &str, colour: &Located<String>, ground: [u8; 3], name: &str) {
    if colour.value.is_empty() {
        return;
    }
    let Some(parts) = parse(&colour.value) else {
        section.file().fault(colour.line, format!("`{key}` must be a colour such as \"#1f5a63\""));
        return;
    };
    let found = contrast(parts, ground);
    if found < LEAST {
        let reason = format!(
            "`{key}`: {} has a contrast of {found:.2}:1 on {name}; {LEAST}:1 is needed",
            colour.value
        );
        section.file().fault(colour.line, reason);
    }
}

fn parse(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast([0, 0, 0], LIGHT) - 21.0).abs() < 0.001);
        assert!((contrast([0x76, 0x76, 0x76], LIGHT) - 4.54).abs() < 0.01);
        assert!(
            (contrast([0x1f, 0x5a, 0x63], LIGHT) - contrast(LIGHT, [0x1f, 0x5a, 0x63])).abs() < f64::EPSILON
        );
    }

    #[test]
    fn colours_are_six_hexadecimal_digits() {
        assert_eq!(parse("#1F5a63"), Some([0x1f, 0x5a, 0x63]));
        for text in ["1f5a63", "#1f5", "#1f5a6", "#1f5a6g", "#éééé", "rouge", ""] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
