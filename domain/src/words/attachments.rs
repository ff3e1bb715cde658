//! What is said of files that are not taken.

use super::{Lang, Say};
use crate::attachments::{MOST, Refusal};

impl Say for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "attachments.empty",
            Self::TooLarge => "attachments.too_large",
            Self::NoSuchKind => "attachments.no_such_kind",
            Self::Damaged => "attachments.damaged",
            Self::NotThere => "attachments.not_there",
            Self::Used => "attachments.used",
            Self::TooMany => "attachments.too_many",
            Self::EnoughForToday => "attachments.enough_for_today",
            Self::NoRoom => "attachments.no_room",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Empty, Lang::Zh) => "这个文件是空的，请换一个。",
            (Self::Empty, Lang::En) => "This file is empty. Please choose another one.",
            (Self::TooLarge, Lang::Zh) => "每个文件最大 20 MB，请压缩或分成几个。",
            (Self::TooLarge, Lang::En) => "A file can have up to 20 MB. Please compress it or split it.",
            (Self::NoSuchKind, Lang::Zh) => "可以添加图片、PDF、文本、Office 文件和 ZIP，这个文件不是其中之一。",
            (Self::NoSuchKind, Lang::En) => "Pictures, PDF, text, office files and ZIP can be attached; this file is none of them.",
            (Self::Damaged, Lang::Zh) => "文件在路上损坏了，请重新添加。",
            (Self::Damaged, Lang::En) => "The file was damaged on its way. Please attach it again.",
            (Self::NotThere, Lang::Zh) => "文件还没有完整上传，请重新添加。",
            (Self::NotThere, Lang::En) => "The file has not arrived whole. Please attach it again.",
            (Self::Used, Lang::Zh) => "这个文件已经发过了，请重新添加。",
            (Self::Used, Lang::En) => "This file was sent before. Please attach it again.",
            (Self::TooMany, Lang::Zh) => return format!("一次最多 {MOST} 个文件，请分几次发送。"),
            (Self::TooMany, Lang::En) => return format!("Up to {MOST} files go at once. Please send the rest in another message."),
            (Self::EnoughForToday, Lang::Zh) => "今天上传的文件已经很多了，请明天再继续。",
            (Self::EnoughForToday, Lang::En) => "You have uploaded as much as one can in a day. Please go on tomorrow.",
            (Self::NoRoom, Lang::Zh) => "文件空间已满，请联系管理员。文字仍可发送。",
            (Self::NoRoom, Lang::En) => "There is no room for more files. Please tell an administrator. Text can still be sent.",
        }
        .into()
    }
}
