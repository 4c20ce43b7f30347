//! A server for a test, who visits it, and what it wrote.

mod applicant;
mod correspondent;
mod forms;
mod house;
mod mailbox;
mod visitor;

pub(crate) use applicant::{Applicant, DIRECTOR, MAYOR, chloe, client, eve};
pub(crate) use correspondent::{Correspondent, MEDIATOR, correspondent, est, val};
pub(crate) use forms::{Tenant, address_of, aurelie, awa, claire, paul};
pub(crate) use house::{BANK, House, Silence};
pub(crate) use mailbox::token_in;
pub(crate) use visitor::{Answer, Visitor};
