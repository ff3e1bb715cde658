//! What of the figures an address names, so that a view of them can be handed on.

use crate::routes;
use domain::{
    channel::Channel,
    insights::{Dimension, Filter, Period, Touch},
};
use leptos_router::params::ParamsMap;

/// Which days, whose figures, and by what they are broken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub period: Period,
    pub of: Filter,
    pub by: Dimension,
}

/// By what a table is broken down; months have a line of their own.
pub const BY: [Dimension; 5] = [Dimension::Department, Dimension::Person, Dimension::Tier, Dimension::Touch, Dimension::Channel];

impl Look {
    #[must_use]
    pub fn read(params: &ParamsMap) -> Self {
        let get = |key: &str| params.get(key).unwrap_or_default();
        let of = Filter {
            department: get("department").parse().ok(),
            person: get("person").parse().ok(),
            tier: get("tier").parse().ok(),
            touch: Touch::from_code(&get("touch")),
            channel: Channel::from_code(&get("channel")),
        };
        let by = Dimension::from_code(&get("by")).filter(|by| BY.contains(by)).unwrap_or(Dimension::Department);
        Self { period: Period::from_code(&get("period")).unwrap_or(Period::Quarter), of, by }
    }

    #[must_use]
    pub fn address(&self) -> String {
        let Self { period, of, by } = self;
        let Filter { department, person, tier, touch, channel } = of;
        let parts = [
            ("period", Some(period.code().to_owned())),
            ("department", department.map(|it| it.to_string())),
            ("person", person.map(|it| it.to_string())),
            ("tier", tier.map(|it| it.to_string())),
            ("touch", touch.map(|it| it.code().to_owned())),
            ("channel", channel.map(|it| it.code().to_owned())),
            ("by", Some(*by).filter(|by| *by != Dimension::Department).map(|by| by.code().to_owned())),
        ];
        routes::with_query(routes::SATISFACTION, parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::Id;

    fn read(address: &str) -> Look {
        let mut params = ParamsMap::new();
        for (key, value) in address.split_once('?').map_or("", |(_, query)| query).split('&').filter_map(|part| part.split_once('=')) {
            params.insert(key.to_owned(), value.to_owned());
        }
        Look::read(&params)
    }

    #[test]
    fn what_is_looked_at_is_in_the_address() {
        let id = Id::from_bytes([7; 16]);
        let of = Filter {
            department: Some(id.into()),
            person: Some(id.into()),
            tier: Some(0),
            touch: Some(Touch::Survey),
            channel: Some(Channel::Wechat),
        };
        for look in [
            Look { period: Period::Year, of, by: Dimension::Channel },
            Look { period: Period::Month, of: Filter::default(), by: Dimension::Department },
        ] {
            assert_eq!(read(&look.address()), look, "{}", look.address());
        }
    }

    #[test]
    fn what_an_address_says_wrongly_is_left_out() {
        let usual = Look { period: Period::Quarter, of: Filter::default(), by: Dimension::Department };
        for address in ["", "/x?period=week", "/x?by=month", "/x?by=colour&person=me&tier=gold&touch=&channel=fax"] {
            assert_eq!(read(address), usual, "{address}");
        }
    }
}
