//! Bytes of a file as UTF-8, a piece at a time, whatever they were; and never more than so much of one row.

use domain::imports::Encoding;
use encoding_rs::{CoderResult, Decoder, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

const PIECE: usize = 64 * 1024;

/// A row longer than this is no row.
const ROW_BYTES: u64 = 16 * 1024 * 1024;

/// What stands for bytes that are no character.
pub(super) const GARBLED: char = '\u{FFFD}';

fn coded(encoding: Encoding) -> &'static encoding_rs::Encoding {
    match encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Gb18030 => GB18030,
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
    }
}

/// How far reading is: shared between the reader and whoever splits rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress {
    /// Bytes of the file that were read.
    read: Rc<Cell<u64>>,
    /// Decoded bytes handed on since the last row ended.
    open: Rc<Cell<u64>>,
}

impl Progress {
    pub fn read(&self) -> u64 {
        self.read.get()
    }

    /// A row has ended.
    pub fn ended(&self) {
        self.open.set(0);
    }

    pub fn is_endless(&self) -> bool {
        self.open.get() > ROW_BYTES
    }
}

/// Reads in UTF-8 what is written in another encoding, every line ended by one sign, the last one too. A byte-order mark
/// is no part of it.
pub(super) struct Decoded<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Where in `raw` what is not yet decoded begins and ends.
    todo: (usize, usize),
    text: Vec<u8>,
    /// Where in `text` what is not yet handed on begins.
    given: usize,
    /// The last byte before these, as it came.
    last: u8,
    finished: bool,
    progress: Progress,
}

impl<R: Read> Decoded<R> {
    pub fn new(source: R, encoding: Encoding) -> (Self, Progress) {
        let progress = Progress::default();
        let decoder = coded(encoding).new_decoder_with_bom_removal();
        let raw = vec![0; PIECE];
        let it = Self {
            source,
            decoder,
            raw,
            todo: (0, 0),
            text: Vec::new(),
            given: 0,
            last: b'\n',
            finished: false,
            progress: progress.clone(),
        };
        (it, progress)
    }

    /// Decodes the next piece; afterwards there is text, or all was given.
    fn fill(&mut self) -> io::Result<()> {
        let (mut from, mut to) = self.todo;
        if from == to {
            to = self.source.read(&mut self.raw)?;
            from = 0;
            self.progress.read.set(self.progress.read.get() + to as u64);
        }
        let last = to == 0;
        let bytes = self.raw.get(from..to).unwrap_or_default();
        self.text.resize(PIECE, 0);
        let (result, used, made, _) = self.decoder.decode_to_utf8(bytes, &mut self.text, last);
        self.text.truncate(made);
        self.given = 0;
        self.todo = (from + used, to);
        self.finished = last && result == CoderResult::InputEmpty;
        self.end_lines();
        Ok(())
    }

    /// However lines end, they end in one sign: so they can be counted, and cells of several lines are alike.
    fn end_lines(&mut self) {
        let last = &mut self.last;
        self.text.retain_mut(|byte| {
            let (before, now) = (std::mem::replace(last, *byte), *byte);
            if now == b'\r' {
                *byte = b'\n';
            }
            (before, now) != (b'\r', b'\n')
        });
        if self.finished && !matches!(self.last, b'\n' | b'\r') {
            self.text.push(b'\n');
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.finished {
            self.fill()?;
        }
        if self.progress.is_endless() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a row without an end"));
        }
        let rest = self.text.get(self.given..).unwrap_or_default();
        let count = rest.len().min(into.len());
        if let (Some(into), Some(rest)) = (into.get_mut(..count), rest.get(..count)) {
            into.copy_from_slice(rest);
        }
        self.given += count;
        self.progress.open.set(self.progress.open.get() + count as u64);
        Ok(count)
    }
}

