//! What another system sends: JSON of exactly the described form. Whatever is wrong with it is said field by field.

use super::{once::Asked, words::Refusal};
use crate::{
    App,
    error::{Failed, Reason},
};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Query, Request},
    http::{HeaderMap, StatusCode, request::Parts},
};
use domain::words::Say;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

/// The longest key.
const KEY_BYTES: usize = 255;

/// A body, and what tells its request from others.
#[derive(Debug)]
pub struct Posted<T> {
    pub sent: T,
    pub asked: Asked,
}

impl<T: DeserializeOwned> FromRequest<App> for Posted<T> {
    type Rejection = Failed;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failed> {
        let key = key(request.headers())?;
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let body = Bytes::from_request(request, app)
            .await
            .map_err(|rejection| if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { Reason::TooLarge } else { Reason::TooSlow })?;
        let sent = read(&body)?;
        Ok(Self { sent, asked: Asked::new(key, [method.as_str().as_bytes(), path.as_bytes(), &body]) })
    }
}

/// What stands behind `?` in an address; anything else than described is refused.
#[derive(Debug)]
pub struct Wanted<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Wanted<T> {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failed> {
        let query = Query::from_request_parts(parts, app).await;
        query.map(|Query(wanted)| Self(wanted)).map_err(|_| Reason::Unfit.into())
    }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Failed> {
    let mut all = headers.get_all("idempotency-key").iter();
    let Some(one) = all.next() else { return Ok(None) };
    let one = one.to_str().ok().filter(|key| (1..=KEY_BYTES).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()));
    match (one, all.next()) {
        (Some(key), None) => Ok(Some(key.to_owned())),
        _ => Err(bad("Idempotency-Key", &Refusal::BadKey)),
    }
}

/// Refused for this field.
pub fn bad(field: &str, refusal: &impl Say) -> Failed {
    Failed::refused(StatusCode::UNPROCESSABLE_ENTITY, refusal).field(field, refusal)
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failed> {
    // A list in place of an object would be read by the order of the fields.
    if body.trim_ascii_start().first() != Some(&b'{') {
        let is_json = serde_json::from_slice::<IgnoredAny>(body).is_ok();
        return Err(if is_json { Reason::Unfit } else { Reason::NotJson }.into());
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let sent = serde_path_to_error::deserialize(&mut json).map_err(|error| unfit(&error, body))?;
    json.end().map_err(|_| Reason::NotJson)?;
    Ok(sent)
}

/// Serde says it in a sentence; the field in it is what the sender wants to know.
fn unfit(error: &serde_path_to_error::Error<serde_json::Error>, body: &[u8]) -> Failed {
    let is_json = error.inner().classify() == Category::Data && serde_json::from_slice::<IgnoredAny>(body).is_ok();
    if !is_json {
        return Reason::NotJson.into();
    }
    let sentence = error.inner().to_string();
    let named = |begin: &str| sentence.strip_prefix(begin).and_then(|rest| rest.split('`').next()).map(str::to_owned);
    if let Some(field) = named("missing field `") {
        return bad(&field, &Refusal::MissingField);
    }
    // The name of an unknown field is the sender's own text: it is told back no longer than a name of ours.
    if let Some(field) = named("unknown field `") {
        return bad(&field.chars().take(40).collect::<String>(), &Refusal::UnknownField);
    }
    bad(&error.path().to_string(), &Refusal::BadValue)
}

/// Gathers what is wrong with a form, so that all of it is said at once.
#[derive(Debug, Default)]
pub struct Form(Option<Failed>);

impl Form {
    pub fn take<T, E: Say>(&mut self, field: &str, read: Result<T, E>) -> Option<T> {
        match read {
            Ok(it) => Some(it),
            Err(refusal) => {
                self.0 = Some(match self.0.take() {
                    Some(failed) => failed.field(field, &refusal),
                    None => bad(field, &refusal),
                });
                None
            }
        }
    }

    /// As [`Form::take`], of a field that may be left out.
    pub fn perhaps<T, E: Say>(&mut self, field: &str, sent: Option<&str>, read: fn(&str) -> Result<T, E>) -> Option<T> {
        sent.and_then(|text| self.take(field, read(text)))
    }

    /// The whole, if every field was right.
    pub fn done<T>(self, whole: Option<T>) -> Result<T, Failed> {
        match (self.0, whole) {
            (None, Some(whole)) => Ok(whole),
            (Some(failed), _) => Err(failed),
            (None, None) => Err(Reason::Unfit.into()),
        }
    }
}

/// A day of the calendar as it is written here.
pub fn day(text: &str) -> Result<domain::time::Date, Refusal> {
    text.parse().map_err(|_| Refusal::BadDay)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rest::orders::NewOrder;
    use proptest::prelude::*;

    fn code(body: &[u8]) -> Option<&'static str> {
        read::<NewOrder>(body).err().map(|failed| failed.code())
    }

    #[test]
    fn what_is_wrong_is_told_from_what_is_no_json() {
        let rest = r#""customer_no":"C","ordered_on":"2026-11-01""#;
        assert_eq!(code(format!(r#"{{"order_no":"O","amount":"1",{rest}}}"#).as_bytes()), None);
        assert_eq!(code(format!(r#"{{"order_no":"O",{rest}}}"#).as_bytes()), Some("request.missing_field"));
        assert_eq!(code(format!(r#"{{"order_no":"O","amount":1,{rest}}}"#).as_bytes()), Some("request.bad_value"));
        assert_eq!(code(format!(r#"{{"order_no":"O","amount":1,{rest}"#).as_bytes()), Some("request.not_json"));
        assert_eq!(code(b"[]"), Some("request.unfit"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_reading_panic(body in prop::collection::vec(any::<u8>(), 0..80), text in "[{}\\[\\]\":,a-z_0-9\\\\]{0,40}") {
            for body in [body, text.clone().into_bytes(), format!("{{{text}}}").into_bytes()] {
                if read::<NewOrder>(&body).is_ok() {
                    prop_assert!(serde_json::from_slice::<IgnoredAny>(&body).is_ok());
                }
            }
        }
    }
}
