//! What a file is, by its content: its name only chooses among what the content may be.

use super::{FileName, Media};

/// So much of a file's beginning is looked at for what it is.
const HEAD: usize = 4_096;

/// The container of office files before 2007, and of those that a password protects.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Parts that stand at the beginning of an office file, which is a ZIP archive of XML.
const OFFICE: [&[u8]; 6] = [b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/"];

/// Beginnings of what a browser would carry out, were it to open it from a disk.
const MARKUP: [&[u8]; 7] = [b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml"];

/// Looks at a file as it passes by, piece for piece.
#[derive(Debug, Default)]
pub struct Judge {
    head: Vec<u8>,
    binary: bool,
}

impl Judge {
    pub fn take(&mut self, piece: &[u8]) {
        let room = HEAD - self.head.len();
        self.head.extend(piece.iter().take(room));
        self.binary |= piece.iter().any(|byte| matches!(byte, 0..=8 | 11 | 14..=31 | 127));
    }

    /// What the file is; nothing if it is none of what is taken in.
    #[must_use]
    pub fn verdict(&self, name: &FileName) -> Option<Media> {
        let head = self.head.as_slice();
        let by_name = || {
            let ending = name.ending();
            [Media::Document, Media::Sheet, Media::Slides].into_iter().find(|media| media.endings().contains(&ending.as_str()))
        };
        match head {
            [0xFF, 0xD8, 0xFF, ..] => Some(Media::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Media::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Media::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Media::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if is_heic(brand) => Some(Media::Heic),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Media::Pdf),
            [b'P', b'K', 3, 4, ..] if OFFICE.iter().any(|part| holds(head, part)) => Some(by_name().unwrap_or(Media::Zip)),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Media::Zip),
            head if head.starts_with(OLE) => by_name(),
            head if !self.binary && !head.is_empty() && !is_markup(head) => Some(Media::Text),
            _ => None,
        }
    }
}

fn is_heic(brand: &[u8]) -> bool {
    [b"heic", b"heix", b"hevc", b"mif1", b"msf1"].iter().any(|known| brand.starts_with(*known))
}

fn holds(head: &[u8], part: &[u8]) -> bool {
    head.windows(part.len()).any(|window| window == part)
}

/// Wherever in the beginning it stands: what comes before it, a browser forgives.
fn is_markup(head: &[u8]) -> bool {
    let head = head.to_ascii_lowercase();
    MARKUP.iter().any(|tag| holds(&head, tag))
}
