//! The gallery: every component rendered to HTML, written where a browser can look at it.
#![recursion_limit = "256"]

mod entry;
mod portal;
mod queue;
mod record;
mod sheet;

use app::{
    browser::theme,
    ui::*,
    words::{self, Lang},
};
use leptos::prelude::*;
use std::{fs, path::Path};

type Screen = fn() -> AnyView;

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
    let icons = fs::read_to_string(root.join("public/icons.svg")).expect("the repository's own file");
    let style = root.join("style/main.css").canonicalize().expect("the repository's own file");
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
    let screens: [(&str, Screen); 5] = [
        ("gallery", sheet::sheet),
        ("record", record::record),
        ("queue", queue::queue),
        ("portal", portal::portal),
        ("entry", entry::entry),
    ];
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

#[test]
fn a_blocked_button_says_why() {
    let html = render(Lang::Zh, || view! { <Button blocked=Some("还差 30 积分".to_owned())>"兑换"</Button> }.into_any());
    let reason = between(&html, "aria-describedby=\"", "\"");
    assert!(html.contains("aria-disabled=\"true\""), "{html}");
    assert!(html.contains(&format!("<span id=\"{reason}\" hidden>还差 30 积分</span>")), "{html}");
    assert!(html.contains("data-tip=\"还差 30 积分\""), "{html}");
}

#[test]
fn a_button_that_may_be_pressed_gives_no_reason() {
    let html = render(Lang::Zh, || view! { <Button>"兑换"</Button> }.into_any());
    assert!(!html.contains("aria-disabled"), "{html}");
    assert!(!html.contains("aria-describedby"), "{html}");
}

#[test]
fn a_field_binds_label_hint_and_error_to_its_control() {
    let html = render(Lang::Zh, || {
        let value = RwSignal::new(String::new());
        view! {
            <Field label="手机" hint="11 位" error=Some("少一位。".to_owned()) required=true>
                <TextInput value purpose=Purpose::Phone/>
            </Field>
        }
        .into_any()
    });
    let id = between(&html, "for=\"", "\"");
    assert!(html.contains(&format!("<input id=\"{id}\"")), "{html}");
    assert!(html.contains(&format!("aria-describedby=\"{id}-error {id}-hint\"")), "{html}");
    assert!(html.contains(&format!("<div id=\"{id}-error\" aria-live=\"polite\" class=\"field-error\">少一位。")), "{html}");
    assert!(html.contains("aria-invalid=\"true\"") && html.contains("aria-required=\"true\""), "{html}");
}

#[test]
fn words_follow_the_language() {
    let password = || {
        let value = RwSignal::new(String::new());
        view! { <PasswordInput value/> }.into_any()
    };
    assert!(render(Lang::Zh, password).contains("aria-label=\"显示密码\""));
    assert!(render(Lang::En, password).contains("aria-label=\"Show password\""));
}

#[test]
fn a_table_of_twenty_thousand_rows_renders_a_screenful_and_tells_its_length() {
    let html = render(Lang::Zh, queue::queue);
    let rows = html.matches("class=\"table-row\"").count();
    assert!((20..60).contains(&rows), "{rows} rows");
    // Twenty thousand rows, two thousand five hundred group heads and the head of the table.
    assert!(html.contains("aria-rowcount=\"22501\""));
    assert!(html.contains("aria-sort=\"ascending\""));
}

#[test]
fn progress_is_said_as_well_as_drawn() {
    let html = render(Lang::En, || view! { <Progress value=0.856 label="To Diamond"/> }.into_any());
    assert!(html.contains("aria-valuenow=\"86\"") && html.contains("86% done"), "{html}");
}

#[test]
fn an_empty_fact_leaves_no_dot_behind() {
    let html = render(Lang::Zh, || view! { <Facts of=vec!["A 级".to_owned(), String::new(), "林晓".to_owned()]/> }.into_any());
    assert_eq!(html.matches("<span>").count(), 2, "{html}");
}

#[test]
fn the_sprite_has_every_icon() {
    let sprite = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/icons.svg")).unwrap();
    for icon in Icon::EVERY {
        assert!(sprite.contains(&format!("id=\"i-{}\"", icon.name())), "{icon:?}");
    }
}

/// What stands between the first `start` and the next `end`.
fn between<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    html.split_once(start).and_then(|(_, rest)| rest.split_once(end)).unwrap_or_else(|| panic!("no {start} in {html}")).0
}
