//! What a caller of the door relies on besides the recorded requests.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderValue, Method, StatusCode};
use model::desk::RelatedChoice;
use model::id::PostId;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::signature::{SignatureEncoding, Signer};
use serde_json::{Value, json};
use web::Request;

use crate::publication::{Publication, SITE};

/// The status of an answer and, of a failure, message and context.
fn told(response: &web::Response) -> (u16, String) {
    let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    let error = &body["errors"][0];
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    (response.status().as_u16(), format!("{}|{}", text("message"), text("context")))
}

#[test]
fn keys_are_checked_and_guessing_ends() {
    let publication = Publication::open();
    let with_key =
        |key: &str| publication.answer(&Request::get(&format!("/ghost/api/content/tags/?key={key}")));
    let admin_secret = publication.admin_key.split(':').nth(1).unwrap().to_owned();
    assert_eq!(told(&with_key(&admin_secret)), (401, "Invalid API Key type|".into()));
    for _ in 0..98 {
        assert_eq!(with_key("0123456789abcdef").status(), StatusCode::UNAUTHORIZED);
    }
    // A right key in between forgives; a hundred wrong ones in a row do not pass.
    assert_eq!(with_key(&publication.content_key).status(), StatusCode::OK);
    for _ in 0..100 {
        assert_eq!(with_key("0123456789abcdef").status(), StatusCode::UNAUTHORIZED);
    }
    assert_eq!(told(&with_key("0123456789abcdef")), (429, "Too many attempts.|".into()));
    assert_eq!(with_key(&publication.content_key).status(), StatusCode::TOO_MANY_REQUESTS);
}

#[test]
fn unknown_resources_need_no_key() {
    let publication = Publication::open();
    for path in ["nope/", "", "offers/", "tiers/x/", "posts/slug/a/b/", "admin/posts/", "../admin/posts/"] {
        let response = publication.answer(&Request::get(&format!("/ghost/api/content/{path}")));
        assert_eq!(told(&response), (404, "Resource not found|".into()), "{path}");
    }
    for path in
        ["/ghost/api/admin/posts/", "/ghost/api/", "/ghost/api", "/ghost/api/é", "/ghost/api/v5/content/"]
    {
        let response = publication.answer(&Request::get(path));
        assert_eq!(told(&response), (404, "Resource not found|".into()), "{path}");
        assert!(!response.headers().contains_key("access-control-allow-origin"), "{path}");
    }
}

#[test]
fn head_answers_as_get() {
    let publication = Publication::open();
    let mut head = Request::get(&format!("/ghost/api/content/tags/?key={}", publication.content_key));
    head.method = Method::HEAD;
    assert_eq!(publication.answer(&head).headers(), publication.get("tags/").headers());
}

/// A token of the members' service with these claims; `break_it` damages the signature.
fn token(publication: &Publication, header: Value, claims: Value, break_it: bool) -> String {
    let key: String = publication
        .connection
        .query_row("select value from settings where key = 'members_private_key'", (), |row| row.get(0))
        .unwrap();
    let key = rsa::RsaPrivateKey::from_pkcs1_pem(&key).unwrap();
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let mut signature = SigningKey::<sha2::Sha512>::new(key).sign(signed.as_bytes()).to_vec();
    if break_it {
        signature[7] ^= 1;
    }
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[test]
fn a_members_token_opens_what_is_for_all_members() {
    let publication = Publication::open();
    let now = publication.now.as_second();
    let good = json!({"sub": "a@b", "iss": format!("{SITE}/members/api"), "aud": SITE, "exp": now + 60});
    let changed = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        claims
    };
    let rs512 = json!({"alg": "RS512"});
    let ask = |token: &str, slug: &str| {
        let mut request = Request::get(&format!("/ghost/api/content/posts/slug/{slug}/?fields=access"));
        let value = HeaderValue::try_from(format!("GhostMembers {token}")).unwrap();
        request.headers.insert("authorization", value);
        let response = publication.answer(&request);
        publication.failures.forgive(None);
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        (response.status().as_u16(), body["posts"][0]["access"].as_bool())
    };
    let valid = token(&publication, rs512.clone(), good.clone(), false);
    assert_eq!(ask(&valid, "access-members"), (200, Some(true)));
    assert_eq!(ask(&valid, "access-paid"), (200, Some(false)));
    assert_eq!(ask(&valid, "access-tiers-1"), (200, Some(false)));
    for (claims, what) in [
        (changed("exp", json!(now)), "too old"),
        (changed("nbf", json!(now + 5)), "not yet"),
        (changed("iss", json!(SITE)), "of somebody else"),
        (changed("aud", json!(format!("{SITE}/members/api"))), "for another door"),
        (changed("aud", json!(null)), "for nobody"),
    ] {
        assert_eq!(
            ask(&token(&publication, rs512.clone(), claims, false), "access-members"),
            (401, None),
            "{what}"
        );
    }
    assert_eq!(ask(&token(&publication, rs512, good.clone(), true), "access-members"), (401, None));
    for alg in ["none", "HS512", "RS256"] {
        assert_eq!(
            ask(&token(&publication, json!({"alg": alg}), good.clone(), false), "access-members"),
            (401, None)
        );
    }
    for junk in ["x", "..", "a.b.c", &format!("{valid}."), valid.rsplit_once('.').unwrap().0] {
        assert_eq!(ask(junk, "access-members"), (401, None), "{junk}");
    }
}

