//! Between what the standards allow and what is said.
//!
//! What editors write that is not quite allowed is read as it was meant: a message that is refused is a change that the
//! server never sees, and from then on its text is not the editor's.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;
use tower_lsp::jsonrpc::{Id, Request};
use tower_lsp::ls_types::Uri;

/// What editors leave in addresses and RFC 3986 does not; what is not ASCII is no part of one anyway.
const NOT_IN_ADDRESSES: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The body of a message with U+FFFD for what no text can hold: bytes that are not UTF-8, and halves of surrogate
/// pairs, which editors have that keep text as UTF-16. `None` if there is nothing of that kind.
pub(super) fn body(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let whole = without_halves(&text);
    (matches!(text, Cow::Owned(_)) || whole != text).then_some(whole)
}

/// JSON with U+FFFD for halves of surrogate pairs: it counts one unit of UTF-16 as they do, so positions stay right.
fn without_halves(json: &str) -> String {
    let mut whole = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        whole.push_str(&rest[..at]);
        rest = &rest[at..];
        let (escape, length) = match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (&rest[..12], 12),
            (Some(0xD800..=0xDFFF), _) => ("\\ufffd", 6),
            _ => {
                let length = rest.chars().take(2).map(char::len_utf8).sum();
                (&rest[..length], length)
            }
        };
        whole.push_str(escape);
        rest = &rest[length..];
    }
    whole.push_str(rest);
    whole
}

/// The unit of UTF-16 that a text begins with, as an escape.
fn unit(text: &str) -> Option<u16> {
    let digits = text.get(..6)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok()
}

/// The version of a change whose client keeps none: the document keeps the version that it has.
pub(super) const NO_VERSION: i32 = i32::MIN;

/// A request with addresses that can be read, changes that have a version, and without the empty parameters that some clients give to `shutdown`.
pub(super) fn request(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    let params = params.filter(|_| method != "shutdown");
    let params = params.map(|mut params| {
        escape_addresses(&mut params);
        if method == "textDocument/didChange"
            && let Some(document) = params.get_mut("textDocument").and_then(Value::as_object_mut)
            && document.get("version").is_none_or(Value::is_null)
        {
            document.insert("version".to_owned(), NO_VERSION.into());
        }
        params
    });
    assemble(method, id, params)
}

/// A request of ours without parameters that are null: JSON-RPC leaves them out.
pub(super) fn without_null(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    assemble(method, id, params.filter(|params| !params.is_null()))
}

fn assemble(method: Cow<'static, str>, id: Option<Id>, params: Option<Value>) -> Request {
    let mut request = Request::build(method);
    if let Some(id) = id {
        request = request.id(id);
    }
    if let Some(params) = params {
        request = request.params(params);
    }
    request.finish()
}

/// Escapes what does not belong in addresses, wherever the protocol has one.
fn escape_addresses(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(escape_addresses),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(address) if name == "uri" || name.ends_with("Uri") => {
                        if address.parse::<Uri>().is_err() {
                            *address = escaped(address);
                        }
                    }
                    other => escape_addresses(other),
                }
            }
        }
        _ => {}
    }
}

/// An address with escapes for what does not belong in one, also for a `%` that begins none.
fn escaped(address: &str) -> String {
    let mut parts = address.split('%');
    let mut escaped: String =
        utf8_percent_encode(parts.next().unwrap_or_default(), NOT_IN_ADDRESSES).collect();
    for part in parts {
        let escape = part.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        escaped.push_str(if escape { "%" } else { "%25" });
        escaped.extend(utf8_percent_encode(part, NOT_IN_ADDRESSES));
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tower_lsp::jsonrpc::Request;

    use super::{body, request};

    #[test]
    fn halves_of_surrogate_pairs_are_replaced_and_pairs_are_kept() {
        let of = |json: &str| body(json.as_bytes());
        assert_eq!(of(r#""\ud83c\udf89 \\ud800 \n é""#), None);
        assert_eq!(of(r#""\ud83c x\udf89""#).as_deref(), Some(r#""\ufffd x\ufffd""#));
        assert_eq!(of(r#""\ud83c\ud83c\udf89""#).as_deref(), Some(r#""\ufffd\ud83c\udf89""#));
        assert_eq!(of(r#""\\\ud800\"#).as_deref(), Some(r#""\\\ufffd\"#));
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_replaced() {
        assert_eq!(body(b"\"a\xffb\"").as_deref(), Some("\"a\u{fffd}b\""));
    }

    #[test]
    fn addresses_are_escaped_where_they_need_it() {
        let of = |uri: &str| {
            let given = Request::build("x").params(json!([{ "rootUri": uri, "text": "a b" }])).finish();
            let params = request(given).params().cloned().unwrap_or_default();
            assert_eq!(params[0]["text"], "a b");
            params[0]["rootUri"].as_str().unwrap_or_default().to_owned()
        };
        assert_eq!(of("file:///a%20b/%5B1%5D.md"), "file:///a%20b/%5B1%5D.md");
        assert_eq!(of("file:///a b/[1]^|.md"), "file:///a%20b/%5B1%5D%5E%7C.md");
        assert_eq!(of("file:///100%/é%20漢 .md"), "file:///100%25/%C3%A9%20%E6%BC%A2%20.md");
        assert_eq!(of("untitled:a%"), "untitled:a%25");
    }
}
