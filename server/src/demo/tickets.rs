//! Tickets of the demonstration: conversations at the pace of working people, in every state, about today and long ago.

use super::{
    chance::Chance,
    conversations::{BLAME, CASES, Case, OF_THE_GUEST, PRAISE, SO_SO, Turn},
    names::SHOPS,
    story::{Deed, Telling, filled},
};
use domain::{
    calendar::{Calendar, WorkingTime},
    change::Command,
    context::Actor,
    customers::Kind,
    id::{ContactId, CustomerId, PersonId, TicketId},
    portal,
    text::{Line, Prose},
    tickets::{self, CLOSES_AFTER_DAYS, Channel, Draft, Stars, State, portal as shown},
    time::Instant,
};

const MINUTE: i64 = 60_000;
const DAY_SECONDS: i64 = 86_400;

/// How far a conversation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Just asked.
    Fresh,
    /// Asked a while ago, and nobody has answered.
    Forgotten,
    Begun,
    /// Begun, and not finished in time.
    Dragging,
    /// It is the customer's turn.
    Waiting,
    Solved,
    Over,
}

/// Whose tickets these are.
pub struct Asker<'a> {
    pub customer: CustomerId,
    pub kind: Kind,
    pub contacts: &'a [ContactId],
    pub opened: Instant,
}

/// One ticket being told.
struct Teller<'a> {
    telling: &'a Telling<'a>,
    calendar: Calendar,
    id: TicketId,
    author: Option<Actor>,
    carer: PersonId,
    machine: &'static str,
    shop: &'static str,
    at: Instant,
    deeds: Vec<Deed>,
}

/// What one customer has asked in all this time.
pub fn tell(chance: &mut Chance, telling: &Telling<'_>, asker: &Asker<'_>, well_known: bool) -> Vec<Deed> {
    let count = if well_known { chance.number(4..9) } else { chance.weighed(&[(0, 44), (1, 22), (2, 16), (4, 12), (7, 6)]) };
    let weights: Vec<(usize, u32)> = CASES.iter().enumerate().map(|(n, (_, weight))| (n, *weight)).collect();
    let mut deeds = Vec::new();
    for _ in 0..count {
        let stage = chance.weighed(&[
            (Stage::Over, 176),
            (Stage::Solved, 6),
            (Stage::Waiting, 5),
            (Stage::Begun, 5),
            (Stage::Dragging, 2),
            (Stage::Forgotten, 2),
            (Stage::Fresh, 4),
        ]);
        let case = chance.weighed(&weights);
        deeds.extend(one(chance, telling, asker, case, stage));
    }
    deeds
}

/// What the guest has asked: something in every state that a customer meets.
pub fn of_the_guest(chance: &mut Chance, telling: &Telling<'_>, asker: &Asker<'_>) -> Vec<Deed> {
    let stages = [Stage::Over, Stage::Over, Stage::Over, Stage::Solved, Stage::Waiting, Stage::Fresh];
    OF_THE_GUEST.iter().zip(stages).flat_map(|(case, stage)| one(chance, telling, asker, *case, stage)).collect()
}

/// One ticket, from its opening as far as `stage` says.
pub fn one(chance: &mut Chance, telling: &Telling<'_>, asker: &Asker<'_>, case: usize, stage: Stage) -> Vec<Deed> {
    let Some((case, _)) = CASES.get(case) else { return Vec::new() };
    let Some(at) = began(chance, telling, asker, stage) else { return Vec::new() };
    let contact = if asker.contacts.is_empty() { None } else { Some(chance.of(asker.contacts)) };
    let mut teller = Teller {
        telling,
        calendar: Calendar::default(),
        id: chance.id(at).into(),
        author: contact.map(|contact| Actor::Portal { contact, customer: asker.customer }),
        carer: if case.technical { telling.region.support } else { telling.region.service },
        machine: chance.of(case.machines),
        shop: if asker.kind == Kind::Person { "店里" } else { chance.of(&SHOPS) },
        at,
        deeds: Vec::new(),
    };
    teller.open(chance, asker.customer, contact, case);
    teller.go_on(chance, case, stage);
    teller.deeds
}

