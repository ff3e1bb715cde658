//! Style: colours and lengths have names, and whoever looks for a class finds it in one sheet.

use std::collections::BTreeMap;

use super::lexer::Kind;
use super::{Rule, Tree, Violation};

pub const TOKENS_ONLY: Rule = Rule { name: "tokens-only", check: tokens_only };
pub const ONE_SHEET_PER_CLASS: Rule = Rule { name: "one-sheet-per-class", check: one_sheet_per_class };
pub const SHEETS_HAVE_NAMESAKES: Rule = Rule { name: "sheet-namesakes", check: sheets_have_namesakes };
pub const EVERY_SHEET_IMPORTED: Rule = Rule { name: "every-sheet-imported", check: every_sheet_imported };

/// Where raw values get their names.
const TOKENS: &str = "style/tokens/";

const UNITS: [&str; 7] = ["px", "rem", "pt", "pc", "cm", "mm", "in"];
const FUNCTIONS: [&str; 9] = ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch"];
const COLOURS: [&str; 16] = [
    "white", "black", "red", "green", "blue", "gray", "grey", "silver", "gold", "orange", "yellow", "purple", "pink", "brown", "navy",
    "teal",
];

fn tokens_only(tree: &Tree) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (path, sheet) in tree.sheets().filter(|(path, _)| !path.starts_with(TOKENS)) {
        for declaration in &sheet.declarations {
            if let Some(raw) = raw_value(&declaration.value) {
                broken.push(Violation::new(
                    path,
                    declaration.line,
                    format!("`{raw}` has no name: give it one in {TOKENS}, or use one that is there"),
                ));
            }
        }
    }
    for (path, source) in tree.rust("app/src/") {
        for text in source.tokens.iter().filter(|token| token.kind == Kind::Text && !token.test) {
            // A lone `gold` is a tier as likely as a colour; a number with its unit is a length.
            let whole = raw_value(&text.text).filter(|raw| *raw == text.text.trim() && !COLOURS.contains(raw));
            broken
                .extend(whole.map(|raw| Violation::new(path, text.line, format!("`{raw}` has no name: let a sheet say it with a token"))));
        }
    }
    broken
}

/// The first colour or length in a value that is written out. Nothing, `0` and a hairline need no name.
fn raw_value(value: &str) -> Option<&str> {
    let unquoted = value.split(['"', '\'']).step_by(2);
    unquoted.flat_map(words).find(|word| is_raw(word))
}

/// Names, numbers with their units, and `function(` with its bracket.
fn words(value: &str) -> impl Iterator<Item = &str> {
    let part_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | '.' | '-' | '_' | '%' | '+' | '(');
    value.split(move |c| !part_of_word(c)).flat_map(|part| part.split_inclusive('('))
}

fn is_raw(word: &str) -> bool {
    if let Some(digits) = word.strip_prefix('#') {
        return matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    }
    let bare = word.trim_start_matches(['-', '+']);
    if bare.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        let unit = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = &bare[..bare.len() - unit.len()];
        return UNITS.contains(&unit) && number.parse::<f32>() != Ok(0.0) && bare != "1px";
    }
    word.strip_suffix('(').map_or(COLOURS.contains(&word), |function| FUNCTIONS.contains(&function))
}

/// A class is at home in the sheet that styles it by itself. Another sheet may only arrange it inside its own.
fn one_sheet_per_class(tree: &Tree) -> Vec<Violation> {
    let mut homes: BTreeMap<&str, &str> = BTreeMap::new();
    let mut broken = Vec::new();
    for (path, sheet) in tree.sheets() {
        let alone = sheet.selectors.iter().filter(|selector| selector.context.is_empty());
        for (selector, class) in alone.filter_map(|selector| Some((selector, selector.subject.first()?))) {
            let home = homes.entry(class).or_insert(path);
            if *home != path {
                broken.push(Violation::new(path, selector.line, format!("`.{class}` is styled in {home} already: say it there")));
            }
        }
    }
    for (path, sheet) in tree.sheets() {
        for selector in sheet.selectors.iter().filter(|selector| !selector.context.is_empty()) {
            let foreign = |class: &String| homes.get(class.as_str()).is_some_and(|home| *home != path);
            let named = || selector.context.iter().chain(&selector.subject);
            if let Some(class) = selector.subject.iter().find(|class| foreign(class)).filter(|_| named().all(foreign)) {
                let home = homes[class.as_str()];
                broken.push(Violation::new(
                    path,
                    selector.line,
                    format!("`.{class}` belongs to {home}, and nothing it stands in belongs here"),
                ));
            }
        }
    }
    broken
}

fn sheets_have_namesakes(tree: &Tree) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (folder, modules) in [("style/ui/", "app/src/ui"), ("style/features/", "app/src")] {
        for (path, _) in tree.with(folder, "css") {
            let name = path[folder.len()..].trim_end_matches(".css");
            if !tree.has_module(modules, name) {
                broken.push(Violation::new(path, 0, format!("styles nothing: there is no `{modules}/{name}.rs`")));
            }
        }
    }
    broken
}

fn every_sheet_imported(tree: &Tree) -> Vec<Violation> {
    let main = tree.text("style/main.css");
    let forgotten = tree.with("style/", "css").map(|(path, _)| path).filter(|path| *path != "style/main.css");
    forgotten
        .filter(|path| !main.contains(&format!("@import \"{}\" layer(", &path["style/".len()..])))
        .map(|path| Violation::new(path, 0, "not imported into a layer by style/main.css, so nobody sees it"))
        .collect()
}
