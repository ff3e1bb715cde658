//! Choosing files and seeing how far they are: the paper clip, dropping and pasting, and a chip for each.

use super::{
    Attaching,
    sending::{Far, Item},
    words,
};
use crate::{
    book::use_book,
    browser::file::{self, Chosen},
    ui::{Icon, IconButton, Progress, Size, icon, live, use_toasts, while_so},
    words::{Lang, states, t, use_language},
};
use domain::{attachments::File, text::Prose};
use leptos::{ev, prelude::*};

/// What a device offers to choose from; what is taken the server decides, by content.
const ACCEPT: &str = "image/*,.pdf,.txt,.csv,.md,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.wps,.et,.dps,.zip";

/// Takes files to where they are wanted now, or says why not.
fn taking() -> impl Fn(Attaching, Vec<Chosen>) + Copy + Send + Sync + 'static {
    let (book, lang, toasts) = (use_book(), use_language(), use_toasts());
    move |to: Attaching, files: Vec<Chosen>| {
        let lang = lang.get_untracked();
        let why =
            if book.status().get_untracked().is_cut_off() { Some(words::NEEDS_LINE.in_lang(lang).to_owned()) } else { to.add(files, lang) };
        if let Some(why) = why {
            toasts.push_problem(why);
        }
    }
}

/// The place around a composer where files can be dropped and pictures pasted; `to` says what they go with at that moment.
pub fn place(to: impl Fn() -> Attaching + Copy + Send + 'static, inside: AnyView) -> AnyView {
    let take = taking();
    let over = RwSignal::new(false);
    let paste = move |event: ev::ClipboardEvent| {
        let files = file::pasted(&event);
        if !files.is_empty() {
            event.prevent_default();
            take(untrack(to), files);
        }
    };
    // Text that is dragged goes its own way.
    let drop = move |event: ev::DragEvent| {
        over.set(false);
        if file::is_of_files(&event) {
            event.prevent_default();
            take(untrack(to), file::dropped(&event));
        }
    };
    let drag = move |event: ev::DragEvent| {
        if file::is_of_files(&event) {
            event.prevent_default();
            over.set(true);
        }
    };
    view! {
        <div class="files-place" data-over=move || over.get() on:paste=paste on:drop=drop on:dragover=drag on:dragleave=move |_| over.set(false)>
            {inside}
        </div>
    }
    .into_any()
}

/// The paper clip. Without a line it says that files need one.
#[component]
pub fn AttachButton(
    to: Attaching,
    #[prop(optional)] size: Size,
    /// Shows its name, where there is room for it.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let (book, lang, toasts) = (use_book(), use_language(), use_toasts());
    let take = taking();
    let offline = Memo::new(move |_| book.status().get().is_cut_off());
    let label = move || if offline.get() { words::NEEDS_LINE } else { words::ATTACH }.in_lang(lang.get());
    let pick = move |event: ev::Event| take(to, file::picked(&event));
    let press = move |event: ev::MouseEvent| {
        if offline.get_untracked() {
            event.prevent_default();
            toasts.push_problem(words::NEEDS_LINE.in_lang(lang.get_untracked()));
        }
    };
    view! {
        <label class="button files-pick" data-rank=if named { "secondary" } else { "quiet" } data-size=size.name() data-square=!named data-tip=label>
            {icon(Icon::Attach)}
            {named.then(|| view! { <span class="button-words">{t(words::ATTACH)}</span> })}
            <input
                type="file"
                multiple
                accept=ACCEPT
                aria-label=label
                aria-disabled=move || offline.get().then_some("true")
                on:click=press
                on:change=pick
            />
        </label>
    }
    .into_any()
}

/// A chip for each file that is going to be sent.
#[component]
pub fn Going(to: Attaching) -> impl IntoView {
    let chips = move || view! { <For each=move || to.items.get() key=|item| item.id children=move |item| chip(to, &item)/> }.into_any();
    while_so(move || to.any(), move || view! { <ul class="files-going" aria-label=t(words::ATTACHED)>{chips()}</ul> }.into_any())
}

fn chip(to: Attaching, item: &Item) -> AnyView {
    let lang = use_language();
    let (id, far) = (
        item.id,
        ArcMemo::new({
            let far = item.far.clone();
            move |_| far.get()
        }),
    );
    let name = StoredValue::new(item.name.clone());
    let item = StoredValue::new(item.clone());
    let named = move |say: fn(Lang, &str) -> String| name.with_value(|name| say(lang.get(), name));
    let how = {
        let far = far.clone();
        live(move || {
            Some(match far.get() {
                Far::Going(hundredths) => {
                    view! { <Progress value=Signal::derive(move || f64::from(hundredths) / 100.0) label=name.get_value()/> }.into_any()
                }
                Far::There(file) => view! { <small>{words::size(file.size.bytes().into())}</small> }.into_any(),
                Far::Stopped { why, .. } => view! { <small role="alert">{why}</small> }.into_any(),
            })
        })
    };
    let stopped = {
        let far = far.clone();
        move || matches!(far.get(), Far::Stopped { again: true, .. })
    };
    let again = move || {
        let go = move |()| item.get_value().go(lang.get_untracked());
        view! { <IconButton label=Signal::derive(move || named(words::again)) icon=Icon::Refresh size=Size::Small on_press=go/> }.into_any()
    };
    view! {
        <li class="file-going">
            {icon(Icon::File)}
            <span class="truncate">{name.get_value()}</span>
            {how}
            {while_so(stopped, again)}
            <IconButton label=Signal::derive(move || named(states::remove_named)) icon=Icon::Close size=Size::Small on_press=move |()| to.remove(id)/>
        </li>
    }
    .into_any()
}

/// What is said where somebody sends files and no words.
#[must_use]
pub fn unsaid(text: RwSignal<String>, files: &[File], lang: Lang) -> Option<Prose> {
    let blank = text.with_untracked(|text| text.trim().is_empty());
    if blank && !files.is_empty() { Prose::parse(words::SEE_ATTACHED.in_lang(lang)).ok() } else { None }
}