/// When it was asked: long ago what is over, in these days what is not. Nobody asks before they are a customer.
fn began(chance: &mut Chance, telling: &Telling<'_>, asker: &Asker<'_>, stage: Stage) -> Option<Instant> {
    let (from, to) = match stage {
        Stage::Fresh => return Some(telling.now.plus_seconds(-60 * chance.number(4..95))),
        Stage::Forgotten => (1, 5),
        Stage::Begun => (0, 2),
        // Long enough ago for the answer that they have not replied to, over a weekend too.
        Stage::Waiting => (4, 9),
        Stage::Dragging => (6, 13),
        Stage::Solved => (2, 7),
        Stage::Over => (14, super::DAYS - 30),
    };
    let zone = &telling.staff.zone;
    let known = telling.today.days_since(zone.date_at(asker.opened));
    let ago = chance.number(from..to.min(known));
    let at = chance.at_work(zone, telling.today.plus_days(-ago));
    // A weekend's day is the Monday after it, which may not have come yet.
    let at = if at < telling.now { at } else { at.plus_seconds(-3 * DAY_SECONDS) };
    (at > asker.opened.plus_seconds(600) && at < telling.now).then_some(at)
}

impl Teller<'_> {
    fn working(&self) -> WorkingTime<'_> {
        WorkingTime { zone: &self.telling.staff.zone, calendar: &self.calendar }
    }

    /// So many minutes of working time later; false once that lies ahead of us.
    fn after_work(&mut self, minutes: i64) -> bool {
        self.at = self.working().after(Instant(self.at.0 + MINUTE), minutes * MINUTE);
        self.at < self.telling.now
    }

    /// So many minutes later, and not at night.
    fn later(&mut self, minutes: i64) -> bool {
        let at = Instant(self.at.0 + minutes * MINUTE);
        let asleep = !(7 * 60..22 * 60).contains(&self.telling.staff.zone.minute_at(at));
        self.at = if asleep { Instant(at.0 + 9 * 60 * MINUTE) } else { at };
        self.at < self.telling.now
    }

    fn text(&self, chance: &mut Chance, text: &str) -> Option<Prose> {
        Prose::parse(&self.named(chance, text)).ok()
    }

    fn named(&self, chance: &mut Chance, text: &str) -> String {
        filled(chance, &text.replace("{机}", self.machine).replace("{店}", self.shop))
    }

    fn ours(&mut self, chance: &mut Chance, by: PersonId, command: tickets::Command) {
        self.does(chance, Actor::Staff(by), Command::Tickets(command));
    }

    fn does(&mut self, chance: &mut Chance, by: Actor, command: Command) {
        self.deeds.push(Deed { at: self.at, by, id: chance.id(self.at).into(), command: command.into() });
    }

    fn theirs(&mut self, chance: &mut Chance, by: Actor, command: shown::Command) {
        let command = portal::Command::Tickets(command).into();
        self.deeds.push(Deed { at: self.at, by, id: chance.id(self.at).into(), command });
    }

    /// By the customer in the portal, or by service for one who called.
    fn open(&mut self, chance: &mut Chance, customer: CustomerId, contact: Option<ContactId>, case: &Case) {
        let subject = self.named(chance, case.subject);
        let (Ok(subject), Some(text)) = (Line::parse(&subject), self.text(chance, case.asks)) else { return };
        let by_portal = self.author.filter(|_| chance.percent(62));
        if let Some(author) = by_portal {
            let open = shown::Command::Open { id: self.id, kind: case.kind, subject, text, files: Vec::new() };
            self.theirs(chance, author, open);
            return;
        }
        let channel = chance.weighed(&[(Channel::Phone, 45), (Channel::Wechat, 40), (Channel::Email, 15)]);
        let draft = Draft { customer, contact, kind: case.kind, channel, subject, text, files: Vec::new(), priority: None, assignee: None };
        let service = self.telling.region.service;
        self.ours(chance, service, tickets::Command::Open { id: self.id, draft: Box::new(draft) });
    }

    fn go_on(&mut self, chance: &mut Chance, case: &Case, stage: Stage) {
        if matches!(stage, Stage::Fresh | Stage::Forgotten) {
            return;
        }
        let late = chance.percent(13);
        let first = if late { chance.number(135..420) } else { chance.number(4..105) };
        if !self.after_work(first) {
            return;
        }
        let assign = tickets::Command::Assign { ticket: self.id, from: None, to: Some(self.carer) };
        self.ours(chance, self.telling.region.service, assign);
        if !self.converse(chance, case, stage) || !matches!(stage, Stage::Solved | Stage::Over) {
            return;
        }
        self.conclude(chance, late, stage);
    }

    /// Turn by turn; true when it came to its end.
    fn converse(&mut self, chance: &mut Chance, case: &Case, stage: Stage) -> bool {
        let said = case.turns.iter().rposition(|turn| matches!(turn, Turn::Ours(_)));
        let mut answers = 0;
        for (n, turn) in case.turns.iter().enumerate() {
            match turn {
                Turn::Theirs(text) | Turn::Afterwards(text) => {
                    let Some(author) = self.author else { continue };
                    let span = if matches!(turn, Turn::Afterwards(_)) { 1_300..3_200 } else { 18..600 };
                    if stage == Stage::Waiting || !self.later(chance.number(span)) {
                        return false;
                    }
                    self.write(chance, author, text);
                }
                Turn::Note(text) => {
                    if !self.after_work(chance.number(2..25)) {
                        return false;
                    }
                    let Some(text) = self.text(chance, text) else { return false };
                    let note = tickets::Command::Note {
                        id: chance.id(self.at).into(),
                        ticket: self.id,
                        text,
                        files: Vec::new(),
                        mentions: Vec::new(),
                    };
                    self.ours(chance, self.carer, note);
                }
                Turn::Ours(text) => {
                    if stage == Stage::Begun && answers == 1 || stage == Stage::Dragging && answers == 2 {
                        return false;
                    }
                    let waits = if answers == 0 { chance.number(1..4) } else { chance.number(10..260) };
                    if !self.after_work(waits) {
                        return false;
                    }
                    answers += 1;
                    self.answer(chance, text, case.turns.get(n + 1), (said == Some(n), stage));
                }
            }
        }
        true
    }

    /// Whoever answers has read.
    fn write(&mut self, chance: &mut Chance, author: Actor, text: &str) {
        let Some(text) = self.text(chance, text) else { return };
        let write = shown::Command::Write { id: chance.id(self.at).into(), ticket: self.id, text, files: Vec::new() };
        self.theirs(chance, author, write);
    }

    fn answer(&mut self, chance: &mut Chance, text: &str, next: Option<&Turn>, (is_last, stage): (bool, Stage)) {
        let Some(text) = self.text(chance, text) else { return };
        let finished = is_last && matches!(stage, Stage::Solved | Stage::Over);
        let waits = stage != Stage::Dragging
            && stage != Stage::Begun
            && (matches!(next, Some(Turn::Theirs(_) | Turn::Afterwards(_))) || stage == Stage::Waiting);
        let then = if finished {
            State::Solved
        } else if waits {
            State::Waiting
        } else {
            State::Open
        };
        let reply = tickets::Command::Reply { id: chance.id(self.at).into(), ticket: self.id, text, files: Vec::new(), then };
        self.ours(chance, self.carer, reply);
    }

    fn seen(&mut self, chance: &mut Chance, author: Actor) {
        self.theirs(chance, author, shown::Command::Seen { ticket: self.id });
        self.at = Instant(self.at.0 + MINUTE);
    }

    /// Stars, and the end: by the customer's word, or by a week of silence.
    fn conclude(&mut self, chance: &mut Chance, late: bool, stage: Stage) {
        let solved_at = self.at;
        if let Some(author) = self.author.filter(|_| chance.percent(if stage == Stage::Over { 58 } else { 15 })) {
            if !self.later(chance.number(15..2_600)) {
                return;
            }
            self.seen(chance, author);
            self.rate(chance, author, late);
            if chance.percent(45) {
                self.at = Instant(self.at.0 + MINUTE);
                self.theirs(chance, author, shown::Command::Confirm { ticket: self.id });
                return;
            }
        }
        self.at = solved_at.plus_seconds(CLOSES_AFTER_DAYS * DAY_SECONDS);
        if self.at < self.telling.now {
            let close = tickets::Command::Move { ticket: self.id, from: State::Solved, to: State::Closed };
            self.does(chance, Actor::System, Command::Tickets(close));
        }
    }

    /// Most are content; who waited too long is less so.
    fn rate(&mut self, chance: &mut Chance, author: Actor, late: bool) {
        let stars = if late {
            chance.weighed(&[(5, 16), (4, 28), (3, 28), (2, 18), (1, 10)])
        } else {
            chance.weighed(&[(5, 57), (4, 29), (3, 9), (2, 3), (1, 2)])
        };
        let words = match stars {
            4.. => PRAISE.as_slice(),
            3 => &SO_SO,
            _ => &BLAME,
        };
        let comment = chance.percent(55).then(|| Prose::parse(chance.of(words)).ok()).flatten();
        let Some(stars) = Stars::new(stars) else { return };
        self.theirs(chance, author, shown::Command::Rate { ticket: self.id, stars, comment });
    }
}
