//! What the tickets' screens say.

use crate::browser::format;
use crate::words::{Lang, Text};
use domain::tickets::State;

pub const POOR_RATINGS: Text = Text::new("低分评价", "Poor ratings");
pub const WERE_LATE: Text = Text::new("超时工单", "Late tickets");
pub const TICKETS: Text = Text::new("工单", "Tickets");
pub const NEW: Text = Text::new("新建工单", "New ticket");
pub const NO: Text = Text::new("编号", "No.");
pub const SUBJECT: Text = Text::new("事由", "Subject");
pub const CUSTOMER: Text = Text::new("客户", "Customer");
pub const CONTACT: Text = Text::new("联系人", "Contact");
pub const KIND: Text = Text::new("类型", "Kind");
pub const CHANNEL: Text = Text::new("渠道", "Channel");
pub const PRIORITY: Text = Text::new("优先级", "Priority");
pub const ASSIGNEE: Text = Text::new("处理人", "Assignee");
pub const CLOCK: Text = Text::new("时钟", "Clock");
pub const DUE: Text = Text::new("剩余", "Left");
pub const LAST_WORDS: Text = Text::new("最近来往", "Last words");
pub const WHAT_THEY_SAY: Text = Text::new("客户怎么说", "What the customer says");
pub const CUSTOMER_MISSING: Text = Text::new("请选择客户。", "Please choose a customer.");
pub const CREATED: Text = Text::new("工单已建", "Ticket created");

pub const VIEWS: Text = Text::new("工单视图", "Views of tickets");
pub const MINE: Text = Text::new("我的", "Mine");
pub const UNASSIGNED: Text = Text::new("未分配", "Unassigned");
pub const PENDING: Text = Text::new("全部待处理", "All pending");
pub const WAITING: Text = Text::new("待客户回复", "Waiting");
pub const SOLVED: Text = Text::new("已解决", "Solved");
pub const CLOSED: Text = Text::new("已关闭", "Closed");
pub const SEARCH: Text = Text::new("事由、编号、客户", "Subject, number, customer");
pub const MOVE_KEYS: Text = Text::new("上下", "move");
pub const TAKE: Text = Text::new("分给我", "take");
pub const SOLVE_KEY: Text = Text::new("解决", "solve");
pub const REPLY_KEY: Text = Text::new("回复", "reply");
pub const NOTE_KEY: Text = Text::new("备注", "note");

pub const OVERDUE: Text = Text::new("已超时", "Overdue");
pub const DUE_TODAY: Text = Text::new("今天到期", "Due today");
pub const DUE_LATER: Text = Text::new("明天及以后", "Tomorrow and later");
pub const PAUSED_GROUP: Text = Text::new("等待客户，计时已暂停", "Waiting for the customer, clock paused");
pub const DONE_GROUP: Text = Text::new("已完成", "Done");
pub const LATE: Text = Text::new("超时", "Late");
pub const LATE_NOW: Text = Text::new("已超时", "Overdue");
pub const PAUSED: Text = Text::new("暂停", "Paused");
pub const RESPONSE_SHORT: Text = Text::new("首响", "Reply");
pub const RESOLUTION_SHORT: Text = Text::new("解决", "Solve");
pub const RESPONSE: Text = Text::new("首次响应", "First response");
pub const RESOLUTION: Text = Text::new("解决", "Resolution");
pub const RATING: Text = Text::new("客户评价", "Rating");
pub const CUSTOMER_WAITS: Text = Text::new("客户在等回复", "The customer waits for an answer");

pub const NONE_MINE: Text = Text::new("没有分给你的工单", "No ticket is yours");
pub const NONE_MINE_HINT: Text = Text::new("看看未分配的，按 A 把一张分给自己。", "Look at the unassigned ones; A takes one.");
pub const NONE_UNASSIGNED: Text = Text::new("每张工单都有人处理", "Somebody takes care of every ticket");
pub const NONE_UNASSIGNED_HINT: Text = Text::new("新工单会先出现在这里。", "New tickets appear here first.");
pub const NONE_PENDING: Text = Text::new("没有待处理的工单", "Nothing is pending");
pub const NONE_PENDING_HINT: Text = Text::new(
    "客户来电或来信时，在这里新建一张，时钟从那一刻开始。",
    "When a customer calls or writes, create one here; its clock starts at once.",
);
pub const NONE_WAITING: Text = Text::new("没有在等客户的工单", "No ticket waits for a customer");
pub const NONE_WAITING_HINT: Text =
    Text::new("回复时选择“等待客户”，时钟会暂停。", "Choose \"wait for the customer\" with an answer and the clock pauses.");
