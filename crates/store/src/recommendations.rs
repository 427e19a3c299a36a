//! Recommendations of other publications.

use model::id::RecommendationId;
use model::{Limit, Pagination, Recommendation};

use crate::filter::tables::RECOMMENDATIONS;
use crate::filter::{self, Condition};
use crate::list;
use crate::row::Columns;
use crate::{ListQuery, Listing, Result, Snapshot};

/// A list, newest first by default. The total counts all of them, whatever the filter, as Ghost's does.
pub fn browse(snapshot: &Snapshot<'_>, query: &ListQuery<'_>) -> Result<Listing<Recommendation>> {
    let condition = list::condition(&RECOMMENDATIONS, filter::recommendation_filter(query))?;
    let total = match query.page.limit {
        Limit::All => None,
        Limit::Rows(_) => Some(list::count(snapshot, &RECOMMENDATIONS, &[], &[])?),
    };
    let order = filter::recommendation_order(query).sql(&RECOMMENDATIONS, &|_| "null");
    let Condition { sql: condition, mut params } = condition;
    params.extend(order.params);
    let page = list::page_clause(query.page, &mut params);
    let sql = format!(
        "select id, title, description, excerpt, featured_image, favicon, url, one_click_subscribe, created_at, \
         updated_at from recommendations{}{}{page}",
        list::where_clause(&[&condition]),
        order.sql
    );
    let items = list::rows(snapshot, &sql, &params, |row| {
        let mut c = Columns::new(row);
        Ok(Recommendation {
            id: RecommendationId::new(c.text()?),
            title: c.text()?,
            description: c.filled()?,
            excerpt: c.filled()?,
            featured_image: c.optional()?,
            favicon: c.optional()?,
            url: c.text()?,
            one_click_subscribe: c.flag()?,
            created_at: c.instant()?,
            updated_at: c.optional_instant()?,
        })
    })?;
    let total = total.unwrap_or(items.len() as u64);
    Ok(Listing { items, pagination: Pagination::new(query.page, total) })
}
