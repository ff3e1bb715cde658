//! What an address names in its path.

use crate::error::Failed;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use domain::access;

/// A name in an address. One that is no text names nothing that is there.
#[derive(Debug)]
pub struct Named(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        let named = Path::from_request_parts(parts, state).await;
        named.map(|Path(name)| Self(name)).map_err(|_| access::Refusal::NotFound.into())
    }
}
