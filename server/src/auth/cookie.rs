//! The cookie in which a browser keeps its session.

use super::{account::Kind, session, token::Token};
use axum::http::{HeaderMap, HeaderValue, header};

/// The prefix makes browsers insist on https (or this machine), on `Path=/`, and on no other host.
const NAME: &str = "__Host-guanxi";

/// The token that a request carries.
#[must_use]
pub fn read(headers: &HeaderMap) -> Option<Token> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|list| list.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == NAME).and_then(|(_, value)| Token::read(value))
}

/// The value of `Set-Cookie` for a new session.
#[must_use]
pub fn set(token: &Token, kind: Kind) -> HeaderValue {
    written(&token.shown(), session::lasts(kind).whole)
}

/// The value of `Set-Cookie` that makes the browser forget it.
#[must_use]
pub fn forget() -> HeaderValue {
    written("", 0)
}

fn written(value: &str, seconds: i64) -> HeaderValue {
    let text = format!("{NAME}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
    // Hexadecimal digits are fit for any header.
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_for_this_host_alone_and_out_of_scripts_reach() {
        let token = Token::new().expect("chance");
        let set = set(&token, Kind::Staff);
        let set = set.to_str().expect("text");
        let (pair, attributes) = set.split_once("; ").expect("attributes");
        assert_eq!(attributes, "Path=/; Max-Age=604800; Secure; HttpOnly; SameSite=Lax");
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::try_from(format!("a=b; {pair}; c=d")).expect("text"));
        assert_eq!(read(&headers), Some(token));
    }

    #[test]
    fn what_is_no_token_is_no_cookie() {
        for bad in ["__Host-guanxi=", "__Host-guanxi=x", "guanxi=00", "", "__Host-guanxi"] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(bad));
            assert_eq!(read(&headers), None, "{bad}");
        }
    }
}
