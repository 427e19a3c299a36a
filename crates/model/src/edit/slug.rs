//! Slugs: what a name becomes in an address, and which of several equal ones is still free.

use std::collections::BTreeSet;

/// Whose slug it is. The word stands in for an empty name, and behind a reserved one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlugOf {
    /// A post or page: both share one space of slugs when one is made.
    Post,
    Tag,
    User,
    Label,
    Tier,
    Benefit,
    Newsletter,
    Integration,
}

impl SlugOf {
    fn word(self) -> &'static str {
        match self {
            SlugOf::Post => "post",
            SlugOf::Tag => "tag",
            SlugOf::User => "user",
            SlugOf::Label => "label",
            SlugOf::Tier => "product",
            SlugOf::Benefit => "benefit",
            SlugOf::Newsletter => "newsletter",
            SlugOf::Integration => "integration",
        }
    }

    fn is_reserved(self, slug: &str) -> bool {
        matches!(slug, "ghost" | "rss" | "amp") || self == SlugOf::Tag && slug == "new"
    }
}

/// Longest slug that is made, so that a number behind it still fits the column's 191.
const SLUG_MAX: usize = 185;

/// The slug that this name or slug asks for, taken or not.
pub fn wanted(of: SlugOf, name: &str) -> String {
    let mut slug = document::slugify(name);
    // ASCII, so that any place is between letters.
    slug.truncate(SLUG_MAX);
    if of == SlugOf::Tag && name.starts_with('#') {
        slug.insert_str(0, "hash-");
    }
    if of.is_reserved(&slug) {
        slug = format!("{slug}-{}", of.word());
    }
    if slug.is_empty() { of.word().to_owned() } else { slug }
}

/// `wanted`, or with the first free number behind it, from 2.
pub fn free(wanted: &str, taken: &BTreeSet<String>) -> String {
    if !taken.contains(wanted) {
        return wanted.to_owned();
    }
    // One more number than there are slugs in the way is enough.
    (2..=taken.len() + 2)
        .map(|n| format!("{wanted}-{n}"))
        .find(|slug| !taken.contains(slug))
        .unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        let cases = [
            (SlugOf::Post, "Größe & Maß!", "grosse-mass"),
            (SlugOf::Post, "RSS", "rss-post"),
            (SlugOf::Post, "!!!", "post"),
            (SlugOf::Tag, "#desk only", "hash-desk-only"),
            (SlugOf::Tag, "New", "new-tag"),
            (SlugOf::Post, "New", "new"),
            (SlugOf::Label, "", "label"),
        ];
        for (of, name, slug) in cases {
            assert_eq!(wanted(of, name), slug, "{name}");
        }
        assert_eq!(wanted(SlugOf::Post, &"x".repeat(400)).len(), 185);
    }

    #[test]
    fn the_first_free_number_is_taken() {
        let taken = BTreeSet::from(["a".to_owned(), "a-2".to_owned(), "a-4".to_owned()]);
        assert_eq!(free("a", &taken), "a-3");
        assert_eq!(free("b", &taken), "b");
        assert_eq!(free("a-2", &taken), "a-2-2");
    }
}
