//! Where a post, page, tag or author stands. One answer for pages, feeds, APIs and mail.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::post::{Post, PostKind, PostStatus};
use crate::{Author, Tag};

/// One piece of a permalink.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Slug,
    Id,
    Year,
    Month,
    Day,
    PrimaryTag,
    PrimaryAuthor,
    /// A token that Ghost does not know; it prints `undefined`.
    Unknown,
}

/// A permalink such as `/{year}/{slug}/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pieces: Vec<Piece>,
    source: String,
}

impl Pattern {
    /// Reads a pattern; tokens stand in braces. An unclosed brace is plain text.
    pub fn parse(source: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = source;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((token, tail)) = after.split_once('}') else { break };
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(match token {
                "slug" => Piece::Slug,
                "id" => Piece::Id,
                "year" => Piece::Year,
                "month" => Piece::Month,
                "day" => Piece::Day,
                "primary_tag" => Piece::PrimaryTag,
                "primary_author" | "author" => Piece::PrimaryAuthor,
                _ => Piece::Unknown,
            });
            rest = tail;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Pattern { pieces, source: source.to_owned() }
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// The address with a slug alone, for tags and authors.
    fn of_slug(&self, slug: &str) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Slug => slug,
                _ => "undefined",
            })
            .collect()
    }

    fn of_post(&self, post: &Post, zone: &TimeZone) -> String {
        let mut path = String::with_capacity(self.source.len() + post.slug.len());
        let date = |format: &str| {
            let instant = post.published_at.unwrap_or(Timestamp::UNIX_EPOCH);
            instant.to_zoned(zone.clone()).strftime(format).to_string()
        };
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => path.push_str(text),
                Piece::Slug => path.push_str(&post.slug),
                Piece::Id => path.push_str(post.id.as_str()),
                Piece::Year => path.push_str(&date("%Y")),
                Piece::Month => path.push_str(&date("%m")),
                Piece::Day => path.push_str(&date("%d")),
                Piece::PrimaryTag => path.push_str(post.primary_tag().map_or("all", |tag| &tag.slug)),
                Piece::PrimaryAuthor => {
                    path.push_str(post.primary_author().map_or("all", |author| &author.slug))
                }
                Piece::Unknown => path.push_str("undefined"),
            }
        }
        path
    }

    /// Reads the slug or id out of a request path of this form: each token takes one path segment's part.
    ///
    /// None when the path does not have this form, or the pattern names neither slug nor id.
    pub fn find(&self, path: &str) -> Option<Found> {
        let mut found = None;
        let mut rest = path;
        for (index, piece) in self.pieces.iter().enumerate() {
            if let Piece::Text(text) = piece {
                rest = rest.strip_prefix(text.as_str())?;
                continue;
            }
            let segment_end = rest.find('/').unwrap_or(rest.len());
            // Two tokens in one segment are separated by the text between them.
            let end = match self.pieces.get(index + 1) {
                Some(Piece::Text(text)) => rest[..segment_end]
                    .find(text.trim_end_matches('/'))
                    .filter(|_| !text.starts_with('/'))
                    .unwrap_or(segment_end),
                _ => segment_end,
            };
            let value = &rest[..end];
            if value.is_empty() {
                return None;
            }
            match piece {
                Piece::Slug => found = Some(Found::Slug(value.to_owned())),
                Piece::Id if found.is_none() => found = Some(Found::Id(value.to_owned())),
                _ => {}
            }
            rest = &rest[end..];
        }
        rest.is_empty().then_some(found).flatten()
    }
}

/// What a request path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// By slug.
    Slug(String),
    /// By id.
    Id(String),
}

/// A collection: which posts it owns, and where they stand.
#[derive(Clone)]
pub struct Owner {
    /// Where the collection's own list stands, such as `/` or `/blog/`.
    pub path: String,
    /// Posts it owns; none: all that no collection before it took.
    pub filter: Option<OwnerFilter>,
    /// Where its posts stand.
    pub permalink: Pattern,
}

/// A filter over posts, decided on the post itself rather than by the database.
pub type OwnerFilter = std::sync::Arc<dyn Fn(&Post) -> bool + Send + Sync>;

/// Where everything stands.
#[derive(Clone)]
pub struct Permalinks {
    /// In the order of `routes.yaml`; the first whose filter takes a post owns it.
    pub collections: Vec<Owner>,
    /// Where tags stand; none: nowhere.
    pub tags: Option<Pattern>,
    /// Where authors stand; none: nowhere.
    pub authors: Option<Pattern>,
    /// The time zone of dates in permalinks.
    pub zone: TimeZone,
}

/// The path of things that stand nowhere.
pub const NOWHERE: &str = "/404/";

impl Permalinks {
    /// Ghost's default routes: posts at `/{slug}/`, `/tag/{slug}/`, `/author/{slug}/`.
    pub fn default_in(zone: TimeZone) -> Self {
        Permalinks {
            collections: vec![Owner {
                path: "/".into(),
                filter: None,
                permalink: Pattern::parse("/{slug}/"),
            }],
            tags: Some(Pattern::parse("/tag/{slug}/")),
            authors: Some(Pattern::parse("/author/{slug}/")),
            zone,
        }
    }

    /// The collection that owns a post, by its place in [`Permalinks::collections`].
    pub fn owner(&self, post: &Post) -> Option<usize> {
        self.collections.iter().position(|owner| owner.filter.as_ref().is_none_or(|takes| takes(post)))
    }

    /// Whether finding a post's place needs its tags and authors loaded.
    pub fn needs_relations(&self) -> bool {
        let names_one = |pattern: &Pattern| {
            pattern.pieces.iter().any(|piece| matches!(piece, Piece::PrimaryTag | Piece::PrimaryAuthor))
        };
        self.collections.iter().any(|owner| owner.filter.is_some() || names_one(&owner.permalink))
    }

    /// Path of a published post or page; `/404/` when it stands nowhere (not published, or owned by nobody).
    pub fn post(&self, post: &Post) -> String {
        if post.status != PostStatus::Published {
            return NOWHERE.to_owned();
        }
        match post.kind {
            PostKind::Page => format!("/{}/", post.slug),
            PostKind::Post => match self.owner(post) {
                Some(owner) => self.collections[owner].permalink.of_post(post, &self.zone),
                None => NOWHERE.to_owned(),
            },
        }
    }

    /// Path of a tag; `/404/` for an internal one.
    pub fn tag(&self, tag: &Tag) -> String {
        match &self.tags {
            Some(pattern) if !tag.is_internal() => pattern.of_slug(&tag.slug),
            _ => NOWHERE.to_owned(),
        }
    }

    /// Path of an author.
    pub fn author(&self, author: &Author) -> String {
        self.authors.as_ref().map_or_else(|| NOWHERE.to_owned(), |pattern| pattern.of_slug(&author.slug))
    }
}

impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} -> {}", self.path, self.permalink.source)
    }
}

impl std::fmt::Debug for Permalinks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.collections).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_found_again_in_paths() {
        let dated = Pattern::parse("/{year}/{month}/{slug}/");
        assert_eq!(dated.find("/2026/11/a-story/"), Some(Found::Slug("a-story".into())));
        assert_eq!(dated.find("/2026/a-story/"), None);
        assert_eq!(dated.find("/2026/11/a-story/more/"), None);
        assert_eq!(Pattern::parse("/{id}-{slug}/").find("/abc-story/"), Some(Found::Slug("story".into())));
        assert_eq!(Pattern::parse("/{slug}/").find("//"), None);
        assert_eq!(Pattern::parse("/tag/{slug}/").of_slug("news"), "/tag/news/");
    }
}
