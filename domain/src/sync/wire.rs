//! What travels between device and server, as JSON. Unknown fields are ignored, new ones have defaults.

use super::Scope;
use crate::{
    id::{ClientId, CommandId, CustomerId, Id},
    time::Instant,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The version of this protocol; sent under [`crate::session::PROTO_HEADER`].
pub const PROTO: u32 = 1;
/// The oldest version that a server still speaks with. An older device keeps what it has not sent, and updates.
pub const MIN_PROTO: u32 = 1;
/// Limits of one push.
pub const MAX_MUTATIONS: usize = 50;
pub const MAX_PUSH_BYTES: usize = 256 * 1024;
/// A longer command is refused by the device when it is made.
pub const MAX_COMMAND_BYTES: usize = 64 * 1024;
/// What a device asks for with its first pull, and what it asks for at most: on a slow line the first answer is to be
/// there soon, on a long way few are to be waited for.
pub const FIRST_PAGE_BYTES: usize = 128 * 1024;
pub const PAGE_BYTES: usize = 1024 * 1024;
/// The customers whose history a device keeps at most: each of its requests names them.
pub const MAX_PINS: usize = 60;

/// A command on its way: dense numbers per client, so that nothing is done twice and nothing is skipped.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Mutation {
    pub mid: u64,
    pub cmd_id: CommandId,
    /// The version of the command's shape, for upcasters.
    pub v: u32,
    /// `feature.command`
    pub name: String,
    pub args: Box<RawValue>,
    /// When the device says it was made: a claim.
    pub client_ts: Instant,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PushRequest {
    pub client_id: ClientId,
    /// Up to here the device knows the verdicts and the server may forget them.
    pub confirmed_mid: u64,
    pub mutations: Vec<Mutation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushResponse {
    pub epoch: String,
    pub last_mid: u64,
    pub results: Vec<Verdict>,
}

/// What became of one command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    pub mid: u64,
    pub ok: bool,
    /// Why not: the refusal itself, so that the device says it in its user's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<serde_json::Value>,
}

/// Why a push was not taken at all. Nothing of it was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum PushRefused {
    /// Send again from `last_mid + 1`.
    Gap { last_mid: u64 },
    /// This client's numbers are in use by another copy of it, or by another user.
    ClientForked,
    /// The server does not know this client and its first command is not number 1.
    ClientUnknown,
}

/// Up to which change a device has a scope, and since when it has it completely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor(pub u64, pub u64);

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PullRequest {
    pub client_id: ClientId,
    /// `None` before the first pull.
    pub epoch: Option<String>,
    /// A hint for what to retract; what is sent is decided by the grants of now.
    pub scopes: BTreeMap<Scope, Cursor>,
    /// Customers whose history and ledger this device wants beside what it is granted, if its user may open them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<CustomerId>,
    pub confirmed_mid: u64,
    pub limit_bytes: usize,
    /// Wait so many seconds for a change (long poll), at most 25.
    #[serde(default)]
    pub wait_s: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged, from = "Answer")]
