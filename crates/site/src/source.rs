//! What templates ask of the publication beyond what their page was given, answered from the visit's own snapshot.

use handlebars::{Arena, Value};
use model::{Limit, Member, PostKind, Subscription};
use store::PostKey;
use theme::{Direction, Fetched, Kind, MemberCounts, Source, Within};

use crate::values::{self, PostValue, RecommendationValue, Subscriptions};
use crate::visit::{Parameters, Visit};

impl Visit<'_> {
    /// `limit` of a list: a number, `all`, or what the API makes of anything else.
    fn limit(&self, value: Value<'_>) -> Option<Limit> {
        let config = &self.state.facts.config;
        let most = Limit::Rows(config.max_limit);
        let number = match value {
            Value::Number(number) => number,
            Value::Text("all") | Value::Safe("all") if config.allow_limit_all => return Some(Limit::All),
            Value::Text(text) | Value::Safe(text) => match text.trim().parse::<f64>() {
                Ok(number) => number,
                Err(_) => return Some(most),
            },
            _ => return None,
        };
        if number < 1.0 {
            return None;
        }
        Some(if number > f64::from(config.max_limit) { most } else { Limit::Rows(number as u32) })
    }
}

/// A parameter as text, whatever the template wrote.
fn text<'a>(value: Value<'a>, arena: &'a Arena) -> Option<&'a str> {
    match value {
        Value::Text(text) | Value::Safe(text) => Some(text),
        Value::Undefined | Value::Null => None,
        other => Some(arena.text(&theme::coercion::text(other))),
    }
}

impl Subscriptions for Visit<'_> {
    fn subscriptions(&self, member: &Member) -> Vec<Subscription> {
        match store::subscriptions::of_member(self.snapshot, member, self.now) {
            Ok(subscriptions) => subscriptions,
            Err(error) => {
                tracing::error!(%error, "a member's subscriptions cannot be read");
                Vec::new()
            }
        }
    }
}

