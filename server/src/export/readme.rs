//! The description that lies in an export, in both languages: which file is what, and each of its columns.

use std::fmt::Write;

use domain::{time::Instant, words::Lang};
use jiff::Timestamp;

use super::{Exported, columns::Kind, tables::ALL};

const ZH: &str = "\
每个表有两个文件：`.json`（给程序读，内容原样）和 `.csv`（给表格软件读，UTF-8；会被当成公式的单元格前面加了一个单引号）。\
附件在 `files` 文件夹里，文件名是它在 file 表里的编号。没有密码、会话、令牌和链接。这些都是客户的资料，请妥善保管。";
const EN: &str = "\
Each table is two files: `.json` for programs, as it is, and `.csv` for spreadsheets, in UTF-8, where a cell that would \
be taken for a formula begins with an apostrophe. Attachments are in the folder `files`, each under its id in the table \
file. There are no passwords, sessions, tokens or links. All of this is about people: keep it well.";

pub fn text(at: Instant, done: Exported) -> String {
    let at = Timestamp::from_millisecond(at.0).map(|at| at.to_string()).unwrap_or_default();
    let Exported { tables, rows, files } = done;
    let mut text = format!("# Guanxi 关系\n\n{at}\n\n");
    for lang in [Lang::Zh, Lang::En] {
        let (title, opening, sum) = match lang {
            Lang::Zh => ("说明", ZH, format!("{tables} 个表，{rows} 行，{files} 个附件。")),
            Lang::En => ("Description", EN, format!("{tables} tables, {rows} rows, {files} attachments.")),
        };
        // Writing into a string does not fail.
        _ = writeln!(text, "## {title}\n\n{opening}\n\n{sum}\n");
        for table in ALL {
            _ = writeln!(text, "### {}\n\n{}\n", table.name, table.what.in_lang(lang));
            for column in table.columns() {
                _ = writeln!(text, "- `{}`: {}{}", column.name, column.what.in_lang(lang), form(column.kind, lang));
            }
            text.push('\n');
        }
    }
    text
}

/// How to read it, where that is not plain.
const fn form(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (Kind::Amount, Lang::Zh) => "（最小货币单位，如分）",
        (Kind::Amount, Lang::En) => " (in the smallest unit of the currency, such as cents)",
        (Kind::Moment, Lang::Zh) => "（UTC）",
        (Kind::Moment, Lang::En) => " (UTC)",
        (Kind::Parts, Lang::Zh) => "（JSON）",
        (Kind::Parts, Lang::En) => " (JSON)",
        (Kind::Id | Kind::Text | Kind::Number | Kind::Flag, _) => "",
    }
}