pub const NONE_DONE: Text = Text::new("这里还没有工单", "No tickets here yet");
pub const NONE_DONE_HINT: Text =
    Text::new("解决后七天没有回音的工单会自动关闭。", "A solved ticket closes after seven days without a word.");
pub const NONE_MATCH: Text = Text::new("没有符合条件的工单", "No ticket matches");
pub const NONE_OF_CUSTOMER: Text = Text::new("没有工单", "No tickets");
pub const SEE_UNASSIGNED: Text = Text::new("看未分配的", "See unassigned");
pub const ONLY_HERE: Text =
    Text::new("没有网络，这里只有本设备上的工单。", "There is no connection: these are the tickets on this device.");
pub const NOT_HERE: Text = Text::new("这台设备上没有这张工单", "This ticket is not on this device");
pub const NOT_HERE_HINT: Text = Text::new("可能不在你的范围内，或尚未同步。", "It may be outside what you see, or not synced yet.");
pub const BACK: Text = Text::new("回到工单列表", "Back to tickets");
pub const PREVIOUS: Text = Text::new("上一张", "Previous");
pub const NEXT: Text = Text::new("下一张", "Next");
pub const COPY_LINK: Text = Text::new("复制链接", "Copy link");
pub const LINK_COPIED: Text = Text::new("链接已复制", "Link copied");
pub const MYSELF: Text = Text::new("我", "Me");
pub const CLOSED_FOR_GOOD: Text = Text::new("已关闭，不能再改", "Closed for good");

pub const CONVERSATION: Text = Text::new("对话", "Conversation");
pub const REPLY: Text = Text::new("回复客户", "Reply to customer");
pub const NOTE: Text = Text::new("内部备注", "Internal note");
pub const AUDIENCE: Text = Text::new("写给谁", "Who reads it");
pub const REPLY_HEAD: Text = Text::new("公开回复", "Reply");
pub const NOTE_HEAD: Text = Text::new("内部备注，客户看不到", "Internal note, not shown to the customer");
pub const NOTE_READERS: Text = Text::new("只有同事看得到", "Colleagues only");
pub const REPLY_PLACEHOLDER: Text = Text::new("写给客户", "Write to the customer");
pub const NOTE_PLACEHOLDER: Text = Text::new("写给同事，用 @ 提到某人", "Write to colleagues, mention one with @");
pub const MENTION: Text = Text::new("@ 提到同事", "@ Mention a colleague");
pub const SEND: Text = Text::new("发送", "Send");
pub const ADD_NOTE: Text = Text::new("添加备注", "Add note");
pub const SEEN: Text = Text::new("客户已读", "Read by the customer");
pub const RATED: Text = Text::new("评价了这次服务", "rated the service");
pub const LAST_RATING: Text = Text::new("最近评价", "Last rating");

pub const AID: Text = Text::new("投诉三步法", "Three steps for complaints");
pub const LISTEN: Text = Text::new("倾听", "Listen");
pub const LISTEN_HINT: Text = Text::new("复述问题", "repeat the problem");
pub const LISTEN_OPENING: Text = Text::new("您反映的是：", "As you wrote, ");
pub const EMPATHISE: Text = Text::new("共情", "Empathise");
pub const EMPATHISE_HINT: Text = Text::new("说出影响", "name what it meant");
pub const EMPATHISE_OPENING: Text = Text::new("我理解这给您带来的影响，", "I understand what this meant for you: ");
pub const SOLVE: Text = Text::new("解决", "Solve");
pub const SOLVE_HINT: Text = Text::new("写明谁、何时、做什么", "say who does what by when");
pub const SOLVE_OPENING: Text = Text::new("我们会在  前由  完成：", "We will ");

pub const MY_TICKETS: Text = Text::new("我手上的工单", "My tickets");
pub const UNASSIGNED_IN_TEAMS: Text = Text::new("团队里还没人处理的", "Unassigned in my teams");

/// What pressing it does.
#[must_use]
pub const fn verb(to: State) -> Text {
    match to {
        State::New | State::Open => Text::new("继续处理", "Work on it"),
        State::Waiting => Text::new("等待客户", "Wait for the customer"),
        State::Solved => Text::new("标为已解决", "Mark as solved"),
        State::Closed => Text::new("关闭", "Close"),
    }
}

/// What becomes of the ticket once an answer is sent.
#[must_use]
pub const fn and_then(to: State) -> Text {
    match to {
        State::Waiting => Text::new("发送并等待客户，计时暂停", "Send and wait for the customer, clock pauses"),
        State::Solved | State::Closed => Text::new("发送并标为已解决", "Send and mark as solved"),
        State::New | State::Open => Text::new("发送并继续处理，计时继续", "Send and keep working, clock runs"),
    }
}

