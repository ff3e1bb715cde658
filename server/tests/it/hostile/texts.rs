//! Text that breaks programs: some to be kept as it is, some to be refused, none to be changed silently (A14, A6, A7, A15).

use std::collections::BTreeSet;

/// Written by people: names that are rare, short, long or look like something else.
const HUMAN: [&str; 34] = [
    "㛃",
    "𠮷野家",
    "王",
    "李𬎆",
    "𰻞𰻞面",
    "Nguyễn Thị Ánh",
    "O'Brien",
    "Jean-Luc d’Arc",
    "Müller & Söhne",
    "İstanbul",
    "ßẞ",
    "ﬁ",
    "Ω≈ç√",
    "مرحبا",
    "שלום",
    "🙂",
    "👩‍👩‍👧‍👦",
    "🏳️‍🌈",
    "👍🏽",
    "１３８００００１２３４",
    "13800001234",
    "+86 138 0000 1234",
    "11010519491231002X",
    "客户（上海）有限公司",
    "「引号」",
    "……",
    "null",
    "NULL",
    "undefined",
    "true",
    "NaN",
    "-0",
    "1e400",
    "0x7f",
];

/// Scripts, templates, statements, paths, formats, and what a spreadsheet would carry out.
const CODE: [&str; 56] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "\"><svg onload=alert(1)>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext></p><style><img src=x>",
    "</title><script>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<!--",
    "]]>",
    "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
    "{{7*7}}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "${jndi:ldap://127.0.0.1/a}",
    "%{(#a='b')}",
    "'; DROP TABLE customer; --",
    "' OR '1'='1",
    "1; SELECT 1",
    "\" OR \"\"=\"",
    "') UNION SELECT name FROM sqlite_schema --",
    "\" NEAR(",
    "a* OR b",
    "NEAR(\"a\" \"b\", 3)",
    "name:x",
    "-a",
    "^a",
    "%",
    "_",
    "%%%",
    "\\",
    "\\\\",
    "\\'",
    "\\u0000",
    "%00",
    "%s%n%x",
    "{0}",
    "{}",
    "[]",
    "../../etc/passwd",
    "..\\..\\windows",
    "/dev/null",
    "C:\\con",
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "＝1+1",
    "=HYPERLINK(\"http://evil.example\")",
    "=cmd|' /C calc'!A0",
    "`id`",
    "$(id)",
    "| id",
];

/// Characters that hide, reorder, end or double text; each is put alone, before, within and after a word.
const CHARACTERS: [&str; 43] = [
    "\u{0}",
    "\u{1}",
    "\u{7}",
    "\u{8}",
    "\t",
    "\n",
    "\u{b}",
    "\u{c}",
    "\r",
    "\r\n",
    "\u{1b}[31m",
    "\u{1f}",
    " ",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{300}",
    "\u{34f}",
    "\u{61c}",
    "\u{180e}",
    "\u{2000}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{200e}",
    "\u{200f}",
    "\u{2028}",
    "\u{2029}",
    "\u{202a}",
    "\u{202e}",
    "\u{2060}",
    "\u{2066}",
    "\u{2069}",
    "\u{3000}",
    "\u{feff}",
    "\u{fff9}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{e000}",
    "\u{e0041}",
    "\u{1d173}",
    "\u{10ffff}",
];

/// All of them, each once.
pub fn texts() -> Vec<String> {
    let mut all: BTreeSet<String> = HUMAN.iter().chain(&CODE).map(ToString::to_string).collect();
    for c in CHARACTERS {
        all.extend([
            c.to_owned(),
            format!("{c}王芳"),
            format!("王{c}芳"),
            format!("王芳{c}"),
            format!("a{c}{c}{c}b"),
            format!("<{c}script>"),
            format!("{c}=1+1"),
        ]);
    }
    for c in CODE {
        all.extend([format!("王芳{c}"), format!("{c}\n{c}")]);
    }
    let long = [40, 41, 120, 121, 200, 201, 254, 255, 10_000, 10_001];
    all.extend(long.iter().flat_map(|count| ["x", "字", "𠮷"].map(|c| c.repeat(*count))));
    all.extend(["a\u{300}".repeat(300), "👩‍👩‍👧".repeat(60), "ﷺ".repeat(99), " ".repeat(500)]);
    all.into_iter().collect()
}

#[test]
fn there_are_five_hundred_texts() {
    let all = texts();
    assert!(all.len() >= 500, "{}", all.len());
}
