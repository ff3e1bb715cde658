//! Numbers, money and dates as people read them, in both languages.
//!
//! Written out instead of asking the browser's `Intl`: the same words in a test, in print and on every phone,
//! exact on integers, and no formatter objects to build.

use domain::{
    money::{Currency, Money},
    time::Date,
    words::{Lang, Text},
};

/// `128640` → `128,640`; a minus is a real minus.
#[must_use]
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 3);
    if value < 0 {
        text.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How many there are, or how many there are at least: `128`, `10,000+`.
#[must_use]
pub fn counted(n: usize, more: bool) -> String {
    let number = number(i64::try_from(n).unwrap_or(i64::MAX));
    if more { number + "+" } else { number }
}

/// A change: `+3`, `−6`, `0`.
#[must_use]
pub fn signed(value: i64) -> String {
    if value > 0 { format!("+{}", number(value)) } else { number(value) }
}

/// A fixed-point number: `decimal(8312, 2)` → `83.12`.
#[must_use]
pub fn decimal(value: i64, places: u32) -> String {
    if places == 0 {
        return number(value);
    }
    let unit = 10_u64.pow(places);
    let magnitude = value.unsigned_abs();
    let whole = number(i64::try_from(magnitude / unit).unwrap_or(i64::MAX));
    let sign = if value < 0 { "−" } else { "" };
    format!("{sign}{whole}.{:0width$}", magnitude % unit, width = places as usize)
}

/// A share: `percent(0.9142, 1)` → `91.4%`.
#[must_use]
pub fn percent(share: f64, places: u32) -> String {
    format!("{}%", fixed(share * 100.0, places))
}

/// A measured number with so many places: `fixed(42.06, 1)` → `42.1`.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "figures on a screen are far below the limit; the cast saturates")]
pub fn fixed(value: f64, places: u32) -> String {
    decimal((value * f64::from(10_u32.pow(places))).round() as i64, places)
}

/// Short, for tiles and lists: `1.2万`, `3.4亿`; `12K`, `3.4M`. Below a thousand (ten thousand in Chinese) exact.
#[must_use]
pub fn compact(lang: Lang, value: i64) -> String {
    match scale(lang, value.unsigned_abs()) {
        None => number(value),
        Some((unit, name)) => {
            let tenths = rounded(value, unit / 10);
            let text = decimal(tenths, 1);
            format!("{}{name}", text.strip_suffix(".0").unwrap_or(&text))
        }
    }
}

/// The step of the language a number is told in: from 万 and 亿, or from K, M and B.
fn scale(lang: Lang, magnitude: u64) -> Option<(u64, &'static str)> {
    let steps: &[(u64, &'static str)] = match lang {
        Lang::Zh => &[(100_000_000, "亿"), (10_000, "万")],
        Lang::En => &[(1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K")],
    };
    steps.iter().copied().find(|(unit, _)| magnitude >= *unit)
}

/// `value / unit`, half away from zero.
fn rounded(value: i64, unit: u64) -> i64 {
    let magnitude = i64::try_from((value.unsigned_abs() + unit / 2) / unit.max(1)).unwrap_or(i64::MAX);
    magnitude * value.signum()
}

/// Money to the last fen: `money(1260000, "CNY")` → `¥12,600.00`.
#[must_use]
pub fn money(minor: i64, currency: &str) -> String {
    let places = minor_places(currency);
    let amount = decimal(minor.saturating_abs(), places);
    format!("{}{}{amount}", if minor < 0 { "−" } else { "" }, symbol(currency))
}

/// An amount in its currency, to the last fen.
#[must_use]
pub fn amount(money: Money, currency: Currency) -> String {
    self::money(money.get(), currency.code())
}

/// Money at a glance: `¥12.60万`, `¥860`, `¥126K`. The fen are left out.
#[must_use]
pub fn money_short(lang: Lang, minor: i64, currency: &str) -> String {
    let whole = rounded(minor, 10_u64.pow(minor_places(currency)));
    let sign = if whole < 0 { "−" } else { "" };
    let amount = match (lang, scale(lang, whole.unsigned_abs())) {
        (Lang::Zh, Some((unit, name))) => format!("{}{name}", decimal(rounded(whole.saturating_abs(), unit / 100), 2)),
        (Lang::En, Some((unit, name))) if whole.unsigned_abs() >= 10_000 => {
            let text = decimal(rounded(whole.saturating_abs(), unit / 10), 1);
            format!("{}{name}", text.strip_suffix(".0").unwrap_or(&text))
        }
        _ => number(whole.saturating_abs()),
    };
    format!("{sign}{}{amount}", symbol(currency))
}

fn symbol(currency: &str) -> &str {
    match currency {
        "CNY" => "¥",
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "HKD" => "HK$",
        "JPY" => "JP¥",
        "TWD" => "NT$",
        "SGD" => "S$",
        other => other,
    }
}

fn minor_places(currency: &str) -> u32 {
    if matches!(currency, "JPY" | "KRW" | "VND") { 0 } else { 2 }
}

const WEEKDAYS: [Text; 7] = [
    Text::new("周一", "Mon"),
    Text::new("周二", "Tue"),
    Text::new("周三", "Wed"),
    Text::new("周四", "Thu"),
    Text::new("周五", "Fri"),
    Text::new("周六", "Sat"),
    Text::new("周日", "Sun"),
];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const YESTERDAY: Text = Text::new("昨天", "Yesterday");
const TODAY: Text = Text::new("今天", "Today");
const TOMORROW: Text = Text::new("明天", "Tomorrow");

/// `周四`, `Thu`.
#[must_use]
pub fn weekday(lang: Lang, date: Date) -> &'static str {
    // 1970-01-01 was a Thursday; weeks start on Monday.
    let index = usize::try_from((date.days() + 3).rem_euclid(7)).unwrap_or_default();
    WEEKDAYS.get(index).map_or("", |day| day.in_lang(lang))
}

/// A day as people say it near now: `今天`, `昨天`, `周四` (the coming six days), `11月24日`, `2027年3月31日`.
#[must_use]
pub fn day(lang: Lang, date: Date, today: Date) -> String {
    match date.days_since(today) {
        -1 => YESTERDAY.in_lang(lang).to_owned(),
        0 => TODAY.in_lang(lang).to_owned(),
        1 => TOMORROW.in_lang(lang).to_owned(),
        2..=6 => weekday(lang, date).to_owned(),
        _ if date.year() == today.year() => month_day(lang, date),
        _ => year_day(lang, date),
    }
}

/// `11月24日`, `24 Nov`.
#[must_use]
pub fn month_day(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Zh => format!("{}月{}日", date.month(), date.day()),
        Lang::En => format!("{} {}", date.day(), month_name(date)),
    }
}

/// `2027年3月31日`, `31 Mar 2027`.
#[must_use]
pub fn year_day(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Zh => format!("{}年{}", date.year(), month_day(lang, date)),
        Lang::En => format!("{} {}", month_day(lang, date), date.year()),
    }
}

/// Exact, for tips and print: `2026年11月24日 周二`, `Tue 24 Nov 2026`.
#[must_use]
pub fn full_day(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Zh => format!("{} {}", year_day(lang, date), weekday(lang, date)),
        Lang::En => format!("{} {}", weekday(lang, date), year_day(lang, date)),
    }
}

