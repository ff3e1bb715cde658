//! Dialogs: the browser's own `<dialog>`, so focus stays inside, returns afterwards, and Esc closes.

use super::{Banner, Button, Icon, IconButton, Rank, Size, Tone, id, live, text};
use crate::{
    browser::focus,
    words::{actions, t},
};
use leptos::{ev, html, prelude::*};

/// How wide a dialog may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    #[default]
    Regular,
    Wide,
    /// The command palette: no head, near the top.
    Palette,
}

/// A dialog. Shows `children` anew at every opening; on a phone it is a sheet from below.
///
/// Inside: `<DialogBody>` and `<DialogFoot>`. Where it is a form: [`FormDialog`].
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    /// Asked to close: Esc, the cross, or a click outside. The caller lets `open` become false.
    #[prop(into)]
    on_close: Callback<()>,
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] width: Width,
    /// A click outside does not close it: for forms with something to lose.
    #[prop(optional)]
    keep: bool,
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <Show when=move || open.get()>
            <Opened on_close title width keep children=children.clone()/>
        </Show>
    }
    .into_any()
}

#[component]
fn Opened(on_close: Callback<()>, title: Signal<String>, width: Width, keep: bool, children: ChildrenFn) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    node.on_load(|dialog| _ = dialog.show_modal());
    // Closing before it leaves the page gives focus back to where it came from.
    on_cleanup(move || {
        if let Some(dialog) = node.try_get_untracked().flatten() {
            dialog.close();
        }
    });
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    // A press that begins inside and ends outside (selecting text) must not close.
    let began_outside = StoredValue::new(false);
    let press = move |event: ev::PointerEvent| began_outside.set_value(focus::is_on_itself(&event));
    let click = move |event: ev::MouseEvent| {
        if !keep && began_outside.get_value() && focus::is_on_itself(&event) {
            on_close.run(());
        }
    };
    let title_id = id::fresh("dialog");
    let labelled = title_id.clone();
    let width_name = match width {
        Width::Regular => "regular",
        Width::Wide => "wide",
        Width::Palette => "palette",
    };
    view! {
        <dialog
            class="dialog"
            node_ref=node
            data-width=width_name
            aria-labelledby=labelled
            on:cancel=cancel
            on:pointerdown=press
            on:click=click
        >
            <div class="dialog-frame">
                <DialogHead title title_id on_close hidden=width == Width::Palette/>
                {children()}
            </div>
        </dialog>
    }
}

#[component]
fn DialogHead(title: Signal<String>, title_id: String, on_close: Callback<()>, hidden: bool) -> impl IntoView {
    let close = t(actions::CLOSE);
    view! {
        <header class="dialog-head" class:visually-hidden=hidden>
            <h2 id=title_id>{move || title.get()}</h2>
            {(!hidden)
                .then(|| view! { <IconButton label=close icon=Icon::Close size=Size::Small on_press=move |()| on_close.run(())/> })}
        </header>
    }
}

/// A dialog with a form: there at once, sent by its verb or Enter. A click outside loses nothing that was typed.
#[component]
pub fn FormDialog(
    #[prop(into)] title: Signal<String>,
    /// What sending it is called.
    #[prop(into)]
    verb: Signal<String>,
    #[prop(into)] on_send: Callback<()>,
    #[prop(into)] on_close: Callback<()>,
    /// Why it was not accepted, below the fields.
    #[prop(optional, into)]
    refusal: Signal<Option<String>>,
    /// Why it cannot be sent yet.
    #[prop(optional, into)]
    blocked: Signal<Option<String>>,
    #[prop(default = Rank::Primary)] rank: Rank,
    #[prop(optional)] width: Width,
    /// What else can be done, before its buttons.
    #[prop(optional, into)]
    aside: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        on_send.run(());
    };
    let cancel = t(actions::CANCEL);
    let why = move || refusal.get().map(|why| view! { <Banner tone=Tone::Bad>{why}</Banner> }.into_any());
    let form = move || {
        let (children, aside) = (children.clone(), aside.clone());
        view! {
            <form class="dialog-form" on:submit=send>
                <DialogBody>{children()} {live(why)}</DialogBody>
                <DialogFoot>
                    {aside.run()}
                    <Button on_press=on_close>{cancel}</Button>
                    <Button rank submit=true blocked>{text(move || verb.get())}</Button>
                </DialogFoot>
            </form>
        }
        .into_any()
    };
    view! { <Dialog open=true on_close title width keep=true>{form()}</Dialog> }
}

/// What the dialog is about; it scrolls when long.
#[component]
pub fn DialogBody(children: Children) -> impl IntoView {
    view! { <div class="dialog-body">{children()}</div> }.into_any()
}

/// Its buttons: the primary last.
#[component]
pub fn DialogFoot(children: Children) -> impl IntoView {
    view! { <footer class="dialog-foot">{children()}</footer> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::provide_language;

    fn form(refusal: Option<&str>) -> String {
        _ = any_spawner::Executor::init_futures_executor();
        let refusal = refusal.map(str::to_owned);
        Owner::new().with(|| {
            provide_language();
            let nothing = |()| ();
            view! {
                <FormDialog title="Plan" verb="Save" on_send=nothing on_close=nothing refusal=refusal aside=|| "Remove">
                    "fields"
                </FormDialog>
            }
            .into_any()
            .to_html()
        })
    }

    #[test]
    fn a_form_is_sent_by_its_verb_which_stands_last() {
        let html = form(None);
        let order = ["fields", "Remove", "取消", "Save"].map(|text| html.find(text));
        assert!(order.is_sorted() && order[0].is_some(), "{html}");
        assert!(html.contains("type=\"submit\"") && !html.contains("banner"), "{html}");
    }

    #[test]
    fn why_a_form_was_refused_stands_below_its_fields() {
        let html = form(Some("too late"));
        assert!(html.find("fields") < html.find("too late") && html.find("too late") < html.find("dialog-foot"), "{html}");
    }
}
