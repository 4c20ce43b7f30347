use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Answer, Visitor};

/// Where passkeys are tried: a host that browsers give them to.
pub(crate) const NAMED: &str = "http://localhost:8080";

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const MADE: u8 = 0x40;

/// A device that keeps one passkey, as a phone does: what it is asked and what it answers are the JSON of browsers.
#[derive(Clone)]
pub(crate) struct Device {
    key: SigningKey,
    name: Vec<u8>,
    owner: String,
    /// How often it was used, as it says.
    pub(crate) count: u32,
    verifies: bool,
    origin: String,
}

impl Device {
    pub(crate) fn new(number: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[number; 32]).expect("a key"),
            name: vec![number; 16],
            owner: String::new(),
            count: 0,
            verifies: true,
            origin: NAMED.to_owned(),
        }
    }

    /// The same, that asks for no fingerprint or code.
    pub(crate) fn unverified(self) -> Self {
        Self { verifies: false, ..self }
    }

    /// The same, whose browser is on another page.
    pub(crate) fn at(self, origin: &str) -> Self {
        Self { origin: origin.to_owned(), ..self }
    }

    /// What it is called by those who register it.
    pub(crate) fn name(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.name)
    }

    /// Makes a passkey.
    pub(crate) fn makes(&mut self, options: &Value) -> String {
        self.owner = options["user"]["id"].as_str().expect("an owner").to_owned();
        let said = self.said("webauthn.create", options);
        let mut data = self.data(options["rp"]["id"].as_str().expect("a host"), MADE);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.name.len()).expect("a short name").to_be_bytes());
        data.extend(&self.name);
        data.extend(self.public());
        // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR.
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x59");
        object.extend(u16::try_from(data.len()).expect("a short answer").to_be_bytes());
        object.extend(data);
        let response = json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(said),
            "attestationObject": URL_SAFE_NO_PAD.encode(object),
            "transports": ["internal", "smart-card"],
        });
        self.answer(&response)
    }

    /// Uses it.
    pub(crate) fn uses(&self, options: &Value) -> String {
        let said = self.said("webauthn.get", options);
        let data = self.data(options["rpId"].as_str().expect("a host"), 0);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&said));
        let signature: Signature = self.key.sign(&signed);
        let response = json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(said),
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "signature": URL_SAFE_NO_PAD.encode(signature.to_der().as_bytes()),
            "userHandle": self.owner,
        });
        self.answer(&response)
    }

    fn answer(&self, response: &Value) -> String {
        json!({
            "id": self.name(), "rawId": self.name(), "type": "public-key", "response": response,
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
        })
        .to_string()
    }

    fn said(&self, what: &str, options: &Value) -> String {
        let challenge = &options["challenge"];
        json!({ "type": what, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn data(&self, host: &str, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(host).to_vec();
        data.push(PRESENT | more | if self.verifies { VERIFIED } else { 0 });
        data.extend(self.count.to_be_bytes());
        data
    }

    /// Its public key: {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR.
    fn public(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = point.as_bytes()[1..].split_at(32);
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01];
        for (name, coordinate) in [(0x21, x), (0x22, y)] {
            key.extend([name, 0x58, 32]);
            key.extend(coordinate);
        }
        key
    }
}

/// The options of a challenge.
pub(crate) fn asked(challenge: &Answer) -> Value {
    let options = challenge.body["options"].as_str().unwrap_or_else(|| panic!("{:?}", challenge.body));
    serde_json::from_str(options).expect("options")
}

impl Visitor {
    /// Asks to add a passkey.
    pub(crate) async fn begins_passkey(&mut self, password: &str) -> Answer {
        self.post("/api/account/passkeys/begin", &json!({ "present": password })).await
    }

    /// Adds the passkey that a device makes.
    pub(crate) async fn adds(&mut self, device: &mut Device, password: &str) -> Answer {
        let begun = self.begins_passkey(password).await;
        assert_eq!(begun.status, 200, "{:?}", begun.body);
        let credential = device.makes(&asked(&begun));
        let answer = json!({ "handle": begun.body["handle"], "credential": credential });
        self.post("/api/account/passkeys", &answer).await
    }

    /// What a device is asked to let somebody in.
    pub(crate) async fn begins_with_passkey(&mut self) -> Answer {
        let begun = self.post("/api/account/session/passkey/begin", &json!({})).await;
        assert_eq!(begun.status, 200, "{:?}", begun.body);
        begun
    }

    /// Signs in with the passkey of a device, used once more.
    pub(crate) async fn signs_in_by(&mut self, device: &mut Device) -> Answer {
        let begun = self.begins_with_passkey().await;
        device.count += 1;
        self.answers(&begun, &device.uses(&asked(&begun))).await
    }

    /// Sends what a device answered.
    pub(crate) async fn answers(&mut self, begun: &Answer, credential: &str) -> Answer {
        let answer = json!({ "handle": begun.body["handle"], "credential": credential, "stay": false });
        self.post("/api/account/session/passkey", &answer).await
    }
}
