//! How single values are shown: addresses absolute, nothing instead of an empty text, instants in ISO form.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::SiteUrl;
use model::site_url::PLACEHOLDER;

/// Text that may hold addresses of the publication, made absolute.
pub fn absolute<'t>(text: Option<&'t str>, site: &SiteUrl) -> Option<Cow<'t, str>> {
    text.map(|text| match text.contains(PLACEHOLDER) {
        true => Cow::Owned(site.expanded(text)),
        false => Cow::Borrowed(text),
    })
}

/// Text, or nothing when it is empty.
pub fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

/// `2025-09-26T16:31:00.000Z`.
pub fn instant(at: Timestamp) -> String {
    model::dates::to_json(at)
}

/// `2025-09-26T12:31:00.000-04:00`.
pub fn instant_in(at: Timestamp, zone: &TimeZone) -> String {
    model::dates::to_json_in(at, zone)
}

/// Which fields of a thing are shown.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'f> {
    /// None: all.
    pub asked: Option<&'f [Cow<'f, str>]>,
    /// Keys that it was looked up by: shown in any case.
    pub carried: Option<&'f super::options::Lookup>,
}

impl Fields<'_> {
    /// All of them.
    pub const ALL: Fields<'static> = Fields { asked: None, carried: None };

    /// Whether it was asked for, or everything is shown.
    pub fn show(&self, name: &str) -> bool {
        match self.asked {
            None => true,
            Some(asked) => {
                asked.iter().any(|own| own == name) || self.carried.is_some_and(|lookup| lookup.carries(name))
            }
        }
    }

    /// Whether fields were asked for and none of them is a column. Ghost then reads, and shows, all columns of a
    /// single thing, and not its address.
    pub fn name_no_column(&self, columns: &[&str]) -> bool {
        self.asked
            .is_some_and(|asked| !asked.iter().any(|own| own == "url" || columns.contains(&own.as_ref())))
    }

    /// Whether it was asked for by name.
    pub fn name(&self, name: &str) -> bool {
        self.asked.is_some_and(|asked| asked.iter().any(|own| own == name))
    }
}
