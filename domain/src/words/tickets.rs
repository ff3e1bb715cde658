//! What tickets and the company's settings refuse.

use super::{Lang, Say};
use crate::{settings, tickets};

impl Say for tickets::Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Closed => "tickets.closed",
            Self::AlreadyMoved => "tickets.already_moved",
            Self::AssigneeChanged => "tickets.assignee_changed",
            Self::NotTheirContact => "tickets.not_their_contact",
            Self::NotSolvedYet => "tickets.not_solved_yet",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Closed, Lang::Zh) => "这张工单已经关闭。如果问题再次出现，请新建一张工单。",
            (Self::Closed, Lang::En) => "This ticket is closed. If the problem comes back, please open a new one.",
            (Self::AlreadyMoved, Lang::Zh) => "这张工单的状态刚刚变了，请看一眼再决定。",
            (Self::AlreadyMoved, Lang::En) => "The state of this ticket has just changed. Please look again and decide.",
            (Self::AssigneeChanged, Lang::Zh) => "这张工单刚刚换了处理人，请看一眼再决定。",
            (Self::AssigneeChanged, Lang::En) => "Somebody else has just got this ticket. Please look again and decide.",
            (Self::NotTheirContact, Lang::Zh) => "这位联系人不属于该客户，请重新选择。",
            (Self::NotTheirContact, Lang::En) => "This person is not one of the customer's. Please choose another one.",
            (Self::NotSolvedYet, Lang::Zh) => "问题解决后才能评价。",
            (Self::NotSolvedYet, Lang::En) => "It can be rated once it is solved.",
        }
        .into()
    }
}

impl Say for settings::Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchWeek => "settings.no_such_week",
            Self::NoSuchPromise => "settings.no_such_promise",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NoSuchWeek, Lang::Zh) => "工作时段不能重叠，结束要晚于开始，一周至少有一段。",
            (Self::NoSuchWeek, Lang::En) => {
                "Working periods must not overlap, must end after they begin, and there must be at least one a week."
            }
            (Self::NoSuchPromise, Lang::Zh) => "时限至少 1 分钟、最多 90 个工作日，首次响应不能晚于解决。",
            (Self::NoSuchPromise, Lang::En) => {
                "A target is at least a minute and at most 90 working days, and an answer comes before the solution."
            }
        }
        .into()
    }
}
