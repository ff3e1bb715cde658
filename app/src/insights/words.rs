//! What figures say.

use crate::{
    browser::format,
    words::{Lang, Text},
};
use domain::{
    insights::{Nps, Period, Share},
    time::Date,
};

pub const SATISFACTION: Text = Text::new("满意度", "Satisfaction");
pub const PERIOD: Text = Text::new("期间", "Period");
pub const NO_DEPARTMENT: Text = Text::new("未归属部门", "No department");
pub const NPS: Text = Text::new("NPS 净推荐值", "NPS");
pub const CSAT: Text = Text::new("满意率", "Satisfied");
pub const RESPONSE: Text = Text::new("首次响应达标", "Answered in time");
pub const RESOLUTION: Text = Text::new("解决达标", "Solved in time");
pub const COMPLAINTS: Text = Text::new("投诉率（占客户）", "Complaints per customer");
pub const COMPLAINTS_OF_TICKETS: Text = Text::new("投诉率（占新建工单）", "Complaints per new ticket");
pub const OPENED: Text = Text::new("新建工单", "New tickets");
pub const BY_MONTH: Text = Text::new("NPS 按月", "NPS by month");
pub const CSAT_BY_MONTH: Text = Text::new("满意率按月", "Satisfied by month");
pub const BAND: Text = Text::new("浅色带为 95% 置信区间", "The band is the 95% interval");
pub const INTERVAL: Text = Text::new("± 为 95% 置信区间", "± is the 95% interval");
pub const DATA: Text = Text::new("数据", "Data");
pub const MONTH: Text = Text::new("月份", "Month");
pub const BROKEN_DOWN: Text = Text::new("分项对比", "Side by side");
pub const NOBODY: Text = Text::new("未分配", "Nobody");
pub const NO_TIER: Text = Text::new("无等级", "No tier");
pub const UNKNOWN: Text = Text::new("未知", "Unknown");
pub const ONLY_WHOLE: Text = Text::new(
    "没有网络，筛选后的数字要问服务器。这里是本设备上未筛选的数字（部门除外），连上后自动更新。",
    "Filtered figures are asked of the server, and there is no connection. These are the unfiltered ones on this device (but for the department), until there is a line.",
);
pub const NOT_REACHED: Text = Text::new("这项对比要问服务器", "This is asked of the server");
pub const NOT_REACHED_HINT: Text = Text::new(
    "没有网络，连上后自动出现。按部门的对比一直在本设备上。",
    "It comes as soon as there is a line. Departments are always on this device.",
);
pub const NOTHING_YET: Text =
    Text::new("这段时间还没有客户回答推荐意愿。", "Nobody has answered the recommendation question in this time.");
pub const NO_FIGURES: Text = Text::new("还没有数字", "No figures yet");
pub const NO_FIGURES_HINT: Text = Text::new("有了工单和答卷，这里会自动更新。", "They appear as tickets and answers come in.");
pub const NOT_YOURS: Text = Text::new("满意度由管理者和市场查看", "Satisfaction is for managers and marketing");
pub const NOT_YOURS_HINT: Text = Text::new("需要的话，请联系管理员调整角色。", "If you need it, please ask an administrator.");

fn before(lang: Lang, period: Period) -> &'static str {
    let text = match period {
        Period::Month => Text::new("上月", "last month"),
        Period::Quarter => Text::new("上季", "last quarter"),
        Period::Year => Text::new("前 12 个月", "the 12 months before"),
    };
    text.in_lang(lang)
}

/// `本季 NPS 42（±3），比上季高 5 分，超出误差。`
pub fn headline(lang: Lang, period: Period, nps: Nps, moved: Option<(f64, bool)>) -> String {
    use domain::words::Label;
    let name = period.label().in_lang(lang);
    let (score, margin) = (format::fixed(nps.score, 0), format::fixed(nps.plus_minus, 0));
    let earlier = before(lang, period);
    let tail = match (lang, moved) {
        (Lang::Zh, None) => "。".to_owned(),
        (Lang::En, None) => ".".to_owned(),
        (Lang::Zh, Some((_, false))) => format!("，与{earlier}相比变化在误差之内。"),
        (Lang::En, Some((_, false))) => format!(", no clear change from {earlier}."),
        (Lang::Zh, Some((by, true))) => {
            format!("，比{earlier}{} {} 分，超出误差。", if by > 0.0 { "高" } else { "低" }, format::fixed(by.abs(), 0))
        }
        (Lang::En, Some((by, true))) => {
            format!(", {} points {} than {earlier}, beyond chance.", format::fixed(by.abs(), 0), if by > 0.0 { "higher" } else { "lower" })
        }
    };
    match lang {
        Lang::Zh => format!("{name} NPS {score}（±{margin}）{tail}"),
        Lang::En => format!("{name}: NPS {score} (±{margin}){tail}"),
    }
}

/// `本季满意率 79%（±17%），没有推荐意愿答卷。`
pub fn satisfied(lang: Lang, period: Period, share: Share) -> String {
    use domain::words::Label;
    let name = period.label().in_lang(lang);
    let [percent, margin] = [share.share, share.plus_minus].map(|it| format::fixed(it * 100.0, 0));
    match lang {
        Lang::Zh => format!("{name}满意率 {percent}%（±{margin}），没有推荐意愿答卷。"),
        Lang::En => format!("{name}: {percent}% satisfied (±{margin}), and no answers to the recommendation question."),
    }
}

/// `本季只有 2 份推荐意愿答卷，还说不出 NPS。`
pub fn too_few(lang: Lang, period: Period, answers: i64) -> String {
    use domain::words::Label;
    let (name, answers) = (period.label().in_lang(lang), format::number(answers));
    match lang {
        Lang::Zh => format!("{name}只有 {answers} 份推荐意愿答卷，还说不出 NPS。"),
        Lang::En => format!("{name}: {answers} answers to the recommendation question, too few for a score."),
    }
}

pub fn basis(lang: Lang, answers: i64, ratings: i64, tickets: i64) -> String {
    let [answers, ratings, tickets] = [answers, ratings, tickets].map(format::number);
    match lang {
        Lang::Zh => format!("{answers} 份推荐意愿答卷，{ratings} 次工单评价，{tickets} 张新建工单。± 为 95% 置信区间。"),
        Lang::En => format!("{answers} answers, {ratings} ratings, {tickets} new tickets. ± is the 95% interval."),
    }
}

/// `5 比上季，超出误差`
pub fn change(lang: Lang, period: Period, by: &str, real: bool) -> String {
    let earlier = before(lang, period);
    match (lang, real) {
        (Lang::Zh, true) => format!("{by} 比{earlier}，超出误差"),
        (Lang::Zh, false) => format!("与{earlier}相比在误差内"),
        (Lang::En, true) => format!("{by} from {earlier}, beyond chance"),
        (Lang::En, false) => format!("no clear change from {earlier}"),
    }
}

/// `10月`, `Oct`
pub fn month(lang: Lang, first: Date) -> String {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    match lang {
        Lang::Zh => format!("{}月", first.month()),
        Lang::En => usize::try_from(first.month() - 1).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default().to_owned(),
    }
}
