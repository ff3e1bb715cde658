//! Files where what they go with is read: pictures as they are, all else to be saved.

use super::words;
use crate::{
    ui::{Icon, icon, while_so},
    words::{t, use_language},
};
use domain::attachments::File;
use leptos::prelude::*;

/// The files of one entry; nothing where it has none. While the entry waits to be sent, the server gives them to nobody.
#[must_use]
pub fn shown(files: &[File], waits: impl Fn() -> bool + Send + Sync + 'static) -> AnyView {
    if files.is_empty() {
        return ().into_any();
    }
    let waits = Memo::new(move |_| waits());
    let files = files.iter().map(|file| one(file, waits)).collect_view();
    view! { <ul class="files" aria-label=t(words::ATTACHED)>{files}</ul> }.into_any()
}

fn one(file: &File, waits: Memo<bool>) -> AnyView {
    // A picture that cannot be had now is a name that can be pressed later.
    let drawn = RwSignal::new(file.media.is_picture());
    let (picture, named, waiting) = (file.clone(), file.clone(), file.clone());
    view! {
        <li>
            {while_so(move || !waits.get() && drawn.get(), move || self::picture(&picture, drawn))}
            {while_so(move || !waits.get() && !drawn.get(), move || link(&named))}
            {while_so(move || waits.get(), move || view! { <span class="chip file">{face(&waiting)}</span> }.into_any())}
        </li>
    }
    .into_any()
}

fn picture(file: &File, drawn: RwSignal<bool>) -> AnyView {
    let lang = use_language();
    let name = file.name.to_string();
    let label = move || words::open(lang.get(), &name);
    view! {
        <a class="file-picture" href=address(file) target="_blank" rel="external noopener" aria-label=label>
            <img src=address(file) alt="" loading="lazy" decoding="async" on:error=move |_| drawn.set(false)/>
        </a>
    }
    .into_any()
}

fn link(file: &File) -> AnyView {
    view! {
        <a class="chip file" href=address(file) download=file.name.to_string() rel="external">
            <span class="visually-hidden">{t(words::SAVE)}</span>
            {face(file)}
            {icon(Icon::Download)}
        </a>
    }
    .into_any()
}

/// What stands on it: sign, name, size.
fn face(file: &File) -> AnyView {
    let sign = if file.media.is_picture() { Icon::Image } else { Icon::File };
    let (name, size) = (file.name.to_string(), words::size(file.size.bytes().into()));
    view! { {icon(sign)} <span class="truncate">{name}</span> <small>{size}</small> }.into_any()
}

fn address(file: &File) -> String {
    format!("/api/files/{}", file.id)
}
