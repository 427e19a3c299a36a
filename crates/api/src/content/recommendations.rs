//! Recommended publications. Their list has rules of its own for orders and pages.

use model::{Limit, Page, Recommendation};
use serde::Serialize;
use store::ListQuery;

use super::Call;
use super::envelope::{Envelope, LimitMeta, Meta, PageMeta};
use super::options::{Options, Taken};
use super::shown::instant;
use crate::fault::{Fault, Kind};
use crate::query::{Param, Query};

const BROWSE: Taken = Taken { names: &["limit", "order", "page", "filter"], include: &[] };
const DEFAULT_LIMIT: u32 = 5;
const ORDERS: [&str; 8] = [
    "title",
    "description",
    "excerpt",
    "one_click_subscribe",
    "created_at",
    "updated_at",
    "count.clicks",
    "count.subscribers",
];

/// A list.
pub fn browse(call: &Call<'_>, query: &Query<'_>) -> Result<Vec<u8>, Fault> {
    let options = Options::read(query, &BROWSE, &call.facts.config)?;
    let (page, limit) = (options.page.unwrap_or(1), options.limit().unwrap_or(DEFAULT_LIMIT));
    let (filter, order) = options.sent();
    let filter = text("filter", filter)?;
    let order = text("order", order)?;
    if let Some(order) = order {
        check_order(order)?;
    }
    let filter = filter.map(|filter| nql::Filter::parse(filter, call.now)).transpose()?;
    let rows = if limit == 0 { Limit::All } else { Limit::Rows(limit) };
    let list = store::recommendations::browse(
        call.snapshot,
        &ListQuery {
            filter: filter.as_ref(),
            order,
            page: Page { number: page.max(1), limit: rows },
            ..ListQuery::default()
        },
    )?;
    let total = list.pagination.total;
    let pages = (limit > 0).then(|| u32::try_from(total.div_ceil(u64::from(limit))).unwrap_or(u32::MAX));
    let meta = PageMeta {
        page,
        limit: LimitMeta::Rows(limit),
        pages,
        total,
        next: pages.is_none_or(|pages| page < pages).then(|| page.saturating_add(1)),
        prev: (page > 1).then(|| page - 1),
    };
    let items: Vec<RecommendationJson<'_>> = list.items.iter().map(RecommendationJson::from).collect();
    Envelope { name: "recommendations", items: &items, meta: Meta::Page(meta) }.write()
}

fn text<'q>(name: &str, param: Option<&'q Param<'q>>) -> Result<Option<&'q str>, Fault> {
    match param {
        None => Ok(None),
        Some(Param::Text(text)) => Ok(Some(text)),
        Some(_) => Err(Fault::new(Kind::Validation, format!("{name} must be a string"))),
    }
}

/// Every rule must name a known field, in lower case, and a known direction if any.
fn check_order(order: &str) -> Result<(), Fault> {
    let one_of = |place: usize, what: &str, known: &[&str]| {
        Err(Fault::new(Kind::Validation, format!("order.{place}.{what} must be one of {}", known.join(", "))))
    };
    for (place, rule) in order.split(',').enumerate() {
        let mut words = rule.trim().split(' ');
        if !words.next().is_some_and(|field| ORDERS.contains(&field)) {
            return one_of(place, "field", &ORDERS);
        }
        if words.next().is_some_and(|direction| !matches!(direction, "asc" | "desc")) {
            return one_of(place, "direction", &["asc", "desc"]);
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct RecommendationJson<'r> {
    id: &'r str,
    title: &'r str,
    description: Option<&'r str>,
    excerpt: Option<&'r str>,
    featured_image: Option<&'r str>,
    favicon: Option<&'r str>,
    url: &'r str,
    one_click_subscribe: bool,
    created_at: String,
    updated_at: Option<String>,
}

impl<'r> From<&'r Recommendation> for RecommendationJson<'r> {
    fn from(recommendation: &'r Recommendation) -> Self {
        RecommendationJson {
            id: recommendation.id.as_str(),
            title: &recommendation.title,
            description: recommendation.description.as_deref(),
            excerpt: recommendation.excerpt.as_deref(),
            featured_image: recommendation.featured_image.as_deref(),
            favicon: recommendation.favicon.as_deref(),
            url: &recommendation.url,
            one_click_subscribe: recommendation.one_click_subscribe,
            created_at: instant(recommendation.created_at),
            updated_at: recommendation.updated_at.map(instant),
        }
    }
}
