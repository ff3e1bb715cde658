//! One of everything that can belong to a customer or stands in the house, made as people make it.

use domain::{
    access::Role,
    attachments::{self, Digest, FileName, Media, Size, Stored},
    change::Command,
    context::Actor,
    customers,
    id::{
        AnswerId, ContactId, CustomerId, DepartmentId, EntryId, FileId, Id, NoticeId, OrderId, PersonId, RedemptionId, ReviewId, RewardId,
        StepId, TeamId, TicketEntryId, TicketId, VersionId,
    },
    loyalty::{self, Programme, Review, ReviewState, Sizes, Tiers, Version, VersionState},
    notices::{Cause, Notice},
    portal, surveys, team, tickets, timeline,
};

use super::drafts::{contact, draft, money, offered, planned, points, record, sale, step, today};
use crate::{
    harness::{Guest, House, NOON, Somebody, command_id, fresh, name},
    portal::{asks, line, prose},
};

macro_rules! things {
    ($($name:ident: $type:ty,)*) => {
        /// One of each.
        #[derive(Debug, Clone, Copy)]
        pub struct Things {
            $(pub $name: $type),*
        }

        impl Things {
            /// Nobody's.
            pub fn absent() -> Self {
                Self { $($name: fresh()),* }
            }

            /// Each with its name.
            pub fn named(&self) -> Vec<(&'static str, Id)> {
                vec![$((stringify!($name), self.$name.into())),*]
            }
        }
    };
}
things! {
    customer: CustomerId,
    archived: CustomerId,
    contact: ContactId,
    removed: ContactId,
    entry: EntryId,
    withdrawn: EntryId,
    step: StepId,
    done: StepId,
    ticket: TicketId,
    solved: TicketId,
    said: TicketEntryId,
    order: OrderId,
    paid: OrderId,
    redemption: RedemptionId,
    answer: AnswerId,
    taken_up: AnswerId,
    notice: NoticeId,
    was_read: NoticeId,
    owner: PersonId,
    owners_file: FileId,
    contacts_file: FileId,
    team: TeamId,
    department: DepartmentId,
    reward: RewardId,
    review: ReviewId,
    plan: VersionId,
    begun: VersionId,
    person: PersonId,
    gone: PersonId,
}

/// A file under this id, as whoever sent it would name it.
pub fn file(id: FileId) -> attachments::File {
    let digest = Digest::parse(&"0".repeat(64)).expect("a digest");
    attachments::File { id, name: FileName::clean("a.txt"), media: Media::Text, size: Size::new(1).expect("a size"), digest }
}

/// A customer of this salesperson's with everything that can belong to one, and somebody of theirs.
pub async fn things(house: &House, owner: &Somebody, team: TeamId) -> (Things, Guest) {
    let (person, gone) = (house.join("同事", Role::Service, &[team]).await.person, house.join("离职", Role::Service, &[]).await.person);
    let customer = house.customer("拾禾餐饮", team, Some(owner.person)).await;
    let guest = house.guest("罗一舟", customer).await;
    let it = Things { customer, contact: guest.contact, owner: owner.person, team, person, gone, ..Things::absent() };
    for command in [around(&it), of_the_timeline(&it)].concat() {
        does(house, owner.actor(), command).await;
    }
    for id in [it.ticket, it.solved] {
        let (by, command) = (guest.actor(), portal::Command::Tickets(asks(id)));
        let done = house.db.write(move |tx| tx.portal_command(by, command_id(), &command)).await;
        assert!(done.expect("no trouble").is_ok());
    }
    // What is read is read after it was said.
    house.clock.move_to(house.clock.now().plus_seconds(1));
    for command in of_tickets(&it) {
        does(house, owner.actor(), command).await;
    }
    for command in of_the_house(&it) {
        does(house, Actor::System, command).await;
    }
    for (id, by) in [(it.owners_file, owner.actor()), (it.contacts_file, guest.actor())] {
        let attachments::File { id, name, media, size, digest } = file(id);
        house.put(Stored { id, by, name, media, size, digest, at: NOON, entry: None }).await;
    }
    for (id, read_at) in [(it.notice, None), (it.was_read, Some(NOON))] {
        let (customer, of) = (Some(it.customer), Notice::of(it.owner, Cause::StepDue, id.into(), NOON));
        house.put(Notice { id, customer, read_at, ..of }).await;
    }
    for (id, taken_up_by) in [(it.answer, None), (it.taken_up, Some(it.owner))] {
        let (score, taken_up_at) = (surveys::Score::new(3).expect("a score"), taken_up_by.map(|_| NOON));
        let (customer, contact, on) = (it.customer, it.removed, today());
        house.put(surveys::Answer { id, customer, contact, score, comment: None, at: NOON, on, taken_up_by, taken_up_at }).await;
    }
    let rules = loyalty::Rules { tiers: Tiers::usual_by_share(), ..loyalty::Rules::usual(money(100)) };
    let programme = Programme { until: Some(planned()), rules, ..Programme::usual(money(100), today(), NOON) };
    for (id, state, from) in [(it.plan, VersionState::Planned, planned()), (it.begun, VersionState::Begun, today())] {
        house.put(Version { id, state, from, ..Version::first(&programme) }).await;
    }
    house.put(programme).await;
    // As if there could be one of each at once.
    house.put(proposed(it.review)).await;
    (it, guest)
}

