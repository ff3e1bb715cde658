//! When the session has ended: the screen is covered, the same person signs in again in place, nothing is lost.

use super::{Page, open, sign_in::SignInForm, use_session, words};
use crate::{
    book::{Status, use_book},
    browser::draft,
    ui::{Dialog, DialogBody, later_over, while_so},
    words::t,
};
use domain::session::Me;
use leptos::prelude::*;

#[component]
pub fn SignedOutCover() -> impl IntoView {
    let session = use_session();
    let status = use_book().status();
    // Withdrawn access ends here: what was on the device is deleted already.
    Effect::new(move |_| {
        if status.get() == Status::Revoked {
            session.leave();
        }
    });
    while_so(move || status.get() == Status::SignedOut, || later_over(open(Page::Cover)))
}

#[component]
pub fn SignInAgain() -> impl IntoView {
    let book = use_book();
    let session = use_session();
    let entered = Callback::new(move |me: Me| {
        if session.is_same(&me) {
            session.enter(me);
            book.nudge();
        } else {
            // Somebody else works on: what the one before them left unsent is not theirs to read.
            draft::forget_all();
            session.change(&me);
        }
    });
    let hint = t(words::SIGN_IN_AGAIN_HINT);
    view! {
        <Dialog open=true on_close=|()| () title=t(words::SIGN_IN_AGAIN) keep=true>
            <DialogBody>
                <div class="stack">
                    <p class="secondary">{hint}</p>
                    <SignInForm demo=Vec::new() entered/>
                </div>
            </DialogBody>
        </Dialog>
    }
    .into_any()
}
