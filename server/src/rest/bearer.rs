//! Who asks: another system, by the token in its `Authorization` header. Cookies count for nothing here, and tokens
//! for nothing anywhere else.

use super::{
    pace::Wait,
    tokens::{self, Holder},
};
use crate::{
    App,
    error::{Failed, Reason},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::access::{self, Right};

/// A system whose token counts now.
#[derive(Debug, Clone)]
pub struct Bearer(pub Holder);

impl Bearer {
    /// Whether this token does such things at all; asked before anything is looked up.
    pub fn need(&self, right: Right) -> Result<(), Failed> {
        if self.0.may(right) { Ok(()) } else { Err(access::Refusal::NotYourRole { right }.into()) }
    }

    /// What customers buy, pay and collect; to others it is as if it were not there.
    #[must_use]
    pub fn sees_money(&self) -> bool {
        self.0.role.is_none_or(domain::access::Role::sees_money)
    }

    #[must_use]
    pub fn sees_figures(&self) -> bool {
        self.0.role.is_none_or(domain::access::Role::sees_figures)
    }
}

impl FromRequestParts<App> for Bearer {
    type Rejection = Failed;

    /// What was never a token, is over or was revoked gets the same answer by the same work.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failed> {
        let token = tokens::kept(presented(&parts.headers));
        let now = app.now();
        let found = app.db.read(move |rows| tokens::find(rows.connection(), token)).await?;
        let holder = found.filter(|holder| holder.is_alive(now)).ok_or(Reason::NoToken)?;
        app.pace.take(holder.id, now).map_err(|Wait(seconds)| Failed::from(Reason::TooMany).after(seconds))?;
        if holder.is_due(now) {
            let id = holder.id;
            // A disk that takes nothing right now does not keep anybody from reading.
            _ = app.db.write(move |tx| tokens::used(tx.connection(), id, now)).await;
        }
        Ok(Self(holder))
    }
}

/// What stands behind `Bearer`; nothing, where it is not said exactly once.
fn presented(headers: &HeaderMap) -> &str {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(one), None) = (all.next(), all.next()) else { return "" };
    let one = one.to_str().unwrap_or_default();
    one.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map_or("", |(_, token)| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_said_once_and_behind_its_scheme() {
        let said = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(header::AUTHORIZATION, value.parse().expect("a header"));
            }
            presented(&headers).to_owned()
        };
        assert_eq!(said(&["Bearer gx_1"]), "gx_1");
        assert_eq!(said(&["bearer  gx_1 "]), "gx_1");
        for bad in [&[][..], &["gx_1"], &["Basic gx_1"], &["Bearer"], &["Bearer gx_1", "Bearer gx_1"]] {
            assert_eq!(said(bad), "", "{bad:?}");
        }
    }
}
