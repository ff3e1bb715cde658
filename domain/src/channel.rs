//! How something reached us: what tickets say of themselves, and by what figures are told apart.

use crate::row::codes;

codes! {
    /// S160, S173.
    Channel {
        Portal = "portal": "客户门户", "Portal";
        Phone = "phone": "电话", "Phone";
        Wechat = "wechat": "微信", "WeChat";
        Email = "email": "邮件", "E-mail";
        Visit = "visit": "当面", "In person";
        System = "system": "其他系统", "Other system";
    }
}
