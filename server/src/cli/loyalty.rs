//! `guanxi loyalty`: what the ledger of points tells of any day.

use super::{Place, order, say};
use crate::{control::Order, loyalty::Asked};
use anyhow::Result;
use clap::{Args, Subcommand};
use domain::{text::CustomerNo, time::Date, words::Lang};

#[derive(Debug, Subcommand)]
pub enum Loyalty {
    /// What quarterly reviews of tiers by share would have given, quarter by quarter
    Reviews(Reviews),
    /// Where all points are: active, locked, used, expired, taken back
    Points(Points),
    /// Every movement of a customer's points, and what is left of which
    History(History),
}

#[derive(Debug, Args)]
pub struct Reviews {
    /// The first day, such as 2026-01-01
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Date,
    /// The last day
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Date,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
pub struct Points {
    /// As of the end of this day; today if none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Date>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
pub struct History {
    /// The customer's number
    #[arg(value_name = "CUSTOMER_NO", value_parser = number)]
    customer: CustomerNo,
    #[command(flatten)]
    place: Place,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written 2026-01-31".to_owned())
}

fn number(text: &str) -> Result<CustomerNo, String> {
    CustomerNo::parse(text).map_err(|_| "not a customer's number".to_owned())
}

impl Loyalty {
    pub fn run(self, lang: Lang) -> Result<()> {
        let (place, asked) = match self {
            Self::Reviews(Reviews { from, to, place }) => (place, Asked::Reviews { from, to }),
            Self::Points(Points { on, place }) => (place, Asked::Points { on }),
            Self::History(History { customer, place }) => (place, Asked::History { customer }),
        };
        say(order(&place.data(), Order::Loyalty(asked), lang)?)
    }
}
