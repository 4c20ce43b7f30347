//! Components: one small file each. They know no domain, only texts and values (docs/design/markup.html).

mod actions;
mod answers;
mod cards;
mod checkbox;
mod choice;
mod date;
mod details;
mod dialog;
mod done;
mod el;
mod entry;
mod error_summary;
mod field;
mod heading;
mod live;
mod notice;
mod panel;
mod password;
mod piece;
mod progress;
mod table;
#[cfg(any(feature = "account", feature = "office"))]
mod text_area;
mod text_input;

pub use actions::{Button, busy_button, link_button, one_button_form};
pub use answers::{AnswerRow, answer_list};
pub use cards::{Card, cards};
pub use checkbox::{Checkbox, Label, WorkingBox, checkbox, working_box};
#[cfg(feature = "account")]
pub use choice::explained_choice;
pub use choice::{Choice, choice_input, select_input};
#[cfg(feature = "office")]
pub use choice::{group, list_input};
pub use date::{DateInput, date_input};
pub use details::{Picture, details};
#[cfg(feature = "office")]
pub use dialog::{Confirmation, confirm_dialog};
pub use dialog::{IdleDialog, idle_dialog};
pub use done::done;
pub use el::{El, el};
pub use entry::Entry;
pub use error_summary::{Fault, error_summary};
pub use field::{Frame, input_id};
pub use heading::{Heading, heading};
pub use live::{Ask, Live, fixed, keep_right, live};
pub use notice::{Tone, notice_box};
pub use panel::panel;
pub use password::{Measure, PasswordInput, password_input};
pub use piece::{Html, Piece};
pub use progress::progress;
pub use table::table;
#[cfg(any(feature = "account", feature = "office"))]
pub use text_area::text_area;
pub use text_input::{Hinting, TextInput, text_input};