#[test]
fn cookies_never_count() {
    let publication = Publication::open();
    let path = format!("/ghost/api/content/posts/slug/access-members/?key={}", publication.content_key);
    let mut request = Request::get(&path);
    let keys = std::fs::read(crate::publication::peer().join("fixture/keys.json")).unwrap();
    let keys: Value = serde_json::from_slice(&keys).unwrap();
    let cookie = keys["members"]["paid-15@readers.example"]["cookie"].as_str().unwrap();
    request.headers.insert("cookie", HeaderValue::from_str(cookie).unwrap());
    assert_eq!(publication.answer(&request).body(), publication.answer(&Request::get(&path)).body());
}

#[test]
fn requests_are_led_to_the_right_host() {
    let mut publication = Publication::open();
    publication.facts.admin = model::SiteUrl::parse("https://admin.example/blog").unwrap();
    let mut request =
        Request::get(&format!("/ghost/api/content/tags?key={}&limit=1", publication.content_key));
    let expected =
        format!("https://admin.example/blog/ghost/api/content/tags/?key={}&limit=1", publication.content_key);
    assert_eq!(publication.answer(&request).headers()["location"], expected);
    request.headers.insert("host", HeaderValue::from_static("admin.example"));
    assert_eq!(publication.answer(&request).headers()["location"], expected);
    request.secure = true;
    let expected = format!("/blog/ghost/api/content/tags/?key={}&limit=1", publication.content_key);
    assert_eq!(publication.answer(&request).headers()["location"], expected);
}

/// A gated story beside another says who may read it, in the words that stand on pages, in the publication's language.
#[test]
fn a_related_story_says_in_words_what_its_reader_can_do_with_it() {
    let mut publication = Publication::open();
    let id_of = |condition: &str| -> String {
        let sql = format!(
            "select id from posts where type = 'post' and status = 'published' and {condition} limit 1"
        );
        publication.connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    let (story, gated) = (id_of("slug = 'news-01'"), id_of("visibility = 'members'"));
    let file = publication.connection.path().unwrap().to_owned();
    let database = store::Database::open(file.as_ref(), &store::OpenOptions::default()).unwrap();
    let writer = store::Writer::start(&database, store::Chance::of_system(), |_| {}).unwrap();
    let (of, other, now) = (PostId::new(story.clone()), PostId::new(gated), publication.now);
    writer
        .write(move |tx| store::desk::choose(tx, &of, &other, RelatedChoice::Pinned, ("Ada Brandt", now)))
        .wait()
        .unwrap();
    for (locale, words) in [
        ("en", "For members. The beginning is open; the rest needs a free account."),
        ("de", "Für Mitglieder. Der Anfang ist frei; für den Rest braucht es ein kostenloses Konto."),
    ] {
        publication
            .connection
            .execute("update settings set value = ? where key = 'locale'", [locale])
            .unwrap();
        publication.read_facts();
        let answer = publication.json(&format!("posts/{story}/?include=related"));
        let beside = &answer["posts"][0]["related"][0];
        assert_eq!(
            (&beside["access"], beside["access_label"].as_str()),
            (&false.into(), Some(words)),
            "{answer}"
        );
    }
}
