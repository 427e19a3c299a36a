//! How often an address showed a wrong key or code: guessing ends after a hundred.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Wrong keys that are free.
const FREE: u32 = 99;
/// How long an address is refused, and how long a wrong key is remembered.
const WAIT: SignedDuration = SignedDuration::from_hours(1);
/// Most addresses remembered; beyond, those silent longest are forgotten.
const MOST_ADDRESSES: usize = 20_000;

/// Wrong keys or codes by address, in memory, for one process.
#[derive(Debug, Default)]
pub struct Failures {
    addresses: Mutex<HashMap<IpAddr, Failed>>,
}

#[derive(Debug, Clone, Copy)]
struct Failed {
    n: u32,
    last_at: Timestamp,
}

impl Failures {
    /// Whether this address must wait before it may show another.
    pub fn is_refused(&self, client: Option<IpAddr>, now: Timestamp) -> bool {
        let addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        addresses
            .get(&network(client))
            .is_some_and(|failed| failed.n > FREE && now.duration_since(failed.last_at) < WAIT)
    }

    /// Notes a wrong or absent key.
    pub fn note(&self, client: Option<IpAddr>, now: Timestamp) {
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if addresses.len() >= MOST_ADDRESSES {
            addresses.retain(|_, failed| now.duration_since(failed.last_at) < WAIT);
        }
        if addresses.len() >= MOST_ADDRESSES {
            // Everybody left is fresh: those with few failures lose least.
            addresses.retain(|_, failed| failed.n > FREE);
        }
        if addresses.len() >= MOST_ADDRESSES {
            addresses.clear();
        }
        let failed = addresses.entry(network(client)).or_insert(Failed { n: 0, last_at: now });
        if now.duration_since(failed.last_at) >= WAIT {
            failed.n = 0;
        }
        failed.n = failed.n.saturating_add(1);
        failed.last_at = now;
    }

    /// Forgets the wrong keys of an address that showed a right one.
    pub fn forgive(&self, client: Option<IpAddr>) {
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if !addresses.is_empty() {
            addresses.remove(&network(client));
        }
    }
}

/// Whoever has one IPv6 address has the whole /64.
fn network(client: Option<IpAddr>) -> IpAddr {
    match client {
        Some(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        },
        Some(v4) => v4,
        None => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hundredth_failure_closes_the_door_for_an_hour() {
        let failures = Failures::default();
        let now: Timestamp = "2026-01-31T12:00:00Z".parse().unwrap();
        let client = Some("2001:db8::1".parse().unwrap());
        let neighbour = Some("2001:db8::2".parse().unwrap());
        for _ in 0..=FREE {
            assert!(!failures.is_refused(client, now));
            failures.note(client, now);
        }
        assert!(failures.is_refused(client, now) && failures.is_refused(neighbour, now));
        assert!(!failures.is_refused(Some("192.0.2.1".parse().unwrap()), now));
        assert!(!failures.is_refused(client, now + SignedDuration::from_hours(1)));
        failures.forgive(neighbour);
        assert!(!failures.is_refused(client, now));
    }
}
