//! Imports: what the screen and the command line are told of files that were read in.

use crate::{context::Actor, id::Id, money::Currency, row::codes, time::Instant};
use serde::{Deserialize, Serialize};

codes! {
    /// What the rows of a file are.
    Kind {
        Customers = "customers": "客户", "Customers";
        Orders = "orders": "订单", "Orders";
    }

    /// How far an import is.
    Phase {
        Running = "running": "进行中", "Running";
        Done = "done": "已完成", "Done";
        /// Ended before the end of the file; what was taken in stays and can be undone, or the file read in again.
        Stopped = "stopped": "已中断", "Stopped";
        Undoing = "undoing": "正在撤销", "Being undone";
        Undone = "undone": "已撤销", "Undone";
    }

    /// Whether orders were paid when they were placed.
    Status {
        Placed = "placed": "待付款", "Awaiting payment";
        Paid = "paid": "已付款", "Paid";
    }

    /// How the bytes of a file stand for characters.
    Encoding {
        Utf8 = "utf-8": "UTF-8", "UTF-8";
        Gb18030 = "gb18030": "GB18030（含 GBK）", "GB18030 (with GBK)";
        Utf16Le = "utf-16le": "UTF-16 LE", "UTF-16 LE";
        Utf16Be = "utf-16be": "UTF-16 BE", "UTF-16 BE";
    }

    /// What a column may hold.
    Field {
        CustomerNo = "customer_no": "客户编号", "Customer number";
        Name = "name": "名称", "Name";
        Kind = "kind": "类型", "Kind";
        Phone = "phone": "电话", "Telephone";
        Email = "email": "邮箱", "E-mail";
        Since = "since": "始于", "Since";
        Address = "address": "地址", "Address";
        Needs = "needs": "需求与偏好", "Needs and preferences";
        OrderNo = "order_no": "订单号", "Order number";
        OrderedOn = "ordered_on": "下单日期", "Ordered on";
        Amount = "amount": "金额", "Amount";
        Currency = "currency": "币种", "Currency";
        Items = "items": "件数", "Items";
        Status = "status": "状态", "Status";
        What = "what": "商品", "What";
    }
}

impl Kind {
    /// What its columns may hold.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        use Field::{
            Address, Amount, Currency, CustomerNo, Email, Items, Kind, Name, Needs, OrderNo, OrderedOn, Phone, Since, Status, What,
        };
        match self {
            Self::Customers => &[CustomerNo, Name, Kind, Phone, Email, Since, Address, Needs],
            Self::Orders => &[OrderNo, CustomerNo, OrderedOn, Amount, Currency, Items, Status, What],
        }
    }

    /// Without these nothing can be told.
    #[must_use]
    pub const fn needs(self) -> &'static [Field] {
        match self {
            Self::Customers => &[Field::CustomerNo],
            Self::Orders => &[Field::OrderNo, Field::CustomerNo, Field::OrderedOn, Field::Amount],
        }
    }
}

/// How a file is to be read and what it is taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub kind: Kind,
    /// The file's name, for the list.
    pub file: String,
    /// Only tells what would come of it.
    #[serde(default)]
    pub dry_run: bool,
    /// Column and field, by code; an empty field leaves the column out.
    #[serde(default)]
    pub map: Vec<(String, String)>,
    /// Found out, where it is not said.
    #[serde(default)]
    pub encoding: Option<Encoding>,
    /// Of orders whose row does not say; the company's, where this does not either.
    #[serde(default)]
    pub currency: Option<Currency>,
    #[serde(default)]
    pub status: Option<Status>,
    /// Whether paid orders earn points, on their own days.
    #[serde(default = "yes")]
    pub points: bool,
}

const fn yes() -> bool {
    true
}

impl Wanted {
    /// Nothing but what has to be said.
    #[must_use]
    pub fn of(kind: Kind, file: &str) -> Self {
        Self { kind, file: file.to_owned(), dry_run: false, map: Vec::new(), encoding: None, currency: None, status: None, points: true }
    }
}

/// What became of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    pub made: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub refused: u64,
}

impl Counts {
    #[must_use]
    pub const fn rows(self) -> u64 {
        self.made + self.changed + self.unchanged + self.refused
    }
}

/// The amounts of all rows that were not refused, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    pub currency: Currency,
    pub minor: i64,
}

/// A column of a file and what it is taken for; left out, where for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    #[serde(default)]
    pub field: Option<Field>,
}

/// A reason in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub code: String,
    pub message: String,
}

/// A row that was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub line: u64,
    /// As it came.
    pub cells: Vec<String>,
    pub reason: Reason,
}

/// A row that an undo left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    pub line: u64,
    /// The customer's or the order's number, as long as there is one.
    #[serde(default)]
    pub no: Option<String>,
    pub reason: Reason,
}

/// `GET /api/imports/{id}`, and without what was left an entry of `GET /api/imports`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    pub id: Id,
    pub kind: Kind,
    pub file: String,
    pub dry_run: bool,
    pub by: Actor,
    pub at: Instant,
    pub phase: Phase,
    pub counts: Counts,
    pub sums: Vec<Sum>,
    pub encoding: Encoding,
    pub columns: Vec<Column>,
    /// Bytes of the file that were read, and all of them.
    pub read: u64,
    pub size: u64,
    /// Why it ended early, if it did.
    #[serde(default)]
    pub problem: Option<Reason>,
    /// Rows that were taken back, and those that an undo had to leave.
    pub undone: u64,
    pub left: u64,
    /// The first of them.
    #[serde(default)]
    pub kept: Vec<Left>,
}

/// `GET /api/imports`: the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imports {
    pub imports: Vec<Import>,
}

/// The answer to `POST /api/imports`: it runs, and `GET /api/imports/{id}` says how far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    pub id: Id,
    pub encoding: Encoding,
    pub columns: Vec<Column>,
}
