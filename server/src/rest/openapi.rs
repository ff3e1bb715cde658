//! The description of the interface, made from the types that carry it out.

use super::{customers, orders, satisfaction, tickets};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use utoipa::{
    IntoResponses, Modify, OpenApi, ToSchema,
    openapi::{
        schema::{Object, ObjectBuilder, SchemaType, Type},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

/// All of it.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Guanxi 关系",
        description = "Customers, orders and tickets for other systems.\n\n\
            Every request carries `Authorization: Bearer gx_…`; `guanxi token add NAME` prints such a token. Amounts are decimal \
            strings, days are `YYYY-MM-DD` in company time, moments are RFC 3339 in UTC. Unknown fields are refused. A token may \
            send 600 requests at once and ten a second after that.\n\n\
            Every failure has the form of `Failure`, in the language of `Accept-Language`: Chinese unless English is asked for \
            first. Its codes are stable, its sentences are not.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        customers::open,
        customers::list,
        customers::one,
        orders::record,
        orders::one,
        orders::refund,
        tickets::open,
        tickets::one,
        satisfaction::satisfaction
    ),
    components(schemas(Failure)),
    modifiers(&Bearers),
    security(("token" = [])),
    tags(
        (name = "customers", description = "The archive, by the customers’ numbers"),
        (name = "orders", description = "What they bought, paid and got back"),
        (name = "tickets", description = "What they ask and complain about"),
        (name = "satisfaction", description = "What they say of us")
    )
)]
pub struct Api;

struct Bearers;

impl Modify for Bearers {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("gx_ and 64 hexadecimal digits").build();
        api.components.get_or_insert_default().add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

static WRITTEN: LazyLock<String> = LazyLock::new(|| Api::openapi().to_json().unwrap_or_default());

/// `GET /api/openapi.json`: nobody's secret.
pub async fn described() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], WRITTEN.as_str()).into_response()
}

/// The body of every answer that is not a success.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"error": {
    "code": "order.amount_negative", "message": "An amount is not below zero. Record a refund on its order.",
    "fields": [{"field": "amount", "code": "order.amount_negative", "message": "An amount is not below zero. Record a refund on its order."}],
    "reference": "0198f3c2a1b27c3d8e4f5a6b7c8d9e0f"
}}))]
pub struct Failure {
    pub error: Problem,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Stable and dotted.
    pub code: String,
    /// In the language of `Accept-Language`; says what to do.
    pub message: String,
    /// What of the request has to be corrected; left out, where it is none of its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<BadField>,
    /// Names the line in the server’s log.
    pub reference: Option<String>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BadField {
    pub field: String,
    pub code: String,
    pub message: String,
}

/// How reading fails.
#[derive(IntoResponses)]
pub enum Reads {
    /// No token, or one that does not count any more
    #[response(status = 401)]
    NoToken(Failure),
    /// Absent, or not for this token to see: never told apart
    #[response(status = 404)]
    NotFound(Failure),
    /// A parameter that is unknown or not of the right form
    #[response(status = 422)]
    Unfit(Failure),
    /// Too many requests
    #[response(status = 429, headers(("Retry-After" = u64, description = "Seconds to wait")))]
    TooMany(Failure),
    /// The disk does not do it right now
    #[response(status = 503, headers(("Retry-After" = u64, description = "Seconds to wait")))]
    Unavailable(Failure),
}

/// How writing fails. What fails has written nothing.
#[derive(IntoResponses)]
pub enum Writes {
    /// Not JSON
    #[response(status = 400)]
    NotJson(Failure),
    /// No token, or one that does not count any more
    #[response(status = 401)]
    NoToken(Failure),
    /// The token’s role does not do that
    #[response(status = 403)]
    NotYourRole(Failure),
    /// What it is about is absent
    #[response(status = 404)]
    NotFound(Failure),
    /// The number or the key was used with other content
    #[response(status = 409)]
    Conflict(Failure),
    /// Larger than a megabyte
    #[response(status = 413)]
    TooLarge(Failure),
    /// The content type is not `application/json`
    #[response(status = 415)]
    WrongType(Failure),
    /// A rule forbids it, or a field is missing, unknown or not of the right form
    #[response(status = 422)]
    Unfit(Failure),
    /// Too many requests
    #[response(status = 429, headers(("Retry-After" = u64, description = "Seconds to wait")))]
    TooMany(Failure),
    /// The disk does not take it right now; the same request may be sent again
    #[response(status = 503, headers(("Retry-After" = u64, description = "Seconds to wait")))]
    Unavailable(Failure),
}

/// One of these codes.
pub(super) fn codes(codes: impl Iterator<Item = &'static str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes)).build()
}

/// One of these codes, or none.
pub(super) fn codes_or_none(codes: impl Iterator<Item = &'static str>) -> Object {
    let kinds = SchemaType::from_iter([Type::String, Type::Null]);
    let values = codes.map(serde_json::Value::from).chain([serde_json::Value::Null]);
    ObjectBuilder::new().schema_type(kinds).enum_values(Some(values)).build()
}

/// A moment as it is written here: RFC 3339, UTC.
pub(super) fn moment(at: Instant) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| at.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::session;

    /// The form of failures is declared for the screens; this description of it must fit.
    #[test]
    fn failures_are_described_as_they_are_sent() {
        let text = |text: &str| text.to_owned();
        let field = session::BadField { field: text("amount"), code: text("c"), message: text("m") };
        let error = session::Problem { code: text("c"), message: text("m"), fields: vec![field], reference: Some(text("r")) };
        let sent = serde_json::to_value(session::Failure { error }).expect("JSON");
        let described: Failure = serde_json::from_value(sent.clone()).expect("the same form");
        assert_eq!(serde_json::to_value(described).expect("JSON"), sent);
    }

    #[test]
    fn moments_are_in_utc() {
        assert_eq!(moment(Instant(1_795_233_600_000)), "2026-11-21T04:00:00Z");
    }
}
