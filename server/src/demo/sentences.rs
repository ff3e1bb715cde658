//! What people of the demonstration write down about a customer, by what it was about.

use domain::timeline::{Method, Outcome};

/// Who writes such things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    Owner,
    Service,
    Support,
}

/// `{机}` is a machine, `{量}` a small number, `{天}` some days, `{额}` an amount, `{店}` a branch.
pub struct Topic {
    pub author: Author,
    pub methods: &'static [Method],
    pub told: &'static [(&'static str, Outcome)],
    pub next: &'static [&'static str],
}

use Method::{Call, Email, Meeting, Other, Visit, Wechat};
use Outcome::{Agreed, Considering, NotReached, Objection, Reached};

/// With how often each comes up.
pub const TOPICS: [(&Topic, u32); 8] =
    [(&ORDERS, 24), (&PRICES, 16), (&REPAIRS, 18), (&TRAINING, 10), (&INVOICES, 10), (&VISITS, 12), (&SUPPLIES, 14), (&SILENCE, 6)];

static ORDERS: Topic = Topic {
    author: Author::Owner,
    methods: &[Call, Wechat, Meeting, Email],
    told: &[
        ("确认订购 {量} 台{机}，先发 {店}，其余月底前到齐。", Agreed),
        ("新店预计 {天} 天后开业，需要 {量} 台{机}，等他们定水电图。", Considering),
        ("{店}的{机}已到货，验收没问题，余款 {额}下周付。", Reached),
        ("合同寄出，法务对交货期有意见，要求写明逾期 {天} 天以上按日扣款。", Objection),
        ("追加 {量} 套磨豆刀盘，和上一单一起发，省一次运费。", Agreed),
        ("下半年计划新开 {量} 家门店，设备想一次谈定，分批发货。", Considering),
        ("样机试用 {天} 天，出品稳定，店长满意，准备走采购流程。", Reached),
    ],
    next: &["发送正式报价单", "确认发货日期", "跟进合同盖章", "约{店}现场量尺寸", "确认首批付款"],
};

static PRICES: Topic = Topic {
    author: Author::Owner,
    methods: &[Call, Meeting, Wechat],
    told: &[
        ("对比了另一家的报价，低 {额}，但不含安装和两年保修。说明差别后愿意再谈。", Considering),
        ("希望账期从 30 天延到 60 天，已说明需要主管审批。", Objection),
        ("同意按 {量} 台的阶梯价执行，全年框架，随要随发。", Agreed),
        ("预算缩减，今年只换 {店}一家，其他明年再看。", Considering),
        ("谈到以旧换新，旧机抵 {额}，对方基本接受。", Agreed),
        ("嫌保养套餐贵，建议改成按次，先试一个季度。", Objection),
    ],
    next: &["带阶梯价方案再谈一次", "申请账期审批并回复", "给出以旧换新评估", "确认年度框架条款"],
};

static REPAIRS: Topic = Topic {
    author: Author::Support,
    methods: &[Visit, Call, Wechat, Other],
    told: &[
        ("{店}{机}早高峰报错停机，远程重置后恢复，建议 {天} 天内上门检查水泵。", Reached),
        ("上门更换{机}的密封圈和滤网，试运行正常，店长签收。", Reached),
        ("磨豆声音异常，判断刀盘磨损，备件 {天} 天后到，先借一台备用机。", Reached),
        ("蒸汽棒漏水，第二次报修，客户不满意，要求给出明确原因。", Objection),
        ("软水滤芯到期没换，已提醒风险并约好更换时间。", Agreed),
        ("寄回的主板检测为进水，不在保修内，报价 {额}，客户考虑中。", Considering),
        ("季度保养完成 {量} 台，清理水垢，校准研磨度，有一台建议更换加热管。", Reached),
    ],
    next: &["备件到货后上门更换", "回访设备运行情况", "安排季度保养", "取回备用机"],
};

static TRAINING: Topic = Topic {
    author: Author::Service,
    methods: &[Visit, Meeting, Call],
    told: &[
        ("给{店} {量} 位新员工做了操作与清洁培训，考核全部通过。", Reached),
        ("店员流动大，希望每季度安排一次培训，最好在下午三点后。", Agreed),
        ("线上讲解奶泡温度和打发要点，发了视频，约好下周看效果。", Reached),
        ("培训证书姓名有误，已登记更正，{天} 天内补寄。", Reached),
        ("拉花课程想收费开放给顾客，询问能否派讲师，转给市场部评估。", Considering),
    ],
    next: &["确认下一次培训时间", "补寄培训证书", "回访培训效果"],
};

