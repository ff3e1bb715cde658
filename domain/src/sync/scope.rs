//! Scopes: the audiences of rows. A row is in a few; a device holds the scopes its user is granted now.

use crate::id::{CustomerId, Id, PersonId, TeamId};
use serde::{Deserialize, Serialize};
use std::{fmt, ops::Deref, str::FromStr};

/// An audience. The order is the order in which a new device is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// What every member of staff may see: company, departments, teams, colleagues.
    Org,
    /// What everybody may see, customers too: the company's name and hours, the catalogue.
    Everyone,
    /// What a customer's portal users share: projections made for them, never staff rows.
    Portal(CustomerId),
    /// A salesperson's own customers.
    Owner(PersonId),
    /// What a team has to do for its customers: tickets that are not closed, with the customers who wait.
    Queue(TeamId),
    /// A team's customers, as the archive shows them. Who sees more of them than a device should carry asks the server for
    /// lists instead of holding it.
    Team(TeamId),
    /// What is one user's alone.
    User(Id),
    /// What a team's customers buy and pay: not for everybody who serves them.
    Money(TeamId),
    /// The figures of satisfaction and service.
    Figures,
    /// What happened with one customer, for whoever may see the customer. Like [`Scope::Ledger`] it is held only by a
    /// device that asks for it: nobody carries the history of everybody.
    History(CustomerId),
    /// One customer's orders and points, for whoever may see what it buys and pays.
    Ledger(CustomerId),
}

impl Scope {
    /// What a device holds of a customer for as long as it asks for it.
    #[must_use]
    pub const fn pinned(customer: CustomerId) -> [Self; 2] {
        [Self::History(customer), Self::Ledger(customer)]
    }
}

/// Not the name of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadScope;

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Org => f.write_str("org"),
            Self::Everyone => f.write_str("all"),
            Self::Figures => f.write_str("figures"),
            Self::User(id) => write!(f, "u:{id}"),
            Self::Portal(id) => write!(f, "p:{id}"),
            Self::Owner(id) => write!(f, "o:{id}"),
            Self::Queue(id) => write!(f, "q:{id}"),
            Self::Team(id) => write!(f, "t:{id}"),
            Self::Money(id) => write!(f, "m:{id}"),
            Self::History(id) => write!(f, "h:{id}"),
            Self::Ledger(id) => write!(f, "l:{id}"),
        }
    }
}

impl FromStr for Scope {
    type Err = BadScope;

    fn from_str(name: &str) -> Result<Self, BadScope> {
        if name == "org" {
            return Ok(Self::Org);
        }
        if name == "all" {
            return Ok(Self::Everyone);
        }
        if name == "figures" {
            return Ok(Self::Figures);
        }
        let (kind, id) = name.split_once(':').ok_or(BadScope)?;
        let id: Id = id.parse().map_err(|_| BadScope)?;
        match kind {
            "u" => Ok(Self::User(id)),
            "p" => Ok(Self::Portal(id.into())),
            "o" => Ok(Self::Owner(id.into())),
            "q" => Ok(Self::Queue(id.into())),
            "t" => Ok(Self::Team(id.into())),
            "m" => Ok(Self::Money(id.into())),
            "h" => Ok(Self::History(id.into())),
            "l" => Ok(Self::Ledger(id.into())),
            _ => Err(BadScope),
        }
    }
}

impl Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        name.parse().map_err(|BadScope| serde::de::Error::custom("not a scope"))
    }
}

/// The scopes through which a row is on a device: few, each once, in order. A tree for each row took ten times the room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    pub fn insert(&mut self, scope: Scope) {
        if let Err(place) = self.0.binary_search(&scope) {
            self.0.insert(place, scope);
        }
    }

    pub fn remove(&mut self, scope: Scope) {
        self.0.retain(|held| *held != scope);
    }
}

impl Deref for Scopes {
    type Target = [Scope];

    fn deref(&self) -> &[Scope] {
        &self.0
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        let mut held = Self::default();
        scopes.into_iter().for_each(|scope| held.insert(scope));
        held
    }
}

impl<const N: usize> From<[Scope; N]> for Scopes {
    fn from(scopes: [Scope; N]) -> Self {
        scopes.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_as_it_is_written() {
        let id = Id::from_bytes([9; 16]);
        for scope in [
            Scope::Org,
            Scope::Everyone,
            Scope::Figures,
            Scope::User(id),
            Scope::Portal(id.into()),
            Scope::Owner(id.into()),
            Scope::Team(id.into()),
            Scope::Money(id.into()),
            Scope::History(id.into()),
            Scope::Ledger(id.into()),
        ] {
            assert_eq!(scope.to_string().parse(), Ok(scope));
        }
        for bad in ["", "org:", "x:09090909090909090909090909090909", "t:", "t:1"] {
            assert_eq!(bad.parse::<Scope>(), Err(BadScope), "{bad}");
        }
    }

    #[test]
    fn a_row_is_held_through_each_scope_once() {
        let mut scopes: Scopes = [Scope::Figures, Scope::Org, Scope::Figures].into();
        assert_eq!(*scopes, [Scope::Org, Scope::Figures]);
        scopes.insert(Scope::Everyone);
        scopes.remove(Scope::Org);
        assert_eq!(*scopes, [Scope::Everyone, Scope::Figures]);
    }
}
