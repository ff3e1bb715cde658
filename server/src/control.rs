//! What the command line asks of a database: done directly, or by the server that has it, over a socket in its directory.

use crate::{
    auth::{account, link, people, token::Token},
    db::{Db, Trouble, examine},
    keep,
    owner::Data,
};
use domain::{
    access::Role,
    session::InvitationKind,
    words::{Lang, Say},
};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// An order from somebody who may read the data directory anyway.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    AddUser { email: String, name: String, role: Role, teams: Vec<String>, password: String },
    ResetUser { email: String },
    Check,
    Backup { to: PathBuf },
}

/// What came of it, in sentences.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answer {
    pub done: bool,
    pub lines: Vec<String>,
}

impl Answer {
    fn done(line: impl Into<String>) -> Self {
        Self { done: true, lines: vec![line.into()] }
    }

    fn not(line: impl Into<String>) -> Self {
        Self { done: false, lines: vec![line.into()] }
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
                Ok(Err(refused)) => Answer { done: false, lines: refused.lines(lang) },
                Err(trouble) => trouble.into(),
            }
        }
        Order::ResetUser { email } => reset(db, public, email, lang).unwrap_or_else(Answer::from),
        Order::Check => db
            .read_blocking(examine)
            .map_or_else(Answer::from, |findings| Answer { done: findings.is_empty(), lines: keep::told(&findings, lang) }),
        Order::Backup { to } => match keep::backup(db, &to) {
            Ok(bytes) => Answer::done(match lang {
                Lang::Zh => format!("已备份到 {}（{bytes} 字节，已校验）。", to.display()),
                Lang::En => format!("Kept in {} ({bytes} bytes, verified).", to.display()),
            }),
            Err(trouble) => Answer::from(trouble),
        },
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
pub use socket::{ask, listen};

#[cfg(unix)]
mod socket {
    //! One order as a line of JSON, one answer as another.

    use super::{Answer, Data, Db, Lang, Order, carry_out};
    use std::{
        fs,
        io::{self, BufRead, BufReader, Write},
        os::unix::{fs::PermissionsExt, net::UnixStream},
        time::Duration,
    };
    use tokio::{
        io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt},
        net::UnixListener,
    };

    /// The longest order.
    const BYTES: u64 = 64 * 1024;
    /// Checking and copying a large database takes its time.
    const PATIENCE: Duration = Duration::from_secs(3_600);

    /// Answers orders until it is dropped; links begin with `public`. A socket left by a server that was killed is in nobody's use: we have the lock.
    pub async fn listen(data: Data, db: Db, public: String) -> io::Result<()> {
        let path = data.socket();
        _ = fs::remove_file(&path);
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        loop {
            let (stream, _) = listener.accept().await?;
            let (db, public) = (db.clone(), public.clone());
            tokio::spawn(async move {
                if let Err(error) = answer(stream, db, public).await {
                    tracing::warn!(%error, "control");
                }
            });
        }
    }

    async fn answer(stream: tokio::net::UnixStream, db: Db, public: String) -> io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut line = String::new();
        tokio::io::BufReader::new(read.take(BYTES)).read_line(&mut line).await?;
        let answer = match serde_json::from_str::<(Order, Lang)>(&line) {
            Ok((order, lang)) => {
                tokio::task::spawn_blocking(move || carry_out(&db, &public, order, lang)).await.map_err(io::Error::other)?
            }
            Err(_) => Answer::not("not an order of this version"),
        };
        let mut line = serde_json::to_vec(&answer)?;
        line.push(b'\n');
        write.write_all(&line).await
    }

    /// Asks the server that has this directory.
    pub fn ask(data: &Data, order: &Order, lang: Lang) -> io::Result<Answer> {
        let mut stream = UnixStream::connect(data.socket())?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut line = serde_json::to_vec(&(order, lang))?;
        line.push(b'\n');
        stream.write_all(&line)?;
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }
}

#[cfg(not(unix))]
mod elsewhere {
    //! Without sockets in directories the server has to be stopped first.

    use super::{Answer, Data, Db, Lang, Order};
    use std::io;

    pub async fn listen(_data: Data, _db: Db, _public: String) -> io::Result<()> {
        std::future::pending().await
    }

    pub fn ask(_data: &Data, _order: &Order, _lang: Lang) -> io::Result<Answer> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(not(unix))]
pub use elsewhere::{ask, listen};
