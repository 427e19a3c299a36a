//! What each list enforces, forbids, supposes and abbreviates.
//!
//! Source: Ghost 6.65's models and `api-filter-utils`: private columns are left out of filters and orders without a
//! word, so that neither rows nor their order tell anything about them.

use model::PostKind;
use nql::{Expansion, Filter, Node, Test, Value};

use super::order::{Order, OrderBy, listed_slugs};
use super::tables::{self, Table};
use crate::query::{ListQuery, PostQuery, Scope};

/// Never asked for through a public door, on any table or relation.
const PRIVATE: &[&str] = &[
    "password",
    "email",
    "email_only",
    "html",
    "lexical",
    "locale",
    "mobiledoc",
    "newsletter_id",
    "plaintext",
    "email_recipient_filter",
    "published_by",
    "mobiledoc_revisions",
    "post_revisions",
];
/// Nor of authors, by themselves or through a post.
const PRIVATE_OF_AUTHORS: &[&str] = &[
    "status",
    "last_seen",
    "created_at",
    "updated_at",
    "roles",
    "roles_users",
    "visibility",
    "locale",
    "accessibility",
    "paid_subscription_started_notification",
    "paid_subscription_canceled_notification",
    "tour",
    "comment_notifications",
    "recommendation_notifications",
    "gift_subscription_notifications",
    "mention_notifications",
    "donation_notifications",
    "milestone_notifications",
    "free_member_signup_notification",
];
const PRIVATE_OF_TAGS: &[&str] = &["created_at", "updated_at", "parent_id", "parent"];
const NEWSLETTER_COLUMNS: &[&str] = &[
    "id",
    "uuid",
    "name",
    "description",
    "slug",
    "sender_email",
    "subscribe_on_signup",
    "visibility",
    "sort_order",
    "created_at",
    "updated_at",
];
/// Kept even from staff.
const SECRET: &[&str] = &["password", "token", "gift_link_token", "secret"];

/// What is left out for whom.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    Posts,
    Pages,
    Tags,
    Authors,
    Newsletters,
    Staff,
}

fn has_segment(key: &str, names: &[&str]) -> bool {
    key.split('.').any(|segment| names.contains(&segment))
}

/// Whether a segment of `names` follows one of `relations`.
fn has_related(key: &str, relations: &[&str], names: &[&str]) -> bool {
    let segments = || key.split('.');
    segments()
        .zip(segments().skip(1))
        .any(|(first, second)| relations.contains(&first) && names.contains(&second))
}

fn is_private(reach: Reach, key: &str) -> bool {
    let key = key.to_lowercase();
    let everywhere = || {
        has_segment(&key, PRIVATE)
            || has_related(&key, &["author", "authors", "primary_author"], PRIVATE_OF_AUTHORS)
            || has_related(&key, &["tag", "tags", "primary_tag"], PRIVATE_OF_TAGS)
    };
    match reach {
        Reach::Posts => everywhere() || has_segment(&key, &["show_title_and_feature_image"]),
        Reach::Pages => everywhere() || has_segment(&key, &["email_subject"]),
        Reach::Tags => everywhere() || has_segment(&key, PRIVATE_OF_TAGS),
        Reach::Authors => everywhere() || has_segment(&key, PRIVATE_OF_AUTHORS),
        Reach::Newsletters => !NEWSLETTER_COLUMNS.contains(&key.strip_prefix("newsletters.").unwrap_or(&key)),
        Reach::Staff => has_segment(&key, SECRET),
    }
}

