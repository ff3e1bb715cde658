//! Pull: what changed in the scopes that are granted now, page by page, all of one snapshot.
//!
//! A device that has nothing is first shown a little of what is newest, so that its user need not wait for all of it.
//!
//! Invariants: a page never ends inside one change; a scope that began is never begun again for being slow (its
//! `since` is tested, not its cursor); what the client says it holds decides only what is taken away.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    access,
    context::Actor,
    id::Id,
    sync::{
        Scope,
        wire::{Cursor, Page, PullRequest, PullResponse, SentRow},
    },
};

use super::client;
use crate::db::{self, Asked, Entity, Json, Snapshot, Trouble};

/// A device may ask for so much at once; a page holds at least one whole change.
const MAX_BYTES: usize = 1024 * 1024;

const CHANGES: &str = "SELECT seq, entity, row_id, present FROM scope_rows WHERE scope = ?1 AND seq > ?2 ORDER BY seq, entity, row_id";

pub(super) struct Pull {
    pub user: Id,
    pub by: Actor,
    pub request: PullRequest,
}

/// The next page for this device.
pub(super) fn answer(snapshot: &Snapshot<'_>, pull: &Pull) -> Result<PullResponse, Trouble> {
    let request = &pull.request;
    let history = History::read(snapshot)?;
    if request.epoch.as_ref().is_some_and(|epoch| *epoch != history.epoch) {
        return Ok(PullResponse::ResetAll { reset_all: true, epoch: history.epoch });
    }
    let nothing = BTreeMap::new();
    let held = if request.epoch.is_some() { &request.scopes } else { &nothing };
    let granted = snapshot.grants(pull.by)?;
    let customers = snapshot.customers(&granted)?;
    let mut sent = access::carried(&granted, customers, held.keys().any(|scope| matches!(scope, Scope::Team(_))));
    let archive = (sent.len() < granted.len()).then_some(customers);
    sent.extend(snapshot.pinned(&granted, &request.pins)?);
    let known = client::find(snapshot.connection(), request.client_id)?.filter(|(user, _)| *user == pull.user);
    let mut sender = Sender {
        snapshot,
        by: pull.by,
        head: history.head,
        room: request.limit_bytes.clamp(1, MAX_BYTES),
        rows: Vec::new(),
        gone: Vec::new(),
    };
    let is_new = request.epoch.is_none() && matches!(pull.by, Actor::Staff(_));
    let (cursors, reset) = if is_new { (sender.begin(&sent)?, Vec::new()) } else { sender.go_on(&sent, held, &history)? };
    Ok(PullResponse::Page(Page {
        done: cursors.values().all(|cursor| *cursor == Cursor(history.head, history.head)),
        epoch: history.epoch,
        head: history.head,
        last_mid: known.map_or(0, |(_, client)| client.last_mid),
        refused: match known {
            Some(_) => client::refused_after(snapshot.connection(), request.client_id, request.confirmed_mid)?,
            None => Vec::new(),
        },
        drop: held.keys().filter(|scope| !sent.contains(scope)).copied().collect(),
        reset,
        cursors,
        rows: sender.rows,
        gone: sender.gone,
        archive,
    }))
}

/// The history of changes as this snapshot sees it.
pub(super) struct History {
    pub epoch: String,
    pub head: u64,
    horizon: u64,
}

impl History {
    pub fn read(snapshot: &Snapshot<'_>) -> Result<Self, Trouble> {
        let mut find = snapshot.connection().prepare_cached("SELECT epoch, seq, horizon FROM clock")?;
        let (epoch, head, horizon) = find.query_row((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(Self { epoch, head: db::number(head)?, horizon: db::number(horizon)? })
    }

    /// Whether all that left the scope since then is still remembered. What lies ahead of us is of another history.
    fn serves(&self, Cursor(cursor, since): Cursor) -> bool {
        since >= self.horizon && since <= self.head && cursor <= self.head
    }
}

/// Fills one page.
pub(super) struct Sender<'s> {
    pub snapshot: &'s Snapshot<'s>,
    by: Actor,
    pub head: u64,
    /// Bytes that still fit.
    pub room: usize,
    rows: Vec<SentRow>,
    gone: Vec<(Scope, String, Id)>,
}

impl Sender<'_> {
    /// Sends what changed in these scopes since they were held; says how far each came, and which begin anew.
    fn go_on(
        &mut self,
        grants: &BTreeSet<Scope>,
        held: &BTreeMap<Scope, Cursor>,
        history: &History,
    ) -> Result<(BTreeMap<Scope, Cursor>, Vec<Scope>), Trouble> {
        let (mut cursors, mut reset) = (BTreeMap::new(), Vec::new());
        for scope in grants {
            let anew = Cursor(0, history.head);
            let from = held.get(scope).copied().unwrap_or(anew);
            let from = if history.serves(from) { from } else { anew };
            if held.get(scope).is_some_and(|held| *held != from) {
                reset.push(*scope);
            }
            cursors.insert(*scope, self.send(*scope, from)?);
        }
        Ok((cursors, reset))
    }

    /// Sends what changed in a scope after its cursor; says how far it came.
    pub fn send(&mut self, scope: Scope, Cursor(cursor, since): Cursor) -> Result<Cursor, Trouble> {
        let whole = Cursor(self.head, self.head);
        let Some(number) = db::number_of(self.snapshot.connection(), scope)? else { return Ok(whole) };
        let mut changes = self.snapshot.connection().prepare_cached(CHANGES)?;
        let mut changes = changes.query((number, cursor.cast_signed()))?;
        let mut sent = cursor;
        while let Some(change) = changes.next()? {
            let seq = db::number(change.get(0)?)?;
            if seq != sent && self.room == 0 {
                return Ok(Cursor(sent, since));
            }
            sent = seq;
            let id = Id::from_bytes(change.get(2)?);
            if change.get(3)? {
                self.row(scope, db::numbered(change.get(1)?)?, id)?;
            } else if seq > since
                && let Some((name, _)) = self.seen(db::numbered(change.get(1)?)?)
            {
                // What had left before this scope was begun was never sent.
                self.take(name.len());
                self.gone.push((scope, name.to_owned(), id));
            }
        }
        Ok(whole)
    }

    pub fn row(&mut self, scope: Scope, entity: &Entity, id: Id) -> Result<(), Trouble> {
        let Some((name, shown)) = self.seen(entity) else { return Ok(()) };
        let Some(json) = shown(&self.snapshot.rows(), id)? else {
            tracing::error!(entity = entity.name, %id, "the index of scopes names a row of which there is nothing to send");
            return Ok(());
        };
        self.take(json.get().len() + name.len());
        self.rows.push(SentRow(scope, name.to_owned(), id, json));
        Ok(())
    }

    /// As what this actor is sent rows of this type, if at all: a customer has projections, never a row as staff see it.
    fn seen(&self, entity: &Entity) -> Option<(&'static str, Asked<Json>)> {
        match self.by {
            Actor::Staff(_) => Some((entity.name, entity.staff)),
            Actor::Portal { .. } => entity.portal.map(|portal| (portal.name, portal.shown)),
            Actor::Token(_) | Actor::System => None,
        }
    }

    /// Scope, id and punctuation come to about eighty bytes.
    fn take(&mut self, bytes: usize) {
        self.room = self.room.saturating_sub(bytes + 80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One step into one index, in order, and nothing looked up beside it.
    #[test]
    fn what_changed_is_read_off_one_index() {
        let plan = db::plan(CHANGES);
        assert_eq!(plan, ["SEARCH scope_rows USING COVERING INDEX scope_rows_seq (scope=? AND seq>?)"]);
    }
}
