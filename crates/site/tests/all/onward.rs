//! Addresses that lead on or give away: tracked links, offers, gifts, the way off letters.

use http::{Method, StatusCode};
use model::Reader;
use rusqlite::Connection;
use web::{Request, Response};

use crate::publication::{Fixture, SITE, whole};

const UUID: &str = "098c23bb-7a09-4b9c-b9bd-bf50465fde95";

fn location(response: &Response) -> &str {
    response.headers().get("location").map_or("", |location| location.to_str().unwrap())
}

fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn with_links(connection: &Connection) {
    let at = "2024-01-01 00:00:00";
    for (number, (code, to)) in [
        ("plain", "https://example.com/page?ref=x"),
        ("query", "https://example.com/e?u=%%{uuid}%%&z=1"),
        ("path", "https://example.com/e/%%%7Buuid%7D%%/x"),
        ("twice", "https://example.com/e?u=%25%25%7Buuid%7D%25%25&z=a%20b"),
        ("own", "__GHOST_URL__/about/"),
        ("broken", "/about/"),
    ]
    .into_iter()
    .enumerate()
    {
        let change = "insert into redirects (id, \"from\", \"to\", created_at) values (?1, ?2, ?3, ?4)";
        connection.execute(change, [&format!("{number:024}"), &format!("/r/{code}"), to, at]).unwrap();
    }
    let tier: String =
        connection.query_row("select id from products where slug = 'patron'", [], |row| row.get(0)).unwrap();
    for (token, status) in [("bought", "purchased"), ("unpaid", "payment_pending")] {
        let change = "insert into gifts (id, token, tier_id, cadence, duration, currency, amount, status) \
                      values (?1, ?2, ?3, 'year', 2, 'usd', 100, ?4)";
        connection.execute(change, [&format!("{token:0>24}"), token, &tier, status]).unwrap();
    }
    for (token, slug, is_live) in [
        ("paid", "access-paid", true),
        ("older", "access-paid", false),
        ("tiers", "access-tiers-1", true),
        ("page", "paid-page", true),
    ] {
        let change = "insert into gift_links (token, post_id, created_at) select ?1, id, ?3 from posts where slug = ?2";
        connection.execute(change, [token, slug, at]).unwrap();
        if is_live {
            let change = "insert into post_gift_links (gift_link_token, post_id, created_at) \
                          select ?1, id, ?3 from posts where slug = ?2";
            connection.execute(change, [token, slug, at]).unwrap();
        }
    }
}

#[test]
fn tracked_links_lead_where_they_were_meant_to() {
    let fixture = Fixture::open(with_links);
    let to = |path: &str| location(&fixture.get(path)).to_owned();
    assert_eq!(to("/r/plain"), "https://example.com/page?ref=x");
    assert_eq!(to(&format!("/r/query?m={UUID}")), format!("https://example.com/e?u={UUID}&z=1"));
    assert_eq!(to("/r/query?m=%25%25"), "https://example.com/e?u=&z=1");
    assert_eq!(to(&format!("/r/path?m={UUID}")), format!("https://example.com/e/{UUID}/x"));
    assert_eq!(to(&format!("/r/twice?m={UUID}")), format!("https://example.com/e?u={UUID}&z=a%20b"));
    assert_eq!(to("/r/own"), format!("{SITE}/about/"));
    for other in ["/r/broken", "/r/none", "/r/PLAIN"] {
        assert_eq!(to(other), format!("{other}/"), "no link: the path gets its slash as any other");
    }
    let response = fixture.get("/r/plain");
    assert_eq!(response.status(), StatusCode::FOUND);
    assert_eq!(header(&response, "x-robots-tag"), "noindex, nofollow");
    assert!(!fixture.made(&Request::get("/r/plain"), &Reader::Anonymous).keep);
}

#[test]
fn links_of_letters_tell_who_opened_them() {
    let click = |path: &str| {
        let request = Request::get(path);
        site::onward::click(&request).map(|(path, uuid)| (path.to_owned(), uuid))
    };
    assert_eq!(click(&format!("/r/plain?x=1&m={UUID}")), Some(("/r/plain".to_owned(), UUID.to_owned())));
    for other in ["/r/plain", "/r/plain?m=", "/r/plain?m=nobody", &format!("/about/?m={UUID}")] {
        assert_eq!(click(other), None, "{other}");
    }
    let request = Request { method: Method::POST, ..Request::get(&format!("/r/plain?m={UUID}")) };
    assert_eq!(site::onward::click(&request), None);
}

