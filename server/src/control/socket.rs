//! One order as a line of JSON, and the bytes of a file where it is about one; one answer as another line, after what is
//! told meanwhile. Each connection has a thread of its own: orders are few, and their work blocks.

use super::{Answer, Data, Db, Lang, News, Order, carry_out};
use crate::imports::{self, Told};
use domain::{context::Actor, imports::Wanted, words::Say};
use serde::Serialize;
use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    ops::ControlFlow,
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::net::UnixListener;

/// The longest order.
const BYTES: u64 = 64 * 1024;
/// Checking and copying a large database takes its time.
const PATIENCE: Duration = Duration::from_secs(3_600);
/// Whoever gives an order says all of it without a pause.
const PAUSE: Duration = Duration::from_secs(30);

/// Answers orders until it is dropped; links begin with `public`. A socket left by a server that was killed is in nobody's use: we have the lock.
pub fn listen(data: Data, db: Db, public: String) -> io::Result<impl Future<Output = io::Result<()>>> {
    let path = data.socket();
    _ = fs::remove_file(&path);
    let listener = UnixListener::bind(&path)?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
    Ok(async move {
        loop {
            let (stream, _) = listener.accept().await?;
            let (db, data, public, stream) = (db.clone(), data.clone(), public.clone(), stream.into_std()?);
            tokio::task::spawn_blocking(move || {
                if let Err(error) = answer(stream, &db, &data, &public) {
                    tracing::warn!(%error, "control");
                }
            });
        }
    })
}

fn answer(stream: UnixStream, db: &Db, data: &Data, public: &str) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(PAUSE))?;
    let mut write = BufWriter::new(stream.try_clone()?);
    let mut read = BufReader::new(stream);
    let mut line = String::new();
    (&mut read).take(BYTES).read_line(&mut line)?;
    let answer = match serde_json::from_str::<(Order, Lang)>(&line) {
        Ok((Order::Import { wanted, size }, lang)) => {
            let answer = take_in(db, &mut read.take(size), *wanted, lang, &mut write)?;
            return say(&mut write, &News::End(answer));
        }
        Ok((order, lang)) => carry_out(db, data, public, order, lang),
        Err(_) => Answer::not("not an order of this version"),
    };
    say(&mut write, &answer)
}

fn say(write: &mut impl Write, what: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *write, what)?;
    write.write_all(b"\n")?;
    write.flush()
}

/// The file may be where only whoever sent it may read, so its bytes come along and are kept beside the data meanwhile.
fn take_in(db: &Db, bytes: &mut impl Read, wanted: Wanted, lang: Lang, write: &mut impl Write) -> io::Result<Answer> {
    let upload = imports::Upload::new(db.directory())?;
    io::copy(bytes, &mut upload.create()?)?;
    let ready = match imports::ready(db, upload.path(), wanted, Actor::System, lang) {
        Ok(Ok(ready)) => ready,
        Ok(Err(problem)) => return Ok(Answer::not(problem.say(lang))),
        Err(trouble) => return Ok(trouble.into()),
    };
    say(write, &News::Headers(ready.headers().to_vec()))?;
    // Whoever went away wants no more of it.
    let import = ready.carry_out(db, &mut |told| {
        let said = match told {
            Told::Refused(refused) => say(write, &News::Refused(refused.clone())),
            Told::SoFar(import) => say(write, &News::SoFar(Box::new(import.clone()))),
        };
        if said.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    Ok(Answer::of(vec![import]))
}

fn order(data: &Data, order: &Order, lang: Lang) -> io::Result<UnixStream> {
    let mut stream = UnixStream::connect(data.socket())?;
    stream.set_read_timeout(Some(PATIENCE))?;
    say(&mut stream, &(order, lang))?;
    Ok(stream)
}

/// Asks the server that has this directory.
pub fn ask(data: &Data, wanted: &Order, lang: Lang) -> io::Result<Answer> {
    let stream = order(data, wanted, lang)?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(serde_json::from_str(&line)?)
}

/// Has a file read in by the server that has this directory.
pub fn import(data: &Data, file: &Path, wanted: Wanted, lang: Lang, tell: &mut dyn FnMut(News)) -> io::Result<Answer> {
    let file = File::open(PathBuf::from(file))?;
    let size = file.metadata()?.len();
    let mut stream = order(data, &Order::Import { wanted: Box::new(wanted), size }, lang)?;
    io::copy(&mut file.take(size), &mut stream)?;
    for line in BufReader::new(stream).lines() {
        match serde_json::from_str(&line?)? {
            News::End(answer) => return Ok(answer),
            news => tell(news),
        }
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}
