//! A private publication: nobody passes without the code, and its door leads nowhere else.

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode};
use web::{Request, Response};

use crate::publication::{Fixture, SITE, whole};

fn private() -> Fixture {
    Fixture::open(|connection| {
        for (key, value) in [("is_private", "true"), ("password", "open sesame")] {
            connection.execute("update settings set value = ?1 where key = ?2", [value, key]).unwrap();
        }
    })
}

/// Shows a code at the door, with the place to go to afterwards.
fn show(fixture: &Fixture, code: &str, then: &str) -> Response {
    let mut request = Request::get(&format!("/private/?r={then}"));
    request.method = Method::POST;
    request.body = Bytes::from(format!("password={}", code.replace(' ', "+")));
    request.client = Some([203, 0, 113, 7].into());
    fixture.answer(&request)
}

fn location(response: &Response) -> &str {
    response.headers().get("location").map_or("", |location| location.to_str().unwrap())
}

#[test]
fn every_door_leads_to_the_one_that_asks_for_the_code() {
    let fixture = private();
    let title = &fixture.column("select title from posts where slug = 'access-members'")[0].clone();
    let mut paths: Vec<String> =
        fixture.column("select slug from posts").iter().map(|slug| format!("/{slug}/")).collect();
    paths.extend(
        ["/", "/rss/", "/feed/", "/page/2/", "/tag/news/", "/tag/news/rss/", "/author/ada/", "/sitemap.xml"]
            .map(str::to_owned),
    );
    paths.extend(
        [
            "/sitemap-posts.xml",
            "/llms.txt",
            "/llms-full.txt",
            "/access-members.md",
            "/not-here/",
            "/not-here.md",
        ]
        .map(str::to_owned),
    );
    paths.extend(fixture.column("select '/p/' || uuid || '/' from posts"));
    paths.extend(fixture.column("select '/email/' || uuid || '/' from posts"));
    for path in paths {
        for method in [Method::GET, Method::HEAD, Method::POST] {
            let request = Request { method: method.clone(), ..Request::get(&path) };
            let response = fixture.made(&request, &model::Reader::Anonymous);
            assert!(!response.keep, "{path} is kept");
            let response = response.response;
            assert_eq!(response.status(), StatusCode::FOUND, "{method} {path}");
            assert!(location(&response).starts_with("/private/?r="), "{path}: {}", location(&response));
            assert!(!whole(&response).contains(title.as_str()), "{path}");
            assert!(response.headers()["cache-control"].to_str().unwrap().contains("private"), "{path}");
        }
    }
    // These are for everybody: without them neither the door nor a story shared elsewhere looks right.
    for path in ["/robots.txt", "/favicon.ico", "/public/cards.min.css", "/private/"] {
        let response = fixture.get(path);
        assert!(!location(&response).contains("/private/"), "{path}");
        assert!(!response.status().is_client_error(), "{path}: {}", response.status());
    }
}

#[test]
fn the_right_code_opens_and_a_wrong_one_does_not() {
    let fixture = private();
    for wrong in ["", " ", "open", "OPEN SESAME", "open sesame ", "open sesame\0"] {
        let response = show(&fixture, wrong, "%2Faccess-members%2F");
        assert_eq!(response.status(), StatusCode::OK, "{wrong:?}");
        assert!(response.headers().get("set-cookie").is_none(), "{wrong:?}");
    }
    let response = show(&fixture, "open sesame", "%2Faccess-members%2F");
    assert_eq!((response.status(), location(&response)), (StatusCode::FOUND, "/access-members/"));
    let set = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(set.contains("HttpOnly") && !set.contains("sesame"), "{set}");
    let cookie = set.split(';').next().unwrap();
    let with = |cookie: &str| {
        let mut request = Request::get("/access-members/");
        request.headers.insert("cookie", HeaderValue::from_str(cookie).unwrap());
        fixture.made(&request, &model::Reader::Anonymous)
    };
    let inside = with(cookie);
    assert_eq!(inside.response.status(), StatusCode::OK);
    assert!(!inside.keep, "a page from behind the door is kept for those in front of it");
    // `{}`, `{"token":"","salt":""}`, an empty object's list, and no base64 at all.
    let half = &cookie[..cookie.len() / 2];
    for forged in
        ["ghost-private=e30=", "ghost-private=eyJ0b2tlbiI6IiIsInNhbHQiOiIifQ==", "ghost-private=W10=", half]
    {
        assert_eq!(with(forged).response.status(), StatusCode::FOUND, "{forged}");
    }
}

