//! The command `guanxi`: what an operator types, and what it answers.

mod demo;
mod import;
mod keep;
mod serve;
mod token;
mod told;
mod user;

use crate::{
    control::{self, Answer, Order},
    db::Db,
    owner::{Data, Owner},
    site::Site,
};
use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand};
use domain::words::{Lang, Text};
use std::{ffi::OsString, path::PathBuf, process::ExitCode};

/// Guanxi 关系: customers, and everything that happens with them, on your own machine.
#[derive(Debug, Parser)]
#[command(name = "guanxi", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the application
    Serve(Box<serve::Serve>),
    /// People who may sign in
    #[command(subcommand)]
    User(user::User),
    /// Read files of other systems in, and take them back
    #[command(subcommand)]
    Import(import::Import),
    /// Tokens by which other systems use the REST API
    #[command(subcommand)]
    Token(token::Token),
    /// Look at every page and every reference of the data
    Check(Place),
    /// Copy the data of this moment into one file, and prove the copy
    Backup(keep::Backup),
    /// Put a backup in the place of the data; what was there is kept beside it
    Restore(keep::Restore),
    /// Fill an empty data directory with a demonstration
    Demo(demo::Demo),
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
struct Place {
    /// The data directory; it is made if there is none
    #[arg(long, env = "GUANXI_DATA", value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

impl Place {
    fn data(&self) -> Data {
        Data::new(self.data.clone())
    }
}

/// Runs the command line `args`, without the program's name, and says how it ends. `site` is what a browser is shown, if it is here.
pub fn main_with(site: impl Into<Option<Site>>, args: impl Iterator<Item = OsString>) -> Result<ExitCode> {
    let cli = Cli::try_parse_from(std::iter::once(OsString::from("guanxi")).chain(args)).unwrap_or_else(|error| error.exit());
    let lang = language();
    let done = match cli.command {
        Command::Import(import) => return import.run(lang),
        Command::Serve(serve) => serve.run(site.into(), lang),
        Command::User(user) => user.run(lang),
        Command::Token(token) => token.run(lang),
        Command::Check(place) => say(order(&place.data(), Order::Check, lang)?),
        Command::Backup(backup) => backup.run(lang),
        Command::Restore(restore) => restore.run(lang),
        Command::Demo(demo) => demo.run(lang),
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// The end of a command that could not do what it was asked.
pub fn failed(error: &anyhow::Error) -> ExitCode {
    told::note(format_args!("{error:#}"));
    ExitCode::FAILURE
}

/// The language of the operator's terminal.
fn language() -> Lang {
    let setting = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match setting {
        Some(setting) if setting.starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

const IN_USE: Text = Text::new("这个数据目录正由另一个进程使用，请先停止它。", "Another process has this data directory. Stop it first.");

/// Has an order carried out: by the server that has the directory, else here.
fn order(data: &Data, order: Order, lang: Lang) -> Result<Answer> {
    match data.take().with_context(|| data.path().display().to_string())? {
        Some(owner) => {
            let db = open(data, &owner)?;
            Ok(control::carry_out(&db, "", order, lang))
        }
        None => control::ask(data, &order, lang).context(IN_USE.in_lang(lang)),
    }
}

/// The database of a directory that is ours.
fn open(data: &Data, _owner: &Owner) -> Result<Db> {
    Db::open(&data.database()).with_context(|| data.database().display().to_string())
}

/// The directory for oneself, as long as the answer is kept.
fn take(data: &Data, lang: Lang) -> Result<Owner> {
    let owner = data.take().with_context(|| data.path().display().to_string())?;
    owner.with_context(|| IN_USE.in_lang(lang))
}

fn say(answer: Answer) -> Result<()> {
    let text = answer.lines.join("\n");
    if !answer.done {
        bail!(text);
    }
    told::tell(text);
    Ok(())
}