static INVOICES: Topic = Topic {
    author: Author::Service,
    methods: &[Email, Call, Wechat],
    told: &[
        ("公司更名，需要重开 {量} 张增值税专票，资料已收齐。", Reached),
        ("对账差 {额}，查明是一笔退货没有冲减，已发更正单。", Agreed),
        ("上月发票还没收到，物流显示已签收，帮忙查签收人。", Reached),
        ("财务要求对账单按门店拆分，下个月起执行。", Agreed),
        ("未付款 {额}已超期 {天} 天，财务说月底统一安排。", Considering),
    ],
    next: &["重开发票并寄出", "核对对账差异", "提醒月底付款"],
};

static VISITS: Topic = Topic {
    author: Author::Owner,
    methods: &[Visit, Meeting],
    told: &[
        ("拜访总部，见到新的采购负责人，介绍了我们和他们 {量} 家门店的合作情况。", Reached),
        ("到{店}看现场，吧台动线要改，建议把{机}移到靠窗一侧。", Agreed),
        ("年度回顾会，对响应速度满意，希望备件再快一点。", Reached),
        ("陪同老板参观展厅，对{机}很感兴趣，要了参数和案例。", Considering),
        ("年底拜访送样品豆，顺便问了明年开店计划，大约 {量} 家。", Reached),
    ],
    next: &["整理拜访纪要发给对方", "寄样品豆和参数表", "约采购负责人再见一面", "准备吧台改造方案"],
};

static SUPPLIES: Topic = Topic {
    author: Author::Owner,
    methods: &[Wechat, Call],
    told: &[
        ("清洁片和滤芯快用完了，照上次的量再发 {量} 箱。", Agreed),
        ("咖啡豆改成中深烘，先试 {量} 公斤，反馈好就换长期单。", Considering),
        ("询问奶缸和压粉器有没有现货，发了图册。", Reached),
        ("这批豆子油脂偏薄，寄样给品控，{天} 天内答复。", Objection),
        ("会员日想要联名杯套 {量} 千个，转设计出稿。", Considering),
    ],
    next: &["发货并告知单号", "回访新豆子的反馈", "给出品控结论", "确认杯套设计稿"],
};

static SILENCE: Topic = Topic {
    author: Author::Owner,
    methods: &[Call, Wechat],
    told: &[
        ("电话没人接，微信留言约改天再联系。", NotReached),
        ("前台说负责人出差，{天} 天后回来。", NotReached),
        ("号码停机，找{店}店长要了新的联系方式。", NotReached),
    ],
    next: &["再次联系", "换一位联系人沟通"],
};

pub const MACHINES: [&str; 7] =
    ["E2 磨豆机", "M1 半自动咖啡机", "F3 全自动咖啡机", "R5 软水机", "T1 定压萃茶机", "C2 冷萃机", "S8 双头咖啡机"];

/// What a customer needs and likes, as it stands in the archive.
pub const NEEDS: [&str; 12] = [
    "出品要稳，早高峰不能停机；备件希望当天到。",
    "偏好深烘豆，奶咖占七成，关注奶泡细腻度。",
    "门店多，希望统一采购、按门店对账。",
    "重视外观，设备要和吧台设计搭配。",
    "预算有限，优先考虑以旧换新和分期。",
    "员工流动大，操作越简单越好，需要定期培训。",
    "对水质敏感，要求每季度换滤芯并留记录。",
    "连锁扩张中，要求 7 天内完成新店安装。",
    "看重账期，希望 60 天月结。",
    "会议和活动多，常临时租用设备。",
    "注重环保，问过可降解耗材和旧机回收。",
    "只在工作日下午方便沟通，重要事情发邮件。",
];

pub const PREFERENCES: [&str; 8] = [
    "看重数据，谈之前最好先发一页纸。",
    "喜欢当面聊，不爱打字。",
    "对价格敏感，决定快。",
    "重视服务口碑，会问同行案例。",
    "关心员工培训和出品一致。",
    "只看微信，电话常静音。",
    "喜欢浅烘手冲，可以带样品豆。",
    "月底忙，月初联系最合适。",
];
