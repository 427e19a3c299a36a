//! Newsletters.

use model::id::NewsletterId;
use model::{Limit, Newsletter, Pagination};

use crate::filter::tables::NEWSLETTERS;
use crate::filter::{self, Condition};
use crate::list;
use crate::row::Columns;
use crate::{ListQuery, Listing, Result, Snapshot};

/// A list; public scope: active ones, and only the columns that the API shows can be filtered or ordered by.
pub fn browse(snapshot: &Snapshot<'_>, query: &ListQuery<'_>) -> Result<Listing<Newsletter>> {
    let condition = list::condition(&NEWSLETTERS, filter::newsletter_filter(query))?;
    let total = match query.page.limit {
        Limit::All => None,
        Limit::Rows(_) => Some(list::count(snapshot, &NEWSLETTERS, &[&condition.sql], &condition.params)?),
    };
    let order = filter::newsletter_order(query).sql(&NEWSLETTERS, &|_| "null");
    let Condition { sql: condition, mut params } = condition;
    params.extend(order.params);
    let page = list::page_clause(query.page, &mut params);
    let sql = format!(
        "select id, uuid, name, description, slug, sender_email, subscribe_on_signup, visibility, sort_order, \
         created_at, updated_at from newsletters{}{}{page}",
        list::where_clause(&[&condition]),
        order.sql
    );
    let items = list::rows(snapshot, &sql, &params, |row| {
        let mut c = Columns::new(row);
        Ok(Newsletter {
            id: NewsletterId::new(c.text()?),
            uuid: c.text()?,
            name: c.text()?,
            description: c.optional()?,
            slug: c.text()?,
            sender_email: c.optional()?,
            subscribe_on_signup: c.flag()?,
            visibility: c.text()?,
            sort_order: c.number()?.unwrap_or_default(),
            created_at: c.instant()?,
            updated_at: c.optional_instant()?,
        })
    })?;
    let total = total.unwrap_or(items.len() as u64);
    Ok(Listing { items, pagination: Pagination::new(query.page, total) })
}
