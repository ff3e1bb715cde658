//! What the timeline says.

use crate::words::{Lang, Text};

pub const WRITE: Text = Text::new("记一笔：和谁、说了什么、下一步", "Record a contact: who, what was said, what is next");
pub const RECORD: Text = Text::new("记跟进", "Record");
pub const METHOD: Text = Text::new("方式", "How");
pub const OUTCOME: Text = Text::new("结果", "Result");
pub const WITH: Text = Text::new("对象", "With");
pub const WHEN: Text = Text::new("时间", "When");
pub const WHEN_HINT: Text = Text::new("留空为现在", "Empty means now");
pub const DETAILS: Text = Text::new("沟通细节", "What was said");
pub const NEXT_STEP: Text = Text::new("下一步", "Next step");
pub const NEXT_WHAT: Text = Text::new("要做什么", "What to do");
pub const NEXT_DUE: Text = Text::new("什么时候", "By when");
pub const RECORDED: Text = Text::new("已记录", "Recorded");
pub const PLAN: Text = Text::new("安排下一步", "Plan a step");
pub const PLANNED: Text = Text::new("已安排", "Planned");
pub const FINISH: Text = Text::new("完成", "Done");
pub const FINISHED: Text = Text::new("这一步已完成", "Step done");
pub const DROPPED: Text = Text::new("这一步已取消", "Step dropped");
pub const DROP: Text = Text::new("取消", "Drop");
pub const NO_STEP: Text = Text::new("还没有安排下一步", "No next step planned");
pub const NO_STEP_HINT: Text = Text::new("写下要做什么、什么时候，到时会提醒你。", "Write what to do and by when; you will be reminded.");
pub const STEPS: Text = Text::new("待办", "Open steps");
pub const TIMELINE: Text = Text::new("动态", "Timeline");
pub const ALL: Text = Text::new("全部", "All");
pub const TALKS: Text = Text::new("沟通", "Contacts");
pub const CHANGES: Text = Text::new("变更", "Changes");
pub const NOTHING_YET: Text = Text::new("还没有动态", "Nothing has happened yet");
pub const NOTHING_YET_HINT: Text = Text::new("第一次沟通后，在上面记一笔。", "After the first contact, record it above.");
pub const WITHDRAWN: Text = Text::new("已撤回", "Withdrawn");
pub const DUE_MISSING: Text = Text::new("请选择下一步的时间。", "Please choose when the next step is due.");
pub const LATE: Text = Text::new("已过期", "Overdue");
pub const SHOW_MORE: Text = Text::new("更早的动态", "Earlier");

pub const OPENED: Text = Text::new("建档", "opened the record");
pub const ARCHIVED: Text = Text::new("归档了客户", "archived the customer");
pub const TICKETS: Text = Text::new("工单", "Tickets");
pub const TICKET_OPENED: Text = Text::new("提交了工单：", "opened a ticket: ");
pub const TICKET_SOLVED: Text = Text::new("解决了工单：", "solved a ticket: ");
pub const RESTORED: Text = Text::new("恢复了客户", "restored the customer");

pub fn with(lang: Lang, method: &str, name: &str) -> String {
    match lang {
        Lang::Zh if name.is_empty() => method.to_owned(),
        Lang::Zh => format!("与{name}{method}"),
        Lang::En if name.is_empty() => method.to_ascii_lowercase(),
        Lang::En => format!("{} with {name}", method.to_ascii_lowercase()),
    }
}

pub fn came_to(lang: Lang, said: &str, outcome: &str) -> String {
    match lang {
        Lang::Zh => format!("{said}，{outcome}"),
        Lang::En => format!("{said}: {}", outcome.to_ascii_lowercase()),
    }
}

pub fn edited(lang: Lang, fields: &str) -> String {
    match lang {
        Lang::Zh => format!("修改了{fields}"),
        Lang::En => format!("changed {fields}"),
    }
}

pub fn contact_added(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("添加了联系人 {name}"),
        Lang::En => format!("added the contact {name}"),
    }
}

pub fn contact_edited(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("修改了联系人 {name}"),
        Lang::En => format!("changed the contact {name}"),
    }
}

pub fn contact_removed(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("移除了联系人 {name}"),
        Lang::En => format!("removed the contact {name}"),
    }
}

pub fn transferred(lang: Lang, to: &str) -> String {
    match lang {
        Lang::Zh if to.is_empty() => "移除了负责人".to_owned(),
        Lang::Zh => format!("转给{to}负责"),
        Lang::En if to.is_empty() => "removed the owner".to_owned(),
        Lang::En => format!("handed over to {to}"),
    }
}

pub fn step_done(lang: Lang, text: &str) -> String {
    match lang {
        Lang::Zh => format!("完成：{text}"),
        Lang::En => format!("finished: {text}"),
    }
}

pub fn ticket_rated(lang: Lang, stars: u8) -> String {
    match lang {
        Lang::Zh => format!("给工单打了 {stars} 星："),
        Lang::En => format!("gave {stars} of 5 stars to "),
    }
}

pub fn bought(lang: Lang, amount: &str) -> String {
    match lang {
        Lang::Zh => format!("登记订单付款 {amount}"),
        Lang::En => format!("recorded a paid order of {amount}"),
    }
}

pub fn refunded(lang: Lang, amount: &str) -> String {
    match lang {
        Lang::Zh => format!("登记订单退款 {amount}"),
        Lang::En => format!("recorded a refund of {amount}"),
    }
}

pub fn redeemed(lang: Lang, title: &str, points: i64) -> String {
    match lang {
        Lang::Zh => format!("用 {points} 积分兑换了{title}"),
        Lang::En => format!("redeemed {points} points for {title}"),
    }
}

/// Into a tier, or out of all of them.
pub fn ranked(lang: Lang, tier: Option<&str>, rises: bool) -> String {
    match (lang, tier) {
        (Lang::Zh, Some(tier)) => format!("{}为{tier}", if rises { "升级" } else { "降级" }),
        (Lang::En, Some(tier)) => format!("{} to {tier}", if rises { "rose" } else { "fell" }),
        (Lang::Zh, None) => "不再有会员等级".to_owned(),
        (Lang::En, None) => "has no tier any more".to_owned(),
    }
}

pub fn answered(lang: Lang, score: u8) -> String {
    match lang {
        Lang::Zh => format!("推荐意愿 {score} 分"),
        Lang::En => format!("would recommend us: {score} of 10"),
    }
}

/// The name of a customer's or a contact's field, as the history stores it.
pub fn field(lang: Lang, name: &str) -> &'static str {
    let text = match name {
        "name" => Text::new("名称", "name"),
        "kind" => Text::new("类型", "kind"),
        "nature" => Text::new("性质", "nature"),
        "size" => Text::new("规模", "size"),
        "industry" => Text::new("行业", "industry"),
        "source" => Text::new("来源", "source"),
        "since" => Text::new("合作始于", "customer since"),
        "legal_representative" => Text::new("法定代表人", "legal representative"),
        "business_scope" => Text::new("经营范围", "business scope"),
        "address" => Text::new("地址", "address"),
        "phone" => Text::new("电话", "phone"),
        "email" => Text::new("邮箱", "e-mail"),
        "needs" => Text::new("需求与偏好", "needs"),
        "position" => Text::new("职位", "position"),
        "decision_role" => Text::new("决策角色", "part in decisions"),
        "shares_tickets" => Text::new("工单共享", "shared tickets"),
        "preferences" => Text::new("关注点", "preferences"),
        _ => Text::new("资料", "details"),
    };
    text.in_lang(lang)
}
