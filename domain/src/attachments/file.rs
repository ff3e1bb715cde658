//! What is said of a file: its name, its size, what it is, and the digest of its content.

use crate::{
    id::FileId,
    row::{Cell, Field, Kind, codes, text_fields},
    text::{BadText, is_invisible},
};
use serde::{Deserialize, Serialize};
use std::fmt;

codes! {
    /// What a file is, by its content. Nothing else is taken in.
    Media {
        Jpeg = "jpeg": "JPEG 图片", "JPEG picture";
        Png = "png": "PNG 图片", "PNG picture";
        Gif = "gif": "GIF 图片", "GIF picture";
        Webp = "webp": "WebP 图片", "WebP picture";
        Heic = "heic": "HEIC 图片", "HEIC picture";
        Pdf = "pdf": "PDF 文档", "PDF document";
        Text = "text": "文本", "Text";
        Document = "document": "Word 文档", "Word document";
        Sheet = "sheet": "Excel 表格", "Excel sheet";
        Slides = "slides": "演示文稿", "Slides";
        Zip = "zip": "ZIP 压缩包", "ZIP archive";
    }
}

impl Media {
    /// Endings of names that such a file may have; the first is given to one that has another.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jfif"],
            Self::Png => &["png"],
            Self::Gif => &["gif"],
            Self::Webp => &["webp"],
            Self::Heic => &["heic", "heif"],
            Self::Pdf => &["pdf"],
            Self::Text => &["txt", "csv", "tsv", "md", "log"],
            Self::Document => &["docx", "doc", "wps"],
            Self::Sheet => &["xlsx", "xls", "et"],
            Self::Slides => &["pptx", "ppt", "dps"],
            Self::Zip => &["zip"],
        }
    }

    /// Whether every browser draws it by itself and it can carry no script: all else is only ever saved.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Gif | Self::Webp)
    }
}

/// The name of a file as it is shown and saved: no folder, nothing that hides or reorders, at most 120 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct FileName(String);

impl FileName {
    const MOST: usize = 120;

    /// What is left of a name as a device gave it. One of which nothing is left is called `file`.
    #[must_use]
    pub fn clean(name: &str) -> Self {
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let kept: String = last.chars().filter(|c| !is_invisible(*c) && !matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*')).collect();
        let plain = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
        Self(if plain.is_empty() { "file".to_owned() } else { shortened(plain) })
    }

    /// As [`FileName::clean`] left it, and nothing else.
    pub fn parse(name: &str) -> Result<Self, BadText> {
        let clean = Self::clean(name);
        if clean.0 == name { Ok(clean) } else { Err(BadText::Malformed) }
    }

    /// The name for a file that was found to be this: one that ends otherwise is given an honest ending.
    #[must_use]
    pub fn honest(&self, media: Media) -> Self {
        if media.endings().contains(&self.ending().as_str()) {
            return self.clone();
        }
        let ending = media.endings().first().copied().unwrap_or_default();
        let room = Self::MOST - ending.len() - 1;
        let stem: String = self.0.chars().take(room).collect();
        Self::clean(&format!("{stem}.{ending}"))
    }

    /// What stands after the last dot, in lower case.
    #[must_use]
    pub fn ending(&self) -> String {
        self.0.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Cut in its middle, so that it still ends as it did.
fn shortened(name: &str) -> String {
    if name.chars().count() <= FileName::MOST {
        return name.to_owned();
    }
    let (stem, ending) = name.rsplit_once('.').filter(|(_, ending)| ending.chars().count() <= 10).unwrap_or((name, ""));
    let room = FileName::MOST - ending.chars().count() - usize::from(!ending.is_empty());
    let stem: String = stem.chars().take(room).collect();
    let stem = stem.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    if ending.is_empty() { stem.to_owned() } else { format!("{stem}.{ending}") }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for FileName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&name).map_err(|_| serde::de::Error::custom("not the name of a file"))
    }
}

/// From one byte to 20 MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Size(u32);

impl Size {
    pub const MOST: u32 = 20 * 1024 * 1024;

    #[must_use]
    pub fn new(bytes: i64) -> Option<Self> {
        u32::try_from(bytes).ok().filter(|bytes| (1..=Self::MOST).contains(bytes)).map(Self)
    }

    #[must_use]
    pub const fn bytes(self) -> u32 {
        self.0
    }
}

impl TryFrom<i64> for Size {
    type Error = &'static str;
    fn try_from(bytes: i64) -> Result<Self, Self::Error> {
        Self::new(bytes).ok_or("from one byte to 20 MiB")
    }
}

impl From<Size> for i64 {
    fn from(size: Size) -> Self {
        size.0.into()
    }
}

impl Field for Size {
    const KIND: Kind = Kind::Integer;
    fn to_cell(&self) -> Cell {
        Cell::Integer(self.0.into())
    }
    fn from_cell(cell: Cell) -> Option<Self> {
        i64::from_cell(cell).and_then(Self::new)
    }
}

/// SHA-256 of a file's content, as 64 hexadecimal digits in lower case.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    #[must_use]
    pub fn parse(digits: &str) -> Option<Self> {
        let fits = digits.len() == 64 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Self(digits.to_owned()))
    }

    #[must_use]
    pub fn of_bytes(bytes: &[u8; 32]) -> Self {
        Self(bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&digits).ok_or_else(|| serde::de::Error::custom("not a SHA-256 in hexadecimal digits"))
    }
}

text_fields! {
    FileName: |text| FileName::parse(&text).ok();
    Digest: |text| Digest::parse(&text);
}

/// A file as an entry carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub id: FileId,
    pub name: FileName,
    pub media: Media,
    pub size: Size,
    pub digest: Digest,
}
