//! A file before its rows: how it is written, what separates its cells, what its columns are called. And then its rows.

use super::{
    decode::{Decoded, Guess, Progress},
    words::Problem,
};
use csv::{ReaderBuilder, StringRecord};
use domain::imports::{Encoding, Kind};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::Read,
    ops::Range,
    path::{Path, PathBuf},
};

const MAX_COLUMNS: usize = 200;
/// The header is looked for in so much of the beginning.
const BEGINNING: u64 = 256 * 1024;

/// What was found out about a file.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub path: PathBuf,
    pub digest: [u8; 32],
    pub size: u64,
    pub encoding: Encoding,
    separator: u8,
    pub headers: Vec<String>,
    /// It is what an earlier import refused, with its guarded cells.
    pub is_errors: bool,
}

/// What an export of refused rows adds to their columns: before them, and after.
pub(super) const LINE: &str = "line";
pub(super) const REASONS: [&str; 2] = ["code", "reason"];

impl Source {
    /// Reads the whole file once.
    pub fn examine(path: &Path, said: Option<Encoding>) -> Result<Self, Problem> {
        let unreadable = |_| Problem::Unreadable;
        let mut file = File::open(path).map_err(unreadable)?;
        let (mut hash, mut guess, mut size) = (Sha256::new(), Guess::default(), 0_u64);
        let mut piece = vec![0; 64 * 1024];
        loop {
            let count = file.read(&mut piece).map_err(unreadable)?;
            let Some(seen) = piece.get(..count).filter(|seen| !seen.is_empty()) else { break };
            hash.update(seen);
            guess.see(seen);
            size += count as u64;
        }
        let encoding = said.unwrap_or_else(|| guess.end());
        let separator = separator(path, encoding)?;
        let digest = hash.finalize().into();
        let mut source = Self { path: path.to_owned(), digest, size, encoding, separator, headers: Vec::new(), is_errors: false };
        source.headers = source.first()?;
        let ends = source.headers.len().checked_sub(REASONS.len()).and_then(|from| source.headers.get(from..));
        source.is_errors = source.headers.first().is_some_and(|first| first == LINE) && ends.is_some_and(|ends| ends == REASONS);
        Ok(source)
    }

    fn first(&self) -> Result<Vec<String>, Problem> {
        let first = self.all()?.next().ok_or(Problem::Empty)?;
        let headers: Vec<String> = first.map_err(|_| Problem::Unreadable)?.1.iter().map(|cell| cell.trim().to_owned()).collect();
        if headers.len() > MAX_COLUMNS {
            return Err(Problem::TooManyColumns);
        }
        if headers.iter().all(String::is_empty) { Err(Problem::Empty) } else { Ok(headers) }
    }

    /// Which of its columns are its own, and not what an export of refused rows added.
    pub fn own(&self) -> Range<usize> {
        let all = 0..self.headers.len();
        if self.is_errors { 1..all.end - REASONS.len() } else { all }
    }

    /// Under which its headers are remembered.
    pub fn headers_digest(&self, kind: Kind) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(kind.code());
        for header in self.headers.get(self.own()).unwrap_or_default() {
            hash.update([0]);
            hash.update(header);
        }
        hash.finalize().into()
    }

    /// All rows after the header.
    pub fn rows(&self) -> Result<Lines, Problem> {
        let mut rows = self.all()?;
        _ = rows.next();
        Ok(rows)
    }

    fn all(&self) -> Result<Lines, Problem> {
        let file = File::open(&self.path).map_err(|_| Problem::Unreadable)?;
        let (text, progress) = Decoded::new(file, self.encoding);
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(self.separator).from_reader(text);
        Ok(Lines { reader, progress, line: 1, over: false })
    }
}

/// The sign that the first line has most of, outside quotation marks.
fn separator(path: &Path, encoding: Encoding) -> Result<u8, Problem> {
    let unreadable = |_| Problem::Unreadable;
    let mut bytes = Vec::new();
    Decoded::new(File::open(path).map_err(unreadable)?, encoding).0.take(BEGINNING).read_to_end(&mut bytes).map_err(unreadable)?;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let (mut quoted, mut begun) = (false, false);
    for byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && begun => break,
            _ if quoted => {}
            byte => {
                begun |= !byte.is_ascii_whitespace();
                if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| *sign == byte) {
                    *count += 1;
                }
            }
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    Ok(counts.iter().find(|(_, count)| *count == most).map_or(b',', |(sign, _)| *sign))
}

/// Rows with the line on which each begins, read as they are asked for.
pub(super) struct Lines {
    reader: csv::Reader<Decoded<File>>,
    pub progress: Progress,
    line: u64,
    over: bool,
}

impl Iterator for Lines {
    type Item = Result<(u64, StringRecord), Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let mut record = StringRecord::new();
        let read = self.reader.read_record(&mut record);
        self.progress.ended();
        match read {
            Ok(true) => {
                // Lines without anything were passed over: it is counted back from its end.
                self.line = self.reader.position().line();
                let within = record.as_slice().bytes().filter(|byte| *byte == b'\n').count() as u64;
                Some(Ok((self.line.saturating_sub(within + 1), record)))
            }
            Ok(false) => None,
            Err(error) => {
                self.over = true;
                let endless = matches!(error.kind(), csv::ErrorKind::Io(why) if why.kind() == std::io::ErrorKind::InvalidData);
                Some(Err(if endless { Problem::EndlessRow { line: self.line } } else { Problem::Unreadable }))
            }
        }
    }
}
