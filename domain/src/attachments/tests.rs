//! What a file is called, what it is judged to be, and how large it may be.

use super::{Digest, FileName, Judge, Media, Size};
use crate::testing::cases;
use proptest::prelude::*;

#[test]
fn a_name_keeps_what_people_read_and_nothing_that_leads_elsewhere() {
    for (given, kept) in [
        ("照片.jpg", "照片.jpg"),
        ("C:\\Users\\lin\\报价 单.pdf", "报价 单.pdf"),
        ("../../etc/passwd", "passwd"),
        ("evil\u{202E}gpj.exe", "evilgpj.exe"),
        ("a\u{0}b\nc.txt", "abc.txt"),
        ("  .hidden. ", "hidden"),
        ("what?<is>\"this\"|*.png", "whatisthis.png"),
        ("..", "file"),
        ("", "file"),
        ("/", "file"),
    ] {
        assert_eq!(FileName::clean(given).as_str(), kept, "{given:?}");
    }
    let long = FileName::clean(&format!("{}.xlsx", "表".repeat(300)));
    assert_eq!((long.as_str().chars().count(), long.ending().as_str()), (120, "xlsx"));
}

#[test]
fn a_name_that_ends_otherwise_than_its_content_is_given_an_honest_ending() {
    for (name, media, honest) in [
        ("mmexport1.jpg", Media::Png, "mmexport1.jpg.png"),
        ("IMG_1.JPEG", Media::Jpeg, "IMG_1.JPEG"),
        ("报价", Media::Pdf, "报价.pdf"),
        ("setup.exe", Media::Text, "setup.exe.txt"),
        ("page.html", Media::Text, "page.html.txt"),
        ("表.et", Media::Sheet, "表.et"),
    ] {
        assert_eq!(FileName::clean(name).honest(media).as_str(), honest);
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_clean_name_stays_as_it_is(text in any::<String>(), media in prop::sample::select(Media::ALL)) {
        let clean = FileName::clean(&text);
        for name in [clean.clone(), clean.honest(media)] {
            prop_assert_eq!(FileName::parse(name.as_str()), Ok(name.clone()), "{:?}", text);
            let shown = name.as_str();
            prop_assert!(!shown.is_empty() && shown.chars().count() <= 120 && !shown.contains(['/', '\\', '"', '\n']));
        }
        prop_assert!(media.endings().contains(&clean.honest(media).ending().as_str()));
    }
}

/// As it passes by in pieces of any size.
fn judged(name: &str, content: &[u8]) -> Option<Media> {
    let verdicts = [1, 7, 4_096, usize::MAX].map(|size| {
        let mut judge = Judge::default();
        for piece in content.chunks(size.min(content.len().max(1))) {
            judge.take(piece);
        }
        judge.verdict(&FileName::clean(name))
    });
    assert!(verdicts.windows(2).all(|pair| pair[0] == pair[1]), "{verdicts:?}");
    verdicts[0]
}

#[test]
fn a_file_is_what_its_content_says() {
    let office = b"PK\x03\x04....[Content_Types].xml....";
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....";
    let table: [(&str, &[u8], Option<Media>); 27] = [
        ("a.jpg", b"\xFF\xD8\xFF\xE0rest", Some(Media::Jpeg)),
        ("a.pdf", b"\xFF\xD8\xFF\xE0rest", Some(Media::Jpeg)),
        ("a.png", b"\x89PNG\r\n\x1A\nrest", Some(Media::Png)),
        ("a.gif", b"GIF89arest", Some(Media::Gif)),
        ("a.webp", b"RIFF\0\0\0\0WEBPrest", Some(Media::Webp)),
        ("a.wav", b"RIFF\0\0\0\0WAVErest", None),
        ("a.heic", b"\0\0\0\x18ftypheic\0", Some(Media::Heic)),
        ("a.mp4", b"\0\0\0\x18ftypisom\0", None),
        ("a.pdf", b"%PDF-1.7\n\xE2", Some(Media::Pdf)),
        ("a.docx", office, Some(Media::Document)),
        ("a.xlsx", office, Some(Media::Sheet)),
        ("a.pptx", office, Some(Media::Slides)),
        ("a.docm", office, Some(Media::Zip)),
        ("a.docx", b"PK\x03\x04....malware.js....", Some(Media::Zip)),
        ("a.zip", b"PK\x05\x06\0\0", Some(Media::Zip)),
        ("a.doc", ole, Some(Media::Document)),
        ("a.msi", ole, None),
        ("a.txt", "第一行\r\n第二行\t好".as_bytes(), Some(Media::Text)),
        ("gbk.csv", b"\xD0\xD5\xC3\xFB,\xB5\xE7\xBB\xB0\r\n", Some(Media::Text)),
        ("a.txt", b"text\0with a zero", None),
        ("a.exe", b"MZ\x90\0\x03", None),
        ("a.svg", b"<svg xmlns='x' onload='alert(1)'/>", None),
        ("a.html", b"\xEF\xBB\xBF  <!DOCTYPE html><p>", None),
        ("a.txt", b"hello <ScRiPt>alert(1)</script>", None),
        ("a.xml", b"<?xml version='1.0'?>", None),
        ("a.jpg", b"", None),
        ("a.gif", b"GIF8", Some(Media::Text)),
    ];
    for (name, content, media) in table {
        assert_eq!(judged(name, content), media, "{name} {:?}", String::from_utf8_lossy(content));
    }
    let late = [b"plain ".repeat(2_000).as_slice(), b"\0"].concat();
    assert_eq!(judged("a.txt", &late), None, "one byte at the end that is no text");
}

#[test]
fn only_what_no_browser_carries_out_is_ever_drawn() {
    let drawn: Vec<&str> = Media::ALL.iter().filter(|media| media.is_picture()).map(|media| media.code()).collect();
    assert_eq!(drawn, ["jpeg", "png", "gif", "webp"]);
}

#[test]
fn sizes_and_digests_have_bounds() {
    assert_eq!([0, -1, i64::from(Size::MOST) + 1, i64::MAX].map(Size::new), [None; 4]);
    assert_eq!(Size::new(i64::from(Size::MOST)).map(Size::bytes), Some(20 * 1024 * 1024));
    let digest = Digest::of_bytes(&[0xAB; 32]);
    assert_eq!(Digest::parse(digest.as_str()), Some(digest.clone()));
    for bad in ["", "ab", &digest.as_str().to_uppercase(), &format!("{digest}0"), &"g".repeat(64)] {
        assert_eq!(Digest::parse(bad), None, "{bad}");
    }
}
