//! What is said of files.

use crate::words::{Lang, Text};

pub const ATTACH: Text = Text::new("添加图片或文件", "Attach pictures or files");
pub const ATTACHED: Text = Text::new("附件", "Attachments");
pub const NEEDS_LINE: Text =
    Text::new("文件需要联网才能添加，文字可以照常发送。", "Files need a connection; text can be sent all the same.");
pub const ON_THEIR_WAY: Text = Text::new("文件还在上传，请稍等。", "Files are still on their way. One moment, please.");
pub const NOT_SENT: Text = Text::new("有文件没有传上来，请重试或移除。", "A file did not get through. Please try again or remove it.");
pub const BROKE_OFF: Text = Text::new("上传中断，请重试。", "It broke off. Please try again.");
pub const UNREADABLE: Text = Text::new("读不到这个文件，请重新选择。", "This file cannot be read. Please choose it again.");
/// What a link to any other file does, read aloud before its name.
pub const SAVE: Text = Text::new("下载", "Download");
/// What is said where somebody sends files and no words.
pub const SEE_ATTACHED: Text = Text::new("见附件", "See attachment");

/// What a link to a picture does, read aloud.
#[must_use]
pub fn open(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("打开图片 {name}"),
        Lang::En => format!("Open picture {name}"),
    }
}

#[must_use]
pub fn again(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("重新上传 {name}"),
        Lang::En => format!("Send {name} again"),
    }
}

/// As people read sizes: three digits at most.
#[must_use]
pub fn size(bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1_000);
    match kilobytes {
        ..1_000 => format!("{kilobytes} KB"),
        1_000..9_950 => format!("{}.{} MB", kilobytes / 1_000, kilobytes % 1_000 / 100),
        _ => format!("{} MB", (kilobytes + 500) / 1_000),
    }
}