/// `#1042`; nothing until the server has numbered it.
#[must_use]
pub fn number(no: Option<i64>) -> String {
    no.map(|no| format!("#{no}")).unwrap_or_default()
}

/// A sentence about a ticket: its number, where it has one, before what happened with it.
fn about(lang: Lang, no: Option<i64>, zh: &str, en: &str) -> String {
    let (what, said) = if lang == Lang::Zh { ("工单", zh) } else { ("Ticket", en) };
    format!("{what} {} {said}", number(no)).replace("  ", " ")
}

pub fn moved(lang: Lang, no: Option<i64>, state: &str) -> String {
    about(lang, no, state, &format!("is now: {}", state.to_ascii_lowercase()))
}

pub fn assigned(lang: Lang, no: Option<i64>, name: &str) -> String {
    if name.is_empty() {
        return about(lang, no, "已放回未分配", "is unassigned");
    }
    about(lang, no, &format!("已分给{name}"), &format!("assigned to {name}"))
}

pub fn prioritised(lang: Lang, no: Option<i64>, priority: &str) -> String {
    about(lang, no, &format!("优先级改为{priority}"), &format!("priority is now {}", priority.to_ascii_lowercase()))
}

pub fn reclassified(lang: Lang, no: Option<i64>, kind: &str) -> String {
    about(lang, no, &format!("类型改为{kind}"), &format!("is now a {}", kind.to_ascii_lowercase()))
}

/// Who did what, as a quiet line between the words of a conversation.
fn who(lang: Lang, who: &str, zh: &str, en: &str) -> String {
    if lang == Lang::Zh { format!("{who}{zh}") } else { format!("{who} {en}") }
}

pub fn who_moved(lang: Lang, name: &str, state: &str) -> String {
    who(lang, name, &format!("将状态改为“{state}”"), &format!("set the state to {}", state.to_ascii_lowercase()))
}

pub fn who_took(lang: Lang, name: &str) -> String {
    who(lang, name, "接手处理", "took it")
}

pub fn who_assigned(lang: Lang, name: &str, to: &str) -> String {
    who(lang, name, &format!("分给{to}处理"), &format!("assigned it to {to}"))
}

pub fn who_gave_back(lang: Lang, name: &str) -> String {
    who(lang, name, "放回未分配", "unassigned it")
}

pub fn who_prioritised(lang: Lang, name: &str, priority: &str) -> String {
    who(lang, name, &format!("将优先级改为“{priority}”"), &format!("set the priority to {}", priority.to_ascii_lowercase()))
}

pub fn who_reclassified(lang: Lang, name: &str, kind: &str) -> String {
    who(lang, name, &format!("将类型改为“{kind}”"), &format!("set the kind to {}", kind.to_ascii_lowercase()))
}

pub fn left_when_paused(lang: Lang, span: &str) -> String {
    if lang == Lang::Zh { format!("剩 {span}") } else { format!("{span} left") }
}

pub fn until(lang: Lang, moment: &str) -> String {
    if lang == Lang::Zh { format!("{moment} 前") } else { format!("by {moment}") }
}

pub fn opened(lang: Lang, moment: &str) -> String {
    if lang == Lang::Zh { format!("{moment} 提出") } else { format!("Opened {moment}") }
}

pub fn written_down_by(lang: Lang, name: &str) -> String {
    if lang == Lang::Zh { format!("由{name}代为记录") } else { format!("written down by {name}") }
}

pub fn sent_to(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh if name.is_empty() => "客户看得到".to_owned(),
        Lang::Zh => format!("发给{name}，客户看得到"),
        Lang::En if name.is_empty() => "The customer reads this".to_owned(),
        Lang::En => format!("To {name}, shown to the customer"),
    }
}

pub fn priority_named(lang: Lang, priority: &str) -> String {
    if lang == Lang::Zh { format!("优先级{priority}") } else { format!("{priority} priority") }
}

pub fn automatic(lang: Lang, priority: &str) -> String {
    if lang == Lang::Zh { format!("自动（{priority}）") } else { format!("Automatic ({})", priority.to_ascii_lowercase()) }
}

pub fn more(lang: Lang, n: usize) -> String {
    if lang == Lang::Zh { format!("还有 {n} 张") } else { format!("{n} more") }
}

/// `more`: there are more than these.
pub fn count(lang: Lang, (n, more): (usize, bool)) -> String {
    let number = format::counted(n, more);
    match (lang, n) {
        (Lang::Zh, _) => format!("{number} 张"),
        (Lang::En, 1) => "1 ticket".to_owned(),
        (Lang::En, _) => format!("{number} tickets"),
    }
}
