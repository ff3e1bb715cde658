//! Customers of the demonstration, and the people at them.

use super::{
    chance::Chance,
    names::{self, AT_THE_FIRST, CITIES, WELL_KNOWN},
    sentences::{NEEDS, PREFERENCES},
};
use domain::{
    customers::{ContactDraft, CustomerDraft, DecisionRole, Industry, Kind, Nature, Size, Source},
    id::TeamId,
    text::{Email, Line, Name, Phone, Prose},
    time::Date,
};
use pinyin::ToPinyin;
use std::collections::HashSet;

/// Name, number and address of the guest.
pub const GUEST: (&str, &str, &str) = ("温书宁", "13800000001", "vip@demo.guanxi");

/// Customers are made one after the other; no two are called the same.
pub struct Archive {
    called: HashSet<String>,
    made: usize,
}

/// A customer as they are entered.
pub struct Made {
    pub draft: CustomerDraft,
    pub contacts: Vec<ContactDraft>,
    /// Whether the first pages show it.
    pub well_known: bool,
}

const POSITIONS: [(&str, Option<DecisionRole>); 14] = [
    ("总经理", Some(DecisionRole::Decider)),
    ("创始人", Some(DecisionRole::Decider)),
    ("采购经理", Some(DecisionRole::Influencer)),
    ("采购专员", Some(DecisionRole::Influencer)),
    ("运营总监", Some(DecisionRole::Decider)),
    ("运营经理", Some(DecisionRole::Influencer)),
    ("财务经理", Some(DecisionRole::Influencer)),
    ("财务", None),
    ("店长", Some(DecisionRole::User)),
    ("咖啡师", Some(DecisionRole::User)),
    ("工程主管", Some(DecisionRole::User)),
    ("行政主管", Some(DecisionRole::Influencer)),
    ("餐饮部经理", Some(DecisionRole::User)),
    ("前厅经理", None),
];

impl Archive {
    #[must_use]
    pub fn new() -> Self {
        let known = WELL_KNOWN.iter().map(|(name, _)| *name).chain([GUEST.0]);
        Self { called: known.map(str::to_owned).collect(), made: 0 }
    }

    /// The next customer of the region with this number.
    pub fn next(&mut self, chance: &mut Chance, region: usize, team: TeamId, today: Date) -> Made {
        let known = WELL_KNOWN.get(self.made).copied();
        let first = self.made == 0;
        self.made += 1;
        let (city, area) = CITIES.get(region).map_or(("上海", "021"), |cities| chance.of(cities));
        let is_person = known.is_none() && chance.percent(12);
        let mut draft = CustomerDraft::of(if is_person { Kind::Person } else { Kind::Company }, team);
        draft.source = Some(chance.weighed(&[
            (Source::Referral, 30),
            (Source::Visit, 24),
            (Source::Online, 20),
            (Source::Event, 16),
            (Source::Research, 10),
        ]));
        draft.since = chance.percent(85).then(|| today.plus_days(-chance.number(30..3_600)));
        draft.needs = chance.percent(60).then(|| prose(chance.of(&NEEDS))).flatten();
        if is_person {
            self.person(chance, &mut draft, city);
            return Made { draft, contacts: Vec::new(), well_known: false };
        }
        let (name, industry) = known.map_or_else(|| self.company(chance, city), |(name, industry)| (name.to_owned(), industry));
        let site = format!("{}.example", latin(&name));
        describe(chance, &mut draft, &name, industry, (city, area), &site);
        if known.is_some() {
            draft.nature = Some(Nature::EndUser);
            draft.size = Some(if first { Size::Large } else { chance.of(&[Size::Large, Size::Medium, Size::Medium]) });
            draft.since = Some(today.plus_days(-chance.number(1_100..2_900)));
            draft.needs = prose(chance.of(&NEEDS));
        }
        let contacts = if first { at_the_first(chance, &site) } else { contacts(chance, &site) };
        Made { draft, contacts, well_known: known.is_some() }
    }

    /// The customer whose place in the portal anybody may take: a person with a small café of her own.
    pub fn guest(&mut self, chance: &mut Chance, team: TeamId, today: Date) -> Made {
        self.made += 1;
        let name = Name::parse(GUEST.0).ok();
        let (phone, email) = (Phone::parse(GUEST.1).ok(), Email::parse(GUEST.2).ok());
        let draft = CustomerDraft {
            name: name.clone(),
            nature: Some(Nature::EndUser),
            source: Some(Source::Referral),
            since: Some(today.plus_days(-1_460)),
            phone: phone.clone(),
            email: email.clone(),
            address: line(&names::address(chance, "上海")),
            needs: prose("一个人经营的街角咖啡馆，出品要稳；只在下午三点后方便接电话。"),
            ..CustomerDraft::of(Kind::Person, team)
        };
        let contact = |name| ContactDraft {
            name,
            position: line("店主"),
            decision_role: Some(DecisionRole::Decider),
            phone,
            email,
            preferences: None,
        };
        Made { draft, contacts: name.map(contact).into_iter().collect(), well_known: true }
    }

