//! What an operator reads. Whoever reads no further wants no more of it: `guanxi import list | head` ends well, and a
//! server goes on.

use std::{
    fmt::Display,
    io::{self, Write},
};

/// A line of the answer.
pub fn tell(line: impl Display) {
    tell_all([line]);
}

pub fn tell_all<T: Display>(lines: impl IntoIterator<Item = T>) {
    let mut out = io::stdout().lock();
    _ = lines.into_iter().map(|line| writeln!(out, "{line}")).find(Result::is_err);
}

/// A line beside the answer, which is not read by scripts.
pub fn note(line: impl Display) {
    _ = writeln!(io::stderr(), "{line}");
}

/// The same without an end, for what is asked or overwritten.
pub fn ask(text: impl Display) {
    let mut err = io::stderr().lock();
    _ = write!(err, "{text}").and_then(|()| err.flush());
}
