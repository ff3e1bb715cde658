//! Imports that the server itself carries out for somebody who asked over the wire: how far they are, what was refused.

use super::{Errors, Ready, Told, Undo, Upload, upload::errors_of, words::Problem};
use crate::{App, error::Failed};
use domain::{id::Id, imports::Import, words::Lang};
use std::{
    collections::VecDeque,
    fs::{self, File},
    io,
    ops::ControlFlow,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// So many at the same time: they share one writer.
const AT_ONCE: usize = 4;
/// Dry runs are kept nowhere else; so many of them are remembered.
const REMEMBERED: usize = 50;

#[derive(Debug, Default)]
pub struct Underway {
    running: AtomicUsize,
    shown: Mutex<VecDeque<Import>>,
}

/// A place among those that run.
#[derive(Debug)]
pub struct Place(Arc<Underway>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Underway {
    /// Takes a place, before anything is read of anybody.
    pub fn begin(self: &Arc<Self>) -> Result<Place, Failed> {
        let taken = self.running.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| (n < AT_ONCE).then_some(n + 1));
        taken.map(|_| Place(self.clone())).map_err(|_| Problem::Busy.into())
    }

    /// A panic elsewhere leaves the list as it is: imports are put in whole.
    fn shown(&self) -> MutexGuard<'_, VecDeque<Import>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[must_use]
    pub fn find(&self, id: Id) -> Option<Import> {
        self.shown().iter().find(|import| import.id == id).cloned()
    }

    fn show(&self, import: &Import) {
        let mut shown = self.shown();
        match shown.iter_mut().find(|known| known.id == import.id) {
            Some(known) => *known = import.clone(),
            None => shown.push_front(import.clone()),
        }
        shown.truncate(REMEMBERED);
    }

    /// Reads a file in, on a thread of its own, until it is done or the server stops.
    pub fn carry_out(app: &App, place: Place, upload: Upload, ready: Ready) {
        place.0.show(&ready.import);
        let app = app.clone();
        tokio::task::spawn_blocking(move || {
            let (id, mut errors) = (ready.import.id, None);
            let headers = ready.headers().to_vec();
            let at = errors_of(app.db.directory(), id);
            let ended = ready.carry_out(&app.db, &mut |told| {
                match told {
                    Told::SoFar(import) => place.0.show(import),
                    Told::Refused(refused) => {
                        let kept = errors.get_or_insert_with(|| Errors::create(&at, &headers));
                        if let Ok(Err(error)) = kept.as_mut().map(|errors| errors.add(refused)) {
                            errors = Some(Err(error));
                        }
                    }
                }
                if app.stopping.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if let Err(error) = end(errors) {
                tracing::error!(%error, import = %id, "refused rows were not kept");
                _ = fs::remove_file(&at);
            }
            place.0.show(&ended);
            drop(upload);
        });
    }

    /// Undoes an import, on a thread of its own, until it is done or the server stops.
    pub fn take_back(app: &App, place: Place, undo: Undo, id: Id, lang: Lang) {
        let app = app.clone();
        // What is kept says it now.
        app.underway.shown().retain(|import| import.id != id);
        tokio::task::spawn_blocking(move || {
            if let Err(failed) = undo.carry_out(&app.db, lang, || !app.stopping.is_cancelled()) {
                tracing::error!(code = failed.code(), import = %id, "an undo ended early");
            }
            drop(place);
        });
    }
}

fn end(errors: Option<io::Result<Errors<File>>>) -> io::Result<()> {
    errors.map_or(Ok(()), |errors| errors.and_then(Errors::end))
}
