//! What the customers' screens say.

use crate::{
    browser::format,
    words::{Lang, Text},
};

pub const CUSTOMERS: Text = Text::new("客户", "Customers");
pub const CUSTOMER: Text = Text::new("客户", "Customer");
pub const NEW: Text = Text::new("新建客户", "New customer");
pub const EDIT: Text = Text::new("编辑资料", "Edit details");
pub const NAME: Text = Text::new("客户名称", "Name");
pub const TIER: Text = Text::new("等级", "Tier");
pub const NO: Text = Text::new("客户编号", "Customer no.");
pub const NO_HINT: Text = Text::new("留空由系统编号", "Left empty, the system numbers it");
pub const KIND: Text = Text::new("类型", "Kind");
pub const NATURE: Text = Text::new("性质", "Nature");
pub const SIZE: Text = Text::new("规模", "Size");
pub const INDUSTRY: Text = Text::new("行业", "Industry");
pub const SOURCE: Text = Text::new("来源", "Source");
pub const SINCE: Text = Text::new("合作始于", "Customer since");
pub const LEGAL_REPRESENTATIVE: Text = Text::new("法定代表人", "Legal representative");
pub const BUSINESS_SCOPE: Text = Text::new("经营范围", "Business scope");
pub const ADDRESS: Text = Text::new("地址", "Address");
pub const PHONE: Text = Text::new("电话", "Phone");
pub const EMAIL: Text = Text::new("邮箱", "E-mail");
pub const NEEDS: Text = Text::new("需求与偏好", "Needs and preferences");
pub const OWNER: Text = Text::new("负责人", "Owner");
pub const TEAM: Text = Text::new("团队", "Team");
pub const TEAM_MISSING: Text = Text::new(
    "还没有团队可选：首次同步完成后再试，或请管理员新建一个。",
    "There is no team yet: try again after the first sync, or ask an administrator for one.",
);
pub const STATE: Text = Text::new("状态", "State");
pub const LAST_CONTACT: Text = Text::new("最近联系", "Last contact");
pub const NEXT_STEP: Text = Text::new("下一步", "Next step");
pub const NOBODY: Text = Text::new("暂无负责人", "No owner");
pub const TALKS_90: Text = Text::new("近 90 天沟通", "Contacts in 90 days");
pub const NEVER: Text = Text::new("从未", "Never");
pub const DETAILS: Text = Text::new("客户资料", "Details");
pub const CLASSIFICATION: Text = Text::new("分类", "Classification");

pub const ALL: Text = Text::new("全部", "All");
pub const MINE: Text = Text::new("我负责的", "Mine");
pub const QUIET: Text = Text::new("30 天未联系", "Quiet for 30 days");
pub const WITHOUT_STEP: Text = Text::new("没有下一步", "No next step");
pub const ARCHIVED: Text = Text::new("已归档", "Archived");
pub const VIEWS: Text = Text::new("客户视图", "Views of customers");
pub const SEARCH: Text = Text::new("名称、拼音、编号、联系人", "Name, pinyin, number, contact");
pub const NONE_YET: Text = Text::new("还没有客户", "No customers yet");
pub const NONE_YET_HINT: Text = Text::new("先建一位客户，再记下第一次沟通。", "Create one, then record your first contact.");
pub const NONE_MATCH: Text = Text::new("没有符合条件的客户", "No customer matches");
pub const NONE_MATCH_HINT: Text = Text::new("试试更短的词，或去掉一个条件。", "Try a shorter word, or take a condition away.");
pub const ONLY_HERE: Text =
    Text::new("没有网络，这里只有本设备上的客户。", "There is no connection: these are the customers on this device.");
pub const CLEAR_FILTERS: Text = Text::new("清除条件", "Clear conditions");
pub const ANY: Text = Text::new("不限", "Any");

pub const ARCHIVE: Text = Text::new("归档", "Archive");
pub const RESTORE: Text = Text::new("恢复", "Restore");
pub const WAS_ARCHIVED: Text = Text::new("已归档", "Archived");
pub const IS_ARCHIVED: Text = Text::new("这位客户已归档，资料只读。", "This customer is archived and read-only.");
pub const CREATED: Text = Text::new("客户已建档", "Customer created");
pub const SAVED: Text = Text::new("资料已保存", "Details saved");
pub const TRANSFER: Text = Text::new("转移", "Transfer");

