//! Requests and texts that mean harm: scripts in texts, odd headers, paths that lead elsewhere, sheer length.

use http::{HeaderName, HeaderValue, Method, StatusCode};
use web::Request;

use crate::publication::{Fixture, themes, whole};

/// Ends scripts, attributes, elements and CDATA, whichever it stands in.
const SCRIPT: &str = "]]><evil/></script><script>alert(1)</script>\" onmouseover=\"alert(2)\" ' onfocus='alert(3)' \
                      <img src=x onerror=alert(4)> \\u003c \u{2028} --> & {{evil}}";
/// What of it no page may say raw.
const RAW: [&str; 4] = ["<evil", "<script>alert(1)", "\" onmouseover=\"", "<img src=x"];

#[test]
fn scripts_in_texts_stay_texts() {
    for theme in themes() {
        let fixture = Fixture::open_with(&theme, |connection| {
            for change in [
                "update posts set title = ?1, custom_excerpt = ?1",
                "update posts_meta set og_title = ?1, og_description = ?1, twitter_title = ?1, \
                 twitter_description = ?1, meta_title = ?1, meta_description = ?1, feature_image_alt = ?1, \
                 feature_image_caption = '<b>c</b><script>alert(1)</script><img src=x onerror=alert(4)><evil/>' || \
                 substr(?1, 1, 0)",
                "update tags set name = ?1 || name, description = ?1, meta_title = ?1, meta_description = ?1",
                "update users set name = ?1 || name, bio = ?1, location = ?1, meta_title = ?1",
                "update settings set value = ?1 where key in ('title', 'description', 'meta_title', \
                 'meta_description', 'og_title', 'twitter_title')",
            ] {
                connection.execute(change, [SCRIPT]).unwrap();
            }
        });
        let mut paths = vec!["/".to_owned(), "/tag/news/".into(), "/author/ada/".into(), "/not-here/".into()];
        paths.extend(
            fixture.column("select '/' || slug || '/' from posts where status = 'published' limit 40"),
        );
        let mut n_json = 0;
        for path in &paths {
            let response = fixture.get(path);
            assert!(!response.status().is_server_error(), "{path}: {}", response.status());
            let text = String::from_utf8_lossy(response.body()).into_owned();
            for raw in RAW {
                let at = text.find(raw);
                let near = at.map(|at| text[..at + raw.len()].chars().rev().take(160).collect::<Vec<_>>());
                let near = near.map(|near| near.into_iter().rev().collect::<String>());
                assert!(near.is_none(), "{}: {path} says {raw}: {near:?}", theme.display());
            }
            for piece in text.split("application/ld+json\">").skip(1) {
                let json = piece.split("</script>").next().unwrap();
                let json: serde_json::Value =
                    serde_json::from_str(json).unwrap_or_else(|error| panic!("{path}: {error}: {json}"));
                assert!(json.is_object());
                n_json += 1;
            }
        }
        assert!(n_json > 40, "only {n_json} pieces of JSON-LD were seen");
        for path in ["/rss/", "/tag/news/rss/", "/sitemap-posts.xml", "/sitemap-tags.xml"] {
            let text = String::from_utf8_lossy(fixture.get(path).body()).into_owned();
            assert!(!text.contains("]]><evil"), "{path}");
        }
    }
}

