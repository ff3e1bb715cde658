//! Reads the tokens and computes what people see: words readable, marks visible, in both themes.

use std::{collections::HashMap, fs, path::Path};

/// Name to value, as written.
type Tokens = HashMap<String, String>;

fn tokens() -> Tokens {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/tokens");
    ["palette.css", "meaning.css"]
        .iter()
        .flat_map(|file| {
            let text = fs::read_to_string(folder.join(file)).expect("well-formed tokens");
            // What print overrides comes after the first rule.
            let first = text.split("\n}").next().unwrap_or_default().to_owned();
            let lines: Vec<_> = first.lines().map(str::to_owned).collect();
            lines
        })
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
            Some((name.to_owned(), value.trim().trim_end_matches(';').to_owned()))
        })
        .collect()
}

/// The relative luminance of a colour in a theme.
fn luminance(tokens: &Tokens, value: &str, dark: bool) -> f64 {
    let value = value.trim();
    if let Some(name) = value.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')')) {
        return luminance(tokens, tokens.get(name).unwrap_or_else(|| panic!("no token --{name}")), dark);
    }
    if let Some(pair) = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')) {
        let mut depth = 0;
        let comma = pair.find(|c: char| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            c == ',' && depth == 0
        });
        let (light, night) = pair.split_at(comma.expect("well-formed tokens"));
        return luminance(tokens, if dark { &night[1..] } else { light }, dark);
    }
    let parts = value.strip_prefix("oklch(").and_then(|rest| rest.strip_suffix(')')).unwrap_or_else(|| panic!("not a colour: {value}"));
    let numbers: Vec<f64> = parts.split_whitespace().map(|part| part.trim_end_matches('%').parse().expect("well-formed tokens")).collect();
    oklch_luminance(numbers[0] / 100.0, numbers[1], numbers[2])
}

/// Björn Ottosson's Oklab to linear sRGB, then WCAG's weights.
fn oklch_luminance(l: f64, chroma: f64, hue: f64) -> f64 {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let long = (l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (l - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let red = 4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short;
    let green = -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short;
    let blue = -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short;
    0.212_6 * red.clamp(0.0, 1.0) + 0.715_2 * green.clamp(0.0, 1.0) + 0.072_2 * blue.clamp(0.0, 1.0)
}

/// Every pair that falls short of `least`, in either theme.
fn short_of(least: f64, inks: &[&str], grounds: &[&str]) -> Vec<String> {
    let tokens = tokens();
    let mut short = Vec::new();
    for dark in [false, true] {
        for ink in inks {
            for ground in grounds {
                let of = |name: &str| luminance(&tokens, &format!("var(--{name})"), dark) + 0.05;
                let (ink_light, ground_light) = (of(ink), of(ground));
                let ratio = if ink_light > ground_light { ink_light / ground_light } else { ground_light / ink_light };
                if ratio < least {
                    short.push(format!("{ink} on {ground} {}: {ratio:.2}", if dark { "dark" } else { "light" }));
                }
            }
        }
    }
    short
}

const GROUNDS: [&str; 5] = ["surface", "canvas", "raised", "well", "card"];

#[test]
fn body_text_is_readable_for_weak_eyes() {
    assert_eq!(short_of(7.0, &["text", "text-2"], &GROUNDS), [] as [String; 0]);
}

#[test]
fn faint_and_coloured_words_are_readable_on_every_ground() {
    let grounds = [&GROUNDS[..], &["hover", "select", "active"]].concat();
    assert_eq!(short_of(4.5, &["text-2", "text-3", "accent-text", "bad-text", "warn-text"], &grounds), [] as [String; 0]);
}

#[test]
fn coloured_words_are_readable_on_their_own_soft_ground() {
    for (ink, ground) in [
        ("accent-text", "accent-soft"),
        ("accent-text", "accent-soft-hover"),
        ("bad-text", "bad-soft"),
        ("warn-text", "warn-soft"),
        ("text", "warn-soft"),
        ("text-2", "warn-soft"),
        ("text-2", "accent-soft"),
        ("accent-ink", "accent"),
        ("accent-ink", "accent-hover"),
        ("bad-ink", "bad-fill"),
        ("bad-ink", "bad-fill-hover"),
        ("toast-text", "toast-ground"),
        ("toast-text-2", "toast-ground"),
        ("toast-accent", "toast-ground"),
        ("avatar-company-text", "avatar-company"),
        ("text-2", "avatar"),
        ("text", "avatar-me"),
    ] {
        assert_eq!(short_of(4.5, &[ink], &[ground]), [] as [String; 0]);
    }
}

#[test]
fn metal_carries_its_engraving() {
    for metal in ["silver", "gold", "black", "diamond"] {
        let ink = format!("{metal}-ink");
        let metals = ["1", "2", "glint"].map(|part| format!("{metal}-{part}"));
        assert_eq!(short_of(4.5, &[&ink], &metals.each_ref().map(String::as_str)), [] as [String; 0]);
        assert_eq!(short_of(4.5, &[&format!("{metal}-text")], &[&format!("{metal}-soft")]), [] as [String; 0]);
    }
}

#[test]
fn edges_and_marks_are_visible() {
    let marks = ["edge", "accent", "good", "bad", "warn"];
    assert_eq!(short_of(3.0, &marks, &["surface", "raised", "card", "canvas"]), [] as [String; 0]);
}
