//! Files of other systems: looked at first, taken in, and taken back as a whole if need be.

mod form;
mod past;
mod result;
pub mod words;

pub use form::ImportForm;
pub use past::PastImports;

use crate::browser::{
    file::Chosen,
    network::{self, Trouble},
    tasks,
};
use domain::{
    id::Id,
    imports::{Begun, Import, Kind, Phase},
};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

/// How often a running import is asked how far it is.
const ASK_EVERY_MS: u32 = 400;

/// What was asked for, beside the file.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    kind: Kind,
    currency: String,
    status: String,
    points: bool,
    /// Column and field, by code.
    map: Vec<(String, String)>,
}

impl Asked {
    fn address(&self, file: &str, dry_run: bool) -> String {
        let mut params = ParamsMap::new();
        params.insert("kind", self.kind.code().to_owned());
        params.insert("file", file.to_owned());
        params.insert("dry_run", dry_run.to_string());
        if self.kind == Kind::Orders {
            params.insert("currency", self.currency.clone());
            params.insert("status", self.status.clone());
            params.insert("points", self.points.to_string());
        }
        if !self.map.is_empty() {
            let map: serde_json::Map<String, serde_json::Value> =
                self.map.iter().map(|(column, field)| (column.clone(), field.clone().into())).collect();
            params.insert("map", serde_json::Value::from(map).to_string());
        }
        format!("/api/imports{}", params.to_query_string())
    }
}

/// Sends the file and follows what becomes of it until it is done.
fn carry_out(file: Chosen, asked: &Asked, dry_run: bool, now: RwSignal<Option<Import>>, ended: impl Fn(Result<(), Trouble>) + 'static) {
    let path = asked.address(&file.name, dry_run);
    tasks::run(async move {
        let begun = match file.send(&path).await {
            Ok(answer) => answer.read::<Begun>(),
            Err(trouble) => Err(trouble),
        };
        ended(match begun {
            Ok(begun) => follow(begun.id, now).await,
            Err(trouble) => Err(trouble),
        });
    });
}

/// Asks how far it is until it is over.
async fn follow(id: Id, now: RwSignal<Option<Import>>) -> Result<(), Trouble> {
    loop {
        let import: Import = network::get(&format!("/api/imports/{id}")).await?;
        let over = !matches!(import.phase, Phase::Running | Phase::Undoing);
        if now.try_set(Some(import)).is_some() || over {
            return Ok(());
        }
        tasks::pause(ASK_EVERY_MS).await;
    }
}
