//! The import itself: rows are read as they come, and carried out some at a time when nobody's command waits.
//!
//! Invariants: what is counted is on the disk; a dry run is the same work, each part of it rolled back; what a row came
//! to does not depend on which rows shared its transaction.

use super::{
    cells::{Reading, Said},
    columns,
    deciding::{Became, Terms},
    founding, kept,
    source::{Lines, Source},
    words::{Bad, Problem},
};
use crate::db::{Db, Deed, Trouble, Tx};
use domain::{
    context::Actor,
    id::Id,
    imports::{Counts, Import, Kind, Phase, Reason, Refused, Status, Sum, Wanted},
    money::{Currency, Money},
    row::Rows,
    settings::Company,
    words::{Lang, Say},
};
use std::{collections::HashMap, ops::ControlFlow, path::Path};

/// One transaction holds so many rows, or fewer if they are large: a command waits no longer than for one of them, and
/// what it may have to take back stays little.
const AT_ONCE: usize = 32;
const AT_ONCE_BYTES: usize = 4 * 1024 * 1024;

/// What is told while it runs.
#[derive(Debug)]
pub enum Told<'a> {
    Refused(&'a Refused),
    SoFar(&'a Import),
}

/// Whoever listens says whether to go on.
pub type Listener<'a> = dyn FnMut(Told<'_>) -> ControlFlow<()> + 'a;

/// A file that can be read in.
#[derive(Debug, Clone)]
pub struct Ready {
    pub import: Import,
    wanted: Wanted,
    source: Source,
    lang: Lang,
}

/// A row on its way to the writer.
#[derive(Debug)]
struct Row {
    line: u64,
    cells: Vec<String>,
    said: Result<Said, Bad>,
}

/// What a part came to.
struct Part {
    import: Import,
    refused: Vec<Refused>,
}

/// How a dry run's part ends.
enum Back {
    Rolled(Box<Result<Part, Problem>>),
    Broke(Trouble),
}

impl From<Trouble> for Back {
    fn from(trouble: Trouble) -> Self {
        Self::Broke(trouble)
    }
}

/// Looks at a file as a whole, before anything is done. Blocks.
pub fn ready(db: &Db, path: &Path, wanted: Wanted, by: Actor, lang: Lang) -> Result<Result<Ready, Problem>, Trouble> {
    let source = match Source::examine(path, wanted.encoding) {
        Ok(source) => source,
        Err(problem) => return Ok(Err(problem)),
    };
    let before = db.read_blocking(|snapshot| kept::understood(snapshot.connection(), wanted.kind, &source))?;
    let columns = match columns::understood(wanted.kind, &source.headers, &wanted.map, before) {
        Ok(columns) => columns,
        Err(problem) => return Ok(Err(problem)),
    };
    let import = Import {
        id: uuid::Uuid::now_v7().into(),
        kind: wanted.kind,
        file: wanted.file.chars().filter(|c| !c.is_control()).take(200).collect(),
        dry_run: wanted.dry_run,
        by,
        at: db.clock().now(),
        phase: Phase::Running,
        counts: Counts::default(),
        sums: Vec::new(),
        encoding: source.encoding,
        columns,
        read: 0,
        size: source.size,
        problem: None,
        undone: 0,
        left: 0,
        kept: Vec::new(),
    };
    Ok(Ok(Ready { import, wanted, source, lang }))
}

impl Ready {
    #[must_use]
    pub fn headers(&self) -> &[String] {
        &self.source.headers
    }

    /// Reads the file in. Blocks: never on a thread that answers requests.
    pub fn carry_out(mut self, db: &Db, tell: &mut Listener<'_>) -> Import {
        let ended = self.begin(db).and_then(|()| self.rows(db, tell));
        let problem = ended.err();
        let phase = if problem.is_none() { Phase::Done } else { Phase::Stopped };
        self.import.phase = phase;
        if problem.is_none() {
            self.import.read = self.import.size;
        }
        let (id, kept) = (self.import.id, problem.clone());
        if !self.import.dry_run {
            let end = db.write_blocking(move |tx| kept::ended(tx.connection(), id, phase, kept.as_ref()));
            if let Err(trouble) = end {
                tracing::error!(%trouble, import = %id, "the end of an import was not kept");
            }
        }
        self.import.problem = problem.map(|problem| told(&problem, self.lang));
        self.import
    }

    fn begin(&self, db: &Db) -> Result<(), Problem> {
        if self.import.dry_run {
            return Ok(());
        }
        let (import, source) = (self.import.clone(), self.source.clone());
        let begun = db.write_blocking(move |tx| {
            kept::begin(tx.connection(), &import, &source)?;
            let args = serde_json::json!({ "kind": import.kind, "file": import.file }).to_string();
            let subject = Some(import.id);
            tx.audit(&Deed { by: import.by, what: "import.begin", subject, command: None, refused: None, args: Some(&args) })
        });
        begun.map_err(|trouble| unavailable(&trouble))
    }

