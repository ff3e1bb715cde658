//! Passwords: what is accepted, how it is kept, and how it is compared without telling anything by the time taken.

use super::words::Refusal;
use crate::error::{Failed, Reason};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::session::{PASSWORD_MAX, PASSWORD_MIN};
use std::{collections::HashSet, sync::LazyLock, time::Duration};
use tokio::{sync::Semaphore, time::timeout};

/// OWASP's second choice for argon2id: 19 MiB, twice.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// At once: each takes a core and 19 MiB.
const AT_ONCE: usize = 2;
/// Whoever waits longer for a core is asked to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is compared when there is no such account, so that the answer takes the same time.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("guessed.txt").lines().collect());

/// Whether this may become a password of somebody with these names and addresses (ASVS 6.2).
pub fn acceptable(password: &str, own: &[&str]) -> Result<(), Refusal> {
    let length = password.chars().count();
    if length < PASSWORD_MIN {
        return Err(Refusal::PasswordShort);
    }
    if length > PASSWORD_MAX {
        return Err(Refusal::PasswordLong);
    }
    let folded = password.to_lowercase();
    let distinct: HashSet<char> = folded.chars().collect();
    if COMMON.contains(folded.as_str()) || distinct.len() < 3 {
        return Err(Refusal::PasswordCommon);
    }
    let parts = own.iter().flat_map(|text| text.split(['@', ' '])).map(str::to_lowercase).filter(|part| !part.is_empty());
    let guessable = parts.chain(own.iter().map(|text| text.to_lowercase())).any(|part| {
        let rest = folded.replacen(&part, "", 1);
        rest.len() < folded.len() && rest.chars().filter(|c| !c.is_ascii_digit()).count() < 3
    });
    if guessable { Err(Refusal::PasswordGuessable) } else { Ok(()) }
}

/// Hashes and compares, a few at a time, away from the threads that answer.
#[derive(Debug)]
pub struct Hasher(Semaphore);

impl Default for Hasher {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }
}

impl Hasher {
    pub async fn hash(&self, password: String) -> Result<String, Failed> {
        self.apart(move || hash(&password)).await?.map_err(Failed::broke)
    }

    /// Whether it is the password that was kept. Without one the same work is done for nothing.
    pub async fn is_right(&self, password: String, kept: Option<String>) -> Result<bool, Failed> {
        self.apart(move || {
            let right = matches(&password, kept.as_deref().unwrap_or(NOBODYS));
            right && kept.is_some()
        })
        .await
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failed> {
        let Ok(place) = timeout(PATIENCE, self.0.acquire()).await else {
            return Err(Failed::from(Reason::Unavailable).after(5));
        };
        let done = tokio::task::spawn_blocking(work).await.map_err(Failed::broke);
        drop(place);
        done
    }
}

/// As it is kept: a PHC string with a salt of its own.
pub fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    let params = Params::new(COST.0, COST.1, COST.2, None)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let kept: PasswordHash = argon2.hash_password(password.as_bytes())?;
    Ok(kept.to_string())
}

fn matches(password: &str, kept: &str) -> bool {
    PasswordHash::new(kept).is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_own_passwords_are_welcome_in_any_script() {
        for good in ["correct horse battery", "我家门前有两棵枣树", "xkcd-936!", &"好a1".repeat(80)] {
            assert_eq!(acceptable(good, &["林晓雯", "lin@lanshi.cn"]), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_anybody_would_try_first_is_refused() {
        assert_eq!(acceptable("七个字符不太够", &[]), Err(Refusal::PasswordShort));
        assert_eq!(acceptable(&"a1b".repeat(86), &[]), Err(Refusal::PasswordLong));
        for common in ["12345678", "Password1", "woaini1314", "5201314520", "aaaaaaaa", "abababab", "admin123", "1qaz2wsx"] {
            assert_eq!(acceptable(common, &[]), Err(Refusal::PasswordCommon), "{common}");
        }
        for own in ["lanxiaowen1", "lin@lanshi.cn", "Lanshi.cn2026"] {
            assert_eq!(acceptable(own, &["lanxiaowen", "lin@lanshi.cn"]), Err(Refusal::PasswordGuessable), "{own}");
        }
    }

    #[test]
    fn the_list_is_as_the_rule_reads_it() {
        assert!(COMMON.len() >= 300, "{}", COMMON.len());
        for password in COMMON.iter() {
            assert_eq!(*password, password.to_lowercase(), "{password}");
            assert!(password.chars().count() >= PASSWORD_MIN, "{password} is refused for its length");
        }
    }

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let hasher = Hasher::default();
        let kept = hasher.hash("我家门前有两棵枣树".to_owned()).await.expect("a hash");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_eq!(hasher.is_right("我家门前有两棵枣树".to_owned(), Some(kept.clone())).await.ok(), Some(true));
        assert_eq!(hasher.is_right("我家门前有两棵桃树".to_owned(), Some(kept)).await.ok(), Some(false));
        assert_eq!(hasher.is_right("whatever".to_owned(), None).await.ok(), Some(false));
    }

    /// Were it not well formed, an unknown account would be answered at once.
    #[test]
    fn nobodys_password_takes_as_long_as_anybodys() {
        assert!(PasswordHash::new(NOBODYS).is_ok_and(|kept| kept.hash.is_some()));
    }
}
