use qrcode::{Color, EcLevel, QrCode};
use serde_json::{Value, json};

use super::PaperError;

/// A QR code for a template: its rows, `1` for black, without the quiet zone of four modules around it. A seventh of it
/// may be unreadable: folds and stains.
pub(super) fn rows(text: &str) -> Result<Value, PaperError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| PaperError::NoQrCode)?;
    let (width, colors) = (code.width(), code.into_colors());
    let digit = |color: &Color| if *color == Color::Dark { '1' } else { '0' };
    let rows = colors.chunks(width).map(|row| row.iter().map(digit).collect::<String>());
    Ok(json!(rows.collect::<Vec<_>>()))
}
