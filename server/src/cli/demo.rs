//! `guanxi demo`: a company that never was, to try things on.

use super::{
    Place, open, take,
    told::{tell, tell_all},
};
use crate::{
    auth::account,
    db::{Db, Trouble},
    demo, keep,
    owner::Data,
};
use anyhow::{Result, bail};
use clap::Args;
use domain::{
    id::Id,
    row::Rows,
    session::DemoAccount,
    settings::Company,
    words::{Lang, Text},
};

#[derive(Debug, Args)]
pub struct Demo {
    /// How many customers it has
    #[arg(long, value_name = "N", default_value_t = demo::CUSTOMERS)]
    customers: u32,
    /// Another number makes another company; the same one makes the same
    #[arg(long, value_name = "S", default_value_t = demo::SEED)]
    seed: u64,
    #[command(flatten)]
    place: Place,
}

const NOT_EMPTY: Text = Text::new(
    "这个数据目录里已有数据，演示数据只能放进空目录。",
    "There is data in this directory. A demonstration only goes into an empty one.",
);
const SHOWN: Text = Text::new(
    "演示账号（谁都知道密码，请不要放真实数据）：",
    "Accounts of the demonstration (everybody knows the passwords; no place for real data):",
);

impl Demo {
    pub fn run(self, lang: Lang) -> Result<()> {
        let data = self.place.data();
        let owner = take(&data, lang)?;
        if !is_empty(&open(&data, &owner, lang)?)? {
            bail!(NOT_EMPTY.in_lang(lang));
        }
        let made = make(&data, self.customers, self.seed)?;
        let db = open(&data, &owner, lang)?;
        tell(match lang {
            Lang::Zh => format!("{} 位客户，{} 条记录。", made.customers, made.commands),
            Lang::En => format!("{} customers, {} deeds.", made.customers, made.commands),
        });
        print_accounts(&accounts(&db)?, lang);
        Ok(())
    }
}

/// Puts a demonstration in the place of a database that is empty and closed.
pub fn make(data: &Data, customers: u32, seed: u64) -> Result<demo::Made> {
    Ok(keep::in_place(&data.database(), |db| demo::fill(db, customers, seed))?)
}

pub fn is_empty(db: &Db) -> Result<bool, Trouble> {
    db.read_blocking(|rows| Ok(rows.rows().get::<Company>(Id::ONLY)?.is_none()))
}

pub fn accounts(db: &Db) -> Result<Vec<DemoAccount>, Trouble> {
    db.read_blocking(|rows| Ok(account::shown_to_all(rows.connection())?))
}

pub fn print_accounts(accounts: &[DemoAccount], lang: Lang) {
    if accounts.is_empty() {
        return;
    }
    tell(SHOWN.in_lang(lang));
    tell_all(accounts.iter().map(|DemoAccount { role, name, who, password }| format!("  {role:<8} {who:<22} {password}   {name}")));
}
