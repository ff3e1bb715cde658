//! Deeds of jobs: commands by the system, each under an id of its own that is always the same.

use std::{
    sync::Arc,
    time::{Duration, Instant as Moment},
};

use domain::{
    change::Command,
    context::Actor,
    id::{CommandId, Id},
    time::Instant,
};

use crate::db::{Db, Trouble, Tx};

/// Something that is to be done once.
#[derive(Debug, Clone)]
pub struct Deed {
    pub id: CommandId,
    pub command: Command,
}

/// One transaction holds as many of them as are done in this time, so that nobody's command waits long.
const SLICE: Duration = Duration::from_millis(10);

/// The id of what is done once about this thing at this moment; for each person, where it concerns several.
pub fn id_of(thing: Id, who: Id, moment: Instant, mark: u32) -> CommandId {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&moment.0.to_be_bytes());
    thing.together(who, mark).together(Id::from_bytes(bytes), mark).into()
}

/// Carries them out as of this moment; says how many took effect. One on which something breaks holds up no other.
pub async fn carry_out(db: &Db, now: Instant, deeds: Vec<Deed>) -> Result<usize, Trouble> {
    let deeds: Arc<[Deed]> = deeds.into();
    let (mut next, mut count) = (0, 0);
    while next < deeds.len() {
        let deeds = deeds.clone();
        let slice = move |tx: &mut Tx<'_>| {
            tx.as_of(now);
            let began = Moment::now();
            let (mut tried, mut done) = (0, 0);
            for deed in deeds.iter().skip(next) {
                done += usize::from(has_effect(tx, deed)?);
                tried += 1;
                if began.elapsed() >= SLICE {
                    break;
                }
            }
            Ok((tried, done))
        };
        let (tried, done) = db.write_when_idle(slice).await?;
        (next, count) = (next + tried, count + done);
    }
    Ok(count)
}

fn has_effect(tx: &mut Tx<'_>, Deed { id, command }: &Deed) -> Result<bool, Trouble> {
    match tx.command(Actor::System, *id, command) {
        Ok(Ok(events)) => return Ok(!events.is_empty()),
        // Somebody was quicker.
        Ok(Err(refusal)) => tracing::warn!(?refusal, ?command, "a job's command was refused"),
        Err(Trouble::Broken(what)) => tracing::error!(what, ?command, "a job's command broke"),
        Err(trouble) => return Err(trouble),
    }
    Ok(false)
}
