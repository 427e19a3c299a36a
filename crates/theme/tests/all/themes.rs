//! Reading themes: what is found, what is refused, layouts, texts, fingerprints, and what `check` says.

use std::path::{Path, PathBuf};

use serde_json::json;
use theme::check::{Level, check, check_theme};
use theme::package::{CardAssets, SettingKind};
use theme::{RenderError, Theme};

use crate::page::Page;

fn probe() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/helpers/theme")
}

/// A folder of its own for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("courant-theme-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(path, text).expect("the file is written");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_theme_is_read() {
    let theme = Theme::load(&probe()).expect("the theme loads");
    assert_eq!(theme.problems(), []);
    assert_eq!(
        theme.template_names().collect::<Vec<_>>(),
        ["author", "error", "index", "page", "post", "tag"]
    );
    assert_eq!(theme.pick(["home", "index"]), Some("index"));
    let package = theme.package();
    assert_eq!(
        (package.name.as_str(), package.version.as_str(), package.n_posts_per_page()),
        ("probe", "1.2.3", Some(3))
    );
    assert_eq!(package.card_assets, CardAssets::All);
    assert_eq!(package.image_size("s").and_then(|size| size.width), Some(300.0));
    assert_eq!(package.custom[0].kind, SettingKind::Select(vec!["One".into(), "Two".into()]));
    assert_eq!(package.custom[3].group.as_deref(), Some("homepage"));
    assert_eq!(theme.text("en", "Translated"), Some("Very <b>translated</b>"));
    assert_eq!(theme.text("de", "Translated"), Some("Very <b>translated</b>"));
    assert_eq!(theme.text("en", "Not there"), None);
    assert_eq!(theme.asset_hash("css/screen.css").as_deref(), Some("l2fpHp1LAzTlmh04"));
    assert_eq!(theme.asset_hash("../package.json"), None);
    assert_eq!(theme.asset("../package.json"), None);
    assert!(theme.asset("js/x.js").is_some());
}

#[test]
fn packages_without_settings_have_defaults() {
    let theme = Theme::from_files([("index.hbs", "x")]);
    assert_eq!(theme.package().n_posts_per_page(), Some(5));
    assert_eq!(theme.package().card_assets, CardAssets::All);
    let theme = Theme::from_files([
        ("index.hbs", "x"),
        ("package.json", r#"{"config": {"card_assets": {"exclude": ["gallery"]}}}"#),
    ]);
    assert_eq!(theme.package().card_assets, CardAssets::Except(vec!["gallery".into()]));
}

#[test]
fn links_and_what_is_no_theme_are_refused() {
    let folder = Folder::new("links");
    assert!(Theme::load(&folder.0).is_err());
    assert!(Theme::load(&folder.0.join("not-there")).is_err());
    folder.write("index.hbs", "x");
    folder.write("assets/a.css", "a");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/passwd", folder.0.join("assets/passwd")).expect("a link");
        std::os::unix::fs::symlink("/etc", folder.0.join("etc")).expect("a link");
        let theme = Theme::load(&folder.0).expect("the rest loads");
        assert_eq!(theme.asset("passwd"), None);
        assert_eq!(theme.asset_hash("passwd"), None);
        let files: Vec<&str> = theme.problems().iter().map(|problem| problem.file.as_str()).collect();
        assert_eq!(files, ["assets/passwd", "etc"]);
    }
}

#[test]
fn layouts_are_put_around() {
    let page = Page::new(json!({"title": "T"}));
    let theme = Theme::from_files([
        ("index.hbs", "{{!< default}}<p>{{title}}</p>"),
        ("default.hbs", "{{!< outer/frame}}<main>{{{body}}}</main>"),
        ("outer/frame.hbs", "<html>{{{body}}}</html>"),
        ("members/signup.hbs", "{{!< ../default}}s"),
        ("circle.hbs", "{{!< circle}}x"),
        ("lost.hbs", "{{!< nowhere}}x"),
        ("outside.hbs", "{{!< ../../etc/passwd}}x"),
    ]);
    let show = |name| page.render(&theme, name).map_err(|error| error.to_string());
    assert_eq!(show("index").as_deref(), Ok("<html><main><p>T</p></main></html>"));
    assert_eq!(show("members/signup").as_deref(), Ok("<html><main>s</main></html>"));
    assert!(show("circle").is_err_and(|error| error.contains("circle")));
    assert!(show("lost").is_err());
    assert!(show("outside").is_err());
    assert!(matches!(page.render(&theme, "nope"), Err(RenderError::NoTemplate(name)) if name == "nope"));
}

