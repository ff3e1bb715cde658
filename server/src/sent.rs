//! What a request says in its body, as JSON.

use crate::error::{Failed, Reason};
use axum::{
    Json,
    extract::{FromRequest, Request, rejection::JsonRejection},
};
use serde::de::DeserializeOwned;

/// A body of this form; anything else is told apart by the status that says what to correct.
#[derive(Debug)]
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Failed;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failed> {
        let body = Json::from_request(request, state).await;
        body.map(|Json(sent)| Self(sent)).map_err(|rejection| why(&rejection).into())
    }
}

fn why(rejection: &JsonRejection) -> Reason {
    match rejection {
        JsonRejection::JsonDataError(_) => Reason::Unfit,
        JsonRejection::MissingJsonContentType(_) => Reason::WrongType,
        JsonRejection::BytesRejection(bytes) if bytes.status().as_u16() == 413 => Reason::TooLarge,
        JsonRejection::BytesRejection(_) => Reason::TooSlow,
        _ => Reason::NotJson,
    }
}
