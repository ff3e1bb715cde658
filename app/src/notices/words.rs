//! What the notices say.

use crate::words::Text;

pub const NEWS: Text = Text::new("通知", "Notices");
pub const NO_NEWS: Text = Text::new("没有新通知", "No notices");
pub const MARK_READ: Text = Text::new("全部已读", "Mark all read");