pub enum PullResponse {
    Page(Page),
    /// Another history: keep pending commands, drop the rest, start over.
    ResetAll {
        reset_all: bool,
        epoch: String,
    },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page {
    pub epoch: String,
    pub head: u64,
    /// Everything granted has been sent up to `head`.
    pub done: bool,
    pub last_mid: u64,
    /// Refused commands up to `last_mid` that the device has not confirmed.
    #[serde(default)]
    pub refused: Vec<Verdict>,
    /// Scopes that are no longer granted.
    #[serde(default)]
    pub drop: Vec<Scope>,
    /// Scopes that begin anew with this page: what was held of them counts only if sent again.
    #[serde(default)]
    pub reset: Vec<Scope>,
    pub cursors: BTreeMap<Scope, Cursor>,
    pub rows: Vec<SentRow>,
    #[serde(default)]
    pub gone: Vec<(Scope, String, Id)>,
    /// How many customers its user sees, where they are too many to be carried: lists of them are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<u64>,
}

impl PullResponse {
    /// Whether it tells the device that asked so anything.
    #[must_use]
    pub fn has_news(&self, request: &PullRequest) -> bool {
        match self {
            Self::ResetAll { .. } => true,
            Self::Page(Page { done, last_mid, refused, drop, reset, cursors, rows, gone, .. }) => {
                let began = cursors.keys().any(|scope| !request.scopes.contains_key(scope));
                let silent = rows.is_empty() && gone.is_empty() && drop.is_empty() && reset.is_empty() && refused.is_empty();
                !done || !silent || began || request.epoch.is_none() || *last_mid != request.confirmed_mid
            }
        }
    }
}

/// Either answer as it is read. An untagged enum would have to look at its content twice, which raw JSON does not bear.
#[derive(Deserialize)]
struct Answer {
    epoch: String,
    #[serde(default)]
    reset_all: bool,
    #[serde(default)]
    head: u64,
    #[serde(default)]
    done: bool,
    #[serde(default)]
    last_mid: u64,
    #[serde(default)]
    refused: Vec<Verdict>,
    #[serde(default)]
    drop: Vec<Scope>,
    #[serde(default)]
    reset: Vec<Scope>,
    #[serde(default)]
    cursors: BTreeMap<Scope, Cursor>,
    #[serde(default)]
    rows: Vec<SentRow>,
    #[serde(default)]
    gone: Vec<(Scope, String, Id)>,
    #[serde(default)]
    archive: Option<u64>,
}

impl From<Answer> for PullResponse {
    fn from(answer: Answer) -> Self {
        let Answer { epoch, reset_all, head, done, last_mid, refused, drop, reset, cursors, rows, gone, archive } = answer;
        if reset_all {
            return Self::ResetAll { reset_all, epoch };
        }
        Self::Page(Page { epoch, head, done, last_mid, refused, drop, reset, cursors, rows, gone, archive })
    }
}

/// A row in one of its scopes: scope, entity, id, the row as JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SentRow(pub Scope, pub String, pub Id, pub Box<RawValue>);

/// A poke: something in a scope of yours changed. Carries no data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poke {
    pub epoch: String,
    pub seq: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> PullResponse {
        serde_json::from_str(json).expect("an answer")
    }

    #[test]
    fn a_page_is_read_as_it_was_sent() {
        let row = r#"{"id":"1","n":1.50,"deep":{"a":[null,"\"\\ 中"]}}"#;
        let id = Id::from_bytes([7; 16]);
        let page = Page {
            epoch: "e1".into(),
            head: 9,
            done: true,
            last_mid: 3,
            refused: vec![Verdict { mid: 2, ok: false, refusal: Some(serde_json::json!({ "of": "malformed" })) }],
            drop: vec![Scope::Team(id.into())],
            reset: vec![Scope::Org],
            cursors: [(Scope::Org, Cursor(4, 9))].into(),
            rows: vec![SentRow(Scope::Org, "team".into(), id, RawValue::from_string(row.into()).expect("JSON"))],
            gone: vec![(Scope::Org, "team".into(), id)],
            archive: Some(100_000),
        };
        let sent = serde_json::to_string(&PullResponse::Page(page)).expect("JSON");
        let again = read(&sent);
        assert_eq!(serde_json::to_string(&again).expect("JSON"), sent);
        let PullResponse::Page(page) = again else { panic!("a page") };
        assert_eq!(page.rows[0].3.get(), row, "a row is passed on as it came");
    }

    #[test]
    fn another_history_is_not_taken_for_a_page() {
        let sent = serde_json::to_string(&PullResponse::ResetAll { reset_all: true, epoch: "e2".into() }).expect("JSON");
        assert!(matches!(read(&sent), PullResponse::ResetAll { epoch, .. } if epoch == "e2"));
    }

    #[test]
    fn what_a_later_server_adds_is_ignored_and_what_an_older_leaves_out_is_empty() {
        let answer = read(r#"{"epoch":"e","head":1,"done":true,"last_mid":0,"cursors":{"org":[1,1]},"rows":[],"news":{"a":1}}"#);
        let PullResponse::Page(page) = answer else { panic!("a page") };
        assert!(page.refused.is_empty() && page.drop.is_empty() && page.reset.is_empty() && page.gone.is_empty() && page.archive.is_none());
        assert_eq!(page.cursors.get(&Scope::Org), Some(&Cursor(1, 1)));
    }

    #[test]
    fn a_push_is_refused_in_the_words_of_the_protocol() {
        let said = |refused: PushRefused| serde_json::to_string(&refused).expect("JSON");
        assert_eq!(said(PushRefused::Gap { last_mid: 39 }), r#"{"error":"gap","last_mid":39}"#);
        assert_eq!(said(PushRefused::ClientForked), r#"{"error":"client_forked"}"#);
        assert_eq!(said(PushRefused::ClientUnknown), r#"{"error":"client_unknown"}"#);
    }
}
