//! Members, as far as reading needs them.

use jiff::Timestamp;
use model::id::{MemberId, TierId};
use model::{Limit, Member, MemberStatus, Pagination};
use rusqlite::{OptionalExtension, Row};

use crate::filter::tables::MEMBERS;
use crate::filter::{self, Condition, Order, OrderBy};
use crate::list;
use crate::row::Columns;
use crate::{ListQuery, Listing, Result, Snapshot};

/// How many members there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberCounts {
    pub total: u64,
    /// Those who pay; what was given to comped and gift members is not counted.
    pub paid: u64,
}

const COLUMNS: &str = "members.id, members.uuid, members.email, members.name, members.status";

/// The member whose session it is, with the tiers she has at `now` (a tier that ran out does not count).
pub fn by_transient_id(
    snapshot: &Snapshot<'_>,
    transient_id: &str,
    now: Timestamp,
) -> Result<Option<Member>> {
    one(snapshot, "transient_id", transient_id, now)
}

/// The member of this uuid.
pub fn by_uuid(snapshot: &Snapshot<'_>, uuid: &str, now: Timestamp) -> Result<Option<Member>> {
    one(snapshot, "uuid", uuid, now)
}

fn one(snapshot: &Snapshot<'_>, column: &'static str, key: &str, now: Timestamp) -> Result<Option<Member>> {
    let mut statement = snapshot.prepare(&format!("select {COLUMNS} from members where {column} = ?"))?;
    let Some(mut member) = statement.query_row([key], member).optional()? else { return Ok(None) };
    let mut statement = snapshot.prepare(
        "select product_id, expiry_at from members_products where member_id = ? order by sort_order, id",
    )?;
    let rows = statement.query_map([member.id.as_str()], |row| {
        let mut c = Columns::new(row);
        Ok((TierId::new(c.text()?), c.optional_instant()?))
    })?;
    let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let had_tiers = !rows.is_empty();
    member.tiers =
        rows.into_iter().filter(|(_, ends)| ends.is_none_or(|ends| ends > now)).map(|(id, _)| id).collect();
    // A given tier that ran out leaves a free member, also before the nightly job writes it down.
    let was_given = matches!(member.status, MemberStatus::Comped | MemberStatus::Gift);
    if was_given && had_tiers && member.tiers.is_empty() {
        member.status = MemberStatus::Free;
    }
    Ok(Some(member))
}

/// A list for staff; the tiers of its members are not read.
pub fn browse(snapshot: &Snapshot<'_>, query: &ListQuery<'_>) -> Result<Listing<Member>> {
    let condition = list::condition(&MEMBERS, filter::member_filter(query))?;
    let total = match query.page.limit {
        Limit::All => None,
        Limit::Rows(_) => Some(list::count(snapshot, &MEMBERS, &[&condition.sql], &condition.params)?),
    };
    let order = match query.order.filter(|order| !order.is_empty()) {
        Some(order) => Order::parse(order, &MEMBERS, &[], &[]),
        None => Order::By(vec![
            OrderBy::descending("members", "created_at"),
            OrderBy::descending("members", "id"),
        ]),
    };
    let order = order.sql(&MEMBERS, &|_| "null");
    let Condition { sql: condition, mut params } = condition;
    params.extend(order.params);
    let page = list::page_clause(query.page, &mut params);
    let condition = list::where_clause(&[&condition]);
    let items = list::rows(
        snapshot,
        &format!("select {COLUMNS} from members{condition}{}{page}", order.sql),
        &params,
        member,
    )?;
    let total = total.unwrap_or(items.len() as u64);
    Ok(Listing { items, pagination: Pagination::new(query.page, total) })
}

/// All members, counted.
pub fn counts(snapshot: &Snapshot<'_>) -> Result<MemberCounts> {
    let mut statement = snapshot.prepare("select count(*), sum(status = 'paid') from members")?;
    Ok(statement.query_row((), |row| {
        let mut c = Columns::new(row);
        Ok(MemberCounts { total: c.count()?, paid: c.count()? })
    })?)
}

fn member(row: &Row<'_>) -> rusqlite::Result<Member> {
    let mut c = Columns::new(row);
    Ok(Member {
        id: MemberId::new(c.text()?),
        uuid: c.text()?,
        email: c.text()?,
        name: c.optional()?,
        status: MemberStatus::parse(&c.text()?),
        tiers: Vec::new(),
    })
}