pub const CONTACTS: Text = Text::new("联系人", "Contacts");
pub const ADD_CONTACT: Text = Text::new("添加联系人", "Add a contact");
pub const EDIT_CONTACT: Text = Text::new("编辑联系人", "Edit contact");
pub const CONTACT_NAME: Text = Text::new("姓名", "Name");
pub const POSITION: Text = Text::new("职位", "Position");
pub const DECISION_ROLE: Text = Text::new("决策角色", "Part in decisions");
pub const PREFERENCES: Text = Text::new("关注点", "Cares about");
pub const PREFERENCES_HINT: Text = Text::new("如：技术看参数，高管看回报", "For example: engineers look at figures, executives at returns");
pub const NO_CONTACTS: Text = Text::new("还不认识任何人", "Nobody known yet");
pub const MISSING_DECIDER: Text = Text::new("还不认识决策者", "No decision maker known");
pub const COMPLETE: Text = Text::new("补上", "Add");
pub const REVEAL: Text = Text::new("显示完整号码", "Show the whole number");
pub const PHONE_KEPT: Text = Text::new("留空则不变", "Leave empty to keep it");
pub const NOT_HERE: Text = Text::new("这台设备上没有这位客户", "This customer is not on this device");
pub const NOT_HERE_HINT: Text = Text::new("可能不在你的范围内，或尚未同步。", "It may be outside what you see, or not synced yet.");
pub const BACK: Text = Text::new("回到客户列表", "Back to customers");

pub const INVITE: Text = Text::new("邀请使用门户", "Invite to portal");
pub const WAS_INVITED: Text = Text::new("门户已邀请", "Portal: invited");
pub const IS_IN: Text = Text::new("门户已开通", "Portal: in use");
pub const NOT_INVITED: Text = Text::new("还没有邀请", "Not invited yet");
pub const INVITED: Text = Text::new("已邀请，还没有登录", "Invited, not signed in yet");
pub const USES_PORTAL: Text = Text::new("使用门户", "Uses the portal");
pub const PORTAL_UNKNOWN: Text = Text::new("联网后才知道是否已开通。", "Whether they have access is known once there is a connection.");
pub const NO_ADDRESS: Text =
    Text::new("先填写手机号或邮箱，他们用它登录。", "Add a telephone number or an e-mail address first; they sign in with it.");
pub const MAKE_LINK: Text = Text::new("生成邀请链接", "Make an invitation link");
pub const MAKE_LINK_AGAIN: Text = Text::new("重新生成链接", "Make another link");
pub const LINK_HINT: Text = Text::new(
    "当面让客户扫码，或把链接发给对方。链接只能用一次，打开后自行设置密码。",
    "Let them scan it, or send them the link. It works once; they choose their own password.",
);
pub const SCAN: Text = Text::new("邀请二维码", "Invitation as a QR code");
pub const LINK_COPIED: Text = Text::new("链接已复制", "Link copied");
pub const END_ACCESS: Text = Text::new("在所有设备上退出", "Sign out everywhere");
pub const ENDED: Text = Text::new("已在所有设备上退出", "Signed out everywhere");
pub const OR: Text = Text::new(" 或 ", " or ");
pub const SHARES: Text = Text::new("联系人能看到彼此的工单", "Contacts see each other's tickets");
pub const SHARES_HINT: Text = Text::new("关闭时，每个人在门户里只看到自己提的。", "Off, each sees only their own in the portal.");
pub const SHARED_NOW: Text = Text::new("联系人现在能看到彼此的工单", "Contacts now see each other's tickets");
pub const UNSHARED_NOW: Text = Text::new("联系人现在只看到自己的工单", "Contacts now see only their own tickets");

pub fn signs_in_with(lang: Lang, who: &str) -> String {
    match lang {
        Lang::Zh => format!("用 {who} 登录"),
        Lang::En => format!("Signs in with {who}"),
    }
}

pub fn last_seen(lang: Lang, moment: &str) -> String {
    match lang {
        Lang::Zh => format!("最近 {moment}"),
        Lang::En => format!("last {moment}"),
    }
}

pub fn valid_for(lang: Lang, hours: u32) -> String {
    match lang {
        Lang::Zh => format!("{hours} 小时内有效。"),
        Lang::En => format!("Valid for {hours} hours."),
    }
}

pub fn access_of(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name}的门户访问"),
        Lang::En => format!("Portal access of {name}"),
    }
}

/// `more`: there are more than these.
pub fn count(lang: Lang, (n, more): (usize, bool)) -> String {
    let number = format::counted(n, more);
    match (lang, n) {
        (Lang::Zh, _) => format!("{number} 户"),
        (Lang::En, 1) => "1 customer".into(),
        (Lang::En, _) => format!("{number} customers"),
    }
}

pub fn years(lang: Lang, n: i64) -> String {
    match (lang, n) {
        (Lang::Zh, 0) => "合作不满一年".into(),
        (Lang::Zh, _) => format!("合作 {n} 年"),
        (Lang::En, 0) => "under a year".into(),
        (Lang::En, 1) => "1 year".into(),
        (Lang::En, _) => format!("{n} years"),
    }
}

pub fn owned_by(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name}负责"),
        Lang::En => format!("Owned by {name}"),
    }
}

pub fn people(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("{n} 位"),
        Lang::En => n.to_string(),
    }
}

pub fn removed(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("已移除 {name}"),
        Lang::En => format!("{name} removed"),
    }
}

pub fn archived(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name} 已归档"),
        Lang::En => format!("{name} archived"),
    }
}
