//! A server for a test, who visits it, and what it wrote.

mod applicant;
mod colleague;
mod correspondent;
mod device;
mod forms;
mod house;
mod mailbox;
mod partner;
mod staff;
mod takeover;
mod users;
mod visitor;

pub(crate) use applicant::{Applicant, DIRECTOR, MAYOR, PASSWORD, chloe, client, eve};
pub(crate) use colleague::{COLLEAGUE_PASSWORD, all_loans, nadia};
pub(crate) use correspondent::{Correspondent, MEDIATOR, correspondent, est, val};
pub(crate) use device::{Device, NAMED, asked};
pub(crate) use forms::{Tenant, address_of, aurelie, awa, claire, paul};
pub(crate) use house::{BANK, House, Silence, TO_MIDNIGHT};
pub(crate) use mailbox::token_in;
pub(crate) use partner::OFFICE;
pub(crate) use staff::Agent;
pub(crate) use takeover::Takeover;
pub(crate) use users::{Member, bastien, zoe};
pub(crate) use visitor::{Answer, Visitor};
