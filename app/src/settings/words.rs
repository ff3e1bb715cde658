//! What the settings say.

use crate::words::Text;

pub const COMPANY: Text = Text::new("公司名称", "Company");
pub const ZONE: Text = Text::new("时区", "Time zone");
pub const CURRENCY: Text = Text::new("货币", "Currency");
pub const SALES_REACH: Text = Text::new("销售能看到的客户", "Customers that sales see");
pub const SALES_REACH_HINT: Text = Text::new("改动会立即影响他们设备上的数据。", "A change takes effect on their devices at once.");
pub const FIXED: Text = Text::new("设置后不能在这里更改", "Cannot be changed here once set");
pub const SAVED: Text = Text::new("已保存", "Saved");
pub const ONLY_ADMINISTRATORS_HINT: Text = Text::new("需要改动时请联系管理员。", "Please ask an administrator for changes.");

pub const HOURS: Text = Text::new("工作时间", "Working hours");
pub const HOURS_HINT: Text = Text::new(
    "工单的时限只在工作时间里走；午休分成两段填写。改动不影响已经开始的工单。",
    "Clocks of tickets run in this time only; a lunch break makes two periods. Running tickets keep their deadlines.",
);
pub const ADD_PERIOD: Text = Text::new("添加时段", "add a period");
pub const REMOVE_PERIOD: Text = Text::new("移除这个时段", "Remove this period");
pub const SAME_ALL_WEEK: Text = Text::new("周二至周五相同", "Same until Friday");
pub const NOBODY_WORKS: Text = Text::new("休息", "Off");
pub const FROM: Text = Text::new("从", "From");
pub const TO: Text = Text::new("到", "To");
pub const TO_OPTIONAL: Text = Text::new("到（单日留空）", "To (empty for one day)");
pub const TIME_MISSING: Text = Text::new("请把每个时段的起止时间填完整。", "Please fill in both times of each period.");
pub const OTHER_DAYS: Text = Text::new("节假日与调休", "Holidays and make-up days");
pub const NO_DAYS: Text = Text::new("今后没有例外的日子", "No exceptions from today on");
pub const FREE: Text = Text::new("休", "Off");
pub const WORKED: Text = Text::new("班", "Work");
pub const FREE_DAY: Text = Text::new("休息", "Off");
pub const WORKED_DAY: Text = Text::new("上班", "Worked");
pub const ADD_DAYS: Text = Text::new("添加", "Add");
pub const NO_SUCH_DAYS: Text =
    Text::new("请填写日期；结束不早于开始，最多 60 天。", "Please give a date; the end is not before it, 60 days at most.");

pub const TARGETS: Text = Text::new("服务时限", "Service targets");
pub const TARGETS_HINT: Text =
    Text::new("按工作时间计算。新工单按新时限，进行中的不变。", "In working time. New tickets take new targets; running ones keep theirs.");
pub const ANSWER_WITHIN: Text = Text::new("首次响应", "First response");
pub const SOLVE_WITHIN: Text = Text::new("解决", "Resolution");
pub const MINUTES: Text = Text::new("分钟", "min");
pub const HOURS_UNIT: Text = Text::new("小时", "h");
pub const NUMBER_MISSING: Text = Text::new("请用数字填写每个时限。", "Please give each target as a number.");