/// Finds out how a file is written while its bytes go by.
#[derive(Debug, Default)]
pub(super) struct Guess {
    begun: Vec<u8>,
    /// The bytes of a character that the last piece ended within.
    rest: Vec<u8>,
    /// Characters of several bytes that were right, and places that were not.
    good: u64,
    bad: u64,
}

impl Guess {
    pub fn see(&mut self, piece: &[u8]) {
        if self.begun.len() < 4 {
            self.begun.extend(piece.iter().take(4));
        }
        self.rest.extend_from_slice(piece);
        let bytes = std::mem::take(&mut self.rest);
        let mut from = 0;
        for chunk in bytes.utf8_chunks() {
            self.good += chunk.valid().chars().filter(|c| !c.is_ascii()).count() as u64;
            from += chunk.valid().len();
            let at_the_end = from + chunk.invalid().len() == bytes.len() && chunk.invalid().len() < 4;
            if at_the_end {
                self.rest = chunk.invalid().to_vec();
            } else if !chunk.invalid().is_empty() {
                self.bad += 1;
            }
            from += chunk.invalid().len();
        }
    }

    /// A damaged file is not read as another encoding, in which nearly everything would mean something else.
    pub fn end(&self) -> Encoding {
        let bad = self.bad + u64::from(!self.rest.is_empty());
        match self.begun.as_slice() {
            [0xFF, 0xFE, ..] => Encoding::Utf16Le,
            [0xFE, 0xFF, ..] => Encoding::Utf16Be,
            [0xEF, 0xBB, 0xBF, ..] => Encoding::Utf8,
            _ if bad == 0 || self.good >= 2 * bad => Encoding::Utf8,
            _ => Encoding::Gb18030,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn guessed(bytes: &[u8], piece: usize) -> Encoding {
        let mut guess = Guess::default();
        bytes.chunks(piece).for_each(|piece| guess.see(piece));
        guess.end()
    }

    fn decoded(bytes: &[u8], encoding: Encoding) -> String {
        let mut text = String::new();
        Decoded::new(bytes, encoding).0.read_to_string(&mut text).expect("UTF-8");
        text
    }

    #[test]
    fn what_a_file_is_written_in_is_found_out() {
        let text = "客户编号,名称\nC1,㛃𠮷野家 🦀\n";
        for piece in [1, 2, 3, 7, 1_000] {
            assert_eq!(guessed(text.as_bytes(), piece), Encoding::Utf8, "{piece}");
            let (bytes, _, failed) = GB18030.encode(text);
            assert!(!failed);
            assert_eq!(guessed(&bytes, piece), Encoding::Gb18030, "{piece}");
            assert_eq!(decoded(&bytes, Encoding::Gb18030), text);
        }
        for ended in ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\r\nb"] {
            assert_eq!(decoded(ended.as_bytes(), Encoding::Utf8), "a\nb\n");
        }
        let mut damaged = text.repeat(3).into_bytes();
        damaged.insert(20, 0xFF);
        assert_eq!(guessed(&damaged, 5), Encoding::Utf8, "one bad byte does not make it another encoding");
        assert!(decoded(&damaged, Encoding::Utf8).contains(GARBLED));
    }

    #[test]
    fn a_mark_at_the_beginning_is_no_text() {
        assert_eq!(decoded("\u{FEFF}a,b".as_bytes(), Encoding::Utf8), "a,b\n");
        let wide: Vec<u8> = "\u{FEFF}编号".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!((guessed(&wide, 3), decoded(&wide, Encoding::Utf16Le).as_str()), (Encoding::Utf16Le, "编号\n"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded_to_text(bytes in prop::collection::vec(any::<u8>(), 0..300), piece in 1_usize..9) {
            let encoding = guessed(&bytes, piece);
            decoded(&bytes, encoding);
        }

        #[test]
        fn text_is_recognised_in_pieces(text in "[一-龥a-z🦀]{0,60}", piece in 1_usize..9) {
            prop_assert_eq!(guessed(text.as_bytes(), piece), Encoding::Utf8);
        }
    }
}
