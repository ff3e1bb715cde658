//! What an export holds: every table that is somebody's data, its columns in the words of both languages, and what is
//! left out and why. A test holds these lists against the tables that there are.

use super::columns::{
    COMMON, Column,
    Kind::{Id, Number, Parts, Text as Words},
    column,
};
use domain::words::Text;

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
    table("loyalty_programme", "积分与等级的规则", "The rules of points and tiers", "id from until rules updated_at").own(FROM_DAY),
    table("loyalty_version", "各时期的会员规则", "The rules of each time", "id programme state from rules by at").own(FROM_DAY),
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
    table("loyalty_move", "评定中的升降", "Moves of a review", "id review customer place score from to").own(&[column(
        "score",
        Number,
        "计入的积分",
        "Points that counted",
    )]),
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

const FROM_DAY: &[Column] = &[column("from", Words, "从这天起", "The first day on which they hold")];
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
