//! Taking in files of other systems.

use crate::{
    book::use_book,
    browser::page,
    imports::{ImportForm, PastImports, words},
    shell::PageBar,
    ui::{EmptyState, Icon},
    words::t,
};
use domain::access::Right;
use leptos::prelude::*;

#[component]
pub fn ImportsPage() -> impl IntoView {
    let book = use_book();
    let again = RwSignal::new(0);
    let may = book.me().role.is_some_and(|role| role.may(Right::ImportData));
    page::entitle(t(words::IMPORT));
    let sheet = if may {
        view! {
            <div class="page stack" data-width="prose" data-gap="5">
                <ImportForm on_done=Callback::new(move |()| again.update(|again| *again += 1))/>
                <PastImports again/>
            </div>
        }
        .into_any()
    } else {
        view! { <EmptyState icon=Icon::Lock title=t(words::NOT_YOURS) text=t(words::NOT_YOURS_HINT)/> }.into_any()
    };
    view! {
        <PageBar><h1>{t(words::IMPORT)}</h1></PageBar>
        <div class="pane">{sheet}</div>
    }
    .into_any()
}
