//! What the tabs of one user tell each other: one of them speaks with the server, all show the same.

use super::{Book, Status, engine, keep, lines};
use crate::browser::clock;
use domain::{
    id::CustomerId,
    sync::{Committed, Pending, Wish, wire::Mutation},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What one tab tells the others.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// A command was made and kept under this number.
    Made { mutation: Mutation },
    /// These customers' histories are wanted.
    Wanted { customers: Vec<CustomerId>, wish: Wish },
    /// The leader completed a pull.
    Pulled { saved: String, chunks: Vec<String>, clear: bool, settled: Vec<domain::id::CommandId>, refused: Vec<Pending> },
}

impl Told {
    pub fn pulled(committed: &Committed) -> Self {
        let batch = keep::batch(committed, None);
        Self::Pulled {
            saved: batch.saved,
            chunks: batch.chunks,
            clear: committed.clear,
            settled: committed.settled.clone(),
            refused: committed.refused.clone(),
        }
    }
}

pub fn tell(book: Book, told: &Told) {
    if let (Some(tabs), Ok(told)) = (&book.inner().borrow().tabs, serde_json::to_string(told)) {
        tabs.tell(&told);
    }
}

/// Another tab said something.
pub fn hear(book: Book, text: &str) {
    let Ok(told) = serde_json::from_str::<Told>(text) else { return };
    let leads = book.inner().borrow().leads;
    let changed = match told {
        // The store has it, and its number there may be another by now.
        Told::Made { .. } if leads => {
            book.inner().borrow_mut().is_behind = true;
            BTreeSet::new()
        }
        Told::Made { mutation } => engine::made(book, mutation),
        Told::Wanted { customers, wish } => {
            engine::want(book, &customers, wish);
            BTreeSet::new()
        }
        // Told by who led before: it was kept first, and has been read.
        Told::Pulled { .. } if leads => return,
        Told::Pulled { saved, chunks, clear, settled, refused } => {
            let Ok(saved) = serde_json::from_str(&saved) else { return };
            let rows = lines::read(chunks.iter().map(String::as_str));
            let committed = Committed { clear, rows, saved, settled, refused };
            engine::announce_refused(book, &committed);
            book.status.set(Status::Synced(clock::now()));
            book.inner().borrow_mut().device.take(&committed)
        }
    };
    book.took(&changed);
    book.nudge();
}