fn month_name(date: Date) -> &'static str {
    let index = usize::try_from(date.month() - 1).unwrap_or_default();
    MONTHS.get(index).copied().unwrap_or_default()
}

/// The time of day from minutes since midnight: `13:47`.
#[must_use]
pub fn time_of_day(minute: i64) -> String {
    format!("{:02}:{:02}", minute.div_euclid(60), minute.rem_euclid(60))
}

/// A moment near now: `今天 13:47`, `11月18日 15:05`.
#[must_use]
pub fn moment(lang: Lang, date: Date, minute: i64, today: Date) -> String {
    format!("{} {}", day(lang, date, today), time_of_day(minute))
}

/// A length of time in its two largest units: `42 分`, `1 小时 16 分`, `3 天`; `1h 16m`.
#[must_use]
pub fn duration(lang: Lang, minutes: i64) -> String {
    let minutes = minutes.max(0);
    let (days, hours, rest) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    match (lang, days, hours, rest) {
        (Lang::Zh, 0, 0, m) => format!("{m} 分"),
        (Lang::Zh, 0, h, 0) => format!("{h} 小时"),
        (Lang::Zh, 0, h, m) => format!("{h} 小时 {m:02} 分"),
        (Lang::Zh, d, 0, _) => format!("{d} 天"),
        (Lang::Zh, d, h, _) => format!("{d} 天 {h} 小时"),
        (Lang::En, 0, 0, m) => format!("{m}m"),
        (Lang::En, 0, h, 0) => format!("{h}h"),
        (Lang::En, 0, h, m) => format!("{h}h {m:02}m"),
        (Lang::En, d, 0, _) => format!("{d}d"),
        (Lang::En, d, h, _) => format!("{d}d {h}h"),
    }
}

