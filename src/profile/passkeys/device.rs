//! The browser asked for a passkey. It reads and writes the JSON of the server itself: browsers that don't do that yet are told so.

use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::prelude::window;
use leptos::task::spawn_local;
use serde_json::Value;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::form::FormState;
use crate::message::Message;
use crate::ui::Tone;

/// What is asked of it: the browser's names for reading the question and for asking it.
#[derive(Clone, Copy)]
pub(super) struct Ask {
    read: &'static str,
    ask: &'static str,
}

/// Make a passkey.
pub(super) const MAKE: Ask = Ask { read: "parseCreationOptionsFromJSON", ask: "create" };
/// Use one.
pub(super) const USE: Ask = Ask { read: "parseRequestOptionsFromJSON", ask: "get" };

/// Where the text is for browsers that have no passkeys, or can't be asked for one.
const UNSUPPORTED: &str = "passkey.unsupported";

/// Asks the browser what the server said; `then` gets handle and answer, to be sent. The form of `state` works meanwhile, and
/// tells why there is no answer.
pub(super) fn ask(ask: Ask, said: &Value, state: FormState, then: impl FnOnce(String, String) + 'static) {
    let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
    let (handle, options) = (text("handle"), text("options"));
    state.busy.set(true);
    let then: Box<dyn FnOnce(String, String)> = Box::new(then);
    spawn_local(async move {
        let answer = answer(ask, &options).await;
        state.busy.set(false);
        match answer {
            Ok(answer) => then(handle, answer),
            Err(error) => state.notice.set(Some(Message::new(Tone::Danger, reason(&error)))),
        }
    });
}

async fn answer(ask: Ask, options: &str) -> Result<String, JsValue> {
    let window = window();
    let class = get(&window, "PublicKeyCredential")?;
    let asked = call(&class, ask.read, &JSON::parse(options)?)?;
    let question = Object::new();
    Reflect::set(&question, &"publicKey".into(), &asked)?;
    let credentials = get(&get(&window, "navigator")?, "credentials")?;
    let promise: Promise = call(&credentials, ask.ask, &question)?.dyn_into()?;
    let credential = JsFuture::from(promise).await?;
    let written = call(&credential, "toJSON", &JsValue::UNDEFINED)?;
    Ok(JSON::stringify(&written)?.into())
}

fn get(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())
}

fn call(of: &JsValue, name: &str, with: &JsValue) -> Result<JsValue, JsValue> {
    get(of, name)?.dyn_into::<Function>()?.call1(of, with)
}

/// Where the text is that says why there is no answer. Whatever has no name that says so is something that this browser
/// doesn't have.
fn reason(error: &JsValue) -> &'static str {
    let name = get(error, "name").ok().and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        // Browsers don't tell these apart, so that pages don't learn which passkeys there are.
        "NotAllowedError" | "AbortError" => "passkey.cancelled",
        "InvalidStateError" => "passkey.known",
        "NotSupportedError" | "ConstraintError" => "passkey.missing",
        "SecurityError" => "passkey.elsewhere",
        _ => UNSUPPORTED,
    }
}
