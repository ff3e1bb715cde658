//! What was refused, as a file for a spreadsheet: where it stood, the row as it came, why.

use super::source::{LINE, REASONS};
use crate::formula::{guarded, is_formula};
use domain::imports::Refused;
use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// The cell before it was guarded.
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// Writes refused rows, once there is one.
pub struct Errors<W: Write> {
    writer: csv::Writer<W>,
    columns: usize,
}

impl Errors<fs::File> {
    /// A file that only its owner reads. One from an earlier attempt is written over.
    pub fn create(path: &Path, headers: &[String]) -> io::Result<Self> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Self::new(options.open(path)?, headers)
    }
}

impl<W: Write> Errors<W> {
    /// With the mark by which spreadsheets tell UTF-8.
    pub fn new(mut file: W, headers: &[String]) -> io::Result<Self> {
        file.write_all("\u{FEFF}".as_bytes())?;
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
        let headers = headers.iter().map(|header| guarded(header).into_owned());
        let all = std::iter::once(LINE.to_owned()).chain(headers).chain(REASONS.map(str::to_owned));
        let all: Vec<String> = all.collect();
        let columns = all.len() - 1 - REASONS.len();
        writer.write_record(&all)?;
        Ok(Self { writer, columns })
    }

    /// A row that is too short is filled up, so that the reason stands in its column.
    pub fn add(&mut self, refused: &Refused) -> io::Result<()> {
        let Refused { line, cells, reason } = refused;
        self.writer.write_field(line.to_string())?;
        for cell in cells {
            self.writer.write_field(guarded(cell).as_bytes())?;
        }
        for _ in cells.len()..self.columns {
            self.writer.write_field("")?;
        }
        self.writer.write_field(&reason.code)?;
        self.writer.write_field(&reason.message)?;
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    pub fn end(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::imports::Reason;

    #[test]
    fn no_cell_of_an_export_computes_and_all_can_be_read_again() {
        let cells = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "＝1", " =1", "-5.00", "C-1", "㛃\"𠮷,\n", ""];
        let mut bytes = Vec::new();
        let mut errors = Errors::new(&mut bytes, &["编号".to_owned()]).expect("a file");
        let reason = Reason { code: "import.garbled".to_owned(), message: "，\"".to_owned() };
        let cells: Vec<String> = cells.map(str::to_owned).to_vec();
        errors.add(&Refused { line: 7, cells: cells.clone(), reason }).expect("a row");
        errors.end().expect("the end");
        let text = std::str::from_utf8(&bytes).expect("text").trim_start_matches('\u{FEFF}');
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows[0].iter().collect::<Vec<_>>(), ["line", "编号", "code", "reason"]);
        let read: Vec<&str> = rows[1].iter().skip(1).take(cells.len()).collect();
        assert!(read.iter().all(|cell| !is_formula(cell)), "{read:?}");
        assert_eq!(read.iter().map(|cell| unguarded(cell)).collect::<Vec<_>>(), cells);
    }
}
