//! What the shell says.

use crate::words::{Lang, Text};

pub const TODAY: Text = Text::new("今日", "Today");
pub const CUSTOMERS: Text = Text::new("客户", "Customers");
pub const IMPORT: Text = Text::new("导入", "Import");
pub const SATISFACTION: Text = Text::new("满意度", "Satisfaction");
pub const REDEMPTIONS: Text = Text::new("兑换码", "Redemption codes");
pub const TICKETS: Text = Text::new("工单", "Tickets");
pub const NEW_TICKET: Text = Text::new("新建工单", "New ticket");
pub const TEAM: Text = Text::new("人员", "People");
pub const SETTINGS: Text = Text::new("设置", "Settings");
pub const OPERATION: Text = Text::new("管理", "Administration");
pub const NAVIGATION: Text = Text::new("导航", "Navigation");
pub const FIND: Text = Text::new("查找或执行", "Find or do");
pub const FOLD: Text = Text::new("收起导航", "Fold navigation");
pub const UNFOLD: Text = Text::new("展开导航", "Unfold navigation");
pub const OPEN_MENU: Text = Text::new("打开导航", "Open navigation");

pub const THEME: Text = Text::new("外观", "Appearance");
pub const THEME_SYSTEM: Text = Text::new("跟随系统", "System");
pub const THEME_LIGHT: Text = Text::new("浅色", "Light");
pub const THEME_DARK: Text = Text::new("深色", "Dark");
pub const LANGUAGE: Text = Text::new("语言", "Language");

pub const OPENING: Text = Text::new("正在打开", "Opening");
pub const FIRST_SYNC: Text = Text::new("首次同步中", "First sync");
pub const SYNCING: Text = Text::new("同步中", "Syncing");

pub const SIGN_IN_AGAIN: Text = Text::new("请重新登录", "Please sign in again");

pub const OUTBOX: Text = Text::new("未被接受的操作", "Not accepted");
pub const OUTBOX_HINT: Text =
    Text::new("服务器没有接受下面的操作，其他内容已照常同步。", "The server did not accept these. Everything else was synced.");
pub const TRY_AGAIN: Text = Text::new("再试一次", "Try again");
pub const DISCARD: Text = Text::new("放弃", "Discard");
pub const UNKNOWN_COMMAND: Text = Text::new("旧版本的操作", "Something from an older version");

pub const PALETTE: Text = Text::new("查找客户、工单或执行操作", "Find a customer or a ticket, or do something");
pub const PALETTE_HINT: Text = Text::new("名称、拼音、首字母、编号都可以", "Name, pinyin, initials or number");
pub const GO_TO: Text = Text::new("前往", "Go to");
pub const NEW_CUSTOMER: Text = Text::new("新建客户", "New customer");
pub const CHOOSE: Text = Text::new("选择", "choose");
pub const NOTHING_FOUND: Text = Text::new("没有找到", "Nothing found");

pub const SECURITY: Text = Text::new("密码与设备", "Password and devices");
pub const DEVICES: Text = Text::new("登录的设备", "Signed-in devices");
pub const DEVICES_HINT: Text = Text::new("不认识的，请立即退出并更改密码。", "End any you do not know, and change your password.");
pub const THIS_DEVICE: Text = Text::new("这台设备", "This device");
pub const END_DEVICE: Text = Text::new("退出", "Sign out");
pub const DEVICE_ENDED: Text = Text::new("那台设备已退出", "That device is signed out");
pub const DEVICES_UNKNOWN: Text = Text::new("联网后才能看到。", "They are shown once there is a connection.");
pub const CHANGE_PASSWORD: Text = Text::new("更改密码", "Change password");
pub const CURRENT_PASSWORD: Text = Text::new("现在的密码", "Current password");
pub const NEW_PASSWORD: Text = Text::new("新密码", "New password");
pub const NEW_PASSWORD_HINT: Text = Text::new("至少 8 个字符，一句话最好记。", "At least 8 characters; a short sentence is easy to keep.");
pub const PASSWORD_SHORT: Text = Text::new("至少要 8 个字符。", "It needs at least 8 characters.");
pub const PASSWORD_MISSING: Text = Text::new("请填写现在的密码。", "Please enter your current password.");
pub const PASSWORD_CHANGED: Text = Text::new("密码已更改，其他设备已退出", "Password changed; other devices are signed out");

pub fn seen(lang: Lang, moment: &str) -> String {
    match lang {
        Lang::Zh => format!("最近 {moment}"),
        Lang::En => format!("last seen {moment}"),
    }
}

pub fn unsent(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("{count} 项待发送"),
        (Lang::En, 1) => "1 unsent".into(),
        (Lang::En, _) => format!("{count} unsent"),
    }
}

pub fn refused(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count} 项未被接受"),
        Lang::En => format!("{count} not accepted"),
    }
}
