//! What is done about a row: a command of the usual vocabulary, by whoever imports; or nothing, where it is so already.

use super::{
    cells::{CustomerSaid, OrderSaid, Said},
    kept::{self, Did, Touched},
    words::Bad,
};
use crate::db::{Trouble, Tx};
use domain::{
    change::{self, Command},
    context::Actor,
    customers::{self, Customer, CustomerDraft, Edit, PhoneSeen, Was},
    id::{CommandId, CustomerId, Id, TeamId},
    imports::{Field, Status},
    loyalty::Member,
    orders::{self, Order},
    row::{Field as _, Row, Rows},
};
use sha2::{Digest, Sha256};

/// For whom a row is taken in, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    pub import: Id,
    pub by: Actor,
    pub status: Status,
    pub points: bool,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    Made,
    Changed,
    Unchanged,
}

/// The command of a line: the same however often the import is tried.
pub(super) fn command_of(import: Id, line: u64) -> CommandId {
    import.derived(u32::try_from(line).unwrap_or(u32::MAX)).into()
}

/// The customer or order that a line makes. What the command itself causes has the numbers from zero on.
fn made_by(command: CommandId) -> Id {
    Id::from(command).derived(u32::MAX)
}

/// A row as it is now, in few bytes: whoever has the same has the same row.
pub(super) fn digest<T: Row>(row: &T) -> Result<[u8; 16], Trouble> {
    let json = serde_json::to_vec(row).map_err(|error| Trouble::Broken(error.to_string()))?;
    let mut digest = [0; 16];
    digest.iter_mut().zip(Sha256::digest(json)).for_each(|(into, byte)| *into = byte);
    Ok(digest)
}

impl Terms {
    /// Carries out what the row says. There is a team wherever a customer may have to be made.
    pub fn carry_out(&self, tx: &mut Tx<'_>, team: Option<TeamId>, line: u64, said: &Said) -> Result<Result<Became, Bad>, Trouble> {
        match said {
            Said::Customer(said) => self.customer(tx, team, line, said),
            Said::Order(said) => self.order(tx, line, said),
        }
    }

    fn customer(&self, tx: &mut Tx<'_>, team: Option<TeamId>, line: u64, said: &CustomerSaid) -> Result<Result<Became, Bad>, Trouble> {
        let found = tx.reading().by::<Customer>("no", &said.no.to_cell())?.pop();
        let (id, command, did) = match &found {
            None => {
                let Some(team) = team else { return Err(Trouble::Broken("no team for a new customer".to_owned())) };
                let id = made_by(command_of(self.import, line));
                let draft = Box::new(said.draft(team));
                (id, customers::Command::Open { id: id.into(), draft, contacts: Vec::new() }, Did::Made)
            }
            Some(customer) => {
                let edits = said.edits(customer);
                if edits.is_empty() {
                    return Ok(Ok(Became::Unchanged));
                }
                (customer.id.into(), customers::Command::Edit { id: customer.id, edits }, Did::Changed)
            }
        };
        if let Err(refusal) = self.perform(tx, line, &Command::Customers(command))? {
            return Ok(Err(Bad::Rule(refusal)));
        }
        let before = found.as_ref().map(serde_json::to_string).transpose().map_err(|error| Trouble::Broken(error.to_string()))?;
        self.note::<Customer>(tx, line, id, before, did)?;
        Ok(Ok(if did == Did::Made { Became::Made } else { Became::Changed }))
    }

    fn order(&self, tx: &mut Tx<'_>, line: u64, said: &OrderSaid) -> Result<Result<Became, Bad>, Trouble> {
        let Some(customer) = tx.reading().by::<Customer>("no", &said.customer.to_cell())?.pop() else {
            return Ok(Err(Bad::NoSuchCustomer { no: said.customer.to_string() }));
        };
        let status = said.status.unwrap_or(self.status);
        if let Some(order) = tx.reading().by::<Order>("no", &said.no.to_cell())?.pop() {
            let fields = said.differs(&order, customer.id, status);
            return Ok(if fields.is_empty() { Ok(Became::Unchanged) } else { Err(Bad::OrderDiffers { fields }) });
        }
        let id = made_by(command_of(self.import, line));
        let draft = said.draft(customer.id, status, self.points);
        let member = tx.reading().get::<Member>(customer.id)?;
        let record = orders::Command::Record { id: id.into(), draft: Box::new(draft) };
        if let Err(refusal) = self.perform(tx, line, &Command::Orders(record))? {
            return Ok(Err(Bad::Rule(refusal)));
        }
        let stood = member.map(|member| serde_json::to_string(&(member.rank, member.ranked_on))).transpose();
        let stood = stood.map_err(|error| Trouble::Broken(error.to_string()))?;
        self.note::<Order>(tx, line, id, stood, Did::Made)?;
        Ok(Ok(Became::Made))
    }