#[test]
fn odd_headers_alter_no_answer_that_may_be_kept() {
    let fixture = Fixture::open(|_| {});
    for path in [
        "/",
        "/access-paid-wall/",
        "/tag/news/",
        "/rss/",
        "/sitemap.xml",
        "/llms.txt",
        "/not-here/",
        "/tag/NEWS",
    ] {
        let plain = fixture.get(path);
        for (name, value) in [
            ("x-ghost-preview", "c=%23ff0000&icon=x&logo=x&cover=x&custom=%7B%7D"),
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "gopher"),
            ("forwarded", "host=evil.example;proto=https"),
            ("x-original-url", "/ghost/"),
            ("x-rewrite-url", "/ghost/"),
            ("x-http-method-override", "DELETE"),
            ("x-requested-with", "XMLHttpRequest"),
            ("accept-language", "de"),
            ("accept", "application/json"),
            ("user-agent", "evil\"><script>"),
            ("referer", "https://evil.example/"),
            ("origin", "https://evil.example"),
            ("cookie", "a=b; ghost-private=x; ghost-members-ssr"),
        ] {
            let mut request = Request::get(path);
            request.headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            let odd = fixture.answer(&request);
            assert_eq!(odd.status(), plain.status(), "{path} with {name}");
            assert_eq!(odd.body(), plain.body(), "{path} with {name}");
            // A miss with a cookie may be more private than one without; nothing may be less so.
            if name != "cookie" || plain.status() == StatusCode::OK {
                assert_eq!(odd.headers(), plain.headers(), "{path} with {name}");
            }
        }
    }
}

#[test]
fn no_path_leads_out_of_its_folder() {
    const SECRET: &str = "kept-outside-of-every-folder";
    let fixture = Fixture::open(|_| {});
    let content = fixture.publication.options.content.clone();
    let json = format!("{{\"secret\":\"{SECRET}\"}}");
    for place in [
        fixture.folder.path().join("secret.json"),
        content.join("secret.json"),
        content.join("themes/secret.json"),
    ] {
        std::fs::write(place, &json).unwrap();
    }
    std::fs::write(content.join("settings.txt"), SECRET).unwrap();
    std::fs::write(content.join("themes/tested/assets/inside.json"), "{}").unwrap();
    #[cfg(unix)]
    for kind in ["images", "media", "files", "themes/tested/assets"] {
        std::os::unix::fs::symlink(content.join("secret.json"), content.join(kind).join("link.json"))
            .unwrap();
    }
    let outside = fixture.folder.path().display().to_string();
    let ups = [
        "../",
        "..%2f",
        "..%2F",
        "%2e%2e/",
        "%2e%2e%2f",
        "%2E%2E%5C",
        "..\\",
        "..%5c",
        "....//",
        "..;/",
        "%252e%252e%252f",
        "..%00/",
        "%c0%ae%c0%ae/",
        "%uff0e%uff0e/",
        "x/../../",
        "x%2f..%2f..%2f",
        "./../",
        "%2e/%2e%2e/",
    ];
    let roots = [
        "/content/images/",
        "/content/images/size/w600/",
        "/content/images/size/w600/format/webp/",
        "/content/media/",
        "/content/files/",
        "/assets/",
        "/assets/built/",
        "/public/",
        "/",
        "/content/",
        "/tag/",
        "/p/",
    ];
    let mut n_asked = 0;
    for root in roots {
        let mut paths = vec![format!("{root}link.json"), format!("{root}{outside}/secret.json")];
        paths.push(format!("{root}%2F{}%2Fsecret.json", outside.replace('/', "%2F")));
        paths.push(format!("{root}secret.json%00.png"));
        for up in ups {
            for n in 1..=5 {
                for name in ["secret.json", "ghost.db", "secret.json%00.png", "settings.txt", "etc/passwd"] {
                    paths.push(format!("{root}{}{name}", up.repeat(n)));
                }
            }
        }
        for path in paths {
            n_asked += 1;
            let response = fixture.get(&path);
            let text = whole(&response);
            assert!(!response.status().is_server_error(), "{path}: {}", response.status());
            assert!(!text.contains(SECRET) && !text.contains("SQLite format"), "{path} is given away");
            assert!(!text.contains("root:x:0"), "{path} is given away");
        }
    }
    assert!(n_asked > 5000);
    assert_eq!(fixture.get("/assets/inside.json").status(), StatusCode::OK, "what is inside is given");
}

