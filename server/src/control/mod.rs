//! What the command line asks of a database: done directly, or by the server that has it, over a socket in its directory.

use crate::{
    auth::{account, link, people, token::Token},
    backups::Record,
    db::{Db, Part, Trouble, check_aloud},
    export::{self, Exported},
    imports, keep, loyalty,
    owner::Data,
    rest::{
        self,
        tokens::{self, Expiry, Holder},
    },
};
use domain::{
    access::Role,
    context::Actor,
    id::Id,
    imports::{Import, Refused, Wanted},
    row::Rows,
    session::InvitationKind,
    settings::Company,
    time::{Instant, Zone},
    words::{Lang, Say, Text},
};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// An order from somebody who may read the data directory anyway.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    AddUser {
        email: String,
        name: String,
        role: Role,
        teams: Vec<String>,
        password: String,
    },
    ResetUser {
        email: String,
    },
    AddToken {
        name: String,
        role: Option<Role>,
        expires: Option<Expiry>,
    },
    ListTokens,
    RevokeToken {
        name: String,
    },
    Loyalty(loyalty::Asked),
    Check,
    Backup {
        to: PathBuf,
    },
    Export {
        to: PathBuf,
    },
    Imports,
    UndoImport {
        id: Id,
    },
    /// So many bytes of a file follow, and what is answered are [`News`] before the end.
    Import {
        wanted: Box<Wanted>,
        size: u64,
    },
}

/// What came of it, in sentences; of imports, as they are.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Answer {
    pub done: bool,
    pub lines: Vec<String>,
    #[serde(default)]
    pub imports: Vec<Import>,
}

/// What is told while a file is read in.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    Headers(Vec<String>),
    Refused(Refused),
    SoFar(Box<Import>),
    End(Answer),
}

impl Answer {
    /// What came of imports, for whoever asked to put into words.
    #[must_use]
    pub fn of(imports: Vec<Import>) -> Self {
        Self { done: true, lines: Vec::new(), imports }
    }

    #[must_use]
    pub fn refused(lines: Vec<String>) -> Self {
        Self { done: false, lines, imports: Vec::new() }
    }

    fn done(line: impl Into<String>) -> Self {
        Self { done: true, lines: vec![line.into()], imports: Vec::new() }
    }

    fn not(line: impl Into<String>) -> Self {
        Self::refused(vec![line.into()])
    }
}

impl From<Trouble> for Answer {
    fn from(trouble: Trouble) -> Self {
        Self::not(trouble.to_string())
    }
}

/// Does what is asked; links begin with `public`. Blocks: never on a thread that answers requests.
#[must_use]
pub fn carry_out(db: &Db, data: &Data, public: &str, order: Order, lang: Lang) -> Answer {
    match order {
        Order::AddUser { email, name, role, teams, password } => {
            let added = people::add(db, &people::New { email, name, role, teams, password });
            match added {
                Ok(Ok(who)) => Answer::done(match lang {
                    Lang::Zh => format!("已添加 {who}。"),
                    Lang::En => format!("{who} was added."),
                }),
                Ok(Err(refused)) => Answer::refused(refused.lines(lang)),
                Err(trouble) => trouble.into(),
            }
        }
        Order::ResetUser { email } => reset(db, public, email, lang).unwrap_or_else(Answer::from),
        Order::AddToken { name, role, expires } => told(tokens::add(db, &name, role, expires), lang, |token| token),
        Order::ListTokens => list(db, lang).unwrap_or_else(Answer::from),
        Order::RevokeToken { name } => told(tokens::revoke(db, name.clone()), lang, |()| match lang {
            Lang::Zh => format!("已吊销 {name}。"),
            Lang::En => format!("{name} was revoked."),
        }),
        Order::Loyalty(asked) => told_of_points(db, &asked, lang).unwrap_or_else(Answer::from),
        Order::Check => check(db, data, lang, |_| {}),
        Order::Backup { to } => match keep::backup(db, &to) {
            Ok(bytes) => Answer::done(match lang {
                Lang::Zh => format!("已备份到 {}（{bytes} 字节，已校验）。", to.display()),
                Lang::En => format!("Kept in {} ({bytes} bytes, verified).", to.display()),
            }),
            Err(trouble) => Answer::from(trouble),
        },
        Order::Export { to } => match export::export(db, &to) {
            Ok(Exported { tables, rows, files }) => Answer::done(match lang {
                Lang::Zh => format!("已导出到 {}：{tables} 个表，{rows} 行，{files} 个附件。请妥善保管。", to.display()),
                Lang::En => format!("Exported to {}: {tables} tables, {rows} rows, {files} attachments. Keep it well.", to.display()),
            }),
            Err(trouble) => Answer::from(trouble),
        },
        Order::Imports => imports::latest(db, lang).map_or_else(Answer::from, Answer::of),
        Order::UndoImport { id } => {
            let undone = imports::begin_undo(db, id, Actor::System).and_then(|undo| undo.carry_out(db, lang, || true));
            undone.map_or_else(|refused| Answer::refused(refused.lines(lang)), |import| Answer::of(vec![import]))
        }
        Order::Import { .. } => Answer::not("a file without its bytes"),
    }
}

