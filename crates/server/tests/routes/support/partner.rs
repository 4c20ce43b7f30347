use palier_domain::credentials::Channel;
use palier_domain::values::{Email, PostalAddress, UserNumber};
use palier_server::store::partners::{self, NewPartner, Partner};

use super::House;

/// The portal that gives accounts to partners.
pub(crate) const OFFICE: &str = "partenaires";

const CONFIGURATION: &str = r##"
slug = "partenaires"
name = "Mon compte partenaires"
legal_name = "Caisse des paliers"
address = "8 rue des Balcons, 69003 Lyon"
publisher = "Solène Ravel, directrice"
host = "Caisse des paliers, 8 rue des Balcons, 69003 Lyon, 04 99 00 78 01"
dpo_email = "donnees@caisse-paliers.example"
complaints = "Médiation des Balcons, 3 place du Dialogue, 69003 Lyon, 04 99 00 78 99"
hosts = []
language = "fr"
[colour]
light = "#0b6158"
dark = "#7fd0c4"
[contact]
phone = "04 99 00 78 00"
email = "partenaires@caisse-paliers.example"
hours = "du lundi au vendredi"
hours_en = "Monday to Friday"
[password]
profile = "historique"
min_length = 8
[links]
confirm_hours = 24
[credentials]
profile = "historique"
[terms]
version = "2026-11"
[partners]
delivery_days = 7
a_day = 3
"##;

impl House {
    /// A server with an office that gives accounts to partners.
    pub(crate) async fn open_with_partners() -> Self {
        Self::open_over(&[("partenaires.toml", CONFIGURATION.to_owned())]).await
    }

    /// Keeps a partner of that rank, with an e-mail address, a postal one, or both.
    pub(crate) async fn keeps_partner(&self, rank: &str, name: &str, channels: &[Channel]) -> String {
        let lines = ["", "", "12 rue des Lilas", "", "69003 LYON", ""];
        let new = NewPartner {
            number: UserNumber::of_parts("078", "270075", rank).expect("a number"),
            name: name.to_owned(),
            email: channels
                .contains(&Channel::Mail)
                .then(|| Email::parse(&format!("lilas{rank}@exemple.fr")).expect("an address")),
            address: channels
                .contains(&Channel::Letter)
                .then(|| PostalAddress::without_function(name, lines).expect("an address")),
            channel: channels[0],
        };
        let taken = [new];
        partners::upsert_many(self.state.store().write(), OFFICE, &taken, self.now()).await.expect("kept");
        taken[0].number.to_string()
    }

    /// What the store knows of a partner.
    pub(crate) async fn partner(&self, number: &str) -> Partner {
        let number = UserNumber::parse(number).expect("a number");
        let found = partners::by_number(self.state.store().read(), OFFICE, &number).await;
        found.expect("an answer").expect("the partner")
    }
}
