//! A card written as one piece of html, with authors' own html and values in it.
//!
//! What is put in unescaped (as Ghost does) is looked at; if anything is not as a browser would write it, the whole
//! card is read and written again when it is done.

use crate::fragment::{self, Allowed};

/// A card in the making.
pub(super) struct Template {
    html: String,
    tidy: bool,
}

impl Template {
    pub(super) fn new() -> Self {
        Template { html: String::with_capacity(1024), tidy: true }
    }

    /// Html of ours, written as browsers write it.
    pub(super) fn own(mut self, html: &str) -> Self {
        self.html.push_str(html);
        self
    }

    /// The same, if `condition` holds.
    pub(super) fn own_if(self, condition: bool, html: &str) -> Self {
        if condition { self.own(html) } else { self }
    }

    /// An author's html.
    pub(super) fn html(mut self, html: &str, allowed: Allowed) -> Self {
        self.tidy = self.tidy && fragment::is_tidy(html, allowed);
        self.html.push_str(html);
        self
    }

    /// An author's value inside of double quotes.
    pub(super) fn value(mut self, value: &str) -> Self {
        self.tidy = self.tidy && fragment::is_tidy_value(value);
        self.html.push_str(value);
        self
    }

    /// Attributes without quotes: an empty value takes the next attribute for itself, unless it is the last.
    pub(super) fn unquoted(mut self, attributes: &[(&str, &str)]) -> Self {
        let is_plain = attributes.iter().enumerate().all(|(nth, (_, value))| {
            fragment::is_tidy_value(value)
                && (nth + 1 == attributes.len() || !value.is_empty())
                && !value
                    .contains(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '\'' | '<' | '=' | '`'))
        });
        let quote = if is_plain { "\"" } else { "" };
        for (name, value) in attributes {
            for part in [" ", name, "=", quote, value, quote] {
                self.html.push_str(part);
            }
        }
        self.tidy = self.tidy && is_plain;
        self
    }

    /// Parts that depend on something.
    pub(super) fn with(self, part: impl FnOnce(Self) -> Self) -> Self {
        part(self)
    }

    /// Changes the text as a whole.
    pub(super) fn changed(mut self, change: impl FnOnce(&str) -> String) -> Self {
        self.html = change(&self.html);
        self
    }

    /// Appends the card, which is one element.
    pub(super) fn finish(self, out: &mut String) {
        if self.tidy {
            out.push_str(&self.html);
        } else {
            fragment::push_element(out, &self.html);
        }
    }

    /// Appends the card with all that an author's html made of it.
    pub(super) fn finish_whole(self, out: &mut String) {
        if self.tidy {
            out.push_str(&self.html);
        } else {
            fragment::push_parsed(out, &self.html);
        }
    }
}
