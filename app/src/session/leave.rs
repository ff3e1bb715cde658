//! Leaving: signing out with unsent entries says how many and offers to send them first.

use super::{use_session, words};
use crate::{
    book::use_book,
    ui::{Button, Dialog, DialogBody, DialogFoot, Rank},
    words::{t, use_language},
};
use leptos::prelude::*;

/// Asks to leave: at once where everything was sent, else after the question that [`UnsentDialog`] asks.
#[must_use]
pub fn leaving(asked: RwSignal<bool>) -> Callback<()> {
    let (book, session) = (use_book(), use_session());
    Callback::new(move |()| if book.unsent().get_untracked() > 0 { asked.set(true) } else { session.sign_out() })
}

#[component]
pub fn UnsentDialog(asked: RwSignal<bool>) -> impl IntoView {
    let book = use_book();
    let session = use_session();
    let lang = use_language();
    let text = move || words::unsent_at_leaving(lang.get(), book.unsent().get());
    let (stay, leave) = (t(words::STAY), t(words::LEAVE_ANYWAY));
    let send = move |()| {
        asked.set(false);
        book.nudge();
    };
    view! {
        <Dialog open=asked on_close=move |()| asked.set(false) title=t(words::UNSENT_TITLE)>
            <DialogBody><p>{text}</p></DialogBody>
            <DialogFoot>
                <Button rank=Rank::Danger on_press=move |()| session.sign_out()>{leave}</Button>
                <Button rank=Rank::Primary on_press=send>{stay}</Button>
            </DialogFoot>
        </Dialog>
    }
    .into_any()
}
