//! The publication's settings, as stored and as derived from what is stored.

use std::collections::HashMap;

/// All rows of the table `settings`, with addresses already absolute.
///
/// Values keep Ghost's stored text: booleans `true`/`false`, lists and objects as JSON.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    values: HashMap<String, Option<String>>,
}

impl Settings {
    /// Takes the rows (key, value).
    pub fn new(rows: impl IntoIterator<Item = (String, Option<String>)>) -> Self {
        Settings { values: rows.into_iter().collect() }
    }

    /// The stored text; None when null, empty or absent.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.raw(key).filter(|value| !value.is_empty())
    }

    /// The stored text, also an empty one; None when null or absent.
    pub fn raw(&self, key: &str) -> Option<&str> {
        self.values.get(key)?.as_deref()
    }

    /// True for a stored `true`.
    pub fn is_on(&self, key: &str) -> bool {
        matches!(self.raw(key), Some("true" | "1"))
    }

    /// Name of the site's time zone; `Etc/UTC` when unset.
    pub fn timezone(&self) -> &str {
        self.text("timezone").unwrap_or("Etc/UTC")
    }

    /// The site's language tag; `en` when unset.
    pub fn locale(&self) -> &str {
        self.text("locale").unwrap_or("en")
    }

    /// Whether members can exist at all: sign-up is not switched off.
    pub fn members_enabled(&self) -> bool {
        self.raw("members_signup_access") != Some("none")
    }

    /// Whether members can pay: members exist and payment keys are set.
    pub fn paid_members_enabled(&self) -> bool {
        self.members_enabled() && self.donations_enabled()
    }
}
