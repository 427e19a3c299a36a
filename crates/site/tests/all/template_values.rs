//! What templates of a theme see: `@member`, and the data that routes ask for. The words are the real Ghost's.

use model::Reader;
use web::Request;

use crate::publication::Fixture;

/// The plain theme with a template `probe.hbs`, which `/probe/` shows with some data.
fn probe(template: &str) -> Fixture {
    let fixture = Fixture::open(|_| {});
    let content = fixture.folder.path().join("content");
    std::fs::create_dir_all(content.join("settings")).unwrap();
    std::fs::write(content.join("themes/tested/probe.hbs"), template).unwrap();
    let routes = "routes:\n  /probe/:\n    template: probe\n    data:\n      \
        news:\n        type: browse\n        resource: posts\n        limit: 3\n      \
        topics:\n        type: browse\n        resource: tags\n        limit: 2\n        page: 2\n      \
        none:\n        type: browse\n        resource: posts\n        filter: slug:nothing-like-this\n\
        collections:\n  /:\n    permalink: /{slug}/\n    template: index\n";
    std::fs::write(content.join("settings/routes.yaml"), routes).unwrap();
    fixture
}

fn text(fixture: &Fixture, reader: &Reader) -> String {
    let response = fixture.made(&Request::get("/probe/"), reader).response;
    assert_eq!(response.status(), 200);
    String::from_utf8(response.body().to_vec()).unwrap()
}

#[test]
fn lists_of_routes_have_fields() {
    let cases = [
        ("{{news.length}} {{news.0.slug}} {{news.[1].slug}}", "3 hidden-title-post picture-heavy"),
        ("{{json news.pagination}}", r#"{"page":1,"limit":3,"pages":33,"total":97,"next":2,"prev":null} "#),
        (
            "{{#each news.posts}}{{slug}}@{{@index}} {{/each}}",
            "hidden-title-post@0 picture-heavy@1 long-read@2 ",
        ),
        ("{{#each news}}{{@key}}{{/each}}{{#news}}{{@index}}{{/news}}", "012012"),
        (
            "{{#foreach news limit=\"2\"}}{{slug}}{{@number}} {{/foreach}}",
            "hidden-title-post1 picture-heavy2 ",
        ),
        ("{{#with news}}{{length}} {{pagination.total}} {{posts.length}}{{/with}}", "3 97 3"),
        (
            "{{#if news}}y{{/if}}{{#if none}}y{{else}}n{{/if}}{{#none}}x{{else}}e{{/none}}{{#unless none}}u{{/unless}}",
            "yneu",
        ),
        ("{{none.pagination.total}}{{none.length}}{{none.posts.length}}{{news.meta}}", "000"),
        (
            "{{topics.pagination.page}} {{#each topics.tags}}{{slug}} {{/each}}",
            "2 hash-internal c-plus-plus ",
        ),
    ];
    for (template, expected) in cases {
        assert_eq!(text(&probe(template), &Reader::Anonymous), expected, "{template}");
    }
}

#[test]
fn members_see_their_subscriptions() {
    let fixture = probe("{{json @member.subscriptions}}");
    let seen = |email: &str| -> serde_json::Value {
        let text = text(&fixture, &fixture.member(email));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    };
    assert_eq!(seen("free-00@readers.example"), serde_json::json!([]));
    let paid = seen("paid-15@readers.example");
    assert_eq!(paid[0]["id"], "sub_0");
    assert_eq!(paid[0]["customer"]["email"], "paid-15@readers.example");
    assert_eq!(
        paid[0]["price"],
        serde_json::json!({
            "id": "price_0", "price_id": "6a0000000000000000000000", "nickname": "Monthly", "amount": 500,
            "interval": "month", "type": "recurring", "currency": "USD",
            "product": { "id": "prod_0", "name": "Reader", "product_id": "6b03e72f92ca2d208faff6da" },
        })
    );
    assert_eq!(paid[0]["tier"]["currency"], "USD");
    assert_eq!(paid[0]["current_period_end"], "2096-06-01T10:00:00.000Z");
    assert_eq!(paid.as_array().map(Vec::len), Some(1));
    let given = seen("comped-20@readers.example");
    assert_eq!(given[0]["id"], "");
    assert_eq!(given[0]["plan"]["nickname"], "Complimentary");
    assert_eq!(given[0]["start_date"], "2023-01-04T08:06:06.000Z");
    assert_eq!(given[0]["current_period_end"], "2097-01-01T00:00:00.000Z");
    assert_eq!(given[0]["tier"]["expiry_at"], 4_007_836_800_000_u64);
    assert_eq!(given[0].get("attribution"), None);
}

#[test]
fn a_subscription_that_was_never_completed_is_not_shown() {
    let fixture = probe("{{json @member.subscriptions}}");
    let statement = "update members_stripe_customers_subscriptions set status = 'incomplete'";
    fixture.connection.execute(statement, []).unwrap();
    assert_eq!(text(&fixture, &fixture.member("paid-15@readers.example")), "[] ");
}

#[test]
fn a_page_with_subscriptions_is_its_readers_alone() {
    let fixture = probe("{{#foreach @member.subscriptions}}{{status}}{{/foreach}}");
    let reader = fixture.member("paid-15@readers.example");
    let made = fixture.made(&Request::get("/probe/"), &reader);
    assert_eq!(made.response.body().as_ref(), b"active");
    assert!(!made.keep, "what only this member has is not kept for others");
}

#[test]
fn settings_of_a_theme_start_with_what_it_says_until_somebody_chooses() {
    let fixture = probe(
        "{{@custom.layout}} {{@custom.colour}} {{@custom.wide}} {{@custom.words}}|{{@custom.gone}}|{{@custom.typed}}",
    );
    let package = fixture.folder.path().join("content/themes/tested/package.json");
    let mut json: serde_json::Value = serde_json::from_slice(&std::fs::read(&package).unwrap()).unwrap();
    json["config"]["custom"] = serde_json::json!({
        "layout": { "type": "select", "options": ["left", "right"], "default": "left" },
        "colour": { "type": "color", "default": "#112233" },
        "wide": { "type": "boolean", "default": true },
        "words": { "type": "text" },
        "typed": { "type": "text", "default": "new" },
    });
    std::fs::write(&package, json.to_string()).unwrap();
    let choose = |key: &str, kind: &str, value: &str| {
        let statement = "insert into custom_theme_settings (id, theme, key, type, value) values (?1, 'tested', ?1, ?2, ?3)";
        fixture.connection.execute(statement, [key, kind, value]).unwrap();
    };
    choose("colour", "color", "#445566");
    // An option that the theme no longer has, a setting that it no longer has, one that was of another type.
    choose("layout", "select", "middle");
    choose("gone", "text", "gone");
    choose("typed", "boolean", "true");
    assert_eq!(text(&fixture, &Reader::Anonymous), "left #445566 true ||new");
}
