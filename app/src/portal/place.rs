//! The pages of the portal, and which of them an address names.

use crate::routes;
use domain::id::TicketId;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Home,
    Service,
    NewRequest,
    Request(TicketId),
    Points,
    Myself,
    Orders,
    Nowhere,
}

impl Place {
    #[must_use]
    pub fn named(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        match path {
            routes::PORTAL => Self::Home,
            routes::SERVICE => Self::Service,
            routes::NEW_REQUEST => Self::NewRequest,
            routes::POINTS => Self::Points,
            routes::MYSELF => Self::Myself,
            routes::MY_ORDERS => Self::Orders,
            _ => {
                let ticket = routes::below(routes::SERVICE, path).and_then(|id| id.parse().ok());
                ticket.map_or(Self::Nowhere, Self::Request)
            }
        }
    }

    /// The tab under which it is found.
    #[must_use]
    pub const fn tab(self) -> &'static str {
        match self {
            Self::Home | Self::Nowhere => routes::PORTAL,
            Self::Service | Self::NewRequest | Self::Request(_) => routes::SERVICE,
            Self::Points => routes::POINTS,
            Self::Myself | Self::Orders => routes::MYSELF,
        }
    }

    /// Whether it is in the bundle that comes first.
    #[must_use]
    pub const fn is_first(self) -> bool {
        matches!(self, Self::Home | Self::Nowhere)
    }

    /// A page below a tab: on a phone the tabs make room for it.
    #[must_use]
    pub const fn is_deep(self) -> bool {
        matches!(self, Self::NewRequest | Self::Request(_) | Self::Orders)
    }
}
