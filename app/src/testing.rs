//! Staff components over rows, as somebody in a role sees them: what the features' tests share.

use crate::{book::Book, words::provide_language};
use domain::{
    access::Role,
    change::Command,
    context::Actor,
    id::{Id, PersonId},
    row::Row,
    session::Me,
    sync::{Held, Key, Scopes},
};
use leptos::prelude::*;

/// Whoever looks.
pub const ME: PersonId = PersonId(Id::from_bytes([7; 16]));

/// A row as a device holds it.
pub fn held<T: Row>(row: &T) -> (Key, Held) {
    let json = serde_json::to_string(row).expect("JSON");
    (Key::new(T::ENTITY, row.id()), Held { json: json.into(), scopes: Scopes::default() })
}

/// A component over these rows, as somebody in this role sees it.
pub fn render(role: Role, rows: Vec<(Key, Held)>, view: impl FnOnce() -> AnyView) -> String {
    _ = any_spawner::Executor::init_futures_executor();
    Owner::new().with(|| {
        provide_language();
        let me = Me { actor: Actor::Staff(ME), user: ME.into(), name: "沈知遥".into(), role: Some(role), company: "澜石".into() };
        provide_context(Book::of_rows::<Command>(me, rows));
        view().to_html()
    })
}
