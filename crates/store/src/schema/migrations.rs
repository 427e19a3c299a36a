//! The migrations that Ghost 6.65 knows, by which Ghost (and we) tell how old a database is.

use std::fmt;
use std::sync::LazyLock;

/// A row of the table `migrations`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Migration {
    /// The folder it stands in: `init`, or a version such as `6.65`.
    pub version: &'static str,
    /// The file name.
    pub name: &'static str,
}

/// All migrations up to 6.65, in the order in which Ghost records them.
pub fn known_migrations() -> &'static [Migration] {
    static KNOWN: LazyLock<Vec<Migration>> = LazyLock::new(|| {
        let lines = include_str!("migrations.tsv").lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| line.split_once('\t'))
            .map(|(version, name)| Migration { version, name })
            .collect()
    });
    &KNOWN
}

/// A version of Ghost as it stands in the bookkeeping: `6.65`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GhostVersion {
    /// 6 in `6.65`.
    pub major: u32,
    /// 65 in `6.65`.
    pub minor: u32,
}

impl GhostVersion {
    /// The version whose schema this crate knows.
    pub const KNOWN: GhostVersion = GhostVersion { major: 6, minor: 65 };

    /// Reads `6.65` or `6.65.0`; None for `init` and other words.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let major = parts.next()?.parse().ok()?;
        let minor = parts.next()?.parse().ok()?;
        Some(GhostVersion { major, minor })
    }
}

impl fmt::Display for GhostVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}
