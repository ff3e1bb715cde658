//! Files for properties: a few that some of the office have sent, and some that nobody has.

use super::{Digest, File, FileName, Media, Size, Stored};
use crate::{
    context::Actor,
    testing::{NOON, id},
};
use proptest::{collection::vec, prelude::*};

/// The `n`th file there could be.
#[must_use]
pub fn file(n: u8) -> File {
    let media = Media::ALL[usize::from(n) % Media::ALL.len()];
    File {
        id: id(b'f', n).into(),
        name: FileName::clean("照片").honest(media),
        media,
        size: Size::new(i64::from(n) * 1_000 + 1).expect("a size"),
        digest: Digest::of_bytes(&[n; 32]),
    }
}

/// The same, sent by this person and with nothing yet.
#[must_use]
pub fn stored(n: u8, by: Actor) -> Stored {
    let File { id, name, media, size, digest } = file(n);
    Stored { id, by, name, media, size, digest, at: NOON, entry: None }
}

/// Mostly none.
pub fn files() -> impl Strategy<Value = Vec<File>> {
    prop_oneof![6 => Just(Vec::new()), 1 => vec((0..12u8).prop_map(file), 1..3)]
}
