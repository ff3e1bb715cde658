//! The command `guanxi`: what an operator types, and what it answers.

mod demo;
mod import;
mod keep;
mod loyalty;
mod serve;
mod token;
mod told;
mod user;

use crate::{
    backups,
    control::{self, Answer, Order},
    db::{self, Clock, Db, Trouble},
    keep::begun,
    owner::{Data, Owner},
    site::Site,
};
use anyhow::{Context, Result, anyhow, bail};
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
    /// What the ledger of points tells of any day
    #[command(subcommand)]
    Loyalty(loyalty::Loyalty),
    /// Look at every page and every reference of the data
    Check(Place),
    /// Copy the data of this moment into one file, and prove the copy
    Backup(keep::Backup),
    /// Write everything into an empty folder, as CSV and JSON with a description, and the attachments
    Export(keep::Export),
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
    /// Where the server keeps its backups; otherwise in `backups` of the data directory
    #[arg(long, env = "GUANXI_BACKUP_DIR", value_name = "DIR")]
    backup_dir: Option<PathBuf>,
}

impl Place {
    fn data(&self) -> Data {
        Data::new(self.data.clone()).with_backups(self.backup_dir.clone())
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
        Command::Loyalty(loyalty) => loyalty.run(lang),
        Command::Check(place) => say(order(&place.data(), Order::Check, lang)?),
        Command::Backup(backup) => backup.run(lang),
        Command::Export(export) => export.run(lang),
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
            let db = open(data, &owner, lang)?;
            Ok(match order {
                Order::Check => control::check(&db, data, lang, |part| told::note(begun(part, lang))),
                order => control::carry_out(&db, data, "", order, lang),
            })
        }
        None => control::ask(data, &order, lang).context(IN_USE.in_lang(lang)),
    }
}

const NOT_UPGRADED: Text = Text::new(
    "数据来自旧版本，升级前的备份没有成功，数据没有动。",
    "The data is of an earlier version, and it could not be backed up before the upgrade. Nothing was touched.",
);

const NOT_TAKEN: Text = Text::new(
    "数据文件打不开：磁盘已满或只读，或者别的程序占用着它。数据没有动",
    "The data cannot be opened: the disk is full or read-only, or another program holds the file. Nothing was touched",
);

/// The database of a directory that is ours. One of an earlier version is backed up first, one of a later is let alone.
fn open(data: &Data, _owner: &Owner, lang: Lang) -> Result<Db> {
    let database = data.database();
    let not_opened = |trouble| not_opened(data, trouble, lang);
    let outdated = db::outdated(&database).map_err(not_opened)?;
    if let Some(version) = outdated {
        let copy = backups::before_upgrade(data, version, Clock::System.now()).context(NOT_UPGRADED.in_lang(lang))?;
        told::note(match lang {
            Lang::Zh => format!("升级前的数据已备份到 {}。", copy.display()),
            Lang::En => format!("The data as it was before the upgrade is kept in {}.", copy.display()),
        });
    }
    Db::open(&database).map_err(not_opened)
}

fn not_opened(data: &Data, trouble: Trouble, lang: Lang) -> anyhow::Error {
    let because = match trouble {
        Trouble::Newer { found, known } => return anyhow!(newer(data, found, known, lang)),
        Trouble::Storage(why) => anyhow!(why.to_string()).context(NOT_TAKEN.in_lang(lang)),
        Trouble::Broken(_) => trouble.into(),
    };
    because.context(data.database().display().to_string())
}

fn newer(data: &Data, found: i64, known: i64, lang: Lang) -> String {
    let copies = data.backups().join("before-upgrade-from-*.db");
    match lang {
        Lang::Zh => format!(
            "这里的数据由更新版本的 guanxi 写成（表结构第 {found} 版，本程序最多认识第 {known} 版），没有动它。请用新版本启动；\
             若要回到旧版本，请用 guanxi restore 恢复升级前的备份（{}），之后的记录不在其中。",
            copies.display()
        ),
        Lang::En => format!(
            "A later version of guanxi wrote this data (tables of version {found}; this program knows those up to {known}). \
             Nothing was touched. Start that version; or, to go back, put the backup from before the upgrade in its place \
             with guanxi restore ({}): what was written since is not in it.",
            copies.display()
        ),
    }
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
