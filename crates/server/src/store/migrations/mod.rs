//! The tables, step by step. A step that a release has shipped is never changed: the next one changes what it made.
//!
//! Only what both engines have: integers of 64 bits for ids and times (seconds since 1970), texts without a length,
//! bytes. Indexes, unique ones included, and foreign keys are named, so that a message says which one it is about.

use sea_orm_migration::prelude::*;

mod m0001_leases_accounts;
mod m0002_sign_ups_links;
mod m0003_sessions_guards;
mod m0004_outbox_settings;
mod m0005_kept_files;
mod m0006_mediation;
mod m0007_clients;
mod m0009_designations;
mod m0010_colleagues;
mod m0012_staff;
mod m0013_takeover;
mod m0014_link_holders;
mod m0015_joinings;
mod m0016_client_search;
mod m0017_partners;
mod m0018_partner_letters;
mod m0019_own_account;
mod m0020_leaving;
mod m0022_passkeys;
mod m0023_support;
mod m0024_retention;
mod m0025_password_ends;
mod m0026_invitations;
mod m0027_account_search;
mod m0028_departures;

pub(super) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_leases_accounts::Migration),
            Box::new(m0002_sign_ups_links::Migration),
            Box::new(m0003_sessions_guards::Migration),
            Box::new(m0004_outbox_settings::Migration),
            Box::new(m0005_kept_files::Migration),
            Box::new(m0006_mediation::Migration),
            Box::new(m0007_clients::Migration),
            Box::new(m0009_designations::Migration),
            Box::new(m0010_colleagues::Migration),
            Box::new(m0012_staff::Migration),
            Box::new(m0013_takeover::Migration),
            Box::new(m0014_link_holders::Migration),
            Box::new(m0015_joinings::Migration),
            Box::new(m0016_client_search::Migration),
            Box::new(m0017_partners::Migration),
            Box::new(m0018_partner_letters::Migration),
            Box::new(m0019_own_account::Migration),
            Box::new(m0020_leaving::Migration),
            Box::new(m0022_passkeys::Migration),
            Box::new(m0023_support::Migration),
            Box::new(m0024_retention::Migration),
            Box::new(m0025_password_ends::Migration),
            Box::new(m0026_invitations::Migration),
            Box::new(m0027_account_search::Migration),
            Box::new(m0028_departures::Migration),
        ]
    }
}

/// An index, to be made unique where it is a rule.
fn index<const N: usize>(
    name: &'static str,
    table: &'static str,
    columns: [&'static str; N],
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(column);
    }
    index.take()
}

/// Rows go when the row they belong to goes.
fn belongs_to(
    name: &'static str,
    table: &'static str,
    column: &'static str,
    owner: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from(table, column)
        .to(owner, "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}
