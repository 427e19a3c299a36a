//! What shared caches are told: nothing that one reader alone has, and nothing that a gift opened, is for others.

use model::Reader;
use web::Request;

use crate::publication::Fixture;

/// `Cache-Control` in a word, and the tier that it is for.
fn said(fixture: &Fixture, path: &str, reader: &Reader) -> (&'static str, Option<String>) {
    let response = fixture.made(&Request::get(path), reader).response;
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let cache = header("cache-control").unwrap_or_default();
    let word = match cache.as_str() {
        cache if cache.starts_with("public") => "public",
        cache if cache.contains("private") => "private",
        cache if cache.contains("no-store") => "nobody",
        _ => "unsaid",
    };
    (word, header("x-member-cache-tier"))
}

#[test]
fn members_pages_are_theirs_unless_the_owner_shares_them() {
    let mut fixture = Fixture::open(|connection| {
        let post = "select id from posts where slug = 'access-paid'";
        let at = "2024-01-01 00:00:00";
        for change in [
            format!("insert into gift_links (token, post_id, created_at) values ('gift', ({post}), '{at}')"),
            format!(
                "insert into post_gift_links (gift_link_token, post_id, created_at) values ('gift', ({post}), '{at}')"
            ),
        ] {
            connection.execute(&change, []).unwrap();
        }
    });
    let page = fixture.folder.path().join("content/themes/tested/page.hbs");
    std::fs::write(page, "{{@member.email}}").unwrap();
    let tier = |slug: &str| {
        Some(fixture.column(&format!("select id from products where slug = '{slug}'"))[0].clone())
    };
    let (free_tier, paid_tier) = (tier("free"), tier("default-product"));
    let free = fixture.member("free-00@readers.example");
    let paid = fixture.member("paid-15@readers.example");
    let Reader::Member(mut both) = paid.clone() else { panic!("not a member") };
    both.tiers.push(model::id::TierId::new("another"));
    let both = Reader::Member(both);
    let story = "/access-paid/";
    for reader in [&free, &paid, &both] {
        for path in [story, "/rss/", "/about/", "/access-paid/?gift=gift"] {
            assert_eq!(said(&fixture, path, reader), ("private", None), "{path}");
        }
    }
    fixture.publication.options.config.cache_members_content = true;
    fixture.publication.forget_files();
    assert_eq!(said(&fixture, story, &Reader::Anonymous), ("public", None));
    for path in [story, "/", "/rss/"] {
        assert_eq!(said(&fixture, path, &free), ("public", free_tier.clone()), "{path}");
        assert_eq!(said(&fixture, path, &paid), ("public", paid_tier.clone()), "{path}");
        assert_eq!(said(&fixture, path, &both), ("private", None), "{path}");
    }
    for reader in [&free, &paid] {
        assert_eq!(said(&fixture, "/about/", reader), ("private", None), "it shows her address");
        for path in ["/access-paid/?gift=gift", "/access-paid/?gift=none", "/access-public/?gift"] {
            assert_eq!(said(&fixture, path, reader), ("nobody", None), "{path}");
        }
    }
}
