//! Filters and orders as weapons (attack cases AT-01 and AT-02).

use model::{Limit, Page, PostKind, Reader, SiteUrl};
use store::{Error, ListQuery, PostQuery, Snapshot, Texts};

use crate::fixture;

/// Ids of the posts found, in order; None when it was refused.
fn find(
    snapshot: &Snapshot<'_>,
    kind: PostKind,
    filter: Option<&str>,
    order: Option<&str>,
) -> Option<Vec<String>> {
    let now = "2026-03-31T12:34:56Z".parse().expect("an instant");
    let filter = match filter.map(|filter| nql::Filter::parse(filter, now)).transpose() {
        Ok(filter) => filter,
        Err(_) => return None,
    };
    let query = PostQuery {
        filter: filter.as_ref(),
        order,
        page: Page { number: 1, limit: Limit::All },
        texts: Texts::NONE,
        ..PostQuery::of(kind)
    };
    let site = SiteUrl::parse("http://localhost").expect("an address");
    match store::posts::browse(snapshot, &query) {
        Ok(list) => Some(
            list.items
                .into_iter()
                .map(|post| post.for_reader(&Reader::Anonymous, &site).id.to_string())
                .collect(),
        ),
        Err(error) if error.is_bad_request() => None,
        Err(error) => panic!("{filter:?} {order:?}: {error}"),
    }
}