fn with_redirects(fixture: &Fixture) {
    let file = fixture.folder.path().join("content/data/redirects.json");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, r#"[{"from":"/old","to":"/about/","permanent":true}]"#).unwrap();
}

/// What the real Ghost answered, method by method.
#[test]
fn forms_are_led_on_only_to_what_is_there() {
    let fixture = Fixture::open(with_links);
    with_redirects(&fixture);
    let ask = |method: Method, path: &str| {
        let response = fixture.answer(&Request { method, ..Request::get(path) });
        (response.status().as_u16(), location(&response).to_owned(), header(&response, "allow").to_owned())
    };
    let nothing = |status| (status, String::new(), String::new());
    let to = |path: &str| (301, path.to_owned(), String::new());
    assert_eq!(ask(Method::POST, "/about"), to("/about/"));
    assert_eq!(ask(Method::POST, "/ABOUT/"), to("/about/"));
    for path in ["/nothere", "/old", "/r/plain", "/r/nothere", "/tag/nothere"] {
        assert_eq!(ask(Method::POST, path), nothing(404), "{path}");
        assert_eq!(ask(Method::PUT, path), nothing(404), "{path}");
    }
    assert_eq!(ask(Method::PUT, "/about"), nothing(404));
    assert_eq!(ask(Method::OPTIONS, "/old"), (200, String::new(), "GET,HEAD".to_owned()));
    assert_eq!(ask(Method::OPTIONS, "/nothere"), to("/nothere/"));
    assert_eq!(ask(Method::OPTIONS, "/about/"), (200, String::new(), "POST,GET,HEAD".to_owned()));
    for gift in ["/gift/x", "/gift/x/", "/Gift/x.y", "/gift/x/image", "/gift/x/Image/"] {
        assert_eq!(ask(Method::OPTIONS, gift), (200, String::new(), "GET,HEAD".to_owned()), "{gift}");
    }
    assert_eq!(ask(Method::OPTIONS, "/gift/x/y"), to("/gift/x/y/"));
    assert_eq!(ask(Method::OPTIONS, "/gift/"), (200, String::new(), "POST,GET,HEAD".to_owned()));
}

/// What the real Ghost answered to browsers on other sites.
#[test]
fn other_sites_are_told_apart() {
    let fixture = Fixture::open(|_| {});
    let ask = |method: Method, path: &str, origin: &str| {
        let mut request = Request { method, ..Request::get(path) };
        request.headers.insert("origin", origin.parse().unwrap());
        fixture.answer(&request)
    };
    for origin in [SITE, "http://localhost:9", "https://127.0.0.1"] {
        for path in ["/", "/about/", "/nothere", "/robots.txt", "/content/files/x.pdf"] {
            let response = ask(Method::OPTIONS, path, origin);
            assert_eq!(response.status(), StatusCode::NO_CONTENT, "{path} from {origin}");
            let methods = header(&response, "access-control-allow-methods");
            assert_eq!(methods, "GET,HEAD,PUT,PATCH,POST,DELETE");
        }
    }
    for origin in ["https://elsewhere.example", "null", "x:", "file://"] {
        assert_eq!(ask(Method::OPTIONS, "/about/", origin).status(), StatusCode::OK, "{origin}");
        assert_eq!(ask(Method::GET, "/about/", origin).status(), StatusCode::OK, "{origin}");
    }
    for origin in ["nonsense", "//x", "http://", "https://127.0.0.1:5200, https://b"] {
        for method in [Method::GET, Method::POST, Method::OPTIONS] {
            for path in ["/about/", "/robots.txt", "/sitemap.xml", "/r/plain"] {
                let response = ask(method.clone(), path, origin);
                assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{method} {path} from {origin}");
            }
        }
        assert_ne!(ask(Method::GET, "/ghost/", origin).status(), StatusCode::BAD_REQUEST, "{origin}");
    }
}

