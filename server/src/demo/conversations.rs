//! What customers of the demonstration ask, and what they are answered.
//!
//! `{机}` and `{店}` are the same machine and branch through a conversation; `{量}` and `{天}` are numbers of the moment.

use super::sentences::MACHINES;
use domain::tickets::Kind;

/// Who says something, and what.
pub enum Turn {
    Theirs(&'static str),
    /// By the customer too, once what was promised has been done.
    Afterwards(&'static str),
    Ours(&'static str),
    /// Among ourselves.
    Note(&'static str),
}

/// A conversation from the question to the last answer, with which it is solved.
pub struct Case {
    pub kind: Kind,
    pub subject: &'static str,
    pub asks: &'static str,
    pub turns: &'static [Turn],
    /// What it may be about.
    pub machines: &'static [&'static str],
    /// Whether this is an engineer's business.
    pub technical: bool,
}

use Kind::{Complaint, Consultation, Return, Suggestion, Support};
use Turn::{Afterwards, Note, Ours, Theirs};

const WITH_STEAM: &[&str] = &["M1 半自动咖啡机", "S8 双头咖啡机"];
const WITH_GRINDER: &[&str] = &["E2 磨豆机", "F3 全自动咖啡机"];
const WITH_SCREEN: &[&str] = &["F3 全自动咖啡机", "S8 双头咖啡机", "M1 半自动咖啡机"];

/// With how often each comes up.
pub static CASES: [(Case, u32); 13] = [
    (STOPPED, 13),
    (STEAM, 12),
    (GRINDING, 10),
    (NOISE, 8),
    (FILTER, 10),
    (CHOOSING, 8),
    (INVOICE, 10),
    (PLAN, 6),
    (LATE, 6),
    (TWICE, 5),
    (SCRATCHED, 6),
    (GIVEN_BACK, 3),
    (EARLIER, 3),
];

const STOPPED: Case = Case {
    kind: Support,
    subject: "{店}{机}报错停机",
    asks: "早上八点开机后{机}显示 E04，重启两次都一样，{店}现在做不了奶咖，请尽快处理。",
    turns: &[
        Ours("收到。请先断电五分钟，再看水箱里的浮子有没有卡住。如果还报错，请回复我，我这边同时排工程师。"),
        Note("E04 多半是进水阀，备件库还有两只，先预留一只。"),
        Theirs("断电后还是 E04，浮子是好的，照片发在微信上了。"),
        Ours("照片看到了，是进水阀的问题。工程师明天上午到{店}，带备件更换。"),
        Afterwards("已经换好，出水正常了，谢谢。"),
        Ours("好的，更换的进水阀保修一年。先标为已解决，如有反复直接在这里回复。"),
    ],
    machines: WITH_SCREEN,
    technical: true,
};

const STEAM: Case = Case {
    kind: Support,
    subject: "{机}蒸汽棒漏水",
    asks: "{店}的{机}蒸汽棒一直滴水，不打奶泡的时候也滴，台面每天要擦好几次。",
    turns: &[
        Ours("像是密封圈老化。请看一下蒸汽旋钮拧到底之后还滴不滴，方便的话说一下机器用了多久。"),
        Theirs("拧到底也滴，用了一年半左右。"),
        Ours("在保修期内，明天安排上门更换密封圈，不收费。上门前会电话确认时间。"),
        Note("顺便检查另一支蒸汽棒，上次同批次也有问题。"),
        Afterwards("师傅来过了，两支都换了，不滴了。"),
        Ours("那就好。建议每晚关机前空喷三秒，密封圈能多用一年。"),
    ],
    machines: WITH_STEAM,
    technical: true,
};

const GRINDING: Case = Case {
    kind: Support,
    subject: "{机}研磨粗细不稳",
    asks: "同一包豆子、同一个刻度，{机}早上和下午的流速差了快十秒，出品不稳定。",
    turns: &[
        Ours("先排除豆仓温度和余量的影响：请在豆仓过半时连做三杯，记下每杯的粉量和时间发给我。"),
        Theirs("三杯分别是 18.1 克 26 秒、17.6 克 22 秒、18.4 克 31 秒。"),
        Ours("粉量波动偏大，应该是刀盘磨损。这台磨了大约多少公斤豆子？"),
        Theirs("估计有 {量}00 公斤了。"),
        Ours("到更换的时候了。已发出一套刀盘，明天到货，到了远程带您校准。"),
        Afterwards("换好校准了，现在三杯都在 27 秒上下。"),
        Ours("数据很好。刀盘的更换记录已经写进设备档案，下次快到时提前提醒。"),
    ],
    machines: WITH_GRINDER,
    technical: true,
};

const NOISE: Case = Case {
    kind: Support,
    subject: "{机}磨豆时有异响",
    asks: "这两天{店}的{机}磨豆时咔咔响，怕里面进了石子，不敢再用，先停了。",
    turns: &[
        Ours("停机是对的。请断电后取下豆仓，看刀盘上方有没有异物，别用手直接拨。"),
        Theirs("夹出来一小块石子，现在空转没有声音了。"),
        Ours("太好了。请再磨 50 克废豆，如果流速和以前一样，刀盘就没有伤到。"),
        Theirs("和以前一样，可以用了。"),
        Ours("好的，先关注两天。豆子里有石子的事我转给供应商，下一批会加一道筛选。"),
    ],
    machines: WITH_GRINDER,
    technical: true,
};

const FILTER: Case = Case {
    kind: Consultation,
    subject: "软水滤芯多久换一次",
    asks: "想问一下 R5 软水机的滤芯，我们这边水比较硬，一天大概 {量}0 杯，多久换一次合适？",
    turns: &[
        Ours("按每天的杯量和当地水质，建议三个月一换；机器上的指示灯变黄时也该换了。"),
        Theirs("可以帮我们设成到期提醒吗？"),
        Ours("已经设好，到期前一周会有人联系您，滤芯随车带上门，不另收上门费。"),
    ],
    machines: &MACHINES,
    technical: false,
};

const CHOOSING: Case = Case {
    kind: Consultation,
    subject: "新开的门店选哪一款机器",
    asks: "计划新开一家 80 平米的店，预计日均 {量}0 杯，以奶咖为主，吧台只有 1.6 米，想请你们推荐机型。",
    turns: &[
        Ours("吧台不长，又以奶咖为主，建议 S8 双头咖啡机配两台 E2 磨豆机，高峰每小时能出 90 杯左右。"),
        Theirs("水电有什么要求？装修师傅这周要图。"),
        Ours("需要 220V 20A 独立回路、四分进水口和 50 毫米排水。水电图已经发到您的邮箱，装修师傅有问题可以直接打我电话。"),
        Afterwards("图收到了，够用。"),
        Ours("好的，报价由您的客户经理跟进，咨询先标为已解决。"),
    ],
    machines: &MACHINES,
    technical: false,
};

const INVOICE: Case = Case {
    kind: Consultation,
    subject: "发票抬头需要更改",
    asks: "上周的发票抬头开成了旧的公司名，财务入不了账，能不能重开？",
    turns: &[
        Ours("可以。请把新的抬头、税号和原发票号码回复在这里，原票请不要认证。"),
        Note("已请财务先做红字信息表。"),
        Theirs("资料在这里了：抬头是新的公司全称，税号没变，原票没有认证。"),
        Ours("新发票今天已开出，电子版发到登记的邮箱，纸质版 {天} 天内寄到。"),
    ],
    machines: &MACHINES,
    technical: false,
};

const PLAN: Case = Case {
    kind: Consultation,
    subject: "保养套餐包含哪些内容",
    asks: "年度保养套餐和按次保养差在哪里？我们有 {量} 台机器，想算一下哪种划算。",
    turns: &[
        Ours("年度套餐含四次上门：除垢、校准、易损件检查，备件八五折，报修优先。按次保养只含当次人工。"),
        Theirs("如果中途增加机器，套餐怎么算？"),
        Ours("按剩余季度补差价，随时可以加。对比表已经发到您的邮箱，按您的台数套餐大约省两成。"),
    ],
    machines: &MACHINES,
    technical: false,
};

const LATE: Case = Case {
    kind: Complaint,
    subject: "上门时间一改再改，影响午市",
    asks: "约好上午十点来{店}，改到十一点，最后十二点半才到，正好撞上午市，机器拆着没法营业。请给个说法。",
    turns: &[
        Ours("非常抱歉，这是我们安排上的失误。正在核对当天的派工记录，今天下班前给您一个书面的说明。"),
        Note("当天上一单超时，没有人通知客户。以后改时间必须由客服打电话确认。"),
        Ours("说明如下：上一单超时后没有及时改派，也没有通知您。作为补偿，下一次保养免费；以后每次改时间都会先征得您同意。"),
        Theirs("可以，希望说到做到。"),
        Ours("一定。您的上门时间以后固定避开十一点到两点，已经写进备注。"),
    ],
    machines: &MACHINES,
    technical: false,
};

const TWICE: Case = Case {
    kind: Complaint,
    subject: "同一台{机}一个月修了两次",
    asks: "{店}的{机}这个月第二次坏在同一个地方，上次说修好了。要求给出明确的原因，不想再有第三次。",
    turns: &[
        Ours("理解您的着急。已请技术主管重新看两次的维修记录，明天上午给您结论，这期间先送一台备用机到{店}。"),
        Afterwards("备用机收到了，等你们的结论。"),
        Note("第一次只换了保险丝，没有查到加热管漏电。更换加热管，并抽查同批次。"),
        Ours("结论：第一次只处理了表面，真正的原因是加热管老化。这次更换加热管和线束，费用由我们承担，并延长保修半年。"),
        Afterwards("机器已经取回来了，观察一周。"),
        Ours("好的，一周后我会主动回访。工单先标为已解决，如有任何问题请直接回复。"),
    ],
    machines: WITH_SCREEN,
    technical: true,
};

const SCRATCHED: Case = Case {
    kind: Return,
    subject: "收到的奶缸有划痕，申请换货",
    asks: "昨天到的 {量} 只奶缸里有两只内壁有划痕，打奶泡会粘，想换货。",
    turns: &[
        Ours("抱歉给您添麻烦了。不用寄回，补发的两只今天发出，单号稍后发给您。"),
        Afterwards("收到了，这次是好的。"),
        Ours("好的。包装的问题已经反馈给仓库，有划痕的两只请留着练手。"),
    ],
    machines: &MACHINES,
    technical: false,
};

const GIVEN_BACK: Case = Case {
    kind: Return,
    subject: "{机}与吧台尺寸不合，想退货",
    asks: "{机}到货后发现比吧台的位置宽 3 厘米，放不进去，还没有拆封，想退货或者换窄一点的型号。",
    turns: &[
        Ours("没有拆封可以七天内退换。窄一点的有 T1，宽 32 厘米，差价退还给您，要换吗？"),
        Theirs("换 T1，什么时候能送？"),
        Ours("明天送到，同车取回原来的机器，差价原路退回。"),
        Afterwards("已经换好，放得下。"),
        Ours("好的，差价今天已经退出，请留意到账。"),
    ],
    machines: WITH_SCREEN,
    technical: false,
};

const EARLIER: Case = Case {
    kind: Suggestion,
    subject: "希望保养提醒早一点发",
    asks: "现在的保养提醒只提前一天，店里来不及调班，建议至少提前一周。",
    turns: &[
        Ours("谢谢，这个建议很实在，已经转给服务主管评估。"),
        Ours("结果出来了：下个月起提前七天提醒，前一天再确认一次。您是第一个提出来的，送一份清洁套装表示感谢。"),
    ],
    machines: &MACHINES,
    technical: false,
};

/// What customers add to their stars.
pub const PRAISE: [&str; 8] = [
    "响应很快，师傅也专业。",
    "说清楚了原因，放心。",
    "下午就上门了，没耽误晚市。",
    "沟通顺畅，省心。",
    "比我预期的快。",
    "客服有耐心，一步一步教。",
    "问题一次就解决了。",
    "服务一直很好。",
];
pub const SO_SO: [&str; 4] = ["解决了，就是等得有点久。", "结果可以，过程多问了好几次。", "备件到得慢。", "希望下次能提前说清楚时间。"];
pub const BLAME: [&str; 4] = ["等了太久，影响营业。", "来回解释了好几遍才有人处理。", "同样的问题不该出现第二次。", "说好的时间没有做到。"];

/// What the guest of the demonstration asks, from long ago to just now: by place among [`CASES`].
pub const OF_THE_GUEST: [usize; 6] = [8, 4, 2, 6, 1, 0];
