//! Tags, authors and tiers of a page of posts: one query for each, whatever the number of posts.

use std::collections::HashMap;

use model::{Author, PostStatus, Tag, Tier, Visibility};
use nql::{Join, Node, Test, Value};
use rusqlite::params_from_iter;

use super::Found;
use crate::listing::Shortcut;
use crate::row::{BATCH, Columns, marks};
use crate::{Result, Snapshot, With, authors, tags, tiers};

/// Fills in what `with` asks for.
pub(super) fn load(snapshot: &Snapshot<'_>, posts: &mut [Found], with: With) -> Result<()> {
    for posts in posts.chunks_mut(BATCH) {
        if with.tags {
            load_tags(snapshot, posts)?;
        }
        if with.authors {
            load_authors(snapshot, posts)?;
        }
        // A filter in place of a word names its tiers itself; they decide who may read, asked for or not.
        if with.tiers || posts.iter().any(|found| is_filter(&found.visibility)) {
            load_tiers(snapshot, posts, with.tiers)?;
        }
    }
    Ok(())
}

/// Which of the other table's rows belong to which post, in order.
type Pairs = Vec<(usize, String)>;

/// Reads pairs (post, other) of a join table.
fn pairs(snapshot: &Snapshot<'_>, posts: &[Found], sql_before: &str, sql_after: &str) -> Result<Pairs> {
    let places = places(posts);
    let (marks, n) = marks(posts.len());
    let mut statement = snapshot.prepare(&format!("{sql_before} ({marks}){sql_after}"))?;
    let ids = posts.iter().map(|found| Some(found.post.id.as_str())).chain(std::iter::repeat(None)).take(n);
    let mut rows = statement.query(params_from_iter(ids))?;
    let mut pairs = Vec::new();
    while let Some(row) = rows.next()? {
        let post = row.get_ref(0)?.as_str().unwrap_or_default();
        if let Some(&place) = places.get(post) {
            pairs.push((place, Columns::after(row, 1).text()?));
        }
    }
    Ok(pairs)
}

fn places(posts: &[Found]) -> HashMap<&str, usize> {
    posts.iter().enumerate().map(|(place, found)| (found.post.id.as_str(), place)).collect()
}

fn distinct(pairs: &Pairs) -> Vec<&str> {
    let mut ids: Vec<&str> = pairs.iter().map(|(_, id)| id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn load_tags(snapshot: &Snapshot<'_>, posts: &mut [Found]) -> Result<()> {
    let pairs = pairs(
        snapshot,
        posts,
        "select post_id, tag_id from posts_tags where post_id in",
        " order by sort_order, id",
    )?;
    let tags: HashMap<String, Tag> = tags::by_ids(snapshot, &distinct(&pairs))?;
    posts.iter_mut().for_each(|found| found.post.tags = Some(Vec::new()));
    for (place, id) in pairs {
        // A pair whose tag is gone is a leftover.
        if let (Some(found), Some(tag)) = (posts.get_mut(place), tags.get(&id)) {
            found.post.tags.get_or_insert_default().push(tag.clone());
        }
    }
    Ok(())
}

fn load_authors(snapshot: &Snapshot<'_>, posts: &mut [Found]) -> Result<()> {
    let pairs = match Shortcut::of(snapshot)? {
        // Ghost's table of pairs has no index on the post.
        Some(shortcut) if posts.iter().all(|found| found.post.status == PostStatus::Published) => {
            let places = places(posts);
            let ids: Vec<&str> = places.keys().copied().collect();
            let pairs = shortcut.authors_of(&ids)?.into_iter();
            pairs.filter_map(|(post, author)| Some((*places.get(post.as_str())?, author))).collect()
        }
        _ => pairs(
            snapshot,
            posts,
            "select post_id, author_id from posts_authors where post_id in",
            " order by sort_order, id",
        )?,
    };
    let authors: HashMap<String, Author> = authors::by_ids(snapshot, &distinct(&pairs))?;
    posts.iter_mut().for_each(|found| found.post.authors = Some(Vec::new()));
    for (place, id) in pairs {
        if let (Some(found), Some(author)) = (posts.get_mut(place), authors.get(&id)) {
            found.post.authors.get_or_insert_default().push(author.clone());
        }
    }
    Ok(())
}

fn is_filter(visibility: &str) -> bool {
    !matches!(visibility, "public" | "members" | "paid" | "tiers")
}

/// The tiers as the API lists them: all of them for what is public or for members, all paid ones for paid, the
/// chosen ones for tiers.
fn load_tiers(snapshot: &Snapshot<'_>, posts: &mut [Found], all_posts: bool) -> Result<()> {
    let raw = tiers::rows(snapshot)?;
    let plain: Vec<Tier> = raw.iter().cloned().map(tiers::as_listed_with_posts).collect();
    let has_chosen = all_posts && posts.iter().any(|found| found.visibility == "tiers");
    for found in posts.iter_mut().filter(|found| all_posts || is_filter(&found.visibility)) {
        found.post.tiers = Some(match (found.post.visibility, found.visibility.as_str()) {
            (Visibility::Public | Visibility::Members, _) => plain.clone(),
            (Visibility::Paid, _) => plain.iter().filter(|tier| tier.is_paid()).cloned().collect(),
            (Visibility::Tiers, "tiers") => Vec::new(),
            (Visibility::Tiers, filter) => named_in(filter, &raw),
        });
    }
    if !has_chosen {
        return Ok(());
    }
    let pairs = pairs(
        snapshot,
        posts,
        "select post_id, product_id from posts_products where post_id in",
        " order by sort_order",
    )?;
    for (place, id) in pairs {
        let tier = raw.iter().find(|tier| tier.is_paid() && tier.id.as_str() == id);
        if let (Some(found), Some(tier)) = (posts.get_mut(place), tier)
            && found.visibility == "tiers"
        {
            found.post.tiers.get_or_insert_default().push(tier.clone());
        }
    }
    Ok(())
}

/// The tiers that an old filter names: `product:'gold',product:'silver'`. Anything else names none.
fn named_in(filter: &str, tiers: &[Tier]) -> Vec<Tier> {
    // No relative dates in it, so that any instant will do.
    let Ok(filter) = nql::Filter::parse(filter, jiff::Timestamp::UNIX_EPOCH) else { return Vec::new() };
    let tests = match filter.tree() {
        Node::Group(Join::Or, members) => members.as_slice(),
        test @ Node::Test(..) => std::slice::from_ref(test),
        _ => &[],
    };
    let slug = |test: &Node| match test {
        Node::Test(key, Test::Is(Value::Text(slug))) if key == "product" => Some(slug.clone()),
        _ => None,
    };
    tests
        .iter()
        .filter_map(slug)
        .filter_map(|slug| tiers.iter().find(|tier| tier.slug == slug).cloned())
        .collect()
}
