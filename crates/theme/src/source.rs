//! The one trait through which a template asks the publication for what its page was not given.
//!
//! Implemented by `site` over the render's own read snapshot. Never reads the clock, knows no request.

use handlebars::{Arena, Value};

/// Answers of the publication to helpers.
///
/// Rows are objects with the fields of the Content API, prepared as for [`crate::PageContext`]: cut for the reader
/// whose page it is, `feature_image_caption` safe.
pub trait Source {
    /// What `{{#get}}` asks for, as the Content API would answer.
    ///
    /// `resource` is one of posts, tags, pages, authors, tiers, newsletters. `options` are the query's parameters
    /// in Ghost's names (`filter`, `limit`, `page`, `order`, `include`, `fields`, `formats`, `id`, `slug`, and any
    /// other the theme wrote), values already interpolated and capped. With `id` or `slug` one row is read.
    /// Errors: the message for `@error`, such as `Post not found.`
    fn get<'a>(
        &'a self,
        arena: &'a Arena,
        resource: &str,
        options: &[(&'a str, Value<'a>)],
    ) -> Result<Fetched<'a>, String>;

    /// The published post before or after `post` in time, with its authors, tags and tiers.
    ///
    /// Before: `published_at` at or before, newest first; after: later, oldest first. Never of the same slug.
    fn neighbour<'a>(
        &'a self,
        arena: &'a Arena,
        post: Value<'a>,
        direction: Direction,
        within: Within<'a>,
    ) -> Result<Option<Value<'a>>, String>;

    /// How many members the publication has.
    fn member_counts(&self) -> MemberCounts;

    /// Recommended sites. `options`: `limit`, `order`, `filter`, `page`.
    fn recommendations<'a>(
        &'a self,
        arena: &'a Arena,
        options: &[(&'a str, Value<'a>)],
    ) -> Result<Fetched<'a>, String>;

    /// Width and height in pixels of the picture at `url`, where they are known.
    fn image_size(&self, url: &str) -> Option<(u32, u32)>;

    /// The key by which readers' browsers use the Content API.
    fn content_key(&self) -> Option<&str>;

    /// A setting by its name in the database, or a calculated one such as `members_enabled`, whether themes see it
    /// or not; undefined where there is none. Helpers read `codeinjection_head`, `comments_enabled`, `icon`, `title`, …
    fn setting<'a>(&'a self, arena: &'a Arena, name: &str) -> Value<'a>;

    /// Fingerprint of a file the server itself brings, such as `public/cards.min.css`; none when it has no such file.
    fn public_asset<'a>(&'a self, arena: &'a Arena, path: &str) -> Option<&'a str>;

    /// Absolute address of a thing that came without a `url`.
    fn url_of<'a>(&'a self, arena: &'a Arena, kind: Kind, thing: Value<'a>) -> Option<&'a str>;
}

/// Rows and what was said of them.
#[derive(Clone, Copy, Default)]
pub struct Fetched<'a> {
    /// The rows, in order; one for a read.
    pub rows: &'a [Value<'a>],
    /// `page`, `limit`, `pages`, `total`, `next`, `prev`; undefined for a read.
    pub pagination: Value<'a>,
    /// The query was cut off for taking too long: the page says so and is kept for a minute only.
    pub aborted: bool,
}

/// Which way in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `{{#prev_post}}`: older.
    Previous,
    /// `{{#next_post}}`: newer.
    Next,
}

/// Among which posts a neighbour is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within<'a> {
    /// All.
    Publication,
    /// Those with this slug as primary tag.
    PrimaryTag(&'a str),
    /// Those with this slug as primary author.
    PrimaryAuthor(&'a str),
    /// Those with this slug among their authors.
    Author(&'a str),
}

/// Kinds of things that have an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A post.
    Post,
    /// A page.
    Page,
    /// A tag.
    Tag,
    /// An author.
    Author,
}

/// Members, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemberCounts {
    /// All of them.
    pub total: u64,
    /// Those who pay.
    pub paid: u64,
}
