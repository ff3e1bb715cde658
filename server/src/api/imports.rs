//! Imports over the wire: a file is sent, and how far it is can be asked.

use crate::{
    App,
    auth::Caller,
    error::{Failed, Reason, language},
    guard,
    imports::{self, Underway, Upload},
    named::Named,
};
use axum::{
    Json, RequestExt,
    body::Body,
    extract::{Query, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    access::{self, Right},
    id::Id,
    imports::{Begun, Encoding, Import, Imports, Kind, Status, Wanted},
    money::Currency,
};
use futures_util::StreamExt;
use serde::Deserialize;
use std::collections::BTreeMap;
use tokio::io::AsyncWriteExt;

/// The largest file.
pub const FILE_BYTES: usize = 50 * 1024 * 1024;

/// What is said of a file in its address.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    kind: Kind,
    #[serde(default)]
    file: String,
    #[serde(default)]
    dry_run: bool,
    /// Columns and fields, as a JSON object.
    #[serde(default)]
    map: String,
    #[serde(default)]
    encoding: Option<Encoding>,
    #[serde(default)]
    currency: Option<Currency>,
    #[serde(default)]
    status: Option<Status>,
    #[serde(default = "yes")]
    points: bool,
}

const fn yes() -> bool {
    true
}

impl Asked {
    fn wanted(self) -> Result<Wanted, Failed> {
        let Self { kind, file, dry_run, map, encoding, currency, status, points } = self;
        let map: BTreeMap<String, String> =
            if map.is_empty() { BTreeMap::new() } else { serde_json::from_str(&map).map_err(|_| Failed::from(Reason::Unfit))? };
        Ok(Wanted { kind, file, dry_run, map: map.into_iter().collect(), encoding, currency, status, points })
    }
}

/// Whether this role takes in such files at all; each row is asked for again.
fn need(caller: &Caller, kind: Kind) -> Result<(), Failed> {
    caller.need(Right::ImportData)?;
    caller.need(match kind {
        Kind::Customers => Right::EditCustomers,
        Kind::Orders => Right::EditOrders,
    })
}

/// `POST /api/imports?kind=…`, the file as the body.
pub async fn begin(State(app): State<App>, caller: Caller, request: Request) -> Result<(StatusCode, Json<Begun>), Failed> {
    caller.need(Right::ImportData)?;
    if !guard::is_a(request.headers(), "text/csv") {
        return Err(Reason::WrongType.into());
    }
    let lang = language(request.headers());
    let Query(asked) = Query::<Asked>::try_from_uri(request.uri()).map_err(|_| Failed::from(Reason::Unfit))?;
    need(&caller, asked.kind)?;
    let wanted = asked.wanted()?;
    let place = app.underway.begin()?;
    let upload = Upload::new(app.db.directory()).map_err(unstored)?;
    received(&upload, request).await?;
    let (db, by) = (app.db.clone(), caller.actor);
    let looked = tokio::task::spawn_blocking(move || {
        let ready = imports::ready(&db, upload.path(), wanted, by, lang);
        (ready, upload)
    });
    let (ready, upload) = looked.await.map_err(Failed::broke)?;
    let ready = ready?.map_err(Failed::from)?;
    let Import { id, encoding, ref columns, .. } = ready.import;
    let begun = Begun { id, encoding, columns: columns.clone() };
    Underway::carry_out(&app, place, upload, ready);
    Ok((StatusCode::ACCEPTED, Json(begun)))
}

/// Keeps the body as it comes; never all of it in memory.
async fn received(upload: &Upload, request: Request) -> Result<(), Failed> {
    let mut file = tokio::fs::File::from_std(upload.create().map_err(unstored)?);
    let mut pieces = request.with_limited_body().into_body().into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| too_large_or_slow(&error))?;
        file.write_all(&piece).await.map_err(unstored)?;
    }
    file.flush().await.map_err(unstored)
}

fn too_large_or_slow(error: &axum::Error) -> Failed {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(at) = cause {
        if at.to_string().contains("length limit exceeded") {
            return Reason::TooLarge.into();
        }
        cause = at.source();
    }
    Reason::TooSlow.into()
}

/// A disk without room is nobody's fault who asks.
fn unstored(error: std::io::Error) -> Failed {
    tracing::error!(%error, path = guard::UPLOADS, "a file could not be kept");
    Failed::from(Reason::Unavailable).after(5)
}

/// `GET /api/imports`
pub async fn latest(State(app): State<App>, caller: Caller, headers: HeaderMap) -> Result<Json<Imports>, Failed> {
    caller.need(Right::ImportData)?;
    let (db, lang) = (app.db.clone(), language(&headers));
    let latest = tokio::task::spawn_blocking(move || imports::latest(&db, lang)).await.map_err(Failed::broke)?;
    Ok(Json(Imports { imports: latest? }))
}

/// `GET /api/imports/{id}`: how far it is; a dry run as long as it is remembered.
pub async fn one(State(app): State<App>, caller: Caller, Named(id): Named, headers: HeaderMap) -> Result<Json<Import>, Failed> {
    caller.need(Right::ImportData)?;
    let id: Id = id.parse().map_err(|_| access::Refusal::NotFound)?;
    Ok(Json(found(&app, id, &headers).await?))
}

async fn found(app: &App, id: Id, headers: &HeaderMap) -> Result<Import, Failed> {
    if let Some(import) = app.underway.find(id) {
        return Ok(import);
    }
    let (db, lang) = (app.db.clone(), language(headers));
    let found = tokio::task::spawn_blocking(move || imports::find(&db, id, lang)).await.map_err(Failed::broke)?;
    found?.ok_or_else(|| access::Refusal::NotFound.into())
}

/// `GET /api/imports/{id}/errors.csv`: what was refused, as long as it is kept.
pub async fn errors(State(app): State<App>, caller: Caller, Named(id): Named) -> Result<Response, Failed> {
    caller.need(Right::ImportData)?;
    let id: Id = id.parse().map_err(|_| access::Refusal::NotFound)?;
    let bytes = tokio::fs::read(imports::errors_of(&app.db, id)).await.map_err(|_| access::Refusal::NotFound)?;
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"errors.csv\""));
    Ok(response)
}

/// `POST /api/imports/{id}/undo`: it begins, and `GET /api/imports/{id}` says how far.
pub async fn undo(
    State(app): State<App>,
    caller: Caller,
    Named(id): Named,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<Import>), Failed> {
    caller.need(Right::ImportData)?;
    let id: Id = id.parse().map_err(|_| access::Refusal::NotFound)?;
    need(&caller, found(&app, id, &headers).await?.kind)?;
    let place = app.underway.begin()?;
    let (db, by, lang) = (app.db.clone(), caller.actor, language(&headers));
    let undo = tokio::task::spawn_blocking(move || imports::begin_undo(&db, id, by)).await.map_err(Failed::broke)??;
    Underway::take_back(&app, place, undo, id, lang);
    Ok((StatusCode::ACCEPTED, Json(found(&app, id, &headers).await?)))
}
