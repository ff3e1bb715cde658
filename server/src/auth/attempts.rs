//! How often somebody may be wrong: counted per account and address together, so that nobody can lock
//! another person out from elsewhere, and more generously per address.

use super::token::Kept;
use domain::time::Instant;
use sha2::{Digest, Sha256};
use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

const WINDOW_MS: i64 = 60_000;
/// Wrong passwords a minute for one account from one address.
const PER_ACCOUNT: usize = 5;
/// Wrong passwords a minute from one address: a whole office may share it.
const PER_ADDRESS: usize = 30;
/// Past so many keys, those that no longer count are forgotten.
const KEYS: usize = 10_000;

#[derive(Debug, Default)]
pub struct Attempts(Mutex<HashMap<Key, VecDeque<Instant>>>);

/// What is counted. Accounts are hashed: what people type by mistake is often a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Address(IpAddr),
    Account(IpAddr, Kept),
}

/// One attempt under way. It counts as wrong unless it is [forgiven](Attempts::forgive).
#[derive(Debug)]
pub struct Attempt([Key; 2]);

/// So many seconds to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(pub u64);

impl Attempts {
    /// Takes a place before the password is looked at, so that parallel guesses count too.
    pub fn begin(&self, from: IpAddr, who: &str, now: Instant) -> Result<Attempt, Wait> {
        let from = network(from);
        let keys = [Key::Account(from, Sha256::digest(who.trim().to_lowercase()).into()), Key::Address(from)];
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if made.len() > KEYS {
            made.retain(|_, times| times.back().is_some_and(|last| now.0 - last.0 < WINDOW_MS));
        }
        for (key, allowed) in keys.iter().zip([PER_ACCOUNT, PER_ADDRESS]) {
            let times = made.entry(*key).or_default();
            times.retain(|at| (0..WINDOW_MS).contains(&(now.0 - at.0)));
            if times.len() >= allowed {
                let oldest = times.front().map_or(now.0, |at| at.0);
                return Err(Wait((oldest + WINDOW_MS - now.0).unsigned_abs().div_ceil(1_000)));
            }
        }
        for key in keys {
            made.entry(key).or_default().push_back(now);
        }
        Ok(Attempt(keys))
    }

    /// The password was right: this account starts afresh, the address gets its place back.
    pub fn forgive(&self, Attempt([account, address]): Attempt) {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        made.remove(&account);
        if let Some(times) = made.get_mut(&address) {
            times.pop_back();
        }
    }
}

/// Whoever has an IPv6 address has a network of them.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const ELSEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    fn wrong(attempts: &Attempts, from: IpAddr, who: &str, at: i64) -> Result<(), Wait> {
        attempts.begin(from, who, Instant(at)).map(drop)
    }

    #[test]
    fn the_sixth_wrong_password_within_a_minute_waits() {
        let attempts = Attempts::default();
        for n in 0..5 {
            assert_eq!(wrong(&attempts, HOME, "lin@a.cn", n * 1_000), Ok(()));
        }
        assert_eq!(wrong(&attempts, HOME, " LIN@a.cn", 5_000), Err(Wait(55)));
        assert_eq!(wrong(&attempts, HOME, "lin@a.cn", 60_000), Ok(()));
    }

    #[test]
    fn nobody_is_locked_out_from_elsewhere() {
        let attempts = Attempts::default();
        while wrong(&attempts, ELSEWHERE, "lin@a.cn", 0).is_ok() {}
        assert_eq!(wrong(&attempts, HOME, "lin@a.cn", 1), Ok(()));
    }

    #[test]
    fn one_address_cannot_try_many_accounts() {
        let attempts = Attempts::default();
        let tried = (0..1_000).filter(|n| wrong(&attempts, HOME, &format!("{n}@a.cn"), 0).is_ok()).count();
        assert_eq!(tried, PER_ADDRESS);
        let v6 = |host: u128| IpAddr::V6((0x2001_0db8 << 96 | host).into());
        assert_eq!((0..1_000).filter(|n| wrong(&attempts, v6(*n), &format!("{n}@a.cn"), 0).is_ok()).count(), PER_ADDRESS);
    }

    #[test]
    fn signing_in_often_is_no_offence() {
        let attempts = Attempts::default();
        for n in 0..1_000 {
            let attempt = attempts.begin(HOME, "lin@a.cn", Instant(n)).expect("not yet too many");
            attempts.forgive(attempt);
        }
    }
}
