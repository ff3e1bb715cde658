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
