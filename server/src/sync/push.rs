//! Push: a device's commands, judged in its order.
//!
//! Invariants: numbers per client are dense; a number is judged once and its verdict told again; what the disk did
//! not take is judged by nobody; one command never holds up the next.

use domain::{
    change,
    context::Actor,
    id::Id,
    portal,
    sync::wire::{MAX_COMMAND_BYTES, Mutation, PushRefused, PushRequest, PushResponse, Verdict},
    words::Say,
};
use serde::Serialize;
use serde_json::{Value, value::RawValue};

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
    let dense = (first..=u64::MAX).zip(&request.mutations).all(|(mid, mutation)| mutation.mid == mid);
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

/// By the vocabulary of whoever sends it: a name of the other one is no command.
fn judge(tx: &mut Tx<'_>, by: Actor, mutation: &Mutation) -> Result<Verdict, Trouble> {
    let Mutation { cmd_id, v, ref name, ref args, .. } = *mutation;
    let fits = args.get().len() <= MAX_COMMAND_BYTES;
    let outcome = match by {
        Actor::Portal { .. } => match portal::Command::read(name, v, args).ok().filter(|_| fits) {
            Some(command) => told(tx.portal_command(by, cmd_id, &command)?)?,
            None => Some(put_by(tx, by, mutation, &portal::Refusal::Malformed)?),
        },
        Actor::Staff(_) | Actor::Token(_) | Actor::System => match change::Command::read(name, v, args).ok().filter(|_| fits) {
            Some(command) => told(tx.command(by, cmd_id, &command)?)?,
            None => Some(put_by(tx, by, mutation, &change::Refusal::Malformed)?),
        },
    };
    Ok(Verdict { mid: mutation.mid, ok: outcome.is_none(), refusal: outcome })
}

/// The refusal as it travels, if it is one.
fn told<T, R: Serialize>(outcome: Result<T, R>) -> Result<Option<Value>, Trouble> {
    let refusal = outcome.err().map(serde_json::to_value).transpose();
    refusal.map_err(|error| Trouble::Broken(error.to_string()))
}

/// Quarantine: the command is kept in the audit for us, its author is told, the queue goes on.
fn put_aside(tx: &mut Tx<'_>, by: Actor, mutation: &Mutation, what: &str) -> Result<Verdict, Trouble> {
    tracing::error!(name = mutation.name, command = %mutation.cmd_id, what, "a command broke twice and is put aside");
    let refusal = match by {
        Actor::Portal { .. } => put_by(tx, by, mutation, &portal::Refusal::Broken)?,
        Actor::Staff(_) | Actor::Token(_) | Actor::System => put_by(tx, by, mutation, &change::Refusal::Broken)?,
    };
    Ok(Verdict { mid: mutation.mid, ok: false, refusal: Some(refusal) })
}

/// The audit names what came, even where it is no command of ours.
fn put_by<R: Say + Serialize>(tx: &mut Tx<'_>, by: Actor, mutation: &Mutation, refusal: &R) -> Result<Value, Trouble> {
    #[derive(Serialize)]
    struct Came<'m> {
        name: &'m str,
        v: u32,
        args: &'m RawValue,
    }
    // As it came: what is JSON need not be a value of ours, as numbers beyond all numbers are not.
    let came = Came { name: &mutation.name, v: mutation.v, args: &mutation.args };
    let args = serde_json::to_string(&came).map_err(|error| Trouble::Broken(error.to_string()))?;
    let (command, refused) = (Some(mutation.cmd_id), Some(refusal.code()));
    tx.audit(&Deed { by, what: "sync.put_aside", subject: None, command, refused, args: Some(&args) })?;
    serde_json::to_value(refusal).map_err(|error| Trouble::Broken(error.to_string()))
}

/// What was stored, or, where that is forgotten, that it is known to be done.
fn verdict_of(tx: &Tx<'_>, client: &Client, mutation: &Mutation) -> Result<Verdict, Trouble> {
    let stored = client::stored(tx.connection(), client.id, mutation.mid)?;
    Ok(stored.map_or(Verdict { mid: mutation.mid, ok: true, refusal: None }, |stored| stored.verdict))
}
