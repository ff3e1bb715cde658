//! Who is signed in: what the entry screens send and what the server answers, as JSON.

use crate::{access::Role, context::Actor, id::Id, money::Currency, time::Instant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The header in which a device names the version of what it understands.
pub const PROTO_HEADER: &str = "x-guanxi-proto";

/// `POST /auth/sign-in`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// E-mail address or telephone number.
    pub who: String,
    pub password: String,
}

/// `GET /auth/me`, and the answer to every way of signing in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub actor: Actor,
    /// The user: a person's or a contact's id; the device's database is named after it.
    pub user: Id,
    pub name: String,
    /// `None` for customers.
    pub role: Option<Role>,
    pub company: String,
}

/// `GET /auth/state`: what a visitor who is not signed in should see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Door {
    /// No company yet: only the one-time set-up link leads on.
    SetUp,
    SignIn {
        company: String,
        /// The three accounts of a demonstration, to be tried with one click.
        #[serde(default)]
        demo: Vec<DemoAccount>,
    },
    SignedIn {
        me: Me,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    pub role: String,
    pub name: String,
    pub who: String,
    pub password: String,
}

/// `POST /auth/set-up`: the first company, the first administrator.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    pub token: String,
    pub company: String,
    /// IANA name.
    pub zone: String,
    pub currency: Currency,
    pub name: String,
    pub email: String,
    pub password: String,
}

/// `GET /auth/invitations/{token}`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub company: String,
    pub name: String,
    /// How they will sign in.
    pub who: String,
    pub kind: InvitationKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationKind {
    Staff,
    Portal,
    /// A new password for somebody who forgot theirs.
    Reset,
}

/// `POST /auth/invitations/{token}`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    pub password: String,
}

/// `POST /api/team/invitations`, by an administrator; answered by [`Link`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    pub name: String,
    pub email: String,
    pub role: Role,
    #[serde(default)]
    pub department: Option<Id>,
    #[serde(default)]
    pub teams: Vec<Id>,
}

/// A single-use link for somebody else: shown once, handed over by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub path: String,
    pub hours: u32,
    /// The whole address as a picture, for a telephone's camera.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<Qr>,
}

/// A QR code: its dark modules as the outline of an SVG path, in a square of so many units with a quiet zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qr {
    pub size: u32,
    pub path: String,
}

/// `GET /api/customers/{id}/portal`: which of a customer's people use the portal. `POST /api/contacts/{id}/invite`
/// makes a [`Link`] for one of them, `POST /api/contacts/{id}/sign-out` ends their access on all devices.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PortalUsers {
    /// By contact.
    pub users: BTreeMap<Id, PortalUser>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalUser {
    /// Invited and not in yet, if false.
    pub active: bool,
    /// The last sign of life.
    #[serde(default)]
    pub seen_at: Option<Instant>,
}

/// One entry of `GET /auth/sessions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub id: Id,
    pub agent: String,
    pub created_at: Instant,
    pub seen_at: Instant,
    /// The one that asks.
    pub current: bool,
}

/// `POST /auth/password`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    pub current: String,
    pub password: String,
}

/// The body of every answer that is not a success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub error: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable, dotted.
    pub code: String,
    /// In the language of `Accept-Language`; says what to do.
    pub message: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<BadField>,
    /// Names the line in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadField {
    pub field: String,
    pub code: String,
    pub message: String,
}

/// Passwords: at least this many characters, of any kind (ASVS 6.2.1).
pub const PASSWORD_MIN: usize = 8;
/// And at most so many.
pub const PASSWORD_MAX: usize = 256;

/// `GET /api/people`: what only administrators see of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// By person: how they sign in.
    pub who: BTreeMap<Id, String>,
}

/// `POST /api/contacts/{id}/reveal` and `POST /api/customers/{id}/reveal`: the whole number, audited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revealed {
    pub phone: Option<String>,
}
