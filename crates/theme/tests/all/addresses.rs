//! Addresses on sites in a folder and without one, and pictures there.

use theme::addresses::readable;
use theme::images::{ImageSize, image_url};
use theme::{Apps, SiteFacts};

fn site(url: &'static str) -> SiteFacts<'static> {
    SiteFacts {
        url,
        admin_url: None,
        timezone: "Etc/UTC",
        locale: "en",
        version: "6.65.0",
        safe_version: "6.65",
        assets_url: None,
        use_min_files: true,
        referrer_policy: "",
        structured_data: true,
        rss_url: None,
        apps: Apps {
            portal: "",
            comments: "",
            search: "",
            search_styles: "",
            announcement: "",
            admin_toolbar: "",
        },
    }
}

#[test]
fn sites_in_a_folder_keep_it() {
    let (plain, folder) = (site("https://site.example"), site("https://site.example/blog"));
    assert_eq!((plain.subdirectory(), plain.origin()), ("", "https://site.example"));
    assert_eq!((folder.subdirectory(), folder.origin()), ("/blog", "https://site.example"));
    assert_eq!(plain.path("/a/", false), "/a/");
    assert_eq!(folder.path("/a/", false), "/blog/a/");
    assert_eq!(folder.path("/a/", true), "https://site.example/blog/a/");
    assert_eq!(folder.path("/blog/a/", false), "/blog/a/");
    assert_eq!(folder.path("mailto:a@b.c", true), "mailto:a@b.c");
    assert_eq!(folder.path("#x", true), "#x");
    assert_eq!(plain.relative("https://site.example/a/?b#c"), "/a/?b#c");
    assert_eq!(plain.relative("http://SITE.example/a/"), "/a/");
    assert_eq!(plain.relative("https://other.example/a/"), "https://other.example/a/");
    assert_eq!(folder.relative("https://site.example/blog/a/"), "/blog/a/");
    assert_eq!(folder.relative("https://site.example/a/"), "https://site.example/a/");
    assert_eq!(folder.absolute("/a/"), "https://site.example/blog/a/");
    assert_eq!(folder.absolute("/blog/a/"), "https://site.example/blog/a/");
    assert_eq!(plain.absolute("a"), "a");
    assert_eq!(plain.join(&["/a//", "//b/", "/"]), "/a/b/");
    assert_eq!(folder.content_api(true), "https://site.example/blog/ghost/api/content/");
}

#[test]
fn navigation_leads_inside_and_outside() {
    let plain = site("https://site.example");
    for (url, relative, absolute) in [
        ("/", "/", "https://site.example/"),
        ("/a/", "/a/", "https://site.example/a/"),
        ("http://site.example/a/", "https://site.example/a/", "https://site.example/a/"),
        ("https://sub.site.example/a/", "https://sub.site.example/a/", "https://sub.site.example/a/"),
        ("mailto:me@site.example/", "mailto:me@site.example/", "mailto:me@site.example/"),
        ("#/portal/", "#/portal/", "#/portal/"),
    ] {
        assert_eq!(plain.navigation(url, false), relative, "{url}");
        assert_eq!(plain.navigation(url, true), absolute, "{url}");
    }
}

#[test]
fn pictures_get_sizes() {
    let folder = site("https://site.example/blog");
    let size = Some(ImageSize { width: Some(300.0), height: None });
    let url = |image, absolute| image_url(&folder, image, size, Some("webp"), absolute).into_owned();
    assert_eq!(url("/blog/content/images/a.jpg", false), "/blog/content/images/size/w300/format/webp/a.jpg");
    assert_eq!(
        url("/blog/content/images/a.jpg", true),
        "https://site.example/blog/content/images/size/w300/format/webp/a.jpg"
    );
    assert_eq!(
        url("https://site.example/blog/content/images/a.jpg", false),
        "/blog/content/images/size/w300/format/webp/a.jpg"
    );
    assert_eq!(
        url("https://site.example/content/images/a.jpg", false),
        "https://site.example/content/images/a.jpg"
    );
}

#[test]
fn addresses_for_people() {
    assert_eq!(readable("https://www.Example.com/a/b/?c#d"), "example.com/a/b");
    assert_eq!(readable("not an address"), "not an address");
}