impl Source for Visit<'_> {
    fn get<'a>(
        &'a self,
        arena: &'a Arena,
        resource: &str,
        options: &[(&'a str, Value<'a>)],
    ) -> Result<Fetched<'a>, String> {
        let option = |name: &str| {
            options.iter().find(|(given, _)| *given == name).map_or(Value::Undefined, |(_, value)| *value)
        };
        let fields: Option<&'a [&'a str]> = text(option("fields"), arena)
            .map(|fields| arena.slice(fields.split(',').map(str::trim).filter(|field| !field.is_empty())));
        let formats = text(option("formats"), arena).unwrap_or_default();
        let mut parameters = Parameters {
            filter: text(option("filter"), arena),
            order: text(option("order"), arena),
            limit: self.limit(option("limit")),
            page: text(option("page"), arena).and_then(|page| page.trim().parse().ok()),
            include: text(option("include"), arena).unwrap_or_default(),
            fields,
            plaintext: formats.split(',').any(|format| format.trim() == "plaintext"),
        };
        let named = [("id", option("id")), ("slug", option("slug"))].into_iter().find_map(|(name, value)| {
            let value = text(value, arena)?;
            Some(arena.text(&format!("{name}:'{}'", value.replace('\\', "").replace('\'', "\\'"))))
        });
        let is_read = named.is_some();
        if let Some(named) = named {
            parameters.filter = Some(named);
            parameters.limit = Some(Limit::Rows(1));
            parameters.page = None;
        }
        let found = self.browse(resource, &parameters, arena).map_err(|error| {
            if !error.is_bad_request() {
                tracing::error!(%error, resource, "a template's query failed");
            }
            error.to_string()
        })?;
        let rows = arena.slice(found.rows);
        if is_read {
            if rows.is_empty() {
                let noun = resource.strip_suffix('s').unwrap_or(resource);
                let capital = noun.get(..1).unwrap_or_default().to_uppercase();
                return Err(format!("{capital}{} not found.", noun.get(1..).unwrap_or_default()));
            }
            return Ok(Fetched { rows, ..Fetched::default() });
        }
        Ok(Fetched { rows, pagination: values::pagination(&found.pagination, arena), aborted: false })
    }

    fn neighbour<'a>(
        &'a self,
        arena: &'a Arena,
        post: Value<'a>,
        direction: Direction,
        within: Within<'a>,
    ) -> Result<Option<Value<'a>>, String> {
        let field = |name: &str| post.get(name, arena).as_str();
        let (Some(slug), Some(published_at)) = (field("slug"), field("published_at")) else {
            return Ok(None);
        };
        let Ok(published_at) = published_at.parse::<jiff::Timestamp>() else { return Ok(None) };
        let direction = match direction {
            Direction::Previous => store::posts::Direction::Previous,
            Direction::Next => store::posts::Direction::Next,
        };
        let found = match within {
            Within::Publication => {
                self.neighbour_among((slug, published_at), direction, store::posts::Among::All)
            }
            Within::PrimaryTag(tag) => {
                self.neighbour_among((slug, published_at), direction, store::posts::Among::PrimaryTag(tag))
            }
            Within::PrimaryAuthor(author) => self.neighbour_among(
                (slug, published_at),
                direction,
                store::posts::Among::PrimaryAuthor(author),
            ),
            Within::Author(author) => self.neighbour_of_author((slug, published_at), direction, author),
        };
        match found {
            Ok(found) => {
                let value = |post| {
                    PostValue::new(self.open(post, arena), &self.state.facts).in_visit(self).value(arena)
                };
                Ok(found.map(value))
            }
            Err(error) => {
                tracing::error!(%error, slug, "a post's neighbour cannot be found");
                Err(error.to_string())
            }
        }
    }

    fn member_counts(&self) -> MemberCounts {
        match store::members::counts(self.snapshot) {
            Ok(counts) => MemberCounts { total: counts.total, paid: counts.paid },
            Err(error) => {
                tracing::error!(%error, "members cannot be counted");
                MemberCounts::default()
            }
        }
    }

    fn recommendations<'a>(
        &'a self,
        arena: &'a Arena,
        options: &[(&'a str, Value<'a>)],
    ) -> Result<Fetched<'a>, String> {
        let option = |name: &str| {
            options.iter().find(|(given, _)| *given == name).map_or(Value::Undefined, |(_, value)| *value)
        };
        let filter = self.filter(text(option("filter"), arena)).map_err(|error| error.to_string())?;
        let query = store::ListQuery {
            filter: filter.as_ref(),
            order: text(option("order"), arena),
            page: model::Page {
                number: text(option("page"), arena).and_then(|page| page.parse().ok()).unwrap_or(1),
                limit: self.limit(option("limit")).unwrap_or(Limit::Rows(5)),
            },
            ..store::ListQuery::default()
        };
        let listing =
            store::recommendations::browse(self.snapshot, &query).map_err(|error| error.to_string())?;
        let items: &'a Vec<model::Recommendation> = arena.keep(listing.items);
        let facts = &self.state.facts;
        let rows =
            arena.slice(items.iter().map(|recommendation| {
                Value::Object(arena.put(RecommendationValue { recommendation, facts }))
            }));
        Ok(Fetched { rows, pagination: values::pagination(&listing.pagination, arena), aborted: false })
    }

    fn image_size(&self, url: &str) -> Option<(u32, u32)> {
        self.publication.image_sizes.of(url, &self.state.facts.site)
    }

    fn content_key(&self) -> Option<&str> {
        self.state.facts.frontend_key.as_deref()
    }

    fn setting<'a>(&'a self, arena: &'a Arena, name: &str) -> Value<'a> {
        let settings = &self.state.facts.settings;
        match name {
            "members_enabled" => Value::Bool(settings.members_enabled()),
            "paid_members_enabled" => Value::Bool(settings.paid_members_enabled()),
            "donations_enabled" => Value::Bool(settings.donations_enabled()),
            _ => match settings.raw(name) {
                None => match self.state.site_fields.iter().find(|(field, _)| field == name) {
                    Some((_, value)) => theme::json::value(value, arena),
                    None => Value::Undefined,
                },
                // Booleans and lists are kept as their text.
                Some("true") => Value::Bool(true),
                Some("false") => Value::Bool(false),
                Some(text) if text.starts_with('[') || text.starts_with('{') => {
                    match serde_json::from_str::<serde_json::Value>(text) {
                        Ok(json) => theme::json::value(arena.keep(json), arena),
                        Err(_) => Value::Text(text),
                    }
                }
                Some(text) => Value::Text(text),
            },
        }
    }

    fn public_asset<'a>(&'a self, arena: &'a Arena, path: &str) -> Option<&'a str> {
        crate::public::find(path, &self.state.card_assets).map(|asset| arena.text(asset.version()))
    }

    fn url_of<'a>(&'a self, arena: &'a Arena, kind: Kind, thing: Value<'a>) -> Option<&'a str> {
        let slug = thing.get("slug", arena).as_str();
        let key = match thing.get("id", arena).as_str() {
            Some(id) => PostKey::Id(id),
            None => PostKey::Slug(slug?),
        };
        let facts = &self.state.facts;
        let path = match kind {
            Kind::Post | Kind::Page => {
                let kind = if kind == Kind::Post { PostKind::Post } else { PostKind::Page };
                let post = self.read(kind, key).ok()??;
                facts.permalinks.post(self.open(post, arena))
            }
            Kind::Tag => facts.permalinks.tag(&store::tags::read_by_slug(self.snapshot, slug?, false).ok()??),
            Kind::Author => {
                facts.permalinks.author(&store::authors::read_by_slug(self.snapshot, slug?, false).ok()??)
            }
        };
        Some(arena.text(&facts.site.join(&path)))
    }
}

impl Visit<'_> {
    fn neighbour_among(
        &self,
        post: (&str, jiff::Timestamp),
        direction: store::posts::Direction,
        among: store::posts::Among<'_>,
    ) -> store::Result<Option<model::Gated<model::Post>>> {
        store::posts::neighbour(self.snapshot, post, direction, among, store::With::RELATIONS)
    }

    /// Among all posts of an author, not only those that she leads: Ghost compares with the primary author's slug.
    fn neighbour_of_author(
        &self,
        (slug, published_at): (&str, jiff::Timestamp),
        direction: store::posts::Direction,
        author: &str,
    ) -> store::Result<Option<model::Gated<model::Post>>> {
        let quote = |text: &str| text.replace('\\', "").replace('\'', "\\'");
        let at = model::dates::to_database(published_at);
        let (test, order) = match direction {
            store::posts::Direction::Previous => ("<=", "published_at desc"),
            store::posts::Direction::Next => (">", "published_at asc"),
        };
        let filter = format!("slug:-'{}'+published_at:{test}'{at}'+author:'{}'", quote(slug), quote(author));
        let filter = nql::Filter::parse(&filter, self.now)?;
        let query = store::PostQuery {
            filter: Some(&filter),
            order: Some(order),
            page: model::Page { number: 1, limit: Limit::Rows(1) },
            with: store::With::RELATIONS,
            count: false,
            ..store::PostQuery::of(PostKind::Post)
        };
        Ok(store::posts::browse(self.snapshot, &query)?.items.pop())
    }
}