    fn rows(&mut self, db: &Db, tell: &mut Listener<'_>) -> Result<(), Problem> {
        let reading = Reading { kind: self.wanted.kind, columns: self.import.columns.clone(), is_errors: self.source.is_errors };
        let currency = self.currency(db)?;
        let mut lines = self.source.rows()?;
        let mut seen = HashMap::new();
        loop {
            let (rows, end) = some(&mut lines, &reading, currency, &mut seen);
            self.import.read = lines.progress.read();
            let last = rows.is_empty();
            if !last {
                let part = self.part(db, rows)?;
                self.import = part.import;
                for refused in &part.refused {
                    if tell(Told::Refused(refused)).is_break() {
                        return Err(Problem::Interrupted);
                    }
                }
                if tell(Told::SoFar(&self.import)).is_break() {
                    return Err(Problem::Interrupted);
                }
            }
            match end {
                Some(problem) => return Err(problem),
                None if last => return Ok(()),
                None => {}
            }
        }
    }

    /// Of amounts that do not say. It must be known while rows are read, before there may be a company.
    fn currency(&self, db: &Db) -> Result<Currency, Problem> {
        if let Some(currency) = self.wanted.currency {
            return Ok(currency);
        }
        let company = db.read_blocking(|snapshot| Ok(snapshot.get::<Company>(Id::ONLY)?));
        let company = company.map_err(|trouble| unavailable(&trouble))?;
        Ok(company.map_or(Currency::Cny, |company| company.currency))
    }

    /// Carries some rows out in one transaction, which a dry run rolls back.
    fn part(&self, db: &Db, rows: Vec<Row>) -> Result<Part, Problem> {
        let job = self.clone();
        let done = db.write_blocking_when_idle(move |tx| {
            if !job.import.dry_run {
                return job.carried(tx, rows);
            }
            let rolled: Result<(), Back> = tx.nested(|tx| {
                kept::begin(tx.connection(), &job.import, &job.source)?;
                Err(Back::Rolled(Box::new(job.carried(tx, rows)?)))
            });
            match rolled {
                Err(Back::Rolled(part)) => Ok(*part),
                Err(Back::Broke(trouble)) => Err(trouble),
                Ok(()) => Err(Trouble::Broken("a dry run was not rolled back".to_owned())),
            }
        });
        done.map_err(|trouble| unavailable(&trouble))?
    }

    fn carried(&self, tx: &mut Tx<'_>, rows: Vec<Row>) -> Result<Result<Part, Problem>, Trouble> {
        let team = founding::ground(tx, self.import.by, self.wanted.currency, self.lang)?;
        if self.wanted.kind == Kind::Customers && team.is_none() {
            return Ok(Err(Problem::NoTeam));
        }
        let Import { id: import, by, .. } = self.import;
        let terms = Terms { import, by, status: self.wanted.status.unwrap_or(Status::Placed), points: self.wanted.points };
        let mut part = Part { import: self.import.clone(), refused: Vec::new() };
        for Row { line, cells, said } in rows {
            let became = match &said {
                Ok(said) => terms.carry_out(tx, team, line, said)?,
                Err(bad) => Err(bad.clone()),
            };
            let counts = &mut part.import.counts;
            match became {
                Ok(Became::Made) => counts.made += 1,
                Ok(Became::Changed) => counts.changed += 1,
                Ok(Became::Unchanged) => counts.unchanged += 1,
                Err(bad) => {
                    counts.refused += 1;
                    part.refused.push(Refused { line, cells, reason: told(&bad, self.lang) });
                    continue;
                }
            }
            if let Ok(Said::Order(said)) = said {
                add(&mut part.import.sums, said.currency, said.amount);
            }
        }
        kept::so_far(tx.connection(), &part.import)?;
        Ok(Ok(part))
    }
}

/// The next rows; none when all were read. What ends the file early comes with the rows before it.
fn some(lines: &mut Lines, reading: &Reading, currency: Currency, seen: &mut HashMap<Box<str>, u64>) -> (Vec<Row>, Option<Problem>) {
    let (mut rows, mut bytes) = (Vec::new(), 0);
    while rows.len() < AT_ONCE && bytes < AT_ONCE_BYTES {
        let (line, record) = match lines.next() {
            None => break,
            Some(Err(problem)) => return (rows, Some(problem)),
            Some(Ok(read)) => read,
        };
        // Spreadsheets leave lines of empty cells behind: that is no row, and nobody is told of it.
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        bytes += record.as_slice().len();
        let said = reading.read(&record, currency).and_then(|said| match seen.get(said.no().as_str()) {
            Some(line) => Err(Bad::TwiceInFile { line: *line }),
            None => Ok(said),
        });
        if let Ok(said) = &said {
            seen.insert(said.no().as_str().into(), line);
        }
        rows.push(Row { line, cells: record.iter().map(str::to_owned).collect(), said });
    }
    (rows, None)
}

fn add(sums: &mut Vec<Sum>, currency: Currency, amount: Money) {
    match sums.iter_mut().find(|sum| sum.currency == currency) {
        Some(sum) => sum.minor = sum.minor.saturating_add(amount.get()),
        None => sums.push(Sum { currency, minor: amount.get() }),
    }
}

pub(super) fn told(why: &impl Say, lang: Lang) -> Reason {
    Reason { code: why.code().to_owned(), message: why.say(lang) }
}

fn unavailable(trouble: &Trouble) -> Problem {
    tracing::error!(%trouble, "an import could not go on");
    Problem::Unavailable
}