/// Enforced, asked (what is private left out), supposed.
fn merged(reach: Reach, enforced: Option<Node>, asked: Option<Node>, supposed: Option<Node>) -> Option<Node> {
    let asked = asked.and_then(|node| node.without(&|key| is_private(reach, key)));
    Node::merged([enforced, asked, supposed])
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn one_of(key: &str, values: &[&str]) -> Node {
    Node::Test(key.to_owned(), Test::In(values.iter().map(|value| text(value)).collect()))
}

fn post_expansions() -> Vec<Expansion> {
    let plain = |key, replacement| Expansion { key, replacement, besides: Vec::new() };
    let primary = |key, replacement, sort_order: &str, visibility: &str| Expansion {
        key,
        replacement,
        besides: vec![Node::is(sort_order, Value::Number(0.0)), Node::is(visibility, text("public"))],
    };
    let named = [
        primary("primary_tag", "tags.slug", "posts_tags.sort_order", "tags.visibility"),
        primary("primary_author", "authors.slug", "posts_authors.sort_order", "authors.visibility"),
        plain("authors", "authors.slug"),
        plain("author", "authors.slug"),
        plain("tag", "tags.slug"),
        plain("tags", "tags.slug"),
    ];
    let meta = tables::POSTS_META_KEYS.into_iter().map(|(key, replacement)| plain(key, replacement));
    named.into_iter().chain(meta).collect()
}

/// Posts or pages: always of one kind; for the public, published.
///
/// Errors: `UnreadableFilter`, see [`Filter::tree_in_parentheses`].
pub(crate) fn post_filter(query: &PostQuery<'_>) -> crate::Result<Option<Node>> {
    let kind = Node::is("type", text(query.kind.as_str()));
    let asked = match query.filter {
        Some(filter) => filter.tree_in_parentheses()?.and(kind),
        None => kind,
    };
    let merged = match query.scope {
        Scope::Public => {
            let reach = if query.kind == PostKind::Page { Reach::Pages } else { Reach::Posts };
            merged(reach, Some(Node::is("status", text("published"))), Some(asked), None)
        }
        Scope::Staff => {
            let statuses: &[&str] = match query.kind {
                PostKind::Post => &["draft", "published", "scheduled", "sent"],
                PostKind::Page => &["draft", "published", "scheduled"],
            };
            let asks_status = query.filter.is_some_and(|filter| filter.text().contains("status:"));
            let asked = if asks_status { asked } else { asked.and(one_of("status", statuses)) };
            // What Ghost supposes when a condition on status was left out on the way.
            let supposed = Node::is("type", text("post")).and(Node::is("status", text("published")));
            merged(Reach::Staff, None, Some(asked), Some(supposed))
        }
    };
    Ok(merged.map(|node| node.resolved(&post_expansions())))
}

/// What a list of ours (not asked for by anyone) wants of published posts.
pub(crate) fn published(kind: PostKind, wanted: Node) -> Node {
    let published = Node::is("status", text("published"));
    let node = published.and(wanted.and(Node::is("type", text(kind.as_str()))));
    node.resolved(&post_expansions())
}

pub(crate) fn tag_filter(query: &ListQuery<'_>) -> Option<Node> {
    let reach = if query.scope == Scope::Public { Reach::Tags } else { Reach::Staff };
    merged(reach, None, tree(query.filter), None).map(|node| node.resolved(&[]))
}

pub(crate) fn author_filter(query: &ListQuery<'_>) -> Option<Node> {
    let statuses =
        one_of("status", &["active", "inactive", "locked", "warn-1", "warn-2", "warn-3", "warn-4"]);
    match query.scope {
        Scope::Public => {
            merged(Reach::Authors, Some(statuses), tree(query.filter), None).map(|node| node.resolved(&[]))
        }
        Scope::Staff => {
            merged(Reach::Staff, None, tree(query.filter), Some(statuses)).map(|node| node.resolved(&[]))
        }
    }
}

pub(crate) fn newsletter_filter(query: &ListQuery<'_>) -> Option<Node> {
    match query.scope {
        Scope::Public => {
            merged(Reach::Newsletters, Some(Node::is("status", text("active"))), tree(query.filter), None)
                .map(|node| node.resolved(&[]))
        }
        Scope::Staff => merged(Reach::Staff, None, tree(query.filter), None).map(|node| node.resolved(&[])),
    }
}

pub(crate) fn recommendation_filter(query: &ListQuery<'_>) -> Option<Node> {
    let plain = |key, replacement| Expansion { key, replacement, besides: Vec::new() };
    let expansions = [
        plain("featuredImage", "featured_image"),
        plain("oneClickSubscribe", "one_click_subscribe"),
        plain("createdAt", "created_at"),
        plain("updatedAt", "updated_at"),
    ];
    Some(tree(query.filter)?.resolved(&expansions))
}

pub(crate) fn member_filter(query: &ListQuery<'_>) -> Option<Node> {
    let plain = |key, replacement| Expansion { key, replacement, besides: Vec::new() };
    let mut expansions: Vec<Expansion> = [
        ("label", "labels.slug"),
        ("labels", "labels.slug"),
        ("product", "products.slug"),
        ("products", "products.slug"),
        ("tier", "products.slug"),
        ("tiers", "products.slug"),
        ("tier_id", "products.id"),
        ("newsletters", "newsletters.slug"),
        ("signup", "signups.attribution_id"),
        ("conversion", "conversions.attribution_id"),
        ("offer_redemptions", "offer_redemptions.offer_id"),
    ]
    .into_iter()
    .map(|(key, replacement)| plain(key, replacement))
    .collect();
    expansions.push(Expansion {
        key: "opened_emails.post_id",
        replacement: "emails.post_id",
        besides: vec![Node::Test(
            "email_recipients.opened_at".to_owned(),
            Test::Compare(nql::Comparison::GreaterOrEqual, Value::Number(0.0)),
        )],
    });
    let asked = tree(query.filter).map(subscribed_as_newsletters);
    merged(Reach::Staff, None, asked, None).map(|node| node.resolved(&expansions))
}

/// `subscribed:true` means a newsletter that is active, `subscribed:false` one that is not or none.
fn subscribed_as_newsletters(node: Node) -> Node {
    const KEY: &str = "newsletters.status";
    let active = || text("active");
    match node {
        Node::Group(join, members) => {
            Node::Group(join, members.into_iter().map(subscribed_as_newsletters).collect())
        }
        Node::Test(key, test) if key == "subscribed" => match test {
            Test::Is(Value::Bool(true)) => Node::is(KEY, active()),
            Test::Is(Value::Bool(false)) | Test::IsNot(Value::Bool(true)) => {
                Node::Test(KEY.to_owned(), Test::IsNot(active()))
            }
            test => Node::Test(KEY.to_owned(), test),
        },
        node => node,
    }
}

fn tree(filter: Option<&Filter>) -> Option<Node> {
    filter.map(|filter| filter.tree().clone())
}

/// An order as it was asked for, without rules on private columns; None when nothing is left.
///
/// A rule is judged by the first column whose name ends as it does, which is more than the one it would order by:
/// `l desc` would mean `html` here.
fn allowed(asked: Option<&str>, reach: Reach, table: &Table, more: &[&str]) -> Option<String> {
    let columns = table.columns.iter().map(|column| format!("{}.{column}", table.name));
    let columns: Vec<String> =
        columns.chain(more.iter().map(|column| format!("posts_meta.{column}"))).collect();
    let is_allowed = |rule: &&str| {
        let field = rule.split(char::is_whitespace).next().unwrap_or_default().to_lowercase();
        let resolved = columns.iter().find(|column| column.ends_with(&field)).unwrap_or(&field);
        !is_private(reach, resolved)
    };
    let rules: Vec<&str> =
        asked?.split(',').map(str::trim).filter(|rule| !rule.is_empty()).filter(is_allowed).collect();
    (!rules.is_empty()).then(|| rules.join(","))
}

/// The order of a list of posts.
pub(crate) fn post_order(query: &PostQuery<'_>) -> Order {
    let meta = &tables::POSTS_META_KEYS.map(|(key, _)| key);
    let asked = match query.scope {
        Scope::Public => {
            let reach = if query.kind == PostKind::Page { Reach::Pages } else { Reach::Posts };
            allowed(query.order, reach, &tables::POSTS, meta)
        }
        Scope::Staff => query.order.filter(|order| !order.is_empty()).map(str::to_owned),
    };
    if let Some(asked) = asked {
        return Order::parse(&asked, &tables::POSTS, meta, &["sentiment"]);
    }
    if query.scope == Scope::Staff {
        return Order::StaffPosts {
            by_tags: query.filter.is_some_and(|filter| lists(filter.text(), &["tags", "tag"])),
            by_authors: query.filter.is_some_and(|filter| lists(filter.text(), &["authors", "author"])),
        };
    }
    if let Some(slugs) = query.filter.and_then(|filter| listed_slugs(filter.text())) {
        return Order::Slugs(slugs);
    }
    match query.kind {
        PostKind::Post => {
            Order::By(vec![OrderBy::descending("posts", "published_at"), OrderBy::descending("posts", "id")])
        }
        PostKind::Page => Order::By(vec![OrderBy::ascending("posts", "title")]),
    }
}

/// Whether it is the order of archives: newest first, the id deciding within a second.
pub(crate) fn is_newest_first(query: &PostQuery<'_>) -> bool {
    let newest_first = [OrderBy::descending("posts", "published_at"), OrderBy::descending("posts", "id")];
    matches!(post_order(query), Order::By(by) if by == newest_first)
}

/// Whether a filter has a list for one of these keys: `tag:[a,b]`.
fn lists(text: &str, keys: &[&str]) -> bool {
    keys.iter().any(|key| {
        text.match_indices(key).any(|(at, _)| {
            let Some(rest) = text.get(at + key.len()..).and_then(|rest| rest.strip_prefix(':')) else {
                return false;
            };
            let rest = rest.strip_prefix(char::is_whitespace).unwrap_or(rest);
            rest.strip_prefix('[')
                .is_some_and(|rest| rest.lines().next().is_some_and(|line| line.contains(']')))
        })
    })
}

fn list_order(query: &ListQuery<'_>, reach: Reach, table: &Table, by_default: Vec<OrderBy>) -> Order {
    let counts: &[&str] = if query.count_posts { &["count.posts"] } else { &[] };
    let asked = match query.scope {
        Scope::Public => allowed(query.order, reach, table, &[]),
        Scope::Staff => query.order.filter(|order| !order.is_empty()).map(str::to_owned),
    };
    if let Some(asked) = asked {
        return Order::parse(&asked, table, &[], counts);
    }
    match query.filter.and_then(|filter| listed_slugs(filter.text())) {
        Some(slugs) if reach != Reach::Newsletters && query.scope == Scope::Public => Order::Slugs(slugs),
        _ => Order::By(by_default),
    }
}

pub(crate) fn tag_order(query: &ListQuery<'_>) -> Order {
    let by_default = match query.scope {
        Scope::Public => vec![OrderBy::ascending("tags", "name")],
        Scope::Staff => Vec::new(),
    };
    list_order(query, Reach::Tags, &tables::TAGS, by_default)
}

pub(crate) fn author_order(query: &ListQuery<'_>) -> Order {
    let by_default = match query.scope {
        Scope::Public => vec![OrderBy::ascending("users", "name")],
        Scope::Staff => vec![
            OrderBy::descending("users", "last_seen"),
            OrderBy::ascending("users", "name"),
            OrderBy::descending("users", "created_at"),
        ],
    };
    list_order(query, Reach::Authors, &tables::USERS, by_default)
}

pub(crate) fn newsletter_order(query: &ListQuery<'_>) -> Order {
    let by_default =
        ["sort_order", "created_at", "id"].map(|column| OrderBy::ascending("newsletters", column));
    list_order(query, Reach::Newsletters, &tables::NEWSLETTERS, by_default.to_vec())
}

/// Rules without a direction run downwards here.
pub(crate) fn recommendation_order(query: &ListQuery<'_>) -> Order {
    let directed = |rule: &str| {
        let rule = rule.trim();
        if rule.contains(char::is_whitespace) { rule.to_owned() } else { format!("{rule} desc") }
    };
    match query.order.filter(|order| !order.trim().is_empty()) {
        Some(order) => {
            let order: Vec<String> = order.split(',').map(directed).collect();
            Order::parse(&order.join(","), &tables::RECOMMENDATIONS, &[], &[])
        }
        None => Order::By(vec![OrderBy::descending("recommendations", "created_at")]),
    }
}
