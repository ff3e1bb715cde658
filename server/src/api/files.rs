//! Files, for whoever is signed in: sent a piece at a time, and read by those who may read what carries them.

use crate::{
    App,
    attachments::{self, Asked, Far},
    auth::{SignedIn, user::User},
    db::{Db, Trouble},
    error::{Failed, Reason},
    guard,
    named::Named,
    rest::pace::Wait,
};
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    access::{self, Right},
    attachments::{Arrived, FileName, Media, PIECE, Refusal, Stored, Wanted},
    context::Actor,
    id::FileId,
    row::Rows,
    tickets,
};
use futures_util::stream;
use serde::Deserialize;
use std::fmt::Write;

/// The largest piece, and so the largest body here.
pub const PIECE_BYTES: usize = PIECE as usize;

/// Who may send files now: customers, and staff who handle tickets; each in moderation.
fn sender(app: &App, who: &SignedIn) -> Result<Actor, Failed> {
    let right = Right::HandleTickets;
    match &who.user {
        User::Staff(person) if !person.role.may(right) => return Err(access::Refusal::NotYourRole { right }.into()),
        User::Staff(_) | User::Portal(_) => {}
    }
    let too_many = |Wait(seconds)| Failed::from(Reason::TooMany).after(seconds);
    app.pace.take(who.user.id(), app.now()).map_err(too_many)?;
    Ok(who.actor())
}

/// `POST /api/files`: what is going to be sent; of what was begun before, how much is there.
pub async fn begin(State(app): State<App>, who: SignedIn, Json(wanted): Json<Wanted>) -> Result<Json<Arrived>, Failed> {
    let by = sender(&app, &who)?;
    let (asked, room) = (Asked::read(&wanted)?, app.config.room.0);
    let far = app.db.write(move |tx| attachments::begin(tx, by, &asked, room)).await??;
    settled(&app, by, wanted.id, far).await
}

/// Where a piece begins.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct At {
    at: u32,
}

/// `PUT /api/files/{id}?at=…`: the next piece.
pub async fn piece(
    State(app): State<App>,
    who: SignedIn,
    Named(id): Named,
    at: Result<Query<At>, QueryRejection>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Arrived>, Failed> {
    let by = sender(&app, &who)?;
    if !guard::is_a(&headers, "application/octet-stream") {
        return Err(Reason::WrongType.into());
    }
    let Query(At { at }) = at.map_err(|_| Failed::from(Reason::Unfit))?;
    let id: FileId = id.parse().map_err(|_| Refusal::NotThere)?;
    let far = app.db.write(move |tx| attachments::piece(tx, by, id, at, &bytes)).await??;
    settled(&app, by, id, far).await
}

/// Once all bytes are there they are judged, beside the writer, and the file is made or given up.
async fn settled(app: &App, by: Actor, id: FileId, far: Far) -> Result<Json<Arrived>, Failed> {
    if !far.whole {
        return Ok(Json(far.arrived));
    }
    let judged = app.db.read(move |snapshot| attachments::judged(snapshot.connection(), id)).await?;
    let settled = app.db.write(move |tx| attachments::settle(tx, by, id, &judged)).await?;
    if settled.is_err() {
        attachments::forget(&app.db, app.now(), id).await?;
    }
    Ok(Json(settled?))
}

/// `GET /api/files/{id}`, for who may read the entry that carries it. A browser may keep what it holds, and asks every
/// time whether it may still show it.
pub async fn one(State(app): State<App>, who: SignedIn, Named(id): Named, asked: HeaderMap) -> Result<Response, Failed> {
    let absent = access::Refusal::NotFound;
    let id: FileId = id.parse().map_err(|_| absent)?;
    let by = who.actor();
    let found = app.db.read(move |snapshot| {
        let Some(stored) = snapshot.get::<Stored>(id)? else { return Ok(None) };
        let Some(entry) = stored.entry else { return Ok(None) };
        let grants = snapshot.grants(by)?;
        Ok(snapshot.granted::<tickets::Entry>(entry, &grants)?.map(|_| stored))
    });
    let stored = found.await?.ok_or(absent)?;
    let tag = format!("\"{}\"", stored.digest);
    let kept = [(header::CACHE_CONTROL, guard::ASKED_ANEW), (header::ETAG, tag.as_str())];
    if asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let headers = headers(&stored).map_err(Failed::broke)?;
    Ok((kept, headers, Body::from_stream(pieces(app.db, &stored))).into_response())
}

/// A slow reader keeps nobody waiting: each piece is read when the one before it has gone.
fn pieces(db: Db, stored: &Stored) -> impl stream::Stream<Item = Result<Bytes, Trouble>> + use<> {
    let (id, size) = (stored.id, stored.size.bytes());
    stream::try_unfold((db, 0), move |(db, start)| async move {
        if start >= size {
            return Ok(None);
        }
        let piece = db.read(move |snapshot| attachments::part(snapshot.connection(), id, start)).await?;
        let piece = piece.ok_or_else(|| Trouble::Broken(format!("file {id} ends at {start}")))?;
        Ok(Some((Bytes::from(piece), (db, start.saturating_add(PIECE)))))
    })
}

/// A picture may be drawn; all else is saved. Were it opened as a page, it could do nothing.
fn headers(stored: &Stored) -> Result<HeaderMap, header::InvalidHeaderValue> {
    let place = if stored.media.is_picture() { "inline" } else { "attachment" };
    let fixed = [
        (header::CONTENT_TYPE, mime(stored.media, &stored.name)),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let mut headers: HeaderMap = fixed.map(|(name, value)| (name, HeaderValue::from_static(value))).into_iter().collect();
    headers.insert(header::CONTENT_LENGTH, stored.size.bytes().into());
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition(place, &stored.name))?);
    Ok(headers)
}

/// The name twice (RFC 6266): for those who read only ASCII, and as it is.
fn disposition(place: &str, name: &FileName) -> String {
    let plain: String = name.as_str().chars().map(|c| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' }).collect();
    let mut text = format!("{place}; filename=\"{plain}\"; filename*=UTF-8''");
    for byte in name.as_str().bytes() {
        if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Text takes everything.
            _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

fn mime(media: Media, name: &FileName) -> &'static str {
    match (media, name.ending().as_str()) {
        (Media::Jpeg, _) => "image/jpeg",
        (Media::Png, _) => "image/png",
        (Media::Gif, _) => "image/gif",
        (Media::Webp, _) => "image/webp",
        (Media::Heic, _) => "image/heic",
        (Media::Pdf, _) => "application/pdf",
        (Media::Text, _) => "text/plain",
        (Media::Zip, _) => "application/zip",
        (Media::Document, "docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (Media::Sheet, "xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (Media::Slides, "pptx") => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        (Media::Document, _) => "application/msword",
        (Media::Sheet, _) => "application/vnd.ms-excel",
        (Media::Slides, _) => "application/vnd.ms-powerpoint",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_header_brings_no_syntax() {
        let said = |name: &str| disposition("attachment", &FileName::clean(name));
        assert_eq!(said("报价 1.pdf"), "attachment; filename=\"__ 1.pdf\"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%201.pdf");
        for name in ["a\";x=\"y.pdf", "a\r\nset-cookie: b.pdf", "';'.pdf", "%0d%0a.pdf", "a;b=c.pdf"] {
            let said = said(name);
            assert!(HeaderValue::from_str(&said).is_ok() && said.matches('"').count() == 2 && said.matches(';').count() == 2, "{said}");
        }
    }
}
