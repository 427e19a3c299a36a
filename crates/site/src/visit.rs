//! One request being answered: the publication's state, a snapshot of the database, and who is reading.

use handlebars::{Arena, Value};
use jiff::Timestamp;
use model::{Gated, Limit, Page, Post, PostKind, Reader};
use store::{ListQuery, Listing, PostQuery, PostRead, Snapshot, Texts, With};
use web::Request;

use crate::publication::{Publication, State};
use crate::values::{AuthorValue, Fields, NewsletterValue, PostValue, TagValue, TierValue};

/// What an answer is made from.
pub struct Visit<'v> {
    pub publication: &'v Publication,
    pub state: &'v State,
    pub snapshot: &'v Snapshot<'v>,
    pub request: &'v Request,
    pub reader: &'v Reader,
    /// Whether templates are told of the member who reads; not of one whose eyes a preview borrows.
    pub shows_member: bool,
    /// The instant that counts as now.
    pub now: Timestamp,
}

/// A list of things as templates see it.
pub struct Rows<'a> {
    /// In order.
    pub rows: Vec<Value<'a>>,
    /// Where the page stands in its list.
    pub pagination: model::Pagination,
}

/// The API's parameters of a list, as texts.
#[derive(Default)]
pub struct Parameters<'p> {
    pub filter: Option<&'p str>,
    pub order: Option<&'p str>,
    pub limit: Option<Limit>,
    pub page: Option<u32>,
    pub include: &'p str,
    /// Fields asked for; None: all.
    pub fields: Option<&'p [&'p str]>,
    /// Whether `plaintext` was among the formats.
    pub plaintext: bool,
}

impl Parameters<'_> {
    fn wants(&self, name: &str) -> bool {
        self.include.split(',').any(|one| one.trim() == name)
    }

    fn wants_tags(&self) -> bool {
        self.wants("tags") || self.wants("primary_tag")
    }

    fn wants_authors(&self) -> bool {
        self.wants("authors") || self.wants("primary_author")
    }
}

impl<'v> Visit<'v> {
    /// Opens a post for this visit's reader and puts it into the page's memory.
    pub fn open<'a>(&self, post: Gated<Post>, arena: &'a Arena) -> &'a Post {
        arena.keep(self.opened(post))
    }

    /// The post as this visit's reader may see it, with outbound links marked where the publication wants it.
    pub fn opened(&self, post: Gated<Post>) -> Post {
        let facts = &self.state.facts;
        let mut post = post.for_reader(self.reader, &facts.site);
        if facts.settings.is_on("outbound_link_tagging")
            && let Some(html) = &post.html
            && let Some(marked) = model::outbound_links::marked(html, &facts.site)
        {
            post.html = Some(marked);
        }
        post
    }

    /// One published post or page.
    pub fn read(&self, kind: PostKind, key: store::PostKey<'_>) -> store::Result<Option<Gated<Post>>> {
        store::posts::read(self.snapshot, &PostRead::published(kind, key))
    }

    /// A filter as somebody wrote it; a blank one is none.
    pub fn filter(&self, text: Option<&str>) -> store::Result<Option<nql::Filter>> {
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            None => Ok(None),
            Some(text) => Ok(Some(nql::Filter::parse(text, self.now)?)),
        }
    }

    /// A list of posts or pages, opened.
    pub fn posts(&self, kind: PostKind, parameters: &Parameters<'_>) -> store::Result<Listing<Post>> {
        let filter = self.filter(parameters.filter)?;
        let hidden = self.state.facts.permalinks.needs_relations();
        let with = With {
            tags: parameters.wants_tags() || hidden,
            authors: parameters.wants_authors() || hidden,
            tiers: parameters.wants("tiers"),
            sentiment: false,
        };
        let query = PostQuery {
            filter: filter.as_ref(),
            order: parameters.order,
            page: Page {
                number: parameters.page.unwrap_or(1).max(1),
                limit: parameters.limit.unwrap_or(Limit::Rows(15)),
            },
            with,
            texts: Texts::ALL,
            ..PostQuery::of(kind)
        };
        let listing = store::posts::browse(self.snapshot, &query)?;
        let items = listing.items.into_iter().map(|post| self.opened(post)).collect();
        Ok(Listing { items, pagination: listing.pagination })
    }

    /// A list of any resource as templates see it.
    ///
    /// Errors: the store's, for filters that make no sense; an unknown resource is one.
    pub fn browse<'a>(
        &'a self,
        resource: &str,
        parameters: &Parameters<'a>,
        arena: &'a Arena,
    ) -> store::Result<Rows<'a>> {
        let facts = &self.state.facts;
        let filter = self.filter(parameters.filter)?;
        let list = ListQuery {
            filter: filter.as_ref(),
            order: parameters.order,
            page: Page {
                number: parameters.page.unwrap_or(1).max(1),
                limit: parameters.limit.unwrap_or(Limit::Rows(15)),
            },
            count_posts: parameters.include.split(',').any(|one| one.trim() == "count.posts"),
            ..ListQuery::default()
        };
        let fields = Fields(parameters.fields);
        match resource {
            "posts" | "pages" => {
                let kind = if resource == "posts" { PostKind::Post } else { PostKind::Page };
                let Listing { items, pagination } = self.posts(kind, parameters)?;
                let posts: &'a Vec<Post> = arena.keep(items);
                let value = |post| {
                    PostValue::new(post, facts)
                        .in_visit(self)
                        .with_fields(fields, parameters.plaintext)
                        .with_relations(parameters.wants_tags(), parameters.wants_authors())
                        .value(arena)
                };
                Ok(Rows { rows: posts.iter().map(value).collect(), pagination })
            }
            "tags" => {
                let Listing { items, pagination } = store::tags::browse(self.snapshot, &list)?;
                let tags: &'a Vec<model::Tag> = arena.keep(items);
                Ok(Rows {
                    rows: tags.iter().map(|tag| TagValue::new(tag, facts).value(arena)).collect(),
                    pagination,
                })
            }
            "authors" => {
                let Listing { items, pagination } = store::authors::browse(self.snapshot, &list)?;
                let authors: &'a Vec<model::Author> = arena.keep(items);
                let rows =
                    authors.iter().map(|author| AuthorValue::new(author, facts).value(arena)).collect();
                Ok(Rows { rows, pagination })
            }
            "tiers" => {
                let items = store::tiers::browse(self.snapshot, store::Scope::Public, filter.as_ref())?;
                let tiers: &'a Vec<model::Tier> = arena.keep(items);
                let page = Page { number: 1, limit: Limit::Rows(tiers.len() as u32) };
                let pagination = model::Pagination::new(page, tiers.len() as u64);
                Ok(Rows {
                    rows: tiers.iter().map(|tier| TierValue::new(tier).value(arena)).collect(),
                    pagination,
                })
            }
            _ => {
                let Listing { items, pagination } = store::newsletters::browse(self.snapshot, &list)?;
                let newsletters: &'a Vec<model::Newsletter> = arena.keep(items);
                let rows =
                    newsletters.iter().map(|one| Value::Object(arena.put(NewsletterValue(one)))).collect();
                Ok(Rows { rows, pagination })
            }
        }
    }
}
