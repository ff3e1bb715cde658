//! What an export holds: every table that is somebody's data, its columns in the words of both languages, and what is
//! left out and why. A test holds these lists against the tables that there are.

use domain::words::Text;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 32 hexadecimal digits.
    Id,
    Text,
    Number,
    /// In the smallest unit of the currency.
    Amount,
    /// `true` or `false`.
    Flag,
    /// In UTC, as in `2026-11-21T04:00:00Z`.
    Moment,
    /// Several values in one: as they are in JSON, as JSON in CSV.
    Parts,
}

use Kind::{Amount, Flag, Id, Moment, Number, Parts, Text as Words};

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub what: Text,
}

const fn column(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Column {
    Column { name, kind, what: Text::new(zh, en) }
}

/// A file of the export, in both forms.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    pub what: Text,
    /// What is in it, by name.
    columns: &'static str,
    /// Columns whose name means something else here than anywhere.
    own: &'static [Column],
    /// Columns that never leave: secrets, and what only the machine needs.
    pub withheld: &'static [&'static str],
    /// Where its rows come from, if not from the table of its name.
    pub from: &'static str,
    pub order: &'static str,
}

const fn table(name: &'static str, zh: &'static str, en: &'static str, columns: &'static str) -> Table {
    Table { name, what: Text::new(zh, en), columns, own: &[], withheld: &[], from: "", order: "id" }
}

impl Table {
    const fn own(self, own: &'static [Column]) -> Self {
        Self { own, ..self }
    }

    const fn withheld(self, withheld: &'static [&'static str]) -> Self {
        Self { withheld, ..self }
    }

    const fn from(self, from: &'static str) -> Self {
        Self { from, ..self }
    }

    const fn order(self, order: &'static str) -> Self {
        Self { order, ..self }
    }

    /// Its columns in their order; a name without words is a mistake of ours that a test finds.
    pub fn columns(&'static self) -> impl Iterator<Item = &'static Column> {
        let find = |name: &str| self.own.iter().chain(COMMON).find(|column| column.name == name);
        self.columns.split_whitespace().filter_map(find)
    }

    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.columns.split_whitespace()
    }
}

