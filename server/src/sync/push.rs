//! Push: a device's commands, judged in its order.
//!
//! Invariants: numbers per client are dense; a number is judged once and its verdict told again; what the disk did
//! not take is judged by nobody; one command never holds up the next.

use domain::{
    change::{Command, Refusal},
    context::Actor,
    id::Id,
    sync::wire::{MAX_COMMAND_BYTES, Mutation, PushRefused, PushRequest, PushResponse, Verdict},
    words::Say,
};
use serde_json::Value;

use super::client::{self, Client, Stored};
use crate::db::{Deed, Trouble, Tx};

pub(super) struct Push {
    pub user: Id,
    pub by: Actor,
    pub request: PushRequest,
}

/// What one transaction made of a push.
#[derive(Debug)]
pub(super) enum Taken {
    All(PushResponse),
    /// Not taken at all; nothing was done.
    Refused(PushRefused),
    /// Judged up to this command, on which something of ours broke: to be tried again alone.
    Broke {
        mid: u64,
    },
}

/// Takes what it can. What breaks a second time, as `alone` says, is put aside so that the queue goes on.
pub(super) fn take(tx: &mut Tx<'_>, push: &Push, alone: Option<u64>) -> Result<Taken, Trouble> {
    let (mut client, fresh) = match accept(tx, push)? {
        Ok(accepted) => accepted,
        Err(refused) => return Ok(Taken::Refused(refused)),
    };
    if client.last_mid == 0 {
        // Verdicts refer to it.
        client::save(tx, push.user, &client)?;
    }
    for mutation in fresh {
        let verdict = match judge(tx, push.by, mutation) {
            Ok(verdict) => verdict,
            Err(Trouble::Broken(what)) if alone == Some(mutation.mid) => put_aside(tx, push.by, mutation, &what)?,
            Err(Trouble::Broken(what)) => {
                tracing::warn!(name = mutation.name, what, "a command broke and is tried again alone");
                client::save(tx, push.user, &client)?;
                return Ok(Taken::Broke { mid: mutation.mid });
            }
            Err(trouble) => return Err(trouble),
        };
        client::store(tx, &client, mutation, &verdict)?;
        client.last_mid = mutation.mid;
    }
    client.confirmed_mid = client.confirmed_mid.max(push.request.confirmed_mid.min(client.last_mid));
    let results = push.request.mutations.iter().map(|mutation| verdict_of(tx, &client, mutation)).collect::<Result<_, _>>()?;
    client::save(tx, push.user, &client)?;
    let epoch = client::epoch(tx.connection())?;
    Ok(Taken::All(PushResponse { epoch, last_mid: client.last_mid, results }))
}

type Accepted<'p> = Result<(Client, Vec<&'p Mutation>), PushRefused>;

/// Looks at all of it before anything is done: the commands that are new, or why none may be.
fn accept<'p>(tx: &Tx<'_>, push: &'p Push) -> Result<Accepted<'p>, Trouble> {
    let request = &push.request;
    let first = request.mutations.first().map_or(1, |mutation| mutation.mid);
    let client = match client::find(tx.connection(), request.client_id)? {
        Some((user, _)) if user != push.user => return Ok(Err(PushRefused::ClientForked)),
        Some((_, client)) => client,
        None if first != 1 => return Ok(Err(PushRefused::ClientUnknown)),
        None => Client { id: request.client_id, last_mid: 0, confirmed_mid: 0 },
    };
    let gap = PushRefused::Gap { last_mid: client.last_mid };
    let dense = (first..).zip(&request.mutations).all(|(mid, mutation)| mutation.mid == mid);
    if !dense || first == 0 || first > client.last_mid + 1 {
        return Ok(Err(gap));
    }
    let mut fresh = Vec::new();
    for mutation in &request.mutations {
        if mutation.mid > client.last_mid {
            fresh.push(mutation);
        } else if !is_the_same(tx, &client, mutation)? {
            return Ok(Err(PushRefused::ClientForked));
        }
    }
    Ok(Ok((client, fresh)))
}

/// Whether this is the command that was judged under its number. A verdict that is forgotten proves nothing, unless
/// the command is known to be done: then a copy of the device has other commands, and none may be lost.
fn is_the_same(tx: &Tx<'_>, client: &Client, mutation: &Mutation) -> Result<bool, Trouble> {
    match client::stored(tx.connection(), client.id, mutation.mid)? {
        Some(Stored { hash, .. }) => Ok(hash == client::hash(mutation)),
        None => tx.was_done(mutation.cmd_id),
    }
}

fn judge(tx: &mut Tx<'_>, by: Actor, mutation: &Mutation) -> Result<Verdict, Trouble> {
    let too_long = mutation.args.get().len() > MAX_COMMAND_BYTES;
    let read = if too_long { Err(Refusal::Malformed) } else { Command::read(&mutation.name, mutation.v, &mutation.args) };
    let outcome = match read {
        Ok(command) => tx.command(by, mutation.cmd_id, &command)?.map(drop),
        Err(refusal) => {
            enter(tx, by, mutation, refusal.code())?;
            Err(refusal)
        }
    };
    match outcome {
        Ok(()) => Ok(Verdict { mid: mutation.mid, ok: true, refusal: None }),
        Err(refusal) => refused(mutation.mid, &refusal),
    }
}

fn refused(mid: u64, refusal: &Refusal) -> Result<Verdict, Trouble> {
    let refusal: Value = serde_json::to_value(refusal).map_err(|error| Trouble::Broken(error.to_string()))?;
    Ok(Verdict { mid, ok: false, refusal: Some(refusal) })
}

/// Quarantine: the command is kept in the audit for us, its author is told, the queue goes on.
fn put_aside(tx: &mut Tx<'_>, by: Actor, mutation: &Mutation, what: &str) -> Result<Verdict, Trouble> {
    tracing::error!(name = mutation.name, command = %mutation.cmd_id, what, "a command broke twice and is put aside");
    enter(tx, by, mutation, Refusal::Broken.code())?;
    refused(mutation.mid, &Refusal::Broken)
}

/// The audit names what came, even where it is no command of ours.
fn enter(tx: &mut Tx<'_>, by: Actor, mutation: &Mutation, code: &str) -> Result<(), Trouble> {
    let args = serde_json::json!({ "name": mutation.name, "v": mutation.v, "args": mutation.args }).to_string();
    tx.audit(&Deed { by, what: "sync.put_aside", subject: None, command: Some(mutation.cmd_id), refused: Some(code), args: Some(&args) })
}

/// What was stored, or, where that is forgotten, that it is known to be done.
fn verdict_of(tx: &Tx<'_>, client: &Client, mutation: &Mutation) -> Result<Verdict, Trouble> {
    let stored = client::stored(tx.connection(), client.id, mutation.mid)?;
    Ok(stored.map_or(Verdict { mid: mutation.mid, ok: true, refusal: None }, |stored| stored.verdict))
}