#[test]
fn parts_for_the_layout_are_set_aside() {
    let page = Page::new(json!({}));
    let theme = Theme::from_files([
        (
            "index.hbs",
            "{{!< default}}body{{#contentFor \"foot\"}}<script>{{/contentFor}}{{#contentFor \"foot\"}}two{{/contentFor}}",
        ),
        ("default.hbs", "{{{body}}}|{{{block \"foot\"}}}|{{{block \"head\"}}}"),
    ]);
    assert_eq!(page.render(&theme, "index").ok().as_deref(), Some("body|<script>\ntwo|"));
}

#[test]
fn broken_templates_matter_where_they_are_used() {
    let page = Page::new(json!({}));
    let theme = Theme::from_files([
        ("index.hbs", "fine"),
        ("post.hbs", "{{#if x}}"),
        ("page.hbs", "{{> broken}}"),
        ("partials/broken.hbs", "a\n{{/if}}"),
    ]);
    assert_eq!(page.render(&theme, "index").ok().as_deref(), Some("fine"));
    assert!(page.render(&theme, "post").is_err());
    assert!(page.render(&theme, "page").is_err());
    let places: Vec<(&str, u32)> =
        theme.problems().iter().map(|problem| (problem.file.as_str(), problem.line)).collect();
    assert_eq!(places, [("post.hbs", 1), ("partials/broken.hbs", 2)]);
}

#[test]
fn themes_are_checked() {
    assert_eq!(
        check(&probe()).iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "package.json: error: the setting \"choice\" is offered, and no template uses @custom.choice",
            "package.json: error: the setting \"flag\" is offered, and no template uses @custom.flag",
            "package.json: error: the setting \"tint\" is offered, and no template uses @custom.tint",
            "package.json: error: the setting \"words\" is offered, and no template uses @custom.words",
            "default.hbs: warning: no template calls {{ghost_head}}; scripts and metadata of the site will be missing",
            "default.hbs: warning: no template calls {{ghost_foot}}; scripts and metadata of the site will be missing",
        ]
    );
    let theme = Theme::from_files([
        ("index.hbs", "{{ghost_head}}{{ghost_foot}}\n  {{unknown x}}{{> gone}}{{@blog.title}}{{@nonsense}}"),
        ("locales/de.json", "{"),
        ("circle.hbs", "{{!< circle}}x"),
        ("custom.hbs", "{{@custom.x}}{{#*inline \"own\"}}{{/inline}}{{> own}}{{> navigation}}"),
    ]);
    let mut found: Vec<(Level, String, u32, u32)> = check_theme(&theme)
        .into_iter()
        .map(|finding| (finding.level, finding.problem.file, finding.problem.line, finding.problem.column))
        .collect();
    found.sort();
    let expected = [
        (Level::Fatal, "circle.hbs", 1, 1),
        (Level::Fatal, "index.hbs", 2, 3),
        (Level::Fatal, "locales/de.json", 1, 1),
        (Level::Fatal, "post.hbs", 0, 0),
        (Level::Error, "custom.hbs", 1, 3),
        (Level::Error, "index.hbs", 2, 16),
        (Level::Error, "index.hbs", 2, 28),
        (Level::Error, "index.hbs", 2, 43),
    ];
    let found: Vec<_> =
        found.iter().map(|(level, file, line, column)| (*level, file.as_str(), *line, *column)).collect();
    assert_eq!(found, expected);
}

