//! `guanxi token`: by what other systems come in.

use super::{Place, order, say, told::note, user::role};
use crate::{control::Order, rest::tokens::Expiry};
use anyhow::Result;
use clap::{Args, Subcommand};
use domain::{
    access::Role,
    words::{Lang, Text},
};

#[derive(Debug, Subcommand)]
pub enum Token {
    /// Make a token for the REST API; it is printed now and never again
    Add(Add),
    /// Print all tokens, without their secrets
    List(Place),
    /// End a token at once
    Revoke(Revoke),
}

#[derive(Debug, Args)]
pub struct Add {
    /// What the other system is called
    name: String,
    /// At most what this role may do: sales, service, support, marketing, manager or admin. Without it, all that the API offers
    #[arg(long, env = "GUANXI_TOKEN_ROLE", value_parser = role)]
    role: Option<Role>,
    /// Until when: 90d for ninety days, or the last day as 2027-01-01. Without it, until it is revoked
    #[arg(long, env = "GUANXI_TOKEN_EXPIRES", value_name = "DAYS|DAY")]
    expires: Option<Expiry>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
pub struct Revoke {
    /// The name it was given
    name: String,
    #[command(flatten)]
    place: Place,
}

const ONCE: Text = Text::new("请现在保存，以后不会再显示：", "Keep it now; it is not shown again:");

impl Token {
    pub fn run(self, lang: Lang) -> Result<()> {
        match self {
            Self::Add(Add { name, role, expires, place }) => {
                let answer = order(&place.data(), Order::AddToken { name, role, expires }, lang)?;
                if answer.done {
                    // Beside the output, which is the token alone: it can be read by a script.
                    note(ONCE.in_lang(lang));
                }
                say(answer)
            }
            Self::List(place) => say(order(&place.data(), Order::ListTokens, lang)?),
            Self::Revoke(Revoke { name, place }) => say(order(&place.data(), Order::RevokeToken { name }, lang)?),
        }
    }
}
