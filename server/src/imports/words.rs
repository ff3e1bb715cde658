//! What an import refuses, of a file and of a row, in words.

use domain::{
    change,
    imports::{Field, Kind},
    money::{BadMoney, Currency},
    text::BadText,
    words::{Label, Lang, Say},
};

/// Why a file is not read in, or why reading ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    Empty,
    /// No column for what nothing can be told without.
    NoColumnFor {
        fields: Vec<Field>,
        found: Vec<String>,
    },
    NoSuchColumn {
        name: String,
        found: Vec<String>,
    },
    NoSuchField {
        name: String,
        kind: Kind,
    },
    FieldTwice {
        field: Field,
    },
    TooManyColumns,
    /// A row that does not end, most likely a quotation mark that is never closed.
    EndlessRow {
        line: u64,
    },
    NoTeam,
    /// The computer could not read or keep the file.
    Unreadable,
    /// The server was stopped, or whoever waited went away.
    Interrupted,
    Unavailable,
    Busy,
    StillRunning,
    NothingToUndo,
}

/// Why a row is not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bad {
    NoNumber {
        field: Field,
    },
    TwiceInFile {
        line: u64,
    },
    Text {
        field: Field,
        why: BadText,
    },
    Amount(BadMoney),
    NoSuchDate {
        field: Field,
    },
    NotACount,
    NotOneOf {
        field: Field,
        known: Vec<&'static str>,
    },
    /// Bytes that are no characters in this encoding.
    Garbled,
    TooManyCells {
        columns: usize,
    },
    CellTooLong,
    NoSuchCustomer {
        no: String,
    },
    OrderDiffers {
        fields: Vec<Field>,
    },
    Rule(change::Refusal),
}

/// Why an undo leaves a row as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Gone,
    EditedSince,
    InUse,
    PointsSpent,
}

impl Kept {
    pub const ALL: [Self; 4] = [Self::Gone, Self::EditedSince, Self::InUse, Self::PointsSpent];
}

fn names(fields: &[Field], lang: Lang) -> String {
    let names: Vec<&str> = fields.iter().map(|field| field.label().in_lang(lang)).collect();
    names.join(if lang == Lang::Zh { "、" } else { ", " })
}

fn coded(fields: &[Field], lang: Lang) -> String {
    let names: Vec<String> = fields.iter().map(|field| format!("{} ({})", field.label().in_lang(lang), field.code())).collect();
    names.join(if lang == Lang::Zh { "、" } else { ", " })
}

/// Headers come from a file: only so much of them is repeated.
fn shown(found: &[String]) -> String {
    let short = |name: &String| name.chars().filter(|c| !c.is_control()).take(40).collect::<String>();
    found.iter().take(20).map(short).collect::<Vec<_>>().join(" | ")
}

impl Say for Problem {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "import.empty",
            Self::NoColumnFor { .. } => "import.no_column_for",
            Self::NoSuchColumn { .. } => "import.no_such_column",
            Self::NoSuchField { .. } => "import.no_such_field",
            Self::FieldTwice { .. } => "import.field_twice",
            Self::TooManyColumns => "import.too_many_columns",
            Self::EndlessRow { .. } => "import.endless_row",
            Self::NoTeam => "import.no_team",
            Self::Unreadable => "import.unreadable",
            Self::Interrupted => "import.interrupted",
            Self::Unavailable => "server.unavailable",
            Self::Busy => "import.busy",
            Self::StillRunning => "import.still_running",
            Self::NothingToUndo => "import.nothing_to_undo",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }
}