fn proposed(id: ReviewId) -> Review {
    Review {
        id,
        open: false,
        state: ReviewState::Proposed,
        on: today(),
        sizes: Sizes::default(),
        rises: 0,
        falls: 0,
        takes_effect_on: None,
        by: Actor::System,
        at: NOON,
        decided_by: None,
        decided_at: None,
    }
}

async fn does(house: &House, by: Actor, command: Command) {
    assert_eq!(house.command(by, command.clone()).await.expect("no trouble"), Ok(()), "{command:?}");
}

/// What else is in the archive.
fn around(it: &Things) -> Vec<Command> {
    use customers::Command as C;
    let all = [
        C::Open { id: it.archived, draft: draft(it.team, Some(it.owner)), contacts: Vec::new() },
        C::Archive { id: it.archived },
        C::AddContact { id: it.removed, customer: it.customer, draft: contact() },
        C::RemoveContact { id: it.removed },
    ];
    all.map(Command::Customers).into()
}

fn of_the_timeline(it: &Things) -> Vec<Command> {
    use timeline::Command as T;
    let follow_up = |id| T::FollowUp { id, customer: it.customer, happened_at: NOON, record: record(None), finishes: None, next: None };
    let plan = |id| T::Plan { customer: it.customer, step: step(id, it.owner) };
    let all = [
        follow_up(it.entry),
        follow_up(it.withdrawn),
        T::Withdraw { id: it.withdrawn },
        plan(it.step),
        plan(it.done),
        T::Finish { id: it.done },
    ];
    all.map(Command::Timeline).into()
}

fn of_tickets(it: &Things) -> Vec<Command> {
    let reply =
        tickets::Command::Reply { id: it.said, ticket: it.solved, text: prose("好了"), files: Vec::new(), then: tickets::State::Solved };
    vec![Command::Tickets(reply)]
}

/// What only some may do.
fn of_the_house(it: &Things) -> Vec<Command> {
    use {loyalty::Command as L, team::Command as T};
    let (customer, reward) = (it.customer, it.reward);
    vec![
        Command::Team(T::AddDepartment { id: it.department, name: name("部门") }),
        Command::Team(T::Disable { id: it.gone }),
        Command::Loyalty(L::AddReward { id: reward, reward: offered() }),
        Command::Loyalty(L::Give { customer, points: points(1_000), reason: line("补") }),
        Command::Loyalty(L::Redeem { id: it.redemption, customer, reward, price: points(10) }),
        Command::Orders(sale(it.order, customer, false)),
        Command::Orders(sale(it.paid, customer, true)),
    ]
}