    /// A name that nobody else has.
    fn company(&mut self, chance: &mut Chance, city: &str) -> (String, Industry) {
        let mut tries = 0;
        loop {
            let (name, industry) = names::company(chance, city, tries > 3);
            let name = if tries > 20 { format!("{name}（{tries}）") } else { name };
            if self.called.insert(name.clone()) {
                return (name, industry);
            }
            tries += 1;
        }
    }

    fn person(&mut self, chance: &mut Chance, draft: &mut CustomerDraft, city: &str) {
        let name = loop {
            let name = names::person(chance);
            if self.called.insert(name.clone()) || self.called.len() > 5_000 {
                break name;
            }
        };
        draft.name = Name::parse(&name).ok();
        draft.nature = Some(Nature::EndUser);
        draft.phone = mobile(chance);
        draft.address = chance.percent(50).then(|| line(&names::address(chance, city))).flatten();
    }
}

fn describe(chance: &mut Chance, draft: &mut CustomerDraft, name: &str, industry: Industry, (city, area): (&str, &str), site: &str) {
    draft.name = Name::parse(name).ok();
    draft.industry = Some(industry);
    draft.nature = Some(chance.weighed(&[(Nature::EndUser, 70), (Nature::Dealer, 20), (Nature::Agent, 10)]));
    draft.size = Some(chance.weighed(&[(Size::Large, 8), (Size::Medium, 27), (Size::Small, 48), (Size::SoleTrader, 17)]));
    draft.legal_representative = chance.percent(70).then(|| Name::parse(&names::person(chance)).ok()).flatten();
    draft.address = line(&names::address(chance, city));
    draft.phone = if chance.percent(70) { landline(chance, area) } else { mobile(chance) };
    draft.email = chance.percent(65).then(|| email("office", site)).flatten();
}

fn contacts(chance: &mut Chance, site: &str) -> Vec<ContactDraft> {
    let count = chance.weighed(&[(1usize, 26), (2, 34), (3, 22), (4, 12), (5, 6)]);
    let mut people = Vec::with_capacity(count);
    for n in 0..count {
        let (position, decides) = chance.of(&POSITIONS);
        // One of them has the last word.
        let decides = if n == 0 { Some(DecisionRole::Decider) } else { decides };
        let name = names::person(chance);
        people.extend(contact(chance, &name, position, decides, site));
    }
    people
}

fn at_the_first(chance: &mut Chance, site: &str) -> Vec<ContactDraft> {
    use DecisionRole::{Decider, Influencer, User};
    let people = AT_THE_FIRST.iter().zip([Decider, Decider, Influencer, User]);
    people.filter_map(|((name, position), decides)| contact(chance, name, position, Some(decides), site)).collect()
}

fn contact(chance: &mut Chance, name: &str, position: &str, decides: Option<DecisionRole>, site: &str) -> Option<ContactDraft> {
    Some(ContactDraft {
        name: Name::parse(name).ok()?,
        position: line(position),
        decision_role: decides,
        phone: chance.percent(92).then(|| mobile(chance)).flatten(),
        email: chance.percent(55).then(|| email(&latin(name), site)).flatten(),
        preferences: chance.percent(35).then(|| prose(chance.of(&PREFERENCES))).flatten(),
    })
}

/// As it is written with Latin letters.
fn latin(name: &str) -> String {
    name.to_pinyin().flatten().map(|sound| sound.plain().replace('ü', "v")).collect()
}

/// Of a top-level domain that never leads anywhere (RFC 2606).
fn email(who: &str, site: &str) -> Option<Email> {
    Email::parse(&format!("{who}@{site}")).ok()
}

/// No number that is anybody's: the fourth to seventh digits of a mobile number are never all zero.
fn mobile(chance: &mut Chance) -> Option<Phone> {
    let head = chance.of(&["135", "136", "137", "138", "139", "150", "158", "159", "177", "186", "188", "189"]);
    Phone::parse(&format!("{head}0000{:04}", chance.number(0..10_000))).ok()
}

fn landline(chance: &mut Chance, area: &str) -> Option<Phone> {
    let rest = if area.len() == 3 { format!("5000{:04}", chance.number(0..10_000)) } else { format!("500{:04}", chance.number(0..10_000)) };
    Phone::parse(&format!("{area}{rest}")).ok()
}

fn line(text: &str) -> Option<Line> {
    Line::parse(text).ok()
}

fn prose(text: &str) -> Option<Prose> {
    Prose::parse(text).ok()
}
