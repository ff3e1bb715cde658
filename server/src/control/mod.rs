//! What the command line asks of a database: done directly, or by the server that has it, over a socket in its directory.

use crate::{
    auth::{account, link, people, token::Token},
    db::{Db, Trouble, examine},
    imports, keep,
    owner::Data,
};
use domain::{
    access::Role,
    context::Actor,
    id::Id,
    imports::{Import, Refused, Wanted},
    session::InvitationKind,
    words::{Lang, Say},
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
    Check,
    Backup {
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
pub fn carry_out(db: &Db, public: &str, order: Order, lang: Lang) -> Answer {
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
        Order::Check => db.read_blocking(examine).map_or_else(Answer::from, |findings| Answer {
            done: findings.is_empty(),
            lines: keep::told(&findings, lang),
            ..Answer::default()
        }),
        Order::Backup { to } => match keep::backup(db, &to) {
            Ok(bytes) => Answer::done(match lang {
                Lang::Zh => format!("已备份到 {}（{bytes} 字节，已校验）。", to.display()),
                Lang::En => format!("Kept in {} ({bytes} bytes, verified).", to.display()),
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

    pub async fn listen(_data: Data, _db: Db, _public: String) -> io::Result<()> {
        std::future::pending().await
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
