//! `guanxi user`: people who may sign in, from the command line.

use super::{Place, order, say, told::ask};
use crate::control::Order;
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use domain::{
    access::Role,
    words::{Lang, Text},
};
use std::io::{self, BufRead, IsTerminal};

#[derive(Debug, Subcommand)]
pub enum User {
    /// Add somebody who can sign in at once; the password is read from standard input
    Add(Add),
    /// Print a single-use link by which somebody sets a new password
    Reset(Reset),
}

#[derive(Debug, Args)]
pub struct Add {
    /// The e-mail address by which they sign in
    email: String,
    #[arg(long)]
    name: String,
    /// sales, service, support, marketing, manager or admin
    #[arg(long, value_parser = role)]
    role: Role,
    /// A team of theirs, by its name; repeat for several. Without any, the only team there is
    #[arg(long = "team", value_name = "NAME")]
    teams: Vec<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
pub struct Reset {
    /// The e-mail address by which they sign in
    email: String,
    #[command(flatten)]
    place: Place,
}

pub(super) fn role(code: &str) -> Result<Role, String> {
    Role::from_code(code).ok_or_else(|| {
        let codes: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
        codes.join(", ")
    })
}

const ASK: Text = Text::new("密码：", "Password: ");
const NONE: Text = Text::new("标准输入里没有密码。", "No password on standard input.");

impl User {
    pub fn run(self, lang: Lang) -> Result<()> {
        let (place, it) = match self {
            Self::Add(Add { email, name, role, teams, place }) => {
                let password = password(lang)?;
                (place, Order::AddUser { email, name, role, teams, password })
            }
            Self::Reset(Reset { email, place }) => (place, Order::ResetUser { email }),
        };
        say(order(&place.data(), it, lang)?)
    }
}

fn password(lang: Lang) -> Result<String> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        ask(ASK.in_lang(lang));
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line).context(NONE.in_lang(lang))?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        bail!(NONE.in_lang(lang));
    }
    Ok(password.to_owned())
}
