//! Company time on this device: what day it is, and moments in the words people use.

use super::Book;
use crate::{
    browser::{clock, format},
    words::{Lang, Text},
};
use domain::{
    context::Actor,
    id::{Id, PersonId},
    settings::Company,
    team::Person,
    time::{Date, Instant, Zone},
};
use std::sync::Arc;

const SYSTEM: Text = Text::new("系统", "System");
const CUSTOMER: Text = Text::new("客户", "Customer");

impl Book {
    /// The company's own row; on a new device not at once. Tracked.
    #[must_use]
    pub fn company(&self) -> Option<Arc<Company>> {
        self.row::<Company>(Id::ONLY)
    }

    /// Company time; Shanghai's until the company's row is here. Tracked.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.company().map_or_else(|| Zone::fixed("Asia/Shanghai", 8 * 3_600), |company| company.zone.clone())
    }

    /// The business day now. Tracked; renewed with the clock.
    #[must_use]
    pub fn today(&self) -> Date {
        self.zone().date_at(clock::ticking())
    }

    /// `今天 13:47`. Tracked.
    #[must_use]
    pub fn moment(&self, lang: Lang, at: Instant) -> String {
        let zone = self.zone();
        format::moment(lang, zone.date_at(at), zone.minute_at(at), zone.date_at(clock::ticking()))
    }

    /// `13:47`. Tracked.
    #[must_use]
    pub fn time_of_day(&self, at: Instant) -> String {
        format::time_of_day(self.zone().minute_at(at))
    }

    /// The day of a moment: `今天`, `昨天`, `11月18日`. Tracked.
    #[must_use]
    pub fn day(&self, lang: Lang, at: Instant) -> String {
        let zone = self.zone();
        format::day(lang, zone.date_at(at), zone.date_at(clock::ticking()))
    }

    /// A colleague's name; blank while unknown. Tracked.
    #[must_use]
    pub fn name_of(&self, person: PersonId) -> String {
        self.row::<Person>(person).map(|person| person.name.to_string()).unwrap_or_default()
    }

    /// Who did something. Tracked.
    #[must_use]
    pub fn actor_name(&self, lang: Lang, actor: Actor) -> String {
        match actor {
            Actor::Staff(person) => self.name_of(person),
            Actor::System => SYSTEM.in_lang(lang).to_owned(),
            Actor::Portal { .. } => CUSTOMER.in_lang(lang).to_owned(),
        }
    }
}
