//! What imports say.

use crate::{
    browser::format,
    words::{Lang, Text},
};
use domain::imports::Counts;

pub const IMPORT: Text = Text::new("导入", "Import");
pub const KIND: Text = Text::new("文件里是", "The file holds");
pub const FILE: Text = Text::new("CSV 文件", "CSV file");
pub const CHOOSE: Text = Text::new("选择文件，或拖到这里", "Choose a file, or drop it here");
pub const FILE_HINT: Text =
    Text::new("UTF-8 或 GB18030，第一行是列名，最大 50 MB。", "UTF-8 or GB18030, column names in the first line, at most 50 MB.");
pub const CURRENCY: Text = Text::new("币种", "Currency");
pub const STATUS: Text = Text::new("状态", "State");
pub const POINTS: Text = Text::new("已付款的订单计入积分", "Paid orders earn points");
pub const POINTS_HINT: Text =
    Text::new("按订单自己的日期，很久以前的会直接过期。", "On their own days: those of long ago have expired already.");
pub const PREVIEW: Text = Text::new("预览", "Preview");
pub const START: Text = Text::new("开始导入", "Import");
pub const COLUMNS: Text = Text::new("列的含义", "What the columns hold");
pub const LEAVE_OUT: Text = Text::new("不导入", "Leave out");
pub const WOULD: Text = Text::new("预览结果", "What would happen");
pub const WOULD_HINT: Text = Text::new("还没有写入任何数据", "Nothing has been written");
pub const MADE: Text = Text::new("新增", "New");
pub const CHANGED: Text = Text::new("更新", "Changed");
pub const UNCHANGED: Text = Text::new("无变化", "Unchanged");
pub const REFUSED: Text = Text::new("未导入", "Refused");
pub const ERRORS: Text = Text::new("下载未导入的行", "Download refused rows");
pub const UNDO: Text = Text::new("撤销", "Undo");
pub const PAST: Text = Text::new("导入记录", "Imports so far");
pub const NONE: Text = Text::new("还没有导入过", "Nothing imported yet");
pub const NONE_HINT: Text = Text::new("每次导入都可以整体撤销。", "Every import can be undone as a whole.");
pub const RUNNING: Text = Text::new("正在导入", "Importing");
pub const NOT_YOURS: Text = Text::new("导入由市场和管理者操作", "Importing is for marketing and managers");
pub const NOT_YOURS_HINT: Text = Text::new("需要的话，请联系管理员调整角色。", "If you need it, please ask an administrator.");
pub const NO_FILE: Text = Text::new("请选择文件。", "Please choose a file.");

pub fn said(lang: Lang, counts: Counts) -> String {
    let [made, changed, unchanged, refused] =
        [counts.made, counts.changed, counts.unchanged, counts.refused].map(|n| format::number(i64::try_from(n).unwrap_or(i64::MAX)));
    match lang {
        Lang::Zh => format!("新增 {made}，更新 {changed}，无变化 {unchanged}，未导入 {refused}"),
        Lang::En => format!("{made} new, {changed} changed, {unchanged} unchanged, {refused} refused"),
    }
}

pub fn undone(lang: Lang, undone: u64, left: u64) -> String {
    let [undone, still] = [undone, left].map(|n| format::number(i64::try_from(n).unwrap_or(i64::MAX)));
    match lang {
        Lang::Zh if left == 0 => format!("已撤销 {undone} 行"),
        Lang::Zh => format!("已撤销 {undone} 行，{still} 行之后被修改过，保留原样"),
        Lang::En if left == 0 => format!("{undone} rows undone"),
        Lang::En => format!("{undone} rows undone, {still} edited since and left"),
    }
}
