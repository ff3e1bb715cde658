//! `index.html`: the one file that names the hashed folder, and so decides which build a tab runs.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::tree;

/// Where the links to the hashed folder go.
const LINKS: &str = "<!-- bundle: links -->";

/// Where the icons go, for `<use href="#i-…">`.
const ICONS: &str = "<!-- bundle: icons -->";

/// Fills the page in for the files of one hashed folder.
pub fn fill(page: &str, hash: &str, files: &[String], icons: &str) -> Result<String> {
    for place in [LINKS, ICONS] {
        ensure!(page.matches(place).count() == 1, "app/index.html must hold `{place}` once");
    }
    let icons = format!("<div hidden>{}</div>", without_prolog(icons));
    // What is said to whoever writes the page stays here.
    let page = page.lines().filter(|line| !line.starts_with("<!--") || [LINKS, ICONS].contains(line)).collect::<Vec<_>>().join("\n");
    Ok(page.replace(LINKS, &links(hash, files)).replace(ICONS, &icons))
}

/// Everything the first chunk needs, asked for at once instead of one after the other.
fn links(hash: &str, files: &[String]) -> String {
    let modules = files
        .iter()
        .filter(|file| file.ends_with(".js") && *file != "boot.js")
        .map(|file| format!("<link rel=\"modulepreload\" href=\"/pkg/{hash}/{file}\">\n"));
    let fixed = [
        format!("<link rel=\"stylesheet\" href=\"/pkg/{hash}/main.css\">\n"),
        format!("<script type=\"module\" src=\"/pkg/{hash}/boot.js\"></script>\n"),
        format!(
            "<link rel=\"preload\" href=\"/pkg/{hash}/app_bg.wasm\" as=\"fetch\" \
             type=\"application/wasm\" crossorigin>\n"
        ),
    ];
    fixed.into_iter().chain(modules).collect::<String>().trim_end().to_owned()
}

fn without_prolog(icons: &str) -> &str {
    icons.find("<svg").map_or("", |start| icons[start..].trim())
}

/// The icons of `public/`, or none while there are none.
pub fn icons(public: &Path) -> Result<String> {
    let sprite = public.join("icons.svg");
    if sprite.is_file() { tree::read(&sprite) } else { Ok(String::new()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><!-- bundle: links --></head><body><!-- bundle: icons --></body>";

    #[test]
    fn the_page_asks_for_everything_the_first_chunk_needs() {
        let files = ["app.js", "boot.js", "snippets/a/store.js", "split_staff.wasm"].map(String::from);
        let page = fill(PAGE, "12ab", &files, "<?xml version=\"1.0\"?><svg><symbol/></svg>").unwrap();
        assert!(page.contains("rel=\"modulepreload\" href=\"/pkg/12ab/app.js\""), "{page}");
        assert!(page.contains("rel=\"modulepreload\" href=\"/pkg/12ab/snippets/a/store.js\""));
        assert!(page.contains("href=\"/pkg/12ab/app_bg.wasm\" as=\"fetch\""));
        assert!(page.contains("<div hidden><svg><symbol/></svg></div>"));
        assert!(!page.contains("split_staff"), "a surface is asked for by its address only");
    }

    #[test]
    fn a_page_without_its_places_is_refused() {
        let error = fill("<head></head>", "12ab", &[], "").unwrap_err();
        assert!(error.to_string().contains("bundle: links"), "{error}");
    }
}