impl Problem {
    fn zh(&self) -> String {
        match self {
            Self::Empty => "文件是空的：第一行应为列名，之后每行一条。".into(),
            Self::NoColumnFor { fields, found } => format!(
                "找不到这些列：{}。第一行应为列名，读到的是：{}。可用 --map 列名=字段 指定。",
                coded(fields, Lang::Zh),
                shown(found)
            ),
            Self::NoSuchColumn { name, found } => {
                format!("文件里没有“{}”这一列。现有：{}。", shown(std::slice::from_ref(name)), shown(found))
            }
            Self::NoSuchField { name, kind } => {
                format!("没有“{}”这个字段。可用：{}。", shown(std::slice::from_ref(name)), coded(kind.fields(), Lang::Zh))
            }
            Self::FieldTwice { field } => format!("有两列都被指定为“{}”，请只留一列。", field.label().zh),
            Self::TooManyColumns => "列太多了，最多 200 列。请检查分隔符。".into(),
            Self::EndlessRow { line } => format!("从第 {line} 行开始的一条没有结束，多半是引号没有配对。之前的各行已处理。"),
            Self::NoTeam => "公司还没有团队，请先建立一个团队，再导入客户。".into(),
            Self::Unreadable => "这个文件读不出来，或者没有地方暂存。".into(),
            Self::Interrupted => "导入被中断。已处理的保留；再导入一次会接着完成，也可以撤销。".into(),
            Self::Unavailable => "服务器暂时无法保存。已处理的保留，请稍后再导入一次。".into(),
            Self::Busy => "已经有导入在进行，请等它完成。".into(),
            Self::StillRunning => "这次导入还在进行，请等它结束。".into(),
            Self::NothingToUndo => "这次导入已经撤销，没有什么可撤销的了。".into(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Empty => "The file is empty. Its first line names the columns, then comes a row for each.".into(),
            Self::NoColumnFor { fields, found } => format!(
                "There is no column for: {}. The first line must name the columns; it reads: {}. Use --map COLUMN=FIELD.",
                coded(fields, Lang::En),
                shown(found)
            ),
            Self::NoSuchColumn { name, found } => {
                format!("The file has no column “{}”. It has: {}.", shown(std::slice::from_ref(name)), shown(found))
            }
            Self::NoSuchField { name, kind } => {
                format!("There is no field “{}”. There are: {}.", shown(std::slice::from_ref(name)), coded(kind.fields(), Lang::En))
            }
            Self::FieldTwice { field } => format!("Two columns are taken for “{}”. Please leave one.", field.label().en),
            Self::TooManyColumns => "There are too many columns; 200 are the most. Please check what separates them.".into(),
            Self::EndlessRow { line } => {
                format!(
                    "The row that begins on line {line} does not end, most likely for want of a closing quotation mark. The rows before it were dealt with."
                )
            }
            Self::NoTeam => "The company has no team yet. Please make one, then import customers.".into(),
            Self::Unreadable => "This file cannot be read, or there is no room to keep it meanwhile.".into(),
            Self::Interrupted => "The import was interrupted. What was taken in stays; import the file again to finish, or undo.".into(),
            Self::Unavailable => "The server cannot store anything right now. What was taken in stays; import the file again later.".into(),
            Self::Busy => "Another import is running. Please wait until it is done.".into(),
            Self::StillRunning => "This import is still running. Please wait until it is done.".into(),
            Self::NothingToUndo => "This import has been undone. There is nothing left to undo.".into(),
        }
    }
}

impl Say for Bad {
    fn code(&self) -> &'static str {
        match self {
            Self::NoNumber { .. } => "import.no_number",
            Self::TwiceInFile { .. } => "import.twice_in_file",
            Self::Text { why, .. } => why.code(),
            Self::Amount(bad) => bad.code(),
            Self::NoSuchDate { .. } => "import.no_such_date",
            Self::NotACount => "import.not_a_count",
            Self::NotOneOf { .. } => "import.not_one_of",
            Self::Garbled => "import.garbled",
            Self::TooManyCells { .. } => "import.too_many_cells",
            Self::CellTooLong => "import.cell_too_long",
            Self::NoSuchCustomer { .. } => "import.no_such_customer",
            Self::OrderDiffers { .. } => "import.order_differs",
            Self::Rule(refusal) => refusal.code(),
        }
    }

    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }
}

