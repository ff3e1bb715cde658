//! The gallery: every component rendered to HTML, written where a browser can look at it.
#![recursion_limit = "256"]

mod portal;
mod record;
mod queue;
mod entry;
mod sheet;

use app::{browser::theme, ui::*, words::{self, Lang}};
use leptos::prelude::*;
use std::{fs, path::Path};

/// Renders in this language, as a page would.
fn render(lang: Lang, view: impl FnOnce() -> AnyView) -> String {
    _ = any_spawner::Executor::init_futures_executor();
    let owner = Owner::new();
    owner.with(|| {
        words::provide_language().set(lang);
        theme::provide_look();
        provide_toasts();
        view! {
            {view()}
            <ToastRegion/>
            <TipLayer/>
        }
        .to_html()
    })
}

fn page(lang: Lang, theme: &str, body: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let icons = fs::read_to_string(root.join("public/icons.svg")).unwrap();
    let style = root.join("style/main.css").canonicalize().unwrap();
    format!(
        "<!doctype html><html lang={} data-theme={theme}><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <link rel=stylesheet href='file://{}'><body>{icons}{body}",
        lang.tag(),
        style.display()
    )
}

#[test]
fn every_component_renders_in_both_languages_and_themes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let screens: [(&str, fn() -> AnyView); 5] =
        [("gallery", sheet::sheet), ("record", record::record), ("queue", queue::queue), ("portal", portal::portal), ("entry", entry::entry)];
    for (name, screen) in screens {
        for lang in [Lang::Zh, Lang::En] {
            let body = render(lang, screen);
            for theme in ["light", "dark"] {
                let language = lang.tag().get(..2).unwrap();
                fs::write(folder.join(format!("{name}-{language}-{theme}.html")), page(lang, theme, &body)).unwrap();
            }
            if (name, lang) == ("gallery", Lang::Zh) {
                fs::write(folder.join("gallery.html"), page(lang, "light", &body)).unwrap();
            }
        }
    }
}
