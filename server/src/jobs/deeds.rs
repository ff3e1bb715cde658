//! Deeds of jobs: commands by the system, each under an id of its own that is always the same.

use domain::{
    change::Command,
    context::Actor,
    id::{CommandId, Id},
    time::Instant,
};

use crate::db::{Db, Trouble};

/// Something that is to be done once.
#[derive(Debug, Clone)]
pub struct Deed {
    pub id: CommandId,
    pub command: Command,
}

/// One transaction holds so many of them, so that nobody's command waits long.
const AT_ONCE: usize = 50;

/// The id of what is done once about this thing at this moment; for each person, where it concerns several.
pub fn id_of(thing: Id, who: Id, moment: Instant, mark: u32) -> CommandId {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&moment.0.to_be_bytes());
    thing.together(who, mark).together(Id::from_bytes(bytes), mark).into()
}

/// Carries them out as of this moment; says how many took effect. One on which something breaks holds up no other.
pub async fn carry_out(db: &Db, now: Instant, deeds: Vec<Deed>) -> Result<usize, Trouble> {
    let mut count = 0;
    for some in deeds.chunks(AT_ONCE) {
        let some = some.to_vec();
        count += db
            .write_when_idle(move |tx| {
                tx.as_of(now);
                let mut done = 0;
                for Deed { id, command } in &some {
                    match tx.command(Actor::System, *id, command) {
                        Ok(Ok(events)) => done += usize::from(!events.is_empty()),
                        // Somebody was quicker.
                        Ok(Err(refusal)) => tracing::warn!(?refusal, ?command, "a job's command was refused"),
                        Err(Trouble::Broken(what)) => tracing::error!(what, ?command, "a job's command broke"),
                        Err(trouble) => return Err(trouble),
                    }
                }
                Ok(done)
            })
            .await?;
    }
    Ok(count)
}