#[test]
fn the_door_leads_to_no_other_site() {
    let fixture = private();
    for then in [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%2F%2Fevil.example",
        "%2F%2Fevil.example%2F",
        "%2F%5Cevil.example",
        "%09//evil.example",
        "/%09/evil.example",
        "%0A//evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:evil.example",
        "http:///evil.example",
        "http://127.0.0.1:2368@evil.example/",
        "http://127.0.0.1:2368.evil.example/",
        "http://127.0.0.1:2369/",
        "http://127.0.0.1:2368//evil.example",
        "/.//evil.example",
        "/a/..//evil.example",
        "/x%0D%0ASet-Cookie:%20a=b",
    ] {
        let response = show(&fixture, "open sesame", then);
        assert_eq!(response.status(), StatusCode::FOUND, "{then}");
        let base = url::Url::parse(SITE).unwrap();
        let target = base.join(location(&response)).unwrap();
        assert_eq!(target.origin(), base.origin(), "{then} leads to {target}");
        assert_eq!(response.headers().get_all("set-cookie").iter().count(), 1, "{then}");
    }
}

#[test]
fn guessing_ends() {
    let fixture = private();
    for n in 1..=100 {
        assert_eq!(show(&fixture, "guess", "/").status(), StatusCode::OK, "guess {n}");
    }
    for code in ["guess", "open sesame"] {
        let response = show(&fixture, code, "/");
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert!(response.headers().get("set-cookie").is_none());
        assert_eq!(response.headers()["retry-after"], "3600");
    }
    // Others are not kept out by it.
    let mut request = Request::get("/private/");
    request.method = Method::POST;
    request.body = Bytes::from_static(b"password=open+sesame");
    request.client = Some([203, 0, 113, 8].into());
    assert_eq!(fixture.answer(&request).status(), StatusCode::FOUND);
}

#[test]
fn feeds_have_a_secret_address() {
    let fixture = Fixture::open(|connection| {
        for (key, value) in
            [("is_private", "true"), ("password", "open sesame"), ("public_hash", "0123secret")]
        {
            connection.execute("update settings set value = ?1 where key = ?2", [value, key]).unwrap();
        }
    });
    let feed = fixture.get("/0123secret/rss/");
    assert_eq!(feed.status(), StatusCode::OK);
    // Whoever follows the feed's own word for its address must get it again.
    assert!(
        whole(&feed).contains(&format!("<atom:link href=\"{SITE}/0123secret/rss/\"")),
        "{}",
        whole(&feed)
    );
    assert_eq!(location(&fixture.get("/0123secret/rss")), "/0123secret/rss/");
    assert_eq!(fixture.get("/author/ada/0123secret/rss/").status(), StatusCode::OK);
    // What is not there looks as everything else does from in front of the door.
    for path in ["/tag/not-here/0123secret/rss/", "/rss/", "/0123secret/", "/other/rss/", "/0123secret/feed/"]
    {
        let response = fixture.get(path);
        assert!(location(&response).starts_with("/private/?r="), "{path}: {}", whole(&response));
    }
    for path in ["/", "/0123secret/rss/", "/private/", "/content/images/none.png"] {
        assert!(fixture.get(path).headers().get("x-llms-txt").is_none(), "{path}");
    }
}
