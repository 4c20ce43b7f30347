use std::fmt::Write as _;

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around a QR code (ISO/IEC 18004).
const QUIET: usize = 4;

/// A QR code as a whole `<svg>` element, black on white whatever the page's colours: a module is a unit.
pub(super) fn svg(text: &str) -> Result<String, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let width = code.width();
    let mut path = String::new();
    for (place, _) in code.into_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let (x, y) = (place % width + QUIET, place / width + QUIET);
        // Writing into a text can't fail.
        let _ = write!(path, "M{x} {y}h1v1h-1z");
    }
    let side = width + 2 * QUIET;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" aria-hidden=\"true\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_a_square_for_each_dark_module_inside_its_quiet_zone() {
        let text = "otpauth://totp/Palier:marie@exemple.fr?secret=JBSWY3DPEHPK3PXP&issuer=Palier";
        let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("a code");
        let (width, colors) = (code.width(), code.into_colors());
        let svg = svg(text).expect("a picture");
        let dark = colors.iter().filter(|color| **color == Color::Dark).count();
        assert_eq!(svg.matches("h1v1h-1z").count(), dark);
        let side = width + 8;
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{svg}");
        assert!(svg.contains(&format!("viewBox=\"0 0 {side} {side}\"")), "{svg}");
        // The corner of the first finder pattern.
        assert!(svg.contains("d=\"M4 4h1v1h-1z"), "{svg}");
    }
}
