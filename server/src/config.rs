//! What an operator decides: under which address people reach the server, and whom it believes about theirs.

use axum::http::{Uri, uri::Scheme};
use ipnet::IpNet;
use std::{fmt, net::IpAddr, str::FromStr};

/// The settings that requests depend on.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Where people reach this server, if an operator said so. Links begin with it, never with a `Host` header.
    pub public: Option<Origin>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpNet>,
    /// People come by https, to us or to a proxy before us.
    pub https: bool,
    /// For all that people attach.
    pub room: Room,
}

/// So many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room(pub u64);

impl Room {
    pub const GIGABYTE: u64 = 1_000_000_000;
}

impl Default for Room {
    fn default() -> Self {
        Self(20 * Self::GIGABYTE)
    }
}

impl Config {
    #[must_use]
    pub fn trusts(&self, peer: IpAddr) -> bool {
        self.proxies.iter().any(|net| net.contains(&peer.to_canonical()))
    }
}

/// Scheme, host and port, as browsers write them in `Origin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

/// Not `https://host` or `http://host:port`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write it as https://crm.example.com, without a path")]
pub struct BadOrigin;

impl Origin {
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Origin {
    type Err = BadOrigin;

    fn from_str(text: &str) -> Result<Self, BadOrigin> {
        let uri: Uri = text.parse().map_err(|_| BadOrigin)?;
        let scheme = uri.scheme().filter(|scheme| **scheme == Scheme::HTTP || **scheme == Scheme::HTTPS).ok_or(BadOrigin)?;
        let host = uri.host().filter(|host| !host.is_empty()).ok_or(BadOrigin)?.to_ascii_lowercase();
        let plain = uri.path() == "/" && uri.query().is_none() && uri.authority().is_some_and(|it| !it.as_str().contains('@'));
        if !plain {
            return Err(BadOrigin);
        }
        let usual = if *scheme == Scheme::HTTPS { 443 } else { 80 };
        let port = uri.port_u16().filter(|port| *port != usual).map(|port| format!(":{port}")).unwrap_or_default();
        Ok(Self(format!("{scheme}://{host}{port}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        let read = |text: &str| text.parse::<Origin>().map(|origin| origin.to_string());
        assert_eq!(read("https://CRM.example.com/"), Ok("https://crm.example.com".to_owned()));
        assert_eq!(read("https://crm.example.com:443"), Ok("https://crm.example.com".to_owned()));
        assert_eq!(read("http://127.0.0.1:3000"), Ok("http://127.0.0.1:3000".to_owned()));
        for bad in ["crm.example.com", "ftp://a.b", "https://a.b/crm", "https://u@a.b", "https://", "/x", ""] {
            assert_eq!(read(bad), Err(BadOrigin), "{bad}");
        }
    }

    #[test]
    fn only_named_proxies_are_believed() {
        let config = Config { proxies: vec!["10.0.0.0/8".parse().expect("a net")], ..Config::default() };
        assert!(config.trusts("10.1.2.3".parse().expect("an address")));
        assert!(config.trusts("::ffff:10.1.2.3".parse().expect("an address")));
        assert!(!config.trusts("11.1.2.3".parse().expect("an address")));
    }
}
