//! What the doors say.

use crate::words::{Lang, Text};
use domain::sync::MAX_OFFLINE_DAYS;

pub const TAGLINE: Text = Text::new("客户关系，一步不落。", "Every customer, every step.");
pub const SIGN_IN_TITLE: Text = Text::new("登录", "Sign in");
pub const WHO: Text = Text::new("邮箱或手机号", "E-mail or phone");
pub const PASSWORD: Text = Text::new("密码", "Password");
pub const FORGOTTEN: Text =
    Text::new("忘记密码时，请同事或管理员给你一个新链接。", "Forgotten? Ask a colleague or an administrator for a new link.");
pub const DEMO: Text = Text::new("演示账号", "Demo accounts");
pub const DEMO_HINT: Text = Text::new("数据是虚构的，随便试。", "The data is made up. Try anything.");
pub const UNREACHED: Text =
    Text::new("连不上服务器，请检查网络后重试。", "The server cannot be reached. Check the connection and try again.");
pub const SOMETHING_BROKE: Text = Text::new("我们这边出了点问题，请稍后重试。", "Something broke on our side. Please try again later.");

pub const SET_UP_TITLE: Text = Text::new("开始使用", "Get started");
pub const SET_UP_HINT: Text =
    Text::new("填好这几项就可以用了，以后都能改。", "A few things, then you are ready. All can be changed later.");
pub const COMPANY: Text = Text::new("公司名称", "Company");
pub const ZONE: Text = Text::new("时区", "Time zone");
pub const CURRENCY: Text = Text::new("货币", "Currency");
pub const YOUR_NAME: Text = Text::new("你的姓名", "Your name");
pub const YOUR_EMAIL: Text = Text::new("你的邮箱", "Your e-mail");
pub const NEW_PASSWORD: Text = Text::new("设置密码", "Set a password");
pub const PASSWORD_HINT: Text = Text::new("至少 8 个字符，长一点更安全。", "At least 8 characters. Longer is safer.");
pub const BEGIN: Text = Text::new("开始", "Begin");
pub const SET_UP_FIRST: Text =
    Text::new("还没有设置。请打开服务器启动时打印的设置链接。", "Not set up yet. Open the link that the server printed when it started.");

pub const ENTER: Text = Text::new("进入", "Enter");
pub const JOIN: Text = Text::new("加入", "Join");
pub const SAVE_PASSWORD: Text = Text::new("保存密码", "Save password");
pub const LINK_SPENT: Text = Text::new("这个链接已用过或已过期", "This link has been used or has expired");
pub const LINK_SPENT_HINT: Text = Text::new("请让给你链接的人再发一个。", "Please ask whoever gave it to you for a new one.");

pub const NOT_FOUND: Text = Text::new("这里没有页面", "There is no page here");
pub const NOT_FOUND_HINT: Text = Text::new("地址可能写错了，或页面已搬走。", "The address may be mistyped, or the page has moved.");
pub const GO_HOME: Text = Text::new("回到首页", "Back to the start");

pub fn welcome(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name}，欢迎加入"),
        Lang::En => format!("Welcome, {name}"),
    }
}

pub fn signs_in_as(lang: Lang, who: &str) -> String {
    match lang {
        Lang::Zh => format!("以后用 {who} 登录。"),
        Lang::En => format!("You will sign in as {who}."),
    }
}

pub const SIGN_IN_AGAIN: Text = Text::new("请重新登录", "Please sign in again");
pub const SIGN_IN_AGAIN_HINT: Text =
    Text::new("登录已过期。你写的内容都还在，登录后继续。", "Your session has ended. Everything you wrote is still here.");
pub fn locked(lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("这台设备超过 {MAX_OFFLINE_DAYS} 天没有联网。连上网络后显示内容；你写的都还在。"),
        Lang::En => format!(
            "This device has been offline for more than {MAX_OFFLINE_DAYS} days. Connect it to see its content; what you wrote is still here."
        ),
    }
}
pub const TOO_OLD: Text = Text::new(
    "这个版本太旧，更新后才能继续同步。你写的都还在。",
    "This version is too old to sync. Update it to go on; what you wrote is still here.",
);
pub const UNKEPT: Text = Text::new(
    "这台设备存不下刚写的内容。发送完之前，请不要关闭这一页。",
    "This device could not keep what you just wrote. Please leave this page open until it is sent.",
);
pub const UNSENT_TITLE: Text = Text::new("还有内容没有发送", "Some entries are not sent yet");
pub const LEAVE_ANYWAY: Text = Text::new("仍然退出", "Sign out anyway");
pub const STAY: Text = Text::new("留下来发送", "Stay and send");

pub fn unsent_at_leaving(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("这台设备上还有 {count} 项没有发送，退出后会丢失。联网后会自动发送。"),
        Lang::En => format!("{count} entries on this device are not sent and would be lost. They go out once there is a connection."),
    }
}

pub const CUSTOMER: Text = Text::new("客户", "Customer");

pub fn welcome_customer(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name}，您好"),
        Lang::En => format!("Welcome, {name}"),
    }
}

pub fn invites_you(lang: Lang, company: &str, who: &str) -> String {
    match lang {
        Lang::Zh => format!("{company}邀请您使用客户门户：随时找到我们，看到每件事的进展。设好密码就能进来，以后用 {who} 登录。"),
        Lang::En => format!(
            "{company} invites you to its customer portal: reach us at any time and see how everything stands. Set a password and you are in; next time you sign in as {who}."
        ),
    }
}