/// How long ago: `刚刚`, `5 分钟前`, `2 小时前`, `3 天前`, `2 个月前`.
#[must_use]
pub fn ago(lang: Lang, seconds: i64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let (count, zh, en) = match () {
        () if minutes < 1 => return Text::new("刚刚", "just now").in_lang(lang).to_owned(),
        () if hours < 1 => (minutes, "分钟", "min"),
        () if days < 1 => (hours, "小时", "h"),
        () if days < 60 => (days, "天", "d"),
        () if days < 730 => (days / 30, "个月", "mo"),
        () => (days / 365, "年", "y"),
    };
    match lang {
        Lang::Zh => format!("{count} {zh}前"),
        Lang::En => format!("{count} {en} ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn numbers_read_as_people_read_them() {
        assert_eq!(number(-1_234_567), "−1,234,567");
        assert_eq!(compact(Lang::Zh, 12_345), "1.2万");
        assert_eq!(compact(Lang::Zh, 340_000_000), "3.4亿");
        assert_eq!(compact(Lang::Zh, 9_999), "9,999");
        assert_eq!(compact(Lang::En, 12_000), "12K");
        assert_eq!(signed(3), "+3");
        assert_eq!(percent(0.914_2, 1), "91.4%");
    }

    #[test]
    fn money_keeps_its_fen_and_its_sign() {
        assert_eq!(money(1_260_000, "CNY"), "¥12,600.00");
        assert_eq!(money(-5, "CNY"), "−¥0.05");
        assert_eq!(money(1_200, "JPY"), "JP¥1,200");
        assert_eq!(money_short(Lang::Zh, 12_600_000, "CNY"), "¥12.60万");
        assert_eq!(money_short(Lang::Zh, 86_000, "CNY"), "¥860");
        assert_eq!(money_short(Lang::En, 12_600_000, "CNY"), "¥126K");
    }

    #[test]
    fn days_are_relative_near_now_and_exact_far_away() {
        let today = date("2026-11-24");
        assert_eq!(day(Lang::Zh, date("2026-11-23"), today), "昨天");
        assert_eq!(day(Lang::Zh, date("2026-11-26"), today), "周四");
        assert_eq!(day(Lang::Zh, date("2026-12-02"), today), "12月2日");
        assert_eq!(day(Lang::En, date("2027-03-31"), today), "31 Mar 2027");
        assert_eq!(full_day(Lang::Zh, today), "2026年11月24日 周二");
        assert_eq!(moment(Lang::Zh, today, 13 * 60 + 47, today), "今天 13:47");
    }

    #[test]
    fn spans_show_their_two_largest_units() {
        assert_eq!(duration(Lang::Zh, 76), "1 小时 16 分");
        assert_eq!(duration(Lang::En, 185), "3h 05m");
        assert_eq!(ago(Lang::Zh, 5 * 60), "5 分钟前");
    }
}
