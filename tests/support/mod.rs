//! What the browser tests share: a site in the page, a server that says what the test wants, and a robot that types
//! and clicks as a person does, by labels and words.

#![expect(dead_code, unused_imports, unreachable_pub, reason = "each test file uses its own part")]

mod robot;
mod site;

pub use robot::{Robot, holds, js, kept, settle_all, text, title, until};
pub use site::{Site, boot, clients, correspondent, french, portal, scheme, session, texts};