    /// One row on which something of ours breaks holds up no other.
    fn perform(&self, tx: &mut Tx<'_>, line: u64, command: &Command) -> Result<Result<(), change::Refusal>, Trouble> {
        match tx.command(self.by, command_of(self.import, line), command) {
            Ok(done) => Ok(done.map(drop)),
            Err(Trouble::Broken(what)) => {
                tracing::error!(import = %self.import, line, what, "a row of an import broke");
                Ok(Err(change::Refusal::Broken))
            }
            Err(trouble) => Err(trouble),
        }
    }

    fn note<T: Row>(&self, tx: &Tx<'_>, line: u64, id: Id, before: Option<String>, did: Did) -> Result<(), Trouble> {
        let row = tx.reading().get::<T>(id)?;
        let row = row.ok_or_else(|| Trouble::Broken(format!("what line {line} made is not there")))?;
        kept::note(tx.connection(), self.import, &Touched { line, row: id, before, after: digest(&row)?, did })
    }
}

impl CustomerSaid {
    fn draft(&self, team: TeamId) -> CustomerDraft {
        let Self { no, name, kind, phone, email, since, address, needs } = self.clone();
        CustomerDraft {
            no: Some(no),
            name,
            phone,
            email,
            since,
            address,
            needs,
            source: Some(customers::Source::Import),
            ..CustomerDraft::of(kind.unwrap_or(customers::Kind::Company), team)
        }
    }

    /// Only what is said and differs: an empty cell erases nothing.
    fn edits(&self, customer: &Customer) -> Vec<Edit> {
        fn was<T: Clone + PartialEq>(now: Option<&T>, was: &Option<T>) -> Option<Was<Option<T>>> {
            now.filter(|now| was.as_ref() != Some(*now)).map(|now| Was { was: was.clone(), now: Some(now.clone()) })
        }
        let Self { no: _, name, kind, phone, email, since, address, needs } = self;
        let kind = kind.filter(|kind| *kind != customer.kind).map(|now| Edit::Kind(Was { was: customer.kind, now }));
        let phone = phone.clone().filter(|phone| customer.phone != Some(PhoneSeen::Whole(phone.clone())));
        [
            was(name.as_ref(), &customer.name).map(Edit::Name),
            kind,
            phone.map(|phone| Edit::Phone(Some(phone))),
            was(email.as_ref(), &customer.email).map(Edit::Email),
            was(since.as_ref(), &customer.since).map(Edit::Since),
            was(address.as_ref(), &customer.address).map(Edit::Address),
            was(needs.as_ref(), &customer.needs).map(Edit::Needs),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl OrderSaid {
    fn draft(&self, customer: CustomerId, status: Status, earns: bool) -> orders::Draft {
        let Self { no, customer: _, ordered_on, amount, currency, items, status: _, what } = self.clone();
        let paid_on = (status == Status::Paid).then_some(ordered_on);
        orders::Draft { no: Some(no), customer, ordered_on, what, pieces: items, amount, currency, paid_on, earns }
    }

    /// In what an order of this number is another. One that has moved on since it was placed or paid is none.
    fn differs(&self, order: &Order, customer: CustomerId, status: Status) -> Vec<Field> {
        let moved_on = match status {
            Status::Placed => order.state != orders::State::Cancelled,
            Status::Paid => order.state.is_paid(),
        };
        [
            (order.customer == customer, Field::CustomerNo),
            (order.ordered_on == self.ordered_on, Field::OrderedOn),
            (order.amount == self.amount, Field::Amount),
            (order.currency == self.currency, Field::Currency),
            (self.items.is_none() || order.pieces == self.items, Field::Items),
            (moved_on, Field::Status),
            (self.what.is_none() || order.what == self.what, Field::What),
        ]
        .into_iter()
        .filter(|(same, _)| !same)
        .map(|(_, field)| field)
        .collect()
    }
}
