//! JSON read by the browser's own parser: one of ours would be carried to every phone.

use js_sys::{Array, JSON, Object, Reflect};
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast as _, JsValue};

/// What the server said, as what it is; none when it is something else. The office and the account have room for what is derived.
#[cfg(any(feature = "office", feature = "account"))]
pub(crate) fn read<T: serde::de::DeserializeOwned>(said: &Value) -> Option<T> {
    serde_json::from_value(said.clone()).ok()
}

/// The value that a text holds; none when it isn't JSON.
pub(crate) fn parse(text: &str) -> Option<Value> {
    JSON::parse(text).ok().map(|parsed| value(&parsed))
}

fn value(parsed: &JsValue) -> Value {
    if let Some(text) = parsed.as_string() {
        return Value::String(text);
    }
    if let Some(number) = parsed.as_f64() {
        return Value::Number(number_of(number));
    }
    if let Some(truth) = parsed.as_bool() {
        return Value::Bool(truth);
    }
    if let Some(array) = parsed.dyn_ref::<Array>() {
        return Value::Array(array.iter().map(|item| value(&item)).collect());
    }
    let Some(object) = parsed.dyn_ref::<Object>() else { return Value::Null };
    let mut map = Map::new();
    for name in Object::keys(object).iter() {
        let inside = Reflect::get(object, &name).unwrap_or(JsValue::NULL);
        if let Some(name) = name.as_string() {
            map.insert(name, value(&inside));
        }
    }
    Value::Object(map)
}

/// What the server counts is whole; anything else becomes zero.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the range is checked just before; there is no checked conversion"
)]
fn number_of(number: f64) -> Number {
    const LARGEST: f64 = 9_007_199_254_740_991.0;
    let whole = number.fract() == 0.0 && number.abs() <= LARGEST;
    let number = if whole { number as i64 } else { 0 };
    u64::try_from(number).map_or_else(|_| Number::from(number), Number::from)
}
