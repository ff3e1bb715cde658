//! What people type, and what people who mean harm type, as far as it is accepted.

use crate::text::{BadText, Email, Line, MaskedPhone, Name, Phone, Prose};
use proptest::prelude::*;

/// What people type, and what people who mean harm type.
fn typed(longest: usize) -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        "拾禾餐饮",
        "𠮷野家",
        "欧阳 👩‍👩‍👧",
        "O'Brien & Söhne",
        "\"}, {\"",
        "\\u0022 \\",
        "a.b.c",
        "{}",
        "null",
        "0",
        "İİİ",
        "'; drop table customer; --",
        "=1+1",
    ]);
    prop_oneof![awkward.prop_map(str::to_owned), prop::string::string_regex(&format!("\\PC{{1,{longest}}}")).expect("a pattern")]
}

fn parsed<T: std::fmt::Debug>(longest: usize, parse: fn(&str) -> Result<T, BadText>) -> impl Strategy<Value = T> {
    typed(longest).prop_filter_map("not accepted", move |text| parse(&text).ok())
}

pub fn names() -> impl Strategy<Value = Name> {
    parsed(40, Name::parse)
}
pub fn lines() -> impl Strategy<Value = Line> {
    parsed(60, Line::parse)
}
pub fn proses() -> impl Strategy<Value = Prose> {
    parsed(80, |text| Prose::parse(&text.replace(' ', "\n")))
}
pub fn emails() -> impl Strategy<Value = Email> {
    "[a-zA-Z0-9.+_İé-]{1,12}@[a-zA-Z0-9-]{1,8}\\.[a-z]{2,5}".prop_filter_map("not accepted", |text| Email::parse(&text).ok())
}
pub fn phones() -> impl Strategy<Value = Phone> {
    prop_oneof!["1[3-9][0-9]{9}", "\\+86 1[3-9][0-9]{9}", "\\+49 [0-9]{6,12}", "[0-9]{5,15}", "0[0-9]{2,3}-[0-9]{7,8}"]
        .prop_filter_map("not accepted", |text| Phone::parse(&text).ok())
}
pub fn masked_phones() -> impl Strategy<Value = MaskedPhone> {
    phones().prop_map(|phone| phone.masked())
}
