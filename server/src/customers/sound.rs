//! How a name sounds: what somebody types who thinks of it in pinyin or by its initials.

use domain::search::folded;
use pinyin::{Pinyin, ToPinyinMulti};

/// Readings of characters that have several, times each other: the most likely of them.
const MAX_READINGS: usize = 4;
const MAX_INITIALS: usize = 8;

/// The readings and the initials, separated by blanks: `重庆` is `zhongqing chongqing zq cq`.
pub(super) fn sound(name: &str) -> String {
    let (mut readings, mut initials) = (vec![String::new()], vec![String::new()]);
    for c in folded(name).chars() {
        let sounds = sounds_of(c);
        extend(&mut readings, &sounds, MAX_READINGS);
        let heads: Vec<String> = sounds.iter().filter_map(|sound| sound.chars().next()).map(String::from).collect();
        extend(&mut initials, &heads, MAX_INITIALS);
    }
    let mut all: Vec<String> = Vec::new();
    for text in readings.into_iter().chain(initials) {
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all.join(" ")
}

/// The usual reading comes first. Latin letters and digits sound as they are written, all else is silent.
fn sounds_of(c: char) -> Vec<String> {
    if c.is_ascii_alphanumeric() {
        return vec![c.to_string()];
    }
    let readings = c.to_pinyin_multi().into_iter().flatten();
    let mut sounds: Vec<String> = Vec::new();
    for reading in readings.map(Pinyin::plain) {
        // Readers type v for ü, which the plain form writes as u.
        if !sounds.iter().any(|sound| sound == reading) {
            sounds.push(reading.to_owned());
        }
    }
    sounds
}

/// Every text so far followed by every one of these; once there are too many, only by the first.
fn extend(texts: &mut Vec<String>, with: &[String], max: usize) {
    let Some(first) = with.first() else { return };
    let mut distinct: Vec<&String> = Vec::new();
    for one in with {
        if !distinct.contains(&one) {
            distinct.push(one);
        }
    }
    let room = texts.len() * distinct.len() <= max;
    let endings: &[&String] = if room { &distinct } else { &[first] };
    *texts = texts.iter().flat_map(|text| endings.iter().map(move |ending| format!("{text}{ending}"))).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_readings_and_initials() {
        assert_eq!(sound("拾禾餐饮").split(' ').next(), Some("shihecanyin"));
        assert!(sound("拾禾餐饮").split(' ').any(|it| it == "shcy"));
        assert!(sound("重庆木屿").split(' ').any(|it| it.starts_with("chongqing")));
        assert!(sound("重庆木屿").split(' ').any(|it| it.starts_with("cqm")));
    }

    #[test]
    fn latin_names_digits_and_signs_have_a_sound_too() {
        assert_eq!(sound("ＡＢＣ 42 (中国)"), "abc42zhongguo abc42zg");
        assert_eq!(sound("…"), "");
        assert_eq!(sound("🦀"), "");
    }

    #[test]
    fn many_readings_do_not_multiply_without_end() {
        let sound = sound(&"重行长乐".repeat(20));
        assert!(sound.split(' ').count() <= MAX_READINGS + MAX_INITIALS);
    }
}