#[test]
fn names_that_lead_out_are_refused_whether_there_is_something_or_not() {
    let fixture = Fixture::open(|_| {});
    for path in [
        "/content/images/../../ghost.db",
        "/content/images/%2e%2e/x",
        "/content/images/..%5cx.png",
        "/content/files/a/../../x",
    ] {
        assert_eq!(fixture.get(path).status(), StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(fixture.get("/content/images/.x").status(), StatusCode::NOT_FOUND);
}

#[test]
fn offers_open_the_portal_and_no_other_site() {
    let fixture = Fixture::open(|_| {});
    let id = &fixture.column("select id from offers where code = 'spring'")[0];
    for (path, front) in [
        ("/spring", "/"),
        ("/spring/", "/"),
        ("/spring?a=1", "/?a=1"),
        ("/x/spring/", "/x/"),
        ("//evil.example/spring", "/evil.example/"),
        ("/\\evil.example/spring", "/%5Cevil.example/"),
    ] {
        let response = fixture.get(path);
        assert_eq!(response.status(), StatusCode::FOUND, "{path}");
        assert_eq!(location(&response), format!("{front}#/portal/offers/{id}"), "{path}");
    }
    for path in ["/SPRING", "/springs", "/spring/x"] {
        assert_eq!(location(&fixture.get(path)), format!("{path}/"), "{path}");
    }
}

#[test]
fn backslashes_lead_to_no_other_site() {
    let fixture = Fixture::open(|_| {});
    for path in ["/\\evil.example", "/\\evil.example/amp/", "/x\\..\\\\evil.example", "/%5Cevil.example"] {
        let response = fixture.get(path);
        let target = url::Url::parse(SITE).unwrap().join(location(&response)).unwrap();
        assert!(target.as_str().starts_with(SITE), "{path} leads to {target}");
    }
}

#[test]
fn gifts_of_a_membership_are_told_when_paid_for() {
    let fixture = Fixture::open(with_links);
    let page = fixture.get("/gift/bought");
    assert_eq!(page.status(), StatusCode::OK);
    let text = whole(&page);
    assert!(text.contains("2-year Patron membership to The Courant"), "{text}");
    assert!(text.contains(&format!("{SITE}/#/portal/gift/redeem/bought")), "{text}");
    for none in ["/gift/unpaid", "/gift/none", "/gift/bought'"] {
        let response = fixture.get(none);
        assert_eq!((response.status(), location(&response)), (StatusCode::FOUND, "http://127.0.0.1:2368/"));
    }
}

#[test]
fn a_gift_opens_one_story_and_nothing_beside_it() {
    let fixture = Fixture::open(|connection| {
        with_links(connection);
        for slug in ["access-paid", "access-tiers-1", "paid-page"] {
            let change = "update posts set html = html || '<p>zqx' || replace(slug, '-', '') || 'zqx</p>', \
                          custom_excerpt = 'An excerpt.' where slug = ?";
            connection.execute(change, [slug]).unwrap();
        }
    });
    // A page that also shows other stories whole would give them away if the gift opened more than its own.
    let post = fixture.folder.path().join("content/themes/tested/post.hbs");
    std::fs::write(&post, "{{#post}}{{content}}{{/post}}{{#get \"posts\" limit=\"all\"}}{{#foreach posts}}{{content}}{{/foreach}}{{/get}}{{ghost_foot}}").unwrap();
    let word = |slug: &str| format!("zqx{}zqx", slug.replace('-', ""));
    for reader in [Reader::Anonymous, fixture.member("free-00@readers.example")] {
        for (path, opens) in [
            ("/access-paid/?gift=paid", Some("access-paid")),
            ("/access-paid/?a=1&gift=paid", Some("access-paid")),
            ("/access-tiers-1/?gift=tiers", Some("access-tiers-1")),
            ("/paid-page/?gift=page", Some("paid-page")),
            ("/access-paid/", None),
        ] {
            let made = fixture.made(&Request::get(path), &reader);
            assert_eq!(made.response.status(), StatusCode::OK, "{path}");
            let text = whole(&made.response);
            for slug in ["access-paid", "access-tiers-1", "paid-page"] {
                assert_eq!(text.contains(&word(slug)), opens == Some(slug), "{path} and {slug}");
            }
            if opens.is_some() {
                assert!(!made.keep, "{path} is kept for others");
                assert_eq!(header(&made.response, "x-robots-tag"), "noindex");
                assert_eq!(header(&made.response, "referrer-policy"), "no-referrer");
                assert!(header(&made.response, "cache-control").contains("no-store"), "{path}");
                assert!(text.contains("gift-toast"), "{path}");
            }
        }
        for (path, to) in [
            ("/access-paid/?gift=older", "/access-paid/"),
            ("/access-paid/?gift=tiers&a=1", "/access-paid/?a=1"),
            ("/access-paid/?gift=", "/access-paid/"),
            ("/access-paid/?gift[]=paid", "/access-paid/"),
            ("/access-paid/?gift=paid&gift=paid", "/access-paid/"),
            ("/access-paid.md?gift=paid&x", "/access-paid.md?x"),
            ("/paid-page/?gift=paid", "/paid-page/"),
            ("/about/?gift=paid", "/about/"),
        ] {
            let made = fixture.made(&Request::get(path), &reader);
            assert_eq!(made.response.status(), StatusCode::MOVED_PERMANENTLY, "{path}");
            assert_eq!(location(&made.response), to, "{path}");
            assert!(header(&made.response, "cache-control").contains("no-store"), "{path}: a secret is kept");
        }
    }
}

#[test]
fn the_way_off_letters() {
    let fixture = Fixture::open(|_| {});
    let secret = &fixture.column("select value from settings where key = 'members_email_auth_secret'")[0];
    let key = {
        use hmac::{Hmac, Mac};
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(UUID.as_bytes());
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let post = |query: &str| {
        let request = Request { method: Method::POST, ..Request::get(&format!("/unsubscribe/{query}")) };
        fixture.answer(&request).status()
    };
    assert_eq!(post(&format!("?uuid={UUID}&key={key}")), StatusCode::CREATED);
    // Whether there is such a member is not told: the key says who may ask.
    for wrong in [
        String::new(),
        format!("?uuid={UUID}"),
        format!("?uuid={UUID}&key="),
        format!("?uuid={UUID}&key={}", key.replace(&key[..1], "z")),
        format!("?uuid=ffffffff-7a09-4b9c-b9bd-bf50465fde95&key={key}"),
        format!("?uuid={UUID}&key={}", &key[..62]),
    ] {
        assert_eq!(post(&wrong), StatusCode::BAD_REQUEST, "{wrong}");
    }
    let get = |query: &str| fixture.get(&format!("/unsubscribe/{query}"));
    assert_eq!(get("").status(), StatusCode::BAD_REQUEST);
    assert_eq!(
        location(&get("?key=k&uuid=a+b%26c&newsletter=n&x=1")),
        format!("{SITE}/?uuid=a+b%26c&newsletter=n&key=k&action=unsubscribe")
    );
}

#[test]
fn the_admin_app_may_have_its_own_host() {
    let mut fixture = Fixture::open(|_| {});
    for path in ["/ghost", "/ghost/", "/ghost/x/"] {
        assert!(!location(&fixture.get(path)).contains("admin.example"), "{path}");
    }
    fixture.publication.options.admin = model::SiteUrl::parse("https://admin.example").unwrap();
    fixture.publication.forget_files();
    for (path, to) in [
        ("/ghost", "https://admin.example/ghost/"),
        ("/ghost/", "https://admin.example/ghost/"),
        ("/ghost/editor/post", "https://admin.example/ghost/editor/post/"),
        ("/ghost//evil.example", "https://admin.example/ghost/evil.example/"),
    ] {
        let response = fixture.get(path);
        assert_eq!((response.status(), location(&response)), (StatusCode::MOVED_PERMANENTLY, to), "{path}");
    }
    assert!(location(&fixture.get("/ghostly/")).is_empty());
}

#[test]
fn a_tags_own_code_has_the_publications_address() {
    let fixture = Fixture::open(|connection| {
        let change =
            "update tags set codeinjection_head = '<link href=\"__GHOST_URL__/t.css\">' where slug = 'city'";
        assert_eq!(connection.execute(change, []).unwrap(), 1);
    });
    let page = whole(&fixture.get("/tag/city/"));
    assert!(page.contains(&format!("<link href=\"{SITE}/t.css\">")) && !page.contains("__GHOST_URL__"));
}

#[test]
fn a_file_that_was_not_changed_is_not_sent_again() {
    let fixture = Fixture::open(|_| {});
    let path = "/content/images/2024/05/market.png";
    let first = fixture.get(path);
    let changed = first.headers().get("last-modified").expect("when it was changed").clone();
    let ask = |since: &str| {
        let mut request = Request::get(path);
        request.headers.insert("if-modified-since", since.parse().unwrap());
        web::finish::Finished::new(fixture.answer(&request)).answer(&request, false).status()
    };
    assert_eq!(ask(changed.to_str().unwrap()), 304);
    assert_eq!(ask("Mon, 01 Jan 2001 00:00:00 GMT"), 200);
    assert_eq!(ask("the day before yesterday"), 200);
}