#[test]
fn names_in_the_settings_lead_nowhere_either() {
    for (key, value) in [
        ("locale", "../../secret"),
        ("locale", "/etc/passwd"),
        ("locale", "de\0"),
        ("active_theme", "../themes/tested"),
        ("active_theme", ".."),
        ("active_theme", "tested/../tested"),
        ("timezone", "../../../etc/passwd"),
        ("icon", "/content/images/../../ghost.db"),
    ] {
        let fixture = Fixture::open(|connection| {
            connection.execute("update settings set value = ?1 where key = ?2", [value, key]).unwrap();
        });
        std::fs::write(
            fixture.publication.options.content.join("themes/secret.json"),
            "{\"Posts\":\"leak-1\"}",
        )
        .unwrap();
        for path in ["/", "/access-paid/", "/favicon.png", "/rss/", "/assets/x.css"] {
            let response = fixture.get(path);
            let text = whole(&response);
            assert!(!text.contains("leak-1") && !text.contains("root:x:0"), "{key} {value}: {path}");
            // A theme that is not there is said to be missing; nothing else takes the site down.
            assert!(key == "active_theme" || !response.status().is_server_error(), "{key} {value}: {path}");
        }
    }
}

#[test]
fn length_alone_does_no_harm() {
    let fixture = Fixture::open(|_| {});
    let rules = "301:\n  ^(a+)+$: /x/\n  ^/(x|x)*y: /$1/\n  ^/((b*)*)*c: /$1$2/\n  ^/(.*)(.*)(.*)(.*)z$: /$4$3$2$1/\n  (?=x)y: /no/\n";
    let data = fixture.publication.options.content.join("data");
    std::fs::write(data.join("redirects.yaml"), rules).unwrap();
    let pieces = [
        "a",
        "a/",
        "/",
        "x",
        "b",
        "%2e",
        "%",
        "%ff",
        "page/2/",
        "rss/",
        "edit/",
        "tag/",
        "../",
        "é",
        "A",
        ".md",
        "p/",
        "\\",
        "{slug}/",
        "'",
        "<script>",
        "amp/",
        "%00",
        "size/w1/",
        "content/images/size/w600/",
    ];
    for piece in pieces {
        for front in ["/", "/tag/", "/p/", "/author/", "/content/images/size/", "/assets/", "/x/"] {
            for end in ["", "/", ".md", "rss/", "page/2/", "page/99999999999999999999/"] {
                let path = format!("{front}{}{end}", piece.repeat(2_000));
                let response = fixture.get(&path);
                assert!(!response.status().is_server_error(), "{front} {piece} {end}: {}", response.status());
                // An answer to nonsense is not a multiple of it.
                assert!(
                    response.body().len() < 200_000 + 12 * path.len(),
                    "{front} {piece} {end}: {}",
                    response.body().len()
                );
            }
        }
    }
    let long = "a".repeat(200_000);
    let pairs = "a=b&".repeat(50_000);
    for path in ["/", "/access-paid/", "/p/x/", "/rss/", "/content/images/x.png", "/not-here", "/private/"] {
        for query in [
            &long,
            &pairs,
            "%",
            "%ff=%fe",
            "member_status=%00",
            "r=%ff",
            "&&&&",
            "=",
            "?",
            "page=-1",
            "gift=x",
        ] {
            for method in
                [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS, Method::DELETE, Method::TRACE]
            {
                let request = Request { method, ..Request::get(&format!("{path}?{query}")) };
                let response = fixture.answer(&request);
                assert!(!response.status().is_server_error(), "{path}: {}", response.status());
            }
        }
        for name in
            ["cookie", "range", "accept", "if-none-match", "if-modified-since", "x-ghost-preview", "host"]
        {
            for value in [&long, &pairs, "bytes=-", "bytes=5-2", "bytes=99999999999999999999-", "\u{e9}"] {
                let mut request = Request::get(path);
                let name = HeaderName::from_static(name);
                request.headers.insert(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
                let response = fixture.answer(&request);
                assert!(!response.status().is_server_error(), "{path}: {}", response.status());
            }
        }
    }
}
