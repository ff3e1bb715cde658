//! What the archive and the timeline refuse.

use super::{Lang, Say};
use crate::{customers, timeline};

impl Say for customers::Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NeitherNameNorNumber => "customers.neither_name_nor_number",
            Self::NumberTaken { .. } => "customers.number_taken",
            Self::Archived => "customers.archived",
            Self::OwnerChanged => "customers.owner_changed",
            Self::NothingToCallIt => "customers.nothing_to_call_it",
            Self::ContactRemoved => "customers.contact_removed",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NeitherNameNorNumber, Lang::Zh) => "请填写客户名称或客户编号。".into(),
            (Self::NeitherNameNorNumber, Lang::En) => "Please enter a name or a customer number.".into(),
            (Self::NumberTaken { no }, Lang::Zh) => format!("编号 {no} 已属于另一位客户，请换一个编号。"),
            (Self::NumberTaken { no }, Lang::En) => format!("Number {no} belongs to another customer. Please choose another one."),
            (Self::Archived, Lang::Zh) => "这位客户已归档，请先恢复再修改。".into(),
            (Self::Archived, Lang::En) => "This customer is archived. Restore it before you change it.".into(),
            (Self::OwnerChanged, Lang::Zh) => "负责人刚刚被别人改过，请看一眼再决定。".into(),
            (Self::OwnerChanged, Lang::En) => "Somebody has just changed the owner. Please look again and decide.".into(),
            (Self::NothingToCallIt, Lang::Zh) => "这位客户没有编号，名称不能为空。".into(),
            (Self::NothingToCallIt, Lang::En) => "This customer has no number, so it needs a name.".into(),
            (Self::ContactRemoved, Lang::Zh) => "这位联系人已移除，请先恢复。".into(),
            (Self::ContactRemoved, Lang::En) => "This contact has been removed. Restore it first.".into(),
        }
    }
}

impl Say for timeline::Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotYet => "timeline.not_yet",
            Self::NotYours => "timeline.not_yours",
            Self::StepClosed => "timeline.step_closed",
            Self::StepMoved => "timeline.step_moved",
        }
    }

    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NotYet, Lang::Zh) => "跟进时间在将来。计划要做的事请记为“下一步”。".into(),
            (Self::NotYet, Lang::En) => "This contact lies in the future. Plan it as a next step instead.".into(),
            (Self::NotYours, Lang::Zh) => "只有记录人可以撤回自己的跟进。".into(),
            (Self::NotYours, Lang::En) => "Only its author can withdraw a follow-up.".into(),
            (Self::StepClosed, Lang::Zh) => "这一步已经结束，需要的话请重新打开。".into(),
            (Self::StepClosed, Lang::En) => "This step is closed. Reopen it if it is still to be done.".into(),
            (Self::StepMoved, Lang::Zh) => "这一步刚刚被别人改期，请看一眼再决定。".into(),
            (Self::StepMoved, Lang::En) => "Somebody has just rescheduled this step. Please look again and decide.".into(),
        }
    }
}