pub static ALL: &[Table] = &[
    table(
        "company",
        "公司及其设置",
        "The company and its settings",
        "id name zone currency sales_reach calendar targets created_at updated_at",
    ),
    table("department", "部门", "Departments", "id name created_at"),
    table("team", "团队", "Teams", "id name created_at"),
    table("person", "同事", "The people who work here", "id name role department teams state absent_until successor created_at")
        .own(&[column("state", Words, "在用或停用", "Active or disabled")]),
    table("access_account", "登录账号（不含密码）", "Accounts, without passwords", "user kind who created_at changed_at")
        .own(&[
            column("user", Id, "同事或联系人的编号", "The id of the person or contact"),
            column("kind", Words, "同事或客户", "Staff or portal"),
        ])
        .withheld(&["password"])
        .order("user"),
    table("access_name", "登录名：邮箱或电话", "Names by which somebody signs in", "who user")
        .own(&[column("user", Id, "同事或联系人的编号", "The id of the person or contact")])
        .order("who"),
    table(
        "customer",
        "客户档案",
        "Customers",
        "id no name kind nature size industry source since legal_representative business_scope address phone email needs owner team \
         state shares_tickets created_at updated_at",
    )
    .own(&[column("size", Words, "规模", "The size of the company"), column("source", Words, "来源", "Where they came from")]),
    table(
        "contact",
        "联系人",
        "Contacts at customers",
        "id customer name position decision_role phone email preferences removed created_at",
    ),
    table("customer_figure", "客户的派生数据", "What follows for a customer", "id sound last_contact_at rank open_tickets").own(SAME_ID),
    table("customer_worth", "客户的消费", "What a customer is worth", "id spent orders last_order_on").own(SAME_ID),
    table("timeline_entry", "往来记录", "What happened with customers", "id customer happened_at by what withdrawn"),
    table("timeline_step", "下一步", "Next steps", "id customer text due who state created_at finished_at"),
    table("notice", "通知", "What people were told", "id person cause customer ticket text by at read_at times"),
    table(
        "ticket",
        "工单",
        "Tickets",
        "id no customer contact kind channel subject priority state assignee opened_by opened_at clock response_due resolution_due \
         replied_at solved_at closed_at said_at said_by_customer said seen_at rating",
    )
    .own(&[column("no", Number, "工单号", "Its number")]),
    table("ticket_entry", "工单的往来与内部备注", "What was said in tickets, and internal notes", "id ticket customer at by audience what"),
    table(
        "file",
        "附件；内容在 files 文件夹里",
        "Files that people attached; their bytes are in the folder files",
        "id by name media size digest at entry",
    ),
    table(
        "sales_order",
        "订单",
        "Orders",
        "id no customer ordered_on what pieces amount currency state paid_on refunded earns by created_at updated_at",
    )
    .own(&[column("what", Words, "商品", "What was ordered")]),
    table("order_refund", "退款", "Refunds", "id order customer on amount reason by at"),
    table("loyalty_programme", "积分与等级的规则", "The rules of points and tiers", "id earning validity tiers updated_at"),
    table(
        "loyalty_lot",
        "积分批次",
        "Points by when they were earned",
        "id customer open_of order source earned_on opens_on expires_on earned used returned lapsed reversed",
    ),
    table("loyalty_entry", "积分流水", "Every change of points", "id customer at on by points owed parts why"),
    table(
        "loyalty_member",
        "会员的积分合计与等级",
        "Points in sum, and tiers",
        "id earned used returned lapsed owed rank ranked_on next_rank next_on",
    )
    .own(SAME_ID),
    table("loyalty_reward", "奖励", "Rewards", "id zh en details kind price stock from_rank offered created_at"),
    table(
        "loyalty_review",
        "等级评定",
        "Reviews of tiers",
        "id open state on sizes rises falls takes_effect_on by at decided_by decided_at",
    ),
    table("loyalty_move", "评定中的升降", "Moves of a review", "id review customer place score from to"),
    table("loyalty_redemption", "兑换", "Redemptions", "id customer reward title price parts code state by at on closed_at"),
    table(
        "survey_answer",
        "推荐意愿调查的回答",
        "Answers to the recommendation question",
        "id customer contact score comment at on taken_up_by taken_up_at",
    ),
    table("insight_cell", "每天、每部门的指标", "Figures by day and department", "id on department measure n good bad sum"),
    table(
        "import",
        "导入过的文件",
        "Files that were imported",
        "id kind file digest size by at phase problem encoding columns made changed unchanged refused read sums",
    )
    .own(&[
        column("file", Words, "文件名", "The file's name"),
        column("columns", Parts, "列的对应", "How its columns were understood"),
        column("refused", Number, "拒绝了几行", "Rows refused"),
        column("read", Number, "读了几行", "Rows read"),
        column("digest", Words, "SHA-256（十六进制）", "SHA-256 in hexadecimal digits"),
    ]),
    table(
        "rest_token",
        "其他系统的令牌（不含令牌本身）",
        "Tokens of other systems, without the tokens",
        "id name role created_at expires_at revoked_at last_used_at",
    )
    .withheld(&["token"]),
    table(
        "audit",
        "审计：谁在何时做了什么",
        "The audit: who did what, and when",
        "n at actor what subject command seq refused args old new",
    )
    .own(&[
        column("what", Words, "做了什么", "What was done"),
        column("subject", Id, "关于哪一行", "The row it is about"),
        column("n", Number, "序号", "Its place in the chain"),
    ])
    .withheld(&["detail", "previous", "digest"])
    .from("audit LEFT JOIN audit_detail USING (n)")
    .order("n"),
];

const SAME_ID: &[Column] = &[column("id", Id, "客户的编号", "The customer’s id")];

/// Tables that are nobody's data, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("access_demo", "passwords of a demonstration"),
    ("access_link", "digests of links that let somebody in"),
    ("access_session", "digests of sessions"),
    ("audit_detail", "written beside its entry of the audit; its salts are for the chain"),
    ("closed_ticket", "closed tickets as lists show them: follows from rows"),
    ("closed_ticket_text", "what finds closed tickets: follows from rows"),
    ("closed_ticket_text_config", "of closed_ticket_text"),
    ("closed_ticket_text_data", "of closed_ticket_text"),
    ("closed_ticket_text_docsize", "of closed_ticket_text"),
    ("closed_ticket_text_idx", "of closed_ticket_text"),
    ("clock", "the order of changes between this server and its devices"),
    ("counter", "the next numbers to be given"),
    ("customer_list", "customers as lists show them: follows from rows"),
    ("customer_text", "what finds customers: follows from rows"),
    ("customer_text_config", "of customer_text"),
    ("customer_text_data", "of customer_text"),
    ("customer_text_docsize", "of customer_text"),
    ("customer_text_idx", "of customer_text"),
    ("file_body", "files that are on their way"),
    ("file_piece", "the bytes of files: in the folder files"),
    ("heartbeat", "the last proof that the disk takes writes"),
    ("import_mapping", "how headers were understood the last time"),
    ("import_row", "what an undo of an import needs"),
    ("insight_fine", "figures by all that they are told apart by: follow from what counts"),
    ("insight_mark", "how figures are put right when something changes"),
    ("mutation", "verdicts that devices may still ask for"),
    ("rest_key", "answers that other systems may still ask for"),
    ("scope", "audiences: follow from rows"),
    ("scope_rows", "who is sent which row: follows from rows"),
    ("seen_command", "commands that are not done twice"),
    ("sync_client", "devices"),
    ("to_count", "work that an upgrade leaves to the next start"),
    ("to_list", "work that an upgrade leaves to the next start"),
    ("to_place", "work that an upgrade leaves to the next start"),
];

