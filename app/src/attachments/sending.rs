//! Files on their way: each is sent piece by piece as soon as it is chosen, and goes on where it broke off.

use super::words;
use crate::{
    browser::{
        clock,
        file::Chosen,
        network::{self, Trouble},
        tasks,
    },
    forms::troubled,
    ui::Toasts,
    words::Text,
};
use domain::{
    attachments::{Arrived, File, MOST, PIECE, Refusal, Size, Wanted},
    id::FileId,
    words::{Lang, Say},
};
use leptos::prelude::*;

/// How far a file is.
#[derive(Clone, PartialEq)]
pub(super) enum Far {
    /// In hundredths.
    Going(u32),
    There(File),
    Stopped {
        why: String,
        /// Whether trying again could help.
        again: bool,
    },
}

/// One file in a composer.
#[derive(Clone)]
pub(super) struct Item {
    pub id: FileId,
    pub name: String,
    pub size: u64,
    pub far: ArcRwSignal<Far>,
    chosen: StoredValue<Chosen, LocalStorage>,
}

/// The files that are going to be put to what somebody writes.
#[derive(Clone, Copy)]
pub struct Attaching {
    pub(super) items: RwSignal<Vec<Item>>,
}

impl Default for Attaching {
    fn default() -> Self {
        Self { items: RwSignal::new(Vec::new()) }
    }
}

impl Attaching {
    /// Takes these too and begins to send them; says why one cannot be taken.
    pub(super) fn add(self, files: Vec<Chosen>, lang: Lang) -> Option<String> {
        let mut why = None;
        for chosen in files {
            let refusal = match chosen.size {
                _ if self.items.with_untracked(Vec::len) >= MOST => Refusal::TooMany,
                0 => Refusal::Empty,
                size if size > Size::MOST.into() => Refusal::TooLarge,
                size => {
                    let far = ArcRwSignal::new(Far::Going(0));
                    let item = Item { id: clock::new_id(), name: chosen.name.clone(), size, far, chosen: StoredValue::new_local(chosen) };
                    self.items.update(|items| items.push(item.clone()));
                    item.go(lang);
                    continue;
                }
            };
            why = Some(refusal.say(lang));
        }
        why
    }

    pub(super) fn remove(self, id: FileId) {
        self.keep(|item| item.id != id);
    }

    /// Whether there are any. Tracked.
    #[must_use]
    pub fn any(self) -> bool {
        self.items.with(|items| !items.is_empty())
    }

    /// All of them as they are named in a command, or why that cannot be yet. Tracked.
    pub fn ready(self) -> Result<Vec<File>, Text> {
        let fars: Vec<Far> = self.items.with(|items| items.iter().map(|item| item.far.get()).collect());
        if fars.iter().any(|far| matches!(far, Far::Stopped { .. })) {
            return Err(words::NOT_SENT);
        }
        let there = |far| if let Far::There(file) = far { Some(file) } else { None };
        fars.into_iter().map(there).collect::<Option<Vec<File>>>().ok_or(words::ON_THEIR_WAY)
    }

    /// The same for sending now; whoever presses is told why not.
    pub fn now(self, toasts: Toasts, lang: Lang) -> Option<Vec<File>> {
        untrack(|| self.ready()).map_err(|why| toasts.push_problem(why.in_lang(lang))).ok()
    }

    /// They have gone with what was written.
    pub fn clear(self) {
        self.keep(|_| false);
    }

    /// What is not kept is let go of by the browser too, and no more of it is sent.
    fn keep(self, keep: impl Fn(&Item) -> bool) {
        self.items.update(|items| {
            items.retain(|item| {
                let stays = keep(item);
                if !stays {
                    item.chosen.dispose();
                }
                stays
            });
        });
    }
}

impl Item {
    /// Sends it, or the rest of it.
    pub fn go(self, lang: Lang) {
        self.far.set(Far::Going(0));
        tasks::run(async move {
            self.far.set(match self.sent().await {
                Ok(file) => Far::There(file),
                Err(None) => Far::Stopped { why: words::UNREADABLE.in_lang(lang).to_owned(), again: false },
                Err(Some(Trouble::Unreached)) => Far::Stopped { why: words::BROKE_OFF.in_lang(lang).to_owned(), again: true },
                Err(Some(trouble)) => Far::Stopped { why: troubled(trouble, lang), again: false },
            });
        });
    }

    /// The file as it arrived; nothing is wrong with the line where it cannot be read, or is no longer wanted.
    async fn sent(&self) -> Result<File, Option<Trouble>> {
        let digest = self.chosen.try_get_value().ok_or(None)?.digest().await.ok_or(None)?;
        let size = u32::try_from(self.size).map_err(|_| None)?;
        let wanted = Wanted { id: self.id, name: self.name.clone(), size: size.into(), digest };
        let (mut at, mut furthest, mut tries) = (None, None, 0);
        loop {
            let answer: Result<Arrived, Trouble> = match at {
                Some(from) => {
                    let path = format!("/api/files/{}?at={from}", self.id);
                    let chosen = self.chosen.try_get_value().ok_or(None)?;
                    chosen.send_piece(&path, from, size.min(from.saturating_add(PIECE))).await.and_then(|answer| answer.read())
                }
                None => network::post("/api/files", &wanted).await,
            };
            at = match answer {
                Ok(Arrived { file: Some(file), .. }) => return Ok(file),
                Ok(Arrived { received, .. }) => Some(received),
                // How far it came, the server knows.
                Err(trouble) if passes(&trouble) => None,
                Err(trouble) => return Err(Some(trouble)),
            };
            if furthest < at {
                (furthest, tries) = (at, 0);
                let hundredths = u64::from(at.unwrap_or_default()) * 100 / u64::from(size);
                self.far.set(Far::Going(u32::try_from(hundredths).unwrap_or_default()));
                continue;
            }
            tries += 1;
            if tries > TRIES {
                return Err(Some(Trouble::Unreached));
            }
            tasks::pause(PAUSE_MS << tries).await;
        }
    }
}

/// So often it may come no further, each time after twice as long.
const TRIES: u32 = 5;
const PAUSE_MS: u32 = 300;

/// Whether it makes sense to try again in a moment.
fn passes(trouble: &Trouble) -> bool {
    match trouble {
        Trouble::Unreached | Trouble::Refused { status: 408 | 503, .. } => true,
        // Too fast; what is enough for a day is refused with the same status.
        Trouble::Refused { status: 429, problem } => problem.as_ref().is_none_or(|problem| problem.code == "request.too_many"),
        Trouble::Refused { .. } => false,
    }
}