impl Bad {
    fn zh(&self) -> String {
        match self {
            Self::NoNumber { field } => format!("没有{}，无法对应。", field.label().zh),
            Self::TwiceInFile { line } => format!("这个编号在第 {line} 行已经出现过。"),
            Self::Text { field, why } => format!("{}：{}", field.label().zh, why.say(Lang::Zh)),
            Self::Amount(bad) => bad.say(Lang::Zh),
            Self::NoSuchDate { field } => format!("{}：没有这一天。请写成 2026-11-01、2026/11/1 或 20261101。", field.label().zh),
            Self::NotACount => "件数应为 1 到 1,000,000 之间的整数。".into(),
            Self::NotOneOf { field, known } => format!("{}只能是：{}。", field.label().zh, known.join("、")),
            Self::Garbled => "有无法识别的字符，请检查文件编码（--encoding utf-8 或 gb18030）。".into(),
            Self::TooManyCells { columns } => format!("这一行的格数多于列名（{columns} 列），请检查分隔符和引号。"),
            Self::CellTooLong => "有一格超过 64 KB，没有这么长的内容。".into(),
            Self::NoSuchCustomer { no } => format!("没有编号为 {no} 的客户，请先导入客户。"),
            Self::OrderDiffers { fields } => {
                format!("已有同号订单，但{}不同。导入不会改动已有订单。", names(fields, Lang::Zh))
            }
            Self::Rule(refusal) => refusal.say(Lang::Zh),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::NoNumber { field } => format!("There is no {}, so it cannot be told what this is.", field.label().en.to_lowercase()),
            Self::TwiceInFile { line } => format!("This number came before, on line {line}."),
            Self::Text { field, why } => format!("{}: {}", field.label().en, why.say(Lang::En)),
            Self::Amount(bad) => bad.say(Lang::En),
            Self::NoSuchDate { field } => {
                format!("{}: there is no such day. Write 2026-11-01, 2026/11/1 or 20261101.", field.label().en)
            }
            Self::NotACount => "The number of items is a whole number from 1 to 1,000,000.".into(),
            Self::NotOneOf { field, known } => format!("{} is one of: {}.", field.label().en, known.join(", ")),
            Self::Garbled => "Some characters cannot be read. Please check the encoding (--encoding utf-8 or gb18030).".into(),
            Self::TooManyCells { columns } => {
                format!("The row has more cells than there are columns ({columns}). Please check separators and quotation marks.")
            }
            Self::CellTooLong => "A cell is longer than 64 KB. Nothing is as long as that.".into(),
            Self::NoSuchCustomer { no } => format!("There is no customer {no}. Please import the customers first."),
            Self::OrderDiffers { fields } => {
                let names = names(fields, Lang::En).to_lowercase();
                format!("There is an order of this number with another {names}. An import does not change orders.")
            }
            Self::Rule(refusal) => refusal.say(Lang::En),
        }
    }
}

impl Say for Kept {
    fn code(&self) -> &'static str {
        match self {
            Self::Gone => "import.gone",
            Self::EditedSince => "import.edited_since",
            Self::InUse => "import.in_use",
            Self::PointsSpent => "import.points_spent",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Gone, Lang::Zh) => "这条已经不在了。".into(),
            (Self::Gone, Lang::En) => "This is not here any more.".into(),
            (Self::EditedSince, Lang::Zh) => "导入之后有人改过，保持原样。".into(),
            (Self::EditedSince, Lang::En) => "Somebody has changed this since, so it stays as it is.".into(),
            (Self::InUse, Lang::Zh) => "这位客户已有别的记录（订单、跟进、联系人等），保持原样。".into(),
            (Self::InUse, Lang::En) => "This customer has other records by now (orders, follow-ups, people), so it stays.".into(),
            (Self::PointsSpent, Lang::Zh) => "这笔订单的积分已经用掉，保持原样。".into(),
            (Self::PointsSpent, Lang::En) => "The points of this order have been spent, so it stays.".into(),
        }
    }
}

/// What a set-up says where money has been recorded in another currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherCurrency(pub Currency);

impl Say for OtherCurrency {
    fn code(&self) -> &'static str {
        "import.other_currency"
    }

    fn say(&self, lang: Lang) -> String {
        let code = self.0.code();
        match lang {
            Lang::Zh => format!("已导入的订单以 {code} 计，公司的货币请选择 {code}。"),
            Lang::En => format!("Orders have been imported in {code}. Please choose {code} for the company."),
        }
    }
}
