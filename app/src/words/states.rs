//! What the screen says about itself: loading, offline, nothing here, could not be loaded.

use super::{Lang, Text};

pub const ALL: Text = Text::new("全部", "All");
pub const LOADING: Text = Text::new("载入中", "Loading");
pub const LOAD_FAILED: Text = Text::new("这部分没有载入。", "This part could not be loaded.");
pub const LOAD_FAILED_HINT: Text =
    Text::new("请检查网络后重试，已填写的内容还在。", "Check the connection and try again. What you entered is still here.");
pub const NEEDS_LINE: Text = Text::new("需要联网，请连上网络后重试。", "This needs a connection. Please try again once there is one.");
pub const SOMETHING_BROKE: Text = Text::new("服务器没有办成，请稍后再试。", "The server could not do this. Please try again later.");
pub const NOTIFICATIONS: Text = Text::new("提示", "Notices");
pub const NO_MATCH: Text = Text::new("没有符合条件的记录", "Nothing matches");
pub const OFFLINE: Text = Text::new("离线", "Offline");
pub const OPTIONAL: Text = Text::new("选填", "optional");
pub const PLEASE_CHOOSE: Text = Text::new("请选择", "Choose");
pub const REQUIRED: Text = Text::new("必填", "required");
pub const SAVED: Text = Text::new("已保存", "Saved");
pub const SELECTED: Text = Text::new("已选", "selected");
pub const SENDING: Text = Text::new("处理中", "Working");
pub const SYNCED: Text = Text::new("已同步", "Synced");
pub const TOO_OLD: Text = Text::new("请更新应用", "Please update");
pub const UNASSIGNED: Text = Text::new("未分派", "Unassigned");
pub const UNSYNCED: Text = Text::new("未同步", "Not synced yet");
pub const UPDATE_READY: Text = Text::new("有新版本", "Update available");

const SATISFACTION: [Text; 5] = [
    Text::new("很不满意", "Very dissatisfied"),
    Text::new("不满意", "Dissatisfied"),
    Text::new("一般", "Neither good nor bad"),
    Text::new("满意", "Satisfied"),
    Text::new("非常满意", "Very satisfied"),
];

pub const HISTORY_ELSEWHERE: Text = Text::new(
    "这里没有网络，这位客户之前的往来不在此设备上。联网后会自动取来。",
    "There is no connection, and what happened with this customer before is not on this device. It comes as soon as there is one.",
);

/// What so many stars of five mean; nothing for none.
#[must_use]
pub fn satisfaction(lang: Lang, stars: u8) -> &'static str {
    usize::from(stars).checked_sub(1).and_then(|n| SATISFACTION.get(n)).map_or("", |text| text.in_lang(lang))
}

/// Stars, for those who do not see them.
#[must_use]
pub fn stars(lang: Lang, count: i64) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("{count} 星"),
        (Lang::En, 1) => "1 star".into(),
        (Lang::En, _) => format!("{count} stars"),
    }
}

/// The accessible name of the button that takes one filter or chip away.
#[must_use]
pub fn remove_named(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("移除“{name}”"),
        Lang::En => format!("Remove {name}"),
    }
}

/// What a progress bar says to those who do not see it.
#[must_use]
pub fn percent_done(lang: Lang, percent: u8) -> String {
    match lang {
        Lang::Zh => format!("已完成 {percent}%"),
        Lang::En => format!("{percent}% done"),
    }
}