/// Columns by name, wherever they are.
const COMMON: &[Column] = &[
    column("id", Id, "编号", "Its id"),
    column("no", Words, "号码", "Its number"),
    column("name", Words, "名称", "Its name"),
    column("kind", Words, "种类", "Of which kind"),
    column("state", Words, "状态", "Its state"),
    column("text", Words, "文字", "In words"),
    column("what", Parts, "内容", "What it was"),
    column("by", Parts, "经手人", "Who did it"),
    column("at", Moment, "时间", "When"),
    column("on", Words, "业务日期", "The business day it counts for"),
    column("created_at", Moment, "创建时间", "When it was made"),
    column("updated_at", Moment, "更新时间", "When it was last changed"),
    column("changed_at", Moment, "密码更改时间", "When the password was last changed"),
    column("happened_at", Moment, "发生时间", "When it happened"),
    column("customer", Id, "客户（customer）", "The customer (customer)"),
    column("contact", Id, "联系人（contact）", "The contact (contact)"),
    column("person", Id, "同事（person）", "Whom (person)"),
    column("department", Id, "部门（department）", "The department (department)"),
    column("team", Id, "团队（team）", "The team (team)"),
    column("ticket", Id, "工单（ticket）", "The ticket (ticket)"),
    column("order", Id, "订单（sales_order）", "The order (sales_order)"),
    column("entry", Id, "所属工单记录（ticket_entry）", "What carries it (ticket_entry)"),
    column("reward", Id, "奖励（loyalty_reward）", "The reward (loyalty_reward)"),
    column("owner", Id, "负责人（person）", "Who looks after them (person)"),
    column("who", Words, "登录名", "The name to sign in with"),
    column("assignee", Id, "处理人（person）", "Who works on it (person)"),
    column("successor", Id, "接手人（person）", "Who takes over (person)"),
    column("zone", Parts, "时区及其变更", "The time zone, with its changes"),
    column("currency", Words, "币种", "The currency"),
    column("sales_reach", Words, "销售能看到多少客户", "Which customers salespeople see"),
    column("calendar", Parts, "工作时间与节假日", "Working hours and holidays"),
    column("targets", Parts, "服务时限", "Targets of service"),
    column("role", Words, "角色", "The role"),
    column("teams", Parts, "所在团队", "The teams they are in"),
    column("absent_until", Words, "缺勤到哪天", "Away until"),
    column("nature", Words, "性质", "The nature of the company"),
    column("size", Number, "字节数", "Bytes"),
    column("industry", Words, "行业", "The industry"),
    column("source", Parts, "来源", "Where it came from"),
    column("since", Words, "何时成为客户", "A customer since"),
    column("legal_representative", Words, "法定代表人", "The legal representative"),
    column("business_scope", Words, "经营范围", "The scope of business"),
    column("address", Words, "地址", "The address"),
    column("phone", Words, "电话", "The telephone number"),
    column("email", Words, "邮箱", "The e-mail address"),
    column("needs", Words, "需求", "What they need"),
    column("shares_tickets", Flag, "联系人之间共享工单", "Whether contacts see one another’s tickets"),
    column("position", Words, "职位", "The position"),
    column("decision_role", Words, "决策角色", "The part in decisions"),
    column("preferences", Words, "偏好", "Preferences"),
    column("removed", Flag, "已移除", "Whether they have left"),
    column("sound", Words, "名称的拼音", "How the name sounds"),
    column("last_contact_at", Moment, "最近联系", "The last contact"),
    column("rank", Number, "等级，0 为无", "The tier, 0 for none"),
    column("open_tickets", Number, "未关闭的工单数", "Tickets that are not closed"),
    column("spent", Amount, "累计消费", "What was spent"),
    column("orders", Number, "订单数", "How many orders"),
    column("last_order_on", Words, "最近下单日", "The day of the last order"),
    column("withdrawn", Flag, "已撤回", "Whether it was withdrawn"),
    column("due", Moment, "期限", "When it is due"),
    column("finished_at", Moment, "完成时间", "When it was finished"),
    column("cause", Words, "原因", "Why"),
    column("read_at", Moment, "阅读时间", "When it was read"),
    column("times", Number, "次数", "How many times"),
    column("channel", Words, "渠道", "The channel"),
    column("subject", Words, "主题", "What it is about"),
    column("priority", Words, "优先级", "The priority"),
    column("opened_by", Parts, "提交人", "Who opened it"),
    column("opened_at", Moment, "提交时间", "When it was opened"),
    column("clock", Parts, "计时", "Its clocks"),
    column("response_due", Moment, "首次答复期限", "When an answer is due"),
    column("resolution_due", Moment, "解决期限", "When a solution is due"),
    column("replied_at", Moment, "首次答复时间", "When it was first answered"),
    column("solved_at", Moment, "解决时间", "When it was solved"),
    column("closed_at", Moment, "关闭时间", "When it was closed"),
    column("said_at", Moment, "最近发言时间", "When something was last said"),
    column("said_by_customer", Flag, "最近发言的是客户", "Whether the customer spoke last"),
    column("said", Number, "发言数", "How much was said"),
    column("seen_at", Moment, "客户查看时间", "When the customer looked"),
    column("rating", Parts, "评价", "The rating"),
    column("audience", Words, "给谁看", "For whom"),
    column("media", Words, "类型", "The media type"),
    column("digest", Words, "SHA-256", "SHA-256"),
    column("ordered_on", Words, "下单日", "The day of the order"),
    column("pieces", Number, "件数", "How many pieces"),
    column("amount", Amount, "金额", "The amount"),
    column("paid_on", Words, "付款日", "The day of payment"),
    column("refunded", Amount, "已退款", "What was paid back"),
    column("earns", Flag, "计积分", "Whether it earns points"),
    column("reason", Words, "理由", "The reason"),
    column("earning", Parts, "如何得分", "How points are earned"),
    column("validity", Parts, "有效期", "How long they are good"),
    column("tiers", Parts, "等级", "The tiers"),
    column("open_of", Id, "有余额时为客户编号", "The customer, while points are left"),
    column("earned_on", Words, "获得日", "The day they were earned"),
    column("opens_on", Words, "可用日", "The first day of use"),
    column("expires_on", Words, "到期日", "The last day of use"),
    column("earned", Number, "获得", "Points earned"),
    column("used", Number, "已用", "Points used"),
    column("returned", Number, "退回", "Points taken back"),
    column("lapsed", Number, "过期", "Points expired"),
    column("reversed", Number, "已冲销", "Points reversed"),
    column("points", Number, "积分变化", "The change in points"),
    column("owed", Number, "欠分", "Points owed"),
    column("parts", Parts, "涉及的批次", "From which lots"),
    column("why", Parts, "原因", "Why"),
    column("ranked_on", Words, "定级日", "The day of the tier"),
    column("zh", Words, "中文名", "Its Chinese name"),
    column("en", Words, "英文名", "Its English name"),
    column("details", Words, "说明", "The details"),
    column("price", Number, "所需积分", "The price in points"),
    column("stock", Number, "库存", "What is in stock"),
    column("from_rank", Number, "最低等级", "From which tier on"),
    column("offered", Flag, "可兑换", "Whether it is offered"),
    column("title", Words, "兑换时的名称", "Its name at the time"),
    column("code", Words, "兑换码", "The code to be shown"),
    column("score", Number, "0 到 10 分", "0 to 10"),
    column("comment", Words, "意见", "The comment"),
    column("taken_up_by", Id, "跟进人（person）", "Who took it up (person)"),
    column("taken_up_at", Moment, "跟进时间", "When it was taken up"),
    column("measure", Words, "指标", "The measure"),
    column("n", Number, "数量", "How many"),
    column("good", Number, "其中好的", "Good ones among them"),
    column("bad", Number, "其中差的", "Bad ones among them"),
    column("sum", Number, "合计", "Their sum"),
    column("phase", Words, "进行到哪", "How far it is"),
    column("problem", Words, "提前结束的原因", "Why it ended early"),
    column("encoding", Words, "编码", "The encoding"),
    column("made", Number, "新建", "Rows made"),
    column("changed", Number, "更改", "Rows changed"),
    column("unchanged", Number, "未变", "Rows left as they were"),
    column("sums", Parts, "金额合计", "Sums of amounts"),
    column("expires_at", Moment, "到期时间", "When it ends"),
    column("revoked_at", Moment, "吊销时间", "When it was revoked"),
    column("last_used_at", Moment, "最近使用", "When it was last used"),
    column("actor", Parts, "谁", "Who"),
    column("command", Id, "命令编号", "The id of the command"),
    column("seq", Number, "改动序号", "The number of the change"),
    column("refused", Words, "被拒绝的原因", "Why it was refused"),
    column("args", Parts, "具体内容", "What exactly"),
    column("old", Parts, "改动前（旧版本的记录）", "What was there before (in entries of earlier versions)"),
    column("new", Parts, "改动前与改动后", "What was there before and after"),
];
