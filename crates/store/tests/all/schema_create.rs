//! A new publication's database is what Ghost 6.65 itself makes: compared with the fixture, which Ghost made.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use store::schema::{
    CreateError, NewOwner, NewPublication, SigningKey, create, known_migrations, known_tables,
};
use store::{Chance, Database, OpenOptions, PostKey, PostRead, Writer};
use tempfile::TempDir;

use model::SiteUrl;

use crate::fixture;

pub fn now() -> jiff::Timestamp {
    "2026-03-01T07:30:00Z".parse().unwrap()
}

pub fn new_publication() -> NewPublication {
    let key =
        |name: &str| SigningKey { private: format!("{name} private"), public: format!("{name} public") };
    NewPublication {
        title: "The Herald".into(),
        description: "News of the valley".into(),
        locale: "en".into(),
        timezone: "Europe/Berlin".into(),
        theme: "source".into(),
        owner: None,
        first_posts: true,
        site_key: key("site"),
        members_key: key("members"),
    }
}

fn created() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ghost.db");
    create(&path, &new_publication(), now(), Chance::sequence(7)).unwrap();
    (folder, path)
}

/// The rows of a query, each as one line.
fn lines(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let n_columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cells: Vec<String> = (0..n_columns)
            .map(|column| match row.get_ref_unwrap(column) {
                rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                other => format!("{other:?}"),
            })
            .collect();
        Ok(cells.join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn tables_keys_and_indexes_are_ghosts() {
    let (_folder, path) = created();
    let (ours, ghosts) = (Connection::open(path).unwrap(), fixture::database());
    let tables = lines(&ghosts, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    assert_eq!(lines(&ours, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"), tables);
    assert_eq!(known_tables().len(), 96);
    for table in &tables {
        for about in [
            format!("SELECT * FROM pragma_table_xinfo('{table}')"),
            format!("SELECT * FROM pragma_foreign_key_list('{table}')"),
            format!(
                "SELECT name, \"unique\", origin, partial FROM pragma_index_list('{table}') ORDER BY name"
            ),
        ] {
            assert_eq!(lines(&ours, &about), lines(&ghosts, &about), "{about}");
        }
    }
    let columns = "SELECT m.name, x.* FROM sqlite_master m JOIN pragma_index_xinfo(m.name) x
                   WHERE m.type = 'index' ORDER BY m.name, x.seqno";
    assert_eq!(lines(&ours, columns), lines(&ghosts, columns));
    // The stored words as well: a later migration of Ghost reads them to rebuild a table.
    let words = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'view'
                 AND name <> 'sqlite_sequence' ORDER BY type, name";
    let (ours, ghosts) = (lines(&ours, words), lines(&ghosts, words));
    assert_eq!(ours.len(), ghosts.len());
    for (ours, ghosts) in ours.iter().zip(&ghosts) {
        assert_eq!(ours, ghosts);
    }
}

#[test]
fn the_bookkeeping_is_ghosts() {
    let (_folder, path) = created();
    let (ours, ghosts) = (Connection::open(path).unwrap(), fixture::database());
    let migrations = "SELECT id, name, version, currentVersion FROM migrations ORDER BY id";
    assert_eq!(lines(&ours, migrations), lines(&ghosts, migrations));
    assert_eq!(known_migrations().len(), 349);
    let lock = "SELECT lock_key, locked FROM migrations_lock";
    assert_eq!(lines(&ours, lock), lines(&ghosts, lock));
    assert_eq!(
        lines(&ours, "SELECT * FROM sqlite_sequence"),
        lines(&ghosts, "SELECT * FROM sqlite_sequence")
    );
}

#[test]
fn roles_permissions_settings_and_integrations_are_ghosts() {
    let (_folder, path) = created();
    let (ours, ghosts) = (Connection::open(path).unwrap(), fixture::database());
    for about in [
        "SELECT name, description FROM roles ORDER BY name",
        "SELECT name, object_type, action_type, object_id FROM permissions ORDER BY name, object_type, action_type",
        "SELECT r.name, p.name, p.object_type, p.action_type FROM permissions_roles x
         JOIN roles r ON r.id = x.role_id JOIN permissions p ON p.id = x.permission_id ORDER BY 1, 2, 3, 4",
        "SELECT \"group\", \"key\", type, flags FROM settings ORDER BY \"key\"",
        "SELECT i.type, i.name, i.slug, i.description, k.type, length(k.secret), r.name FROM integrations i
         LEFT JOIN api_keys k ON k.integration_id = i.id LEFT JOIN roles r ON r.id = k.role_id
         WHERE i.type <> 'custom' ORDER BY i.slug",
        "SELECT title, slug, description, type, filter, feature_image FROM collections ORDER BY slug",
        "SELECT slug, background_color, button_color, show_badge FROM email_design_settings",
        "SELECT typeof(created_at), typeof(updated_at) FROM settings GROUP BY 1, 2",
        "SELECT typeof(created_at), typeof(updated_at) FROM api_keys GROUP BY 1, 2",
    ] {
        assert_eq!(lines(&ours, about), lines(&ghosts, about), "{about}");
    }
    assert_eq!(lines(&ours, "SELECT count(*) FROM permissions"), ["Integer(141)"]);
    assert_eq!(lines(&ours, "SELECT count(*) FROM permissions_roles"), ["Integer(449)"]);
}

#[test]
fn settings_hold_what_was_given_and_secrets_of_the_right_length() {
    let (_folder, path) = created();
    let ours = Connection::open(path).unwrap();
    let settings: BTreeMap<String, String> =
        lines(&ours, "SELECT \"key\" || '=' || coalesce(value, '') FROM settings")
            .into_iter()
            .map(|line| line.split_once('=').map(|(key, value)| (key.into(), value.into())).unwrap())
            .collect();
    for (key, value) in [
        ("title", "The Herald"),
        ("description", "News of the valley"),
        ("timezone", "Europe/Berlin"),
        ("active_theme", "source"),
        ("ghost_private_key", "site private"),
        ("members_public_key", "members public"),
        ("require_email_mfa", "0.0"),
        ("navigation", r#"[{"label":"Home","url":"/"},{"label":"About","url":"/about/"}]"#),
    ] {
        assert_eq!(settings[key], value, "{key}");
    }
    for (key, n_digits) in [
        ("admin_session_secret", 64),
        ("theme_session_secret", 64),
        ("members_email_auth_secret", 128),
        ("members_otc_secret", 128),
        ("machine_payments_secret", 128),
        ("public_hash", 30),
        ("indexnow_api_key", 32),
    ] {
        let value = &settings[key];
        assert_eq!(value.len(), n_digits, "{key}");
        assert!(value.bytes().all(|byte| byte.is_ascii_hexdigit()), "{key}");
    }
    for key in ["db_hash", "site_uuid"] {
        assert_eq!(settings[key].len(), 36);
        assert_eq!(settings[key].as_bytes()[14], b'4', "version 4");
    }
    let secrets =
        "SELECT count(*) - count(DISTINCT value) FROM settings WHERE \"key\" LIKE '%_secret' AND value <> ''";
    assert_eq!(lines(&ours, secrets), ["Integer(0)"], "all different");
}

#[test]
fn the_view_names_the_subscription_that_ghosts_names() {
    let (_folder, path) = created();
    let ours = Connection::open(path).unwrap();
    let view = &lines(&ours, "SELECT sql FROM sqlite_master WHERE type = 'view'")[0];
    let ghosts = fixture::database();
    ghosts.execute_batch(&view.replacen("members_resolved_subscription", "ours", 1)).unwrap();
    // Each member gets up to four subscriptions of mixed states and dates, equal dates among them.
    ghosts
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
             DELETE FROM members_stripe_customers; DELETE FROM members_stripe_customers_subscriptions;
             INSERT INTO members_stripe_customers (id, member_id, customer_id, created_at)
             SELECT 'c' || row_number() OVER (), id, 'cus' || row_number() OVER (), created_at FROM members;
             WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
             INSERT INTO members_stripe_customers_subscriptions (id, customer_id, subscription_id, stripe_price_id,
                 status, current_period_end, start_date, created_at, updated_at, plan_id, plan_nickname, plan_interval, plan_amount, plan_currency)
             SELECT printf('%024x', i * 7919 % 997), 'cus' || (i * 31 % 21 + 1), 'sub' || i, 'p',
                 substr('active    trialing  past_due  unpaid    canceled  incompleteended     ', i * 17 % 7 * 10 + 1, 10),
                 '2026-01-01', '2026-01-01', date('2025-01-01', '+' || (i * 13 % 5) || ' days'), '2026-01-01', 'p', 'p', 'month', 1, 'usd' FROM n;
             UPDATE members_stripe_customers_subscriptions SET status = trim(status);
             UPDATE members_stripe_customers_subscriptions SET status = 'canceled' WHERE customer_id IN ('cus3', 'cus4');
             UPDATE members_stripe_customers_subscriptions SET status = 'incomplete_expired' WHERE customer_id = 'cus5';",
        )
        .unwrap();
    let answer = lines(&ghosts, "SELECT * FROM members_resolved_subscription ORDER BY 1");
    assert!(answer.len() >= 15, "{}", answer.len());
    assert_eq!(lines(&ghosts, "SELECT member_id, subscription_id FROM ours ORDER BY 1"), answer);
}

#[test]
fn it_is_opened_read_and_written() {
    let (_folder, path) = created();
    let database = Database::open(&path, &OpenOptions::default()).unwrap();
    assert!(database.is_writable());
    let reader = database.reader().unwrap();
    let snapshot = reader.snapshot().unwrap();
    let site = SiteUrl::parse("https://herald.example").unwrap();
    let read = PostRead::published(model::PostKind::Post, PostKey::Slug("coming-soon"));
    let post = store::posts::read(&snapshot, &read).unwrap().expect("the first post");
    let post = post.for_reader(&model::Reader::Anonymous, &site);
    assert_eq!(post.title, "The Herald is coming soon");
    assert_eq!(post.primary_tag().unwrap().slug, "news");
    assert_eq!(post.primary_author().unwrap().slug, "ghost-user");
    let read = PostRead::published(model::PostKind::Page, PostKey::Slug("about"));
    assert!(store::posts::read(&snapshot, &read).unwrap().is_some());
    drop(snapshot);
    let writer = Writer::start(&database, Chance::sequence(8), |_| {}).unwrap();
    let title = [("title".to_owned(), Some("The Courier".to_owned()))];
    let act = crate::acts_requests::act(model::edit::Actor::System, now());
    let changed = writer.write(move |tx| store::acts::settings::edit(tx, &act, &title)).wait().unwrap();
    assert_eq!(changed, ["title"]);
    drop(writer);
    let connection = Connection::open(&path).unwrap();
    assert_eq!(lines(&connection, "SELECT value FROM settings WHERE \"key\" = 'title'"), ["The Courier"]);
    assert_eq!(lines(&connection, "PRAGMA integrity_check"), ["ok"]);
    assert!(lines(&connection, "PRAGMA foreign_key_check").is_empty());
}

#[test]
fn the_same_chance_and_instant_make_the_same_file() {
    let ((_one, first), (_two, second)) = (created(), created());
    assert!(fs::read(first).unwrap() == fs::read(second).unwrap());
}

#[test]
fn ids_are_unique_and_in_order() {
    let mut chance = Chance::of_system();
    let ids: Vec<String> = (0..1000).map(|_| chance.id(now())).collect();
    assert!(ids.iter().all(|id| id.len() == 24 && id.starts_with("69a3eaf8")), "{}", ids[0]);
    // The counter starts anywhere and may pass its end once.
    assert!(ids.windows(2).filter(|pair| pair[0] >= pair[1]).count() <= 1);
    let other = Chance::of_system().id(now());
    assert!(!ids.contains(&other));
    assert_ne!(chance.uuid(), chance.uuid());
}

#[test]
fn an_owner_that_is_given_may_sign_in() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ghost.db");
    let owner = NewOwner {
        name: "Ada Lovelace".into(),
        slug: "ada".into(),
        email: "ada@herald.example".into(),
        password_hash: "$2b$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234".into(),
    };
    let publication = NewPublication { owner: Some(owner), first_posts: false, ..new_publication() };
    create(&path, &publication, now(), Chance::sequence(1)).unwrap();
    let connection = Connection::open(&path).unwrap();
    let about = "SELECT u.slug, u.status, r.name FROM users u JOIN roles_users x ON x.user_id = u.id JOIN roles r ON r.id = x.role_id";
    assert_eq!(lines(&connection, about), ["ada|active|Owner"]);
    assert_eq!(lines(&connection, "SELECT count(*) FROM posts"), ["Integer(0)"]);
    assert!(!format!("{publication:?}").contains("$2b$"), "no secrets in the log");
    assert!(!format!("{publication:?}").contains("site private"), "no secrets in the log");
}

#[test]
fn nothing_is_overwritten_and_nothing_left_behind() {
    let (folder, path) = created();
    let before = fs::read(&path).unwrap();
    let error = create(&path, &new_publication(), now(), Chance::sequence(2)).unwrap_err();
    assert!(matches!(error, CreateError::Exists(_)) && error.to_string().contains("ghost.db"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(names_in(folder.path()), ["ghost.db"]);
    let error = create(&folder.path().join("no/ghost.db"), &new_publication(), now(), Chance::sequence(2))
        .unwrap_err();
    assert!(matches!(error, CreateError::Disk(..)), "{error}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0, "secrets lie in it");
    }
}

#[test]
fn generated_keys_are_what_ghost_reads() {
    let key = SigningKey::generate().unwrap();
    assert!(key.private.starts_with("-----BEGIN RSA PRIVATE KEY-----\n"));
    assert!(key.public.starts_with("-----BEGIN RSA PUBLIC KEY-----\n"));
    assert!(key.public.ends_with("-----END RSA PUBLIC KEY-----\n"));
    // 2048 bits: the modulus and its wrapping take 270 bytes, 360 digits of base64.
    assert_eq!(
        key.public.lines().skip(1).take_while(|line| !line.starts_with('-')).map(str::len).sum::<usize>(),
        360
    );
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}