/// Slugs of the authors found; None when it was refused.
fn find_authors(snapshot: &Snapshot<'_>, filter: Option<&str>, order: Option<&str>) -> Option<Vec<String>> {
    let now = "2026-03-31T12:34:56Z".parse().expect("an instant");
    let filter = filter.map(|filter| nql::Filter::parse(filter, now).expect("it can be read"));
    let page = Page { number: 1, limit: Limit::All };
    let query = ListQuery { filter: filter.as_ref(), order, page, ..ListQuery::default() };
    match store::authors::browse(snapshot, &query) {
        Ok(list) => Some(list.items.into_iter().map(|author| author.slug).collect()),
        Err(Error::NotUnderstood { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn sql_in_values_is_only_text() {
    let connection = fixture::database();
    let snapshot = Snapshot::new(&connection).expect("a snapshot");
    let all = find(&snapshot, PostKind::Post, None, None).expect("no filter");
    for attack in [
        r"slug:'x\' or 1=1 --'",
        r"slug:'x\' or \'1\'=\'1'",
        r"slug:['x\' or 1=1 --','y']",
        r"title:~'%\' or 1=1 --'",
        r"title:~'*'",
        r"title:'\' || (select secret from api_keys) || \''",
        "slug:x||secret",
        "slug:case-when-1-then-1-end",
        "tags.slug:'x` or 1=1'",
    ] {
        let found = find(&snapshot, PostKind::Post, Some(attack), None);
        assert!(found.is_none_or(|found| found.is_empty()), "{attack}");
    }
    // The list of slugs also makes the order; there it must be text just the same.
    for attack in [
        r"slug:[news-01,'x\' then (select 1) end,(case']",
        r"slug:['news-01',x||(select]",
        "slug:[news-01,a`.`b]",
        "slug:[news-01,?,?]",
    ] {
        if let Some(found) = find(&snapshot, PostKind::Post, Some(attack), None) {
            assert!(found.len() <= 1, "{attack} found {found:?}");
        }
    }
    // A negated one finds everything: the text is compared and that is all.
    assert_eq!(find(&snapshot, PostKind::Post, Some(r"slug:-'x\' or 1=1 --'"), None), Some(all));
}

#[test]
fn names_that_are_not_columns_are_refused() {
    let connection = fixture::database();
    let snapshot = Snapshot::new(&connection).expect("a snapshot");
    for attack in [
        "rowid:1",
        "posts.rowid:1",
        "sqlite_master.name:aa",
        "api_keys.secret:aa",
        "users.password:aa1",
        "members.email:aa",
        "tags.rowid:1",
        "posts_tags.rowid:1+tag:news",
        "nope:1",
        "nope.slug:aa",
        "tags.nope:1",
    ] {
        // What names a private column vanishes; what names nothing is refused; neither finds by it.
        let found = find(&snapshot, PostKind::Post, Some(attack), None);
        let is_private = attack.contains("password") || attack.contains("email");
        assert_eq!(found.is_some(), is_private, "{attack}");
    }
}

#[test]
fn orders_are_columns_or_nothing() {
    let connection = fixture::database();
    let snapshot = Snapshot::new(&connection).expect("a snapshot");
    let unordered = find(&snapshot, PostKind::Post, None, Some("nope asc")).expect("an unknown column");
    for attack in [
        "slug;drop table posts asc",
        "(select 1) asc",
        "case when 1 then 1 end asc",
        "slug||title asc",
        "slug asc nulls first",
        "slug asc --",
        "slug' asc",
        "slug` asc",
        "\"slug\" asc",
        "1 asc",
        "random() asc",
        "posts.slug.x asc",
        "tags.slug asc",
        "api_keys.secret asc",
        "slug collate nocase asc",
        "count.posts desc",
    ] {
        assert_eq!(
            find(&snapshot, PostKind::Post, None, Some(attack)).as_ref(),
            Some(&unordered),
            "{attack}"
        );
    }
    let n: i64 = connection.query_row("select count(*) from posts", (), |row| row.get(0)).expect("a number");
    assert!(n > 100, "the posts are still there");
}

#[test]
fn private_columns_tell_nothing() {
    let connection = fixture::database();
    let snapshot = Snapshot::new(&connection).expect("a snapshot");
    let all = find(&snapshot, PostKind::Post, None, None);
    let pages = find(&snapshot, PostKind::Page, None, None);
    let values =
        ["null", "-null", "'x'", "-'x'", ">'0'", "<'0'", "~'a'", "-~'a'", "[a1,b1]", "-[a1,b1]", "[a1+b1]"];
    let of_posts = [
        "html",
        "plaintext",
        "lexical",
        "mobiledoc",
        "locale",
        "newsletter_id",
        "email_recipient_filter",
        "published_by",
        "email_only",
        "posts_meta.email_only",
        "HTML",
        "posts.html",
        "Posts.Html",
        "authors.password",
        "authors.email",
        "authors.PASSWORD",
        "authors.status",
        "authors.last_seen",
        "authors.visibility",
        "authors.locale",
        "authors.accessibility",
        "authors.created_at",
        "author.status",
        "primary_author.email",
        "tags.created_at",
        "tags.parent_id",
        "post_revisions.lexical",
        "mobiledoc_revisions.mobiledoc",
        "authors.roles.name",
        "show_title_and_feature_image",
    ];
    for key in of_posts {
        for value in values {
            assert_eq!(
                find(&snapshot, PostKind::Post, Some(&format!("{key}:{value}")), None),
                all,
                "{key}:{value}"
            );
        }
        for direction in ["asc", "desc"] {
            let order = format!("{key} {direction}");
            let found = find(&snapshot, PostKind::Post, None, Some(&order));
            let unordered = find(&snapshot, PostKind::Post, None, Some("nope asc"));
            assert!(found == all || found == unordered, "{order}");
        }
    }
    for value in values {
        assert_eq!(find(&snapshot, PostKind::Page, Some(&format!("email_subject:{value}")), None), pages);
    }
    let authors = find_authors(&snapshot, None, None);
    let of_authors =
        ["password", "email", "status", "last_seen", "roles.name", "roles_users.role_id", "tour", "Password"];
    for key in of_authors {
        for value in values {
            assert_eq!(
                find_authors(&snapshot, Some(&format!("{key}:{value}")), None),
                authors,
                "{key}:{value}"
            );
        }
        assert_eq!(find_authors(&snapshot, None, Some(&format!("{key} desc"))), authors, "order {key}");
    }
    // A rule means the first column that ends as it does, also where that is none of its business.
    for order in ["word asc", "mail asc", "ext asc", "tml desc"] {
        let found = find_authors(&snapshot, None, Some(order));
        assert!(found == authors || found == find_authors(&snapshot, None, Some("nope asc")), "{order}");
    }
}

/// Random filters on every list: an answer or a typed refusal, never a panic or another failure.
#[test]
fn every_filter_has_an_answer() {
    const KEYS: &[&str] = &[
        "slug",
        "featured",
        "tag",
        "tags.slug",
        "tags.name",
        "primary_tag",
        "author",
        "primary_author",
        "posts_tags.sort_order",
        "posts_authors.sort_order",
        "meta_title",
        "posts_meta.og_title",
        "published_at",
        "nope",
        "tags.nope",
        "nope.x",
        "a.b.c",
        "tags.",
        ".",
        "status",
        "type",
        "id",
        "post_revisions.id",
        "count.posts",
        "labels.slug",
        "label",
        "subscribed",
        "newsletters",
        "tiers",
        "products.id",
        "opened_emails.post_id",
        "email_recipients.opened_at",
        "signup",
        "conversion",
        "visibility",
        "name",
        "created_at",
        "roles.name",
    ];
    const VALUES: &[&str] = &[
        "null",
        "-null",
        "true",
        "-false",
        "0",
        ">1",
        "<=null",
        "x1",
        "-x1",
        "[x1,y1]",
        "-[x1,null]",
        "[x1+y1]",
        "~'a'",
        "-~^'b'",
        "~$'%_*'",
        "'it\\'s'",
        "now-1d",
        ">now-1M",
        "99999999999999999999999",
        "'\u{0}'",
        "'🚋'",
    ];
    let connection = fixture::database();
    let snapshot = Snapshot::new(&connection).expect("a snapshot");
    let now = "2026-03-31T12:34:56Z".parse().expect("an instant");
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut roll = |n: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % n as u64) as usize
    };
    let (mut n_answered, mut n_refused) = (0, 0);
    for _ in 0..2_000 {
        let mut text = String::new();
        for i in 0..=roll(6) {
            if i > 0 {
                text.push_str(["+", ",", "+(", ",("][roll(4)]);
            }
            text.push_str(&format!("{}:{}", KEYS[roll(KEYS.len())], VALUES[roll(VALUES.len())]));
        }
        text.push_str(&")".repeat(text.matches("+(").count() + text.matches(",(").count()));
        let Ok(filter) = nql::Filter::parse(&text, now) else { continue };
        let scope = if roll(2) == 0 { store::Scope::Public } else { store::Scope::Staff };
        let page = Page { number: 1 + roll(3) as u32, limit: Limit::Rows(1 + roll(20) as u32) };
        let list = ListQuery {
            scope,
            filter: Some(&filter),
            page,
            count_posts: roll(2) == 0,
            ..ListQuery::default()
        };
        let kind = if roll(2) == 0 { PostKind::Post } else { PostKind::Page };
        let posts = PostQuery {
            scope,
            filter: Some(&filter),
            page,
            with: store::With::RELATIONS,
            ..PostQuery::of(kind)
        };
        let answers = [
            store::posts::browse(&snapshot, &posts).map(|_| ()),
            store::tags::browse(&snapshot, &list).map(|_| ()),
            store::authors::browse(&snapshot, &list).map(|_| ()),
            store::newsletters::browse(&snapshot, &list).map(|_| ()),
            store::recommendations::browse(&snapshot, &list).map(|_| ()),
            store::members::browse(&snapshot, &list).map(|_| ()),
            store::tiers::browse(&snapshot, scope, Some(&filter)).map(|_| ()),
        ];
        for answer in answers {
            match answer {
                Ok(()) => n_answered += 1,
                Err(error) if error.is_bad_request() => n_refused += 1,
                Err(error) => panic!("{text}: {error}"),
            }
        }
    }
    assert!(n_answered > 2_000 && n_refused > 2_000, "{n_answered} answered, {n_refused} refused");
}

/// More terms or values than SQLite takes is the asker's fault, and no failure of ours.
#[test]
fn too_much_is_refused() {
    let connection = fixture::database();
    let snapshot = Snapshot::new(&connection).expect("a snapshot");
    let many = |term: &str, sign: &str| vec![term; 40_000].join(sign);
    for filter in [
        many("slug:aa", ","),
        many("featured:true", "+"),
        format!("slug:[{}]", many("aa", ",")),
        many("tag:aa", "+"),
    ] {
        assert_eq!(find(&snapshot, PostKind::Post, Some(&filter), None), None, "{}…", &filter[..20]);
    }
}
