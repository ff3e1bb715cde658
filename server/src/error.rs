//! Answers that are not a success, of two families: what a rule refuses, for people; and what broke, for us.

mod reason;

pub use reason::Reason;

use crate::db::Trouble;
use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    access, attachments, change,
    session::{BadField, Failure, Problem},
    words::{Lang, Say},
};

/// Why a request was not carried out. It is put into words at the edge, where the reader's language is known.
#[derive(Debug, Clone)]
pub struct Failed(Box<Why>);

#[derive(Debug, Clone)]
struct Why {
    status: StatusCode,
    code: &'static str,
    zh: String,
    en: String,
    fields: Vec<Field>,
    retry_after: Option<u64>,
    /// What broke, for the log alone; whoever asked gets a reference to it.
    broke: Option<String>,
}

#[derive(Debug, Clone)]
struct Field {
    field: String,
    code: &'static str,
    zh: String,
    en: String,
}

impl Failed {
    #[must_use]
    pub fn refused(status: StatusCode, refusal: &impl Say) -> Self {
        let (zh, en) = (refusal.say(Lang::Zh), refusal.say(Lang::En));
        Self(Box::new(Why { status, code: refusal.code(), zh, en, fields: Vec::new(), retry_after: None, broke: None }))
    }

    #[must_use]
    pub fn broke(cause: impl ToString) -> Self {
        Self::from(Reason::Broken).because(&cause)
    }

    fn because(mut self, cause: &impl ToString) -> Self {
        self.0.broke = Some(cause.to_string());
        self
    }

    /// Names a field of the request that has to be corrected.
    #[must_use]
    pub fn field(mut self, field: &str, refusal: &impl Say) -> Self {
        let (zh, en) = (refusal.say(Lang::Zh), refusal.say(Lang::En));
        self.0.fields.push(Field { field: field.to_owned(), code: refusal.code(), zh, en });
        self
    }

    /// Trying again makes sense after so many seconds.
    #[must_use]
    pub fn after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds.max(1));
        self
    }

    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    #[must_use]
    pub fn say(&self, lang: Lang) -> &str {
        pick(lang, &self.0.zh, &self.0.en)
    }

    /// As a command line shows it: the sentence, then a line for each field.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let fields = self.0.fields.iter().map(|field| format!("  {}: {}", field.field, pick(lang, &field.zh, &field.en)));
        std::iter::once(self.say(lang).to_owned()).chain(fields).collect()
    }

    fn body(&self, lang: Lang, reference: Option<&str>) -> Failure {
        let said = |field: &Field| BadField {
            field: field.field.clone(),
            code: field.code.to_owned(),
            message: pick(lang, &field.zh, &field.en).to_owned(),
        };
        Failure {
            error: Problem {
                code: self.0.code.to_owned(),
                message: self.say(lang).to_owned(),
                fields: self.0.fields.iter().map(said).collect(),
                reference: reference.map(str::to_owned),
            },
        }
    }
}

fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

impl From<Reason> for Failed {
    fn from(reason: Reason) -> Self {
        Self::refused(reason.status(), &reason)
    }
}

impl From<access::Refusal> for Failed {
    fn from(refusal: access::Refusal) -> Self {
        let status = match refusal {
            access::Refusal::NotFound => StatusCode::NOT_FOUND,
            access::Refusal::NotYourRole { .. } => StatusCode::FORBIDDEN,
            access::Refusal::NotToYourself | access::Refusal::IdTaken => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::refused(status, &refusal)
    }
}

impl From<attachments::Refusal> for Failed {
    fn from(refusal: attachments::Refusal) -> Self {
        use attachments::Refusal::{Damaged, Empty, EnoughForToday, NoRoom, NoSuchKind, NotThere, TooLarge, TooMany, Used};
        let status = match refusal {
            TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            NoSuchKind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            NotThere => StatusCode::NOT_FOUND,
            EnoughForToday => StatusCode::TOO_MANY_REQUESTS,
            NoRoom => StatusCode::INSUFFICIENT_STORAGE,
            Empty | Damaged | Used | TooMany => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::refused(status, &refusal)
    }
}

impl From<change::Refusal> for Failed {
    fn from(refusal: change::Refusal) -> Self {
        match refusal {
            change::Refusal::Access(refusal) => refusal.into(),
            change::Refusal::Attachments(refusal) => refusal.into(),
            change::Refusal::Broken => Self::broke("a command broke twice"),
            refusal => Self::refused(StatusCode::UNPROCESSABLE_ENTITY, &refusal),
        }
    }
}

impl From<Trouble> for Failed {
    /// A disk that is full, busy or gone is never a verdict: whoever asked tries again.
    fn from(trouble: Trouble) -> Self {
        let passing = matches!(trouble, Trouble::Storage(_));
        let reason = if passing { Reason::Unavailable } else { Reason::Broken };
        let failed = Self::from(reason).because(&trouble);
        if passing { failed.after(5) } else { failed }
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Names a request in the log and in the answer to its author.
#[derive(Debug, Clone)]
pub struct Reference(pub String);

/// Puts failures into the reader's language; answers of libraries too, so that every failure has one form.
pub async fn in_words(request: Request, next: Next) -> Response {
    let lang = language(request.headers());
    let reference = request.extensions().get::<Reference>().cloned();
    let mut parts = request.uri().path().split('/').skip(1);
    let ours = matches!(parts.next(), Some("api" | "auth" | "sync"));
    // Whoever looks after another system has no screen to read it from.
    let is_rest = ours && parts.next() == Some("v1");
    let response = next.run(request).await;
    let failed = match response.extensions().get::<Failed>() {
        Some(failed) => failed.clone(),
        None if ours && is_failure(&response) && !is_json(&response) => Reason::of(response.status()).into(),
        None => return response,
    };
    let reference = reference.map(|Reference(id)| id).unwrap_or_default();
    if let Some(cause) = &failed.0.broke {
        tracing::error!(reference, cause, "broke");
    }
    let named = (is_rest || failed.0.status.is_server_error()).then_some(reference.as_str());
    let mut said = (failed.0.status, Json(failed.body(lang, named))).into_response();
    let kept = response.headers().iter().filter(|(name, _)| !matches!(**name, header::CONTENT_TYPE | header::CONTENT_LENGTH));
    said.headers_mut().extend(kept.map(|(name, value)| (name.clone(), value.clone())));
    said.extensions_mut().insert(failed.clone());
    if let Some(seconds) = failed.0.retry_after {
        said.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    said
}

fn is_failure(response: &Response) -> bool {
    response.status().is_client_error() || response.status().is_server_error()
}

fn is_json(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// The language in which somebody wants to be answered.
#[must_use]
pub fn language(headers: &HeaderMap) -> Lang {
    headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map_or(Lang::default(), Lang::preferred)
}
