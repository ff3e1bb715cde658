//! Names of things: 16 bytes each, made by whoever creates the thing, typed by what they name.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Any row's id. Shown and sent as 32 hexadecimal digits, stored as 16 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Uuid);

impl Id {
    /// The id of a row of which there is exactly one, such as the company.
    pub const ONLY: Self = Self(Uuid::nil());

    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    #[must_use]
    pub fn bytes(self) -> [u8; 16] {
        self.0.into_bytes()
    }

    /// The `n`th id made while carrying out the command `self`: device and server make the same rows.
    #[must_use]
    pub fn derived(self, n: u32) -> Self {
        let (high, low) = self.0.as_u64_pair();
        let mixed = mix(low ^ mix(u64::from(n) + 1));
        Self(Uuid::from_u64_pair(high, (mixed >> 2) | (0b10 << 62)))
    }
}

impl Id {
    /// The id that two things and a mark have together, whoever asks: for what there is one of per pair.
    #[must_use]
    pub fn together(self, other: Self, mark: u32) -> Self {
        let ((a, b), (c, d)) = (self.0.as_u64_pair(), other.0.as_u64_pair());
        let seed = mix(u64::from(mark) + 1);
        let high = mix(a ^ mix(c ^ mix(b ^ mix(d ^ seed))));
        let low = mix(b ^ mix(d ^ mix(a ^ mix(c ^ !seed))));
        Self(Uuid::from_u64_pair(high, (low >> 2) | (0b10 << 62)))
    }
}

/// The finaliser of SplitMix64 (Steele, Lea & Flood 2014): a bijection, so no two counters meet.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

impl From<Uuid> for Id {
    fn from(uuid: Uuid) -> Self {
        Self(uuid)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_simple().fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Not 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadId;

impl FromStr for Id {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        if text.len() != 32 {
            return Err(BadId);
        }
        Uuid::try_parse_ascii(text.as_bytes()).map(Self).map_err(|_| BadId)
    }
}

impl Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut buffer = Uuid::encode_buffer();
        serializer.serialize_str(self.0.as_simple().encode_lower(&mut buffer))
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl serde::de::Visitor<'_> for Digits {
            type Value = Id;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("32 hexadecimal digits")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
                text.parse().map_err(|BadId| E::custom("not an id"))
            }
        }
        deserializer.deserialize_str(Digits)
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Id);

        impl From<Id> for $name {
            fn from(id: Id) -> Self {
                Self(id)
            }
        }
        impl From<$name> for Id {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                text.parse().map(Self)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )*};
}

ids! {
    /// One command, from its making on a device to its place in the audit.
    CommandId,
    /// One browser profile of one user.
    ClientId,
    CustomerId,
    ContactId,
    /// A member of staff.
    PersonId,
    DepartmentId,
    TeamId,
    /// One thing that happened with a customer.
    EntryId,
    /// One thing somebody means to do for a customer.
    StepId,
    NoticeId,
    TicketId,
    /// One thing that happened with a ticket.
    TicketEntryId,
    OrderId,
    RefundId,
    /// Points of one day and one source.
    LotId,
    /// One movement of points.
    LedgerId,
    RewardId,
    /// A reward that a customer took.
    RedemptionId,
    /// A look at everybody's tier.
    ReviewId,
    /// The rules of the programme from a day on.
    VersionId,
    /// What somebody said in a survey.
    AnswerId,
    /// A file that somebody sent.
    FileId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn derived_ids_differ_and_repeat() {
        let command = Id::from_bytes([7; 16]);
        let made: HashSet<Id> = (0..1_000).map(|n| command.derived(n)).collect();
        assert_eq!(made.len(), 1_000);
        assert_eq!(command.derived(3), command.derived(3));
        assert!(!made.contains(&command));
    }

    #[test]
    fn only_the_shown_form_is_read() {
        let id = Id::from_bytes([0xab; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in ["", "abc", "urn:uuid:…", "abababab-abab-abab-abab-abababababab"] {
            assert_eq!(bad.parse::<Id>(), Err(BadId), "{bad}");
        }
    }
}
