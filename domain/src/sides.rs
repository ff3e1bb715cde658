//! From which sides what happens with customers can be looked at: whose it was, which customers', where and how they met us.

use crate::{
    channel::Channel,
    id::{DepartmentId, PersonId},
    row::codes,
    time::Date,
};
use serde::{Deserialize, Serialize};

codes! {
    /// Where we and a customer met: what a ticket was about, or our question whether they recommend us (S150, S196).
    Touch {
        Consultation = "consultation": "咨询", "Question";
        Support = "support": "技术支持", "Technical support";
        Complaint = "complaint": "投诉", "Complaint";
        Return = "return": "退换货", "Return or exchange";
        Suggestion = "suggestion": "建议", "Suggestion";
        Survey = "survey": "推荐意愿调查", "Recommendation survey";
    }

    /// By what figures are broken down.
    Dimension {
        Department = "department": "部门", "Department";
        Person = "person": "负责人", "Person";
        Tier = "tier": "等级", "Tier";
        Touch = "touch": "触点", "Touch point";
        Channel = "channel": "渠道", "Channel";
        Month = "month": "月份", "Month";
    }
}

/// Everything that what counts is told apart by, as it was when it counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sides {
    /// Of whoever took care of it.
    pub department: Option<DepartmentId>,
    pub person: Option<PersonId>,
    /// The customer's tier, counted from the lowest; 0 without any.
    pub rank: i64,
    pub touch: Option<Touch>,
    pub channel: Option<Channel>,
}

/// One of what a dimension tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Department(Option<DepartmentId>),
    Person(Option<PersonId>),
    Tier(i64),
    Touch(Option<Touch>),
    Channel(Option<Channel>),
    /// By its first day.
    Month(Date),
}

impl Sides {
    /// How something of this day looks from there.
    #[must_use]
    pub fn by(&self, dimension: Dimension, on: Date) -> Side {
        match dimension {
            Dimension::Department => Side::Department(self.department),
            Dimension::Person => Side::Person(self.person),
            Dimension::Tier => Side::Tier(self.rank),
            Dimension::Touch => Side::Touch(self.touch),
            Dimension::Channel => Side::Channel(self.channel),
            Dimension::Month => Side::Month(on.plus_days(1 - i64::from(on.day()))),
        }
    }
}

/// Whose figures: all that is named has to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touch: Option<Touch>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

impl Filter {
    #[must_use]
    pub fn admits(&self, sides: &Sides) -> bool {
        let Self { department, person, tier, touch, channel } = *self;
        department.is_none_or(|it| sides.department == Some(it))
            && person.is_none_or(|it| sides.person == Some(it))
            && tier.is_none_or(|it| sides.rank == it)
            && touch.is_none_or(|it| sides.touch == Some(it))
            && channel.is_none_or(|it| sides.channel == Some(it))
    }

    /// Narrowed to this side too. Nobody's and what is not known cannot be asked for, and days are not of a filter.
    #[must_use]
    pub fn narrowed(self, to: Side) -> Option<Self> {
        match to {
            Side::Department(department) => department.map(|it| Self { department: Some(it), ..self }),
            Side::Person(person) => person.map(|it| Self { person: Some(it), ..self }),
            Side::Tier(tier) => Some(Self { tier: Some(tier), ..self }),
            Side::Touch(touch) => touch.map(|it| Self { touch: Some(it), ..self }),
            Side::Channel(channel) => channel.map(|it| Self { channel: Some(it), ..self }),
            Side::Month(_) => None,
        }
    }

    /// Of all sides by this dimension: so they can be compared, whichever is asked for.
    #[must_use]
    pub fn widened(self, by: Dimension) -> Self {
        match by {
            Dimension::Department => Self { department: None, ..self },
            Dimension::Person => Self { person: None, ..self },
            Dimension::Tier => Self { tier: None, ..self },
            Dimension::Touch => Self { touch: None, ..self },
            Dimension::Channel => Self { channel: None, ..self },
            Dimension::Month => self,
        }
    }

    /// Whether it asks for less than the cells of departments say, which devices hold.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        *self != Self { department: self.department, ..Self::default() }
    }
}
