//! The model's pull: what changed in the scopes that are granted now, page by page, all of one snapshot.

use super::server::{Sabotage, Server};
use crate::{
    id::{Id, PersonId},
    row::{Row, Rows},
    sync::{
        Scope,
        wire::{Cursor, Page, PullRequest, PullResponse, SentRow, Verdict},
    },
};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

use super::rules::Item;

impl Server {
    pub fn pull(&self, user: PersonId, request: &PullRequest) -> PullResponse {
        let state = &self.state;
        let foreign = request.epoch.as_ref().is_some_and(|epoch| *epoch != state.epoch);
        if foreign && !self.is(Sabotage::MixesHistories) {
            return PullResponse::ResetAll { reset_all: true, epoch: state.epoch.clone() };
        }
        let nothing = BTreeMap::new();
        let held = if request.epoch.is_some() { &request.scopes } else { &nothing };
        let mut grants = self.sees(user, &request.pins);
        if self.is(Sabotage::OpensForAll) {
            grants.extend(request.pins.iter().copied().map(Scope::History));
        }
        if self.is(Sabotage::BelievesClaims) {
            grants.extend(held.keys());
        }
        let mut sender = Sender { server: self, room: self.page, rows: Vec::new(), gone: Vec::new() };
        let mut reset = Vec::new();
        let mut cursors = BTreeMap::new();
        for scope in &grants {
            let anew = Cursor(0, state.seq);
            let from = held.get(scope).copied().unwrap_or(anew);
            let from = if self.serves(from) { from } else { anew };
            if held.get(scope).is_some_and(|held| *held != from) {
                reset.push(*scope);
            }
            cursors.insert(*scope, sender.send(*scope, from));
        }
        let client = state.clients.get(&request.client_id).filter(|client| client.user == user);
        PullResponse::Page(Page {
            epoch: state.epoch.clone(),
            head: state.seq,
            done: cursors.values().all(|cursor| *cursor == Cursor(state.seq, state.seq)),
            last_mid: client.map_or(0, |client| client.last_mid),
            refused: if client.is_some() { self.refused(request) } else { Vec::new() },
            drop: held.keys().filter(|scope| !grants.contains(scope)).copied().collect(),
            reset,
            cursors,
            rows: sender.rows,
            gone: sender.gone,
            archive: None,
        })
    }

    fn refused(&self, request: &PullRequest) -> Vec<Verdict> {
        let after = self.state.judged.range((request.client_id, request.confirmed_mid + 1)..);
        let own = after.take_while(|((client, _), _)| *client == request.client_id);
        own.map(|(_, judged)| judged.verdict.clone()).filter(|verdict| !verdict.ok).collect()
    }

    /// Whether all that left the scope since then is still remembered.
    fn serves(&self, Cursor(cursor, since): Cursor) -> bool {
        let (horizon, head) = (self.state.horizon, self.state.seq);
        let remembered = match self.sabotage {
            Some(Sabotage::ExpiresByCursor) => cursor >= horizon,
            Some(Sabotage::ForgetsHorizon) => true,
            _ => since >= horizon,
        };
        remembered && since <= head && cursor <= head
    }
}

/// Fills one page.
struct Sender<'s> {
    server: &'s Server,
    /// Rows that still fit.
    room: usize,
    rows: Vec<SentRow>,
    gone: Vec<(Scope, String, Id)>,
}

impl Sender<'_> {
    /// Sends what changed in a scope after its cursor; says how far it came.
    fn send(&mut self, scope: Scope, Cursor(cursor, since): Cursor) -> Cursor {
        let state = &self.server.state;
        let from = (scope, Id::ONLY);
        let mut changes: Vec<_> = state.index.range(from..).take_while(|((of, _), _)| *of == scope).collect();
        changes.retain(|(_, place)| place.seq > cursor);
        changes.sort_by_key(|((_, id), place)| (place.seq, *id));
        let mut sent = cursor;
        for ((_, id), place) in changes {
            let may_end = place.seq != sent || self.server.is(Sabotage::CutsInsideChange);
            if self.room == 0 && may_end {
                return Cursor(sent, since);
            }
            sent = place.seq;
            if place.present {
                self.room = self.room.saturating_sub(1);
                self.row(scope, *id);
            } else if place.seq > since {
                self.room = self.room.saturating_sub(1);
                self.gone.push((scope, Item::ENTITY.into(), *id));
            }
        }
        Cursor(state.seq, state.seq)
    }

    fn row(&mut self, scope: Scope, id: Id) {
        let item: Item = self.server.state.store.get(id).ok().flatten().expect("what the index names");
        let json = serde_json::to_string(&item).expect("JSON");
        self.rows.push(SentRow(scope, Item::ENTITY.into(), id, RawValue::from_string(json).expect("JSON")));
    }
}
