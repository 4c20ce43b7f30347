//! Components: one small file each. They know no domain, only texts and values (docs/design/markup.html).

mod actions;
mod answers;
mod cards;
mod checkbox;
mod date;
mod details;
mod dialog;
mod done;
mod el;
mod entry;
mod error_summary;
mod field;
mod heading;
mod notice;
mod panel;
mod password;
mod progress;
mod text_input;

pub use actions::{Button, busy_button, link_button, one_button_form};
pub use answers::{AnswerRow, answer_list};
pub use cards::{Card, cards};
pub use checkbox::{Checkbox, Label, checkbox};
pub use date::{DateInput, date_input};
pub use details::{Picture, details};
pub use dialog::{IdleDialog, idle_dialog};
pub use done::done;
pub use el::{Ask, El, Html, Live, Piece, el, fixed, keep_right, live};
pub use entry::Entry;
pub use error_summary::{Fault, error_summary};
pub use field::{Frame, input_id};
pub use heading::{Heading, heading};
pub use notice::{Tone, notice_box};
pub use panel::panel;
pub use password::{Measure, PasswordInput, password_input};
pub use progress::progress;
pub use text_input::{Hinting, TextInput, text_input};