/// What keeps Ghost's check from letting a theme in.
#[test]
fn words_of_earlier_times_are_told() {
    let folder = Folder::new("words");
    let write = |name: &str, text: &str| folder.write(name, text);
    write("package.json", "{}");
    write(
        "post.hbs",
        "{{ghost_head}}{{ghost_foot}}{{#post}}{{title}}{{feature_image}}{{author.name}}{{/post}}",
    );
    write(
        "index.hbs",
        "<i>{{image}}</i>\n  {{#if cover}}x{{/if}}{{post.author.name}}{{#if a b}}y{{/if}}{{#if ../author}}z{{/if}}\n\
         {{> (concat \"a\")}}{{#> (concat \"a\")}}{{/undefined}}{{tags.[0].image}}{{cover_image}}{{foreach}}",
    );
    let mut found: Vec<(String, u32, u32)> = check(&folder.0)
        .into_iter()
        .filter(|finding| finding.level == Level::Fatal)
        .map(|finding| (finding.problem.file, finding.problem.line, finding.problem.column))
        .collect();
    found.sort();
    let places: Vec<(&str, u32, u32)> =
        found.iter().map(|(file, line, column)| (file.as_str(), *line, *column)).collect();
    assert_eq!(
        places,
        [
            ("index.hbs", 1, 4),
            ("index.hbs", 2, 3),
            ("index.hbs", 2, 24),
            ("index.hbs", 2, 44),
            ("index.hbs", 2, 63),
            ("index.hbs", 3, 1),
            ("index.hbs", 3, 52),
        ]
    );
}

#[test]
fn a_list_is_needed_to_go_through() {
    let page = Page::new(json!({"list": []}));
    for template in ["{{foreach}}", "{{#foreach}}x{{/foreach}}", "{{foreach list}}"] {
        let error = page.show(template).unwrap_err();
        assert!(error.contains("foreach is a block and needs a list"), "{template}: {error}");
    }
    for nothing in ["{{#foreach list}}x{{else}}y{{/foreach}}", "{{#foreach missing}}x{{else}}y{{/foreach}}"] {
        assert_eq!(page.show(nothing).as_deref(), Ok("y"), "{nothing}");
    }
}

#[test]
fn themes_are_shared_between_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Theme>();
}

#[test]
fn hostile_templates_end() {
    let page = Page::new(json!({"list": (0..50).collect::<Vec<_>>()}));
    let nested = "{{#foreach @root.list}}".repeat(8) + "x" + &"{{/foreach}}".repeat(8);
    assert!(page.show(&nested).is_err_and(|error| error.starts_with("[index.hbs] ")));
    for template in [
        "{{date \"2024-01-01\" format=(concat list list list separator=\"[[[LLLL\\\\\")}}",
        "{{t (concat \"{\" \"a\")}}{{date \"🦀\" format=\"🦀[🦀]\\\\🦀\" locale=\"🦀\" timezone=\"🦀\"}}",
        "{{encode \"🦀\"}}{{img_url \"🦀://🦀\" size=\"🦀\"}}{{readable_url \"🦀:🦀\"}}{{color_to_rgba \"🦀🦀\"}}{{color_to_rgba \"é\"}}",
        "{{#get \"posts\" filter=\"{{🦀}}{{\" limit=-5}}{{/get}}{{#foreach list from=-9 to=99999999999999999999 columns=0}}{{/foreach}}",
        "{{#has number=\"nth:0\" tag=\"count:99999999999999999999999\" any=\"@,@.,.,[\"}}{{/has}}{{price 1e308 currency=\"USD\"}}",
        "{{tags from=\"-3\" to=\"-1\"}}{{page_url 1e30}}{{excerpt words=-1}}{{content characters=-1}}{{link_class for=\"###///\"}}",
        "{{asset \"../../../../etc/passwd\"}}{{asset \"#\"}}{{asset \"/\"}}{{json list}}{{split \"é\" separator=\"\"}}",
    ] {
        let shown = page.show(template);
        assert!(shown.is_ok(), "{template}: {shown:?}");
    }
}