fn told_of_points(db: &Db, asked: &loyalty::Asked, lang: Lang) -> Result<Answer, Trouble> {
    let now = db.clock().now();
    let lines = db.read_blocking(|snapshot| {
        let Some(company) = snapshot.rows().get::<Company>(Id::ONLY)? else { return Ok(Vec::new()) };
        loyalty::told(snapshot, asked, (company.today(now), company.currency), lang)
    })?;
    Ok(match lines.is_empty() {
        true => Answer::not(NO_POINTS.in_lang(lang)),
        false => Answer { done: true, lines, ..Answer::default() },
    })
}

const NO_POINTS: Text =
    Text::new("这里没有会员计划，或没有这位客户的积分。", "There is no programme here, or no such customer with points.");

/// Looks at everything. Each part is named before it is looked at.
pub fn check(db: &Db, data: &Data, lang: Lang, begins: impl FnMut(Part)) -> Answer {
    let findings = check_aloud(db.file(), begins);
    let (backed_up, backups) = Record::read(data.backups()).told(lang);
    let lines = keep::told(&findings, lang).into_iter().chain(backups).collect();
    Answer { done: findings.is_empty() && backed_up, lines, ..Answer::default() }
}

/// What came of an order about a token.
fn told<T>(done: Result<Result<T, rest::Refusal>, Trouble>, lang: Lang, say: impl FnOnce(T) -> String) -> Answer {
    match done {
        Ok(Ok(it)) => Answer::done(say(it)),
        Ok(Err(refusal)) => Answer::not(refusal.say(lang)),
        Err(trouble) => trouble.into(),
    }
}

/// A line for each token: what it is called, what it may do, and its days in company time.
fn list(db: &Db, lang: Lang) -> Result<Answer, Trouble> {
    let company = db.read_blocking(|rows| Ok(rows.get::<Company>(Id::ONLY)?))?;
    let zone = company.map_or_else(|| Zone::fixed("UTC", 0), |company| company.zone);
    let now = db.clock().now();
    let day = |at: Option<Instant>| at.map_or_else(|| "-".to_owned(), |at| zone.date_at(at).to_string());
    let line = |token: &Holder| {
        let state = match (lang, token.revoked_at, token.is_alive(now)) {
            (Lang::Zh, Some(_), _) => "已吊销",
            (Lang::Zh, None, false) => "已过期",
            (Lang::Zh, None, true) => "有效",
            (Lang::En, Some(_), _) => "revoked",
            (Lang::En, None, false) => "expired",
            (Lang::En, None, true) => "valid",
        };
        let role = token.role.map_or("-", Role::code);
        // The end is a moment; the day before it is the last.
        let last = token.expires_at.map(|end| Instant(end.0 - 1));
        let (made, last, used) = (day(Some(token.created_at)), day(last), day(token.last_used_at));
        format!("{}\t{state}\t{role}\t{made}\t{last}\t{used}", token.name)
    };
    let head = match lang {
        Lang::Zh => "名称\t状态\t角色\t创建\t最后一天\t上次使用",
        Lang::En => "name\tstate\trole\tmade\tlast day\tlast used",
    };
    let lines = std::iter::once(head.to_owned()).chain(tokens::all(db)?.iter().map(line)).collect();
    Ok(Answer { done: true, lines, ..Answer::default() })
}

fn reset(db: &Db, public: &str, email: String, lang: Lang) -> Result<Answer, Trouble> {
    let token = Token::new().map_err(|error| Trouble::Broken(error.to_string()))?;
    let email = account::sign_in_name(&email).unwrap_or(email);
    let made = db.write_blocking(move |tx| {
        let Some(account) = account::by_who(tx.connection(), &email)? else { return Ok(None) };
        Ok(Some(link::make(tx.connection(), &token, InvitationKind::Reset, account.user, tx.at())?))
    })?;
    Ok(match made {
        Some(link) => Answer::done(match lang {
            Lang::Zh => format!("请在 {} 小时内打开，只能用一次：{public}{}", link.hours, link.path),
            Lang::En => format!("To be opened once, within {} hours: {public}{}", link.hours, link.path),
        }),
        None => Answer::not(crate::auth::Refusal::NoSuchAccount.say(lang)),
    })
}

#[cfg(unix)]
mod socket;
#[cfg(unix)]
pub use socket::{ask, import, listen};

#[cfg(not(unix))]
mod elsewhere {
    //! Without sockets in directories the server has to be stopped first.

    use super::{Answer, Data, Db, Lang, News, Order, Wanted};
    use std::{io, path::Path};

    pub fn listen(_data: Data, _db: Db, _public: String) -> io::Result<impl Future<Output = io::Result<()>>> {
        Ok(std::future::pending())
    }

    pub fn ask(_data: &Data, _order: &Order, _lang: Lang) -> io::Result<Answer> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn import(_data: &Data, _file: &Path, _wanted: Wanted, _lang: Lang, _tell: &mut dyn FnMut(News)) -> io::Result<Answer> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(not(unix))]
pub use elsewhere::{ask, import, listen};
