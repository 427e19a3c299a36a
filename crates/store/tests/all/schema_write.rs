//! Acts of writing that the test with the real Ghost does not reach, read back as rows.

use model::id::{AuthorId, MemberId, NewsletterId, PostId, TierId};
use model::{MemberStatus, Visibility};
use rusqlite::Connection;
use store::keys::KeyKind;
use store::write::{self, NewIntegration, NewKey, NewMember, NewPost, NewTier, TierPrice};
use store::{Chance, Database, OpenOptions, WriteError, WriteTransaction, Writer};
use tempfile::TempDir;

use crate::schema_create::{new_publication, now};

/// Writes into a new publication; then asks it.
fn check<E: From<WriteError> + Send + 'static>(
    change: impl FnMut(&WriteTransaction<'_>) -> Result<(), E> + Send + 'static,
    questions: &[(&str, &str)],
) -> Result<(), E> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ghost.db");
    store::schema::create(&path, &new_publication(), now(), Chance::sequence(7)).unwrap();
    let database = Database::open(&path, &OpenOptions::default()).unwrap();
    let answer = Writer::start(&database, Chance::sequence(9), |_| {}).unwrap().write(change).wait();
    let connection = Connection::open(&path).unwrap();
    for (sql, expected) in questions {
        let found: String =
            connection.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert_eq!(&found, expected, "{sql}");
    }
    answer
}

fn tier(tx: &WriteTransaction<'_>, slug: &str) -> NewTier {
    NewTier {
        id: TierId::new(tx.new_id(now())),
        name: slug.to_uppercase(),
        slug: slug.into(),
        description: Some(String::new()),
        welcome_page_url: None,
        is_public: true,
        trial_days: 7,
        price: Some(TierPrice { currency: "eur".into(), monthly: 300, yearly: 3000 }),
        benefits: vec![("No ads".into(), "no-ads".into()), ("Archive".into(), "archive".into())],
    }
}

fn member(tx: &WriteTransaction<'_>, email: &str) -> NewMember {
    NewMember {
        id: MemberId::new(tx.new_id(now())),
        uuid: tx.new_uuid(),
        transient_id: tx.new_uuid(),
        email: email.into(),
        name: Some(String::new()),
        note: None,
        status: MemberStatus::Comped,
        tiers: vec![],
        newsletters: vec![],
        source: "import",
    }
}

#[test]
fn tiers_members_and_gated_posts_hang_together() {
    let change = |tx: &WriteTransaction<'_>| -> Result<(), WriteError> {
        let (silver, gold) = (tier(tx, "silver"), tier(tx, "gold"));
        write::add_tier(tx, &silver, now())?;
        write::add_tier(tx, &gold, now())?;
        let mut member = member(tx, "ada@readers.example");
        member.tiers =
            vec![(gold.id.clone(), Some("2027-01-01T00:00:00Z".parse().unwrap())), (silver.id, None)];
        write::add_member(tx, &member, now())?;
        let author =
            write::edit_owner(tx, ("Ada", "ada"), "ada@herald.example", &tx.closed_password(), now())?;
        let mut post = NewPost::draft(PostId::new(tx.new_id(now())), tx.new_uuid(), "Gold", "gold", author);
        post.visibility = Visibility::Tiers;
        post.tiers = vec![gold.id];
        post.html = Some(String::new());
        post.meta.email_only = true;
        write::add_post(tx, &post, now())
    };
    check(
        change,
        &[
            ("SELECT group_concat(slug || ':' || type || ':' || yearly_price) FROM products WHERE currency = 'eur'", "silver:paid:3000,gold:paid:3000"),
            ("SELECT count(*) || ' benefits, ' || (SELECT count(*) FROM products_benefits) || ' given' FROM benefits", "2 benefits, 4 given"),
            ("SELECT group_concat(sort_order || coalesce(expiry_at, '-'), ' ') FROM members_products", "02027-01-01 00:00:00 1-"),
            ("SELECT email || status || (name IS NULL) || (SELECT to_status FROM members_status_events) FROM members", "ada@readers.examplecomped1comped"),
            ("SELECT source || (SELECT count(*) FROM members_product_events WHERE action = 'added') FROM members_created_events", "import2"),
            ("SELECT p.visibility || x.sort_order || (p.html IS NULL) FROM posts p JOIN posts_products x ON x.post_id = p.id", "tiers01"),
            ("SELECT group_concat(email_only || (meta_title IS NULL)) FROM posts_meta", "11"),
            ("SELECT created_at FROM posts WHERE slug = 'gold' AND comment_id = id", "2026-03-01 07:30:00"),
        ],
    )
    .unwrap();
}

#[test]
fn an_integration_has_its_keys() {
    let change = |tx: &WriteTransaction<'_>| -> Result<(), WriteError> {
        let content =
            NewKey { id: tx.new_id(now()), kind: KeyKind::Content, secret: tx.new_secret(26), role: None };
        let admin = NewKey {
            id: tx.new_id(now()),
            kind: KeyKind::Admin,
            secret: tx.new_secret(64),
            role: Some("Admin Integration"),
        };
        let integration = NewIntegration {
            id: tx.new_id(now()),
            kind: "custom",
            name: "Reader app".into(),
            slug: "reader-app".into(),
            description: None,
            keys: vec![content, admin],
        };
        write::add_integration(tx, &integration, now())
    };
    let about = "SELECT group_concat(k.type || length(k.secret) || coalesce(r.name, '') || typeof(k.created_at)) FROM api_keys k
        LEFT JOIN roles r ON r.id = k.role_id JOIN integrations i ON i.id = k.integration_id WHERE i.slug = 'reader-app'";
    check(change, &[(about, "content26integer,admin64Admin Integrationinteger")]).unwrap();
}

#[test]
fn what_refers_to_nothing_is_refused_and_leaves_nothing() {
    let nothing = [
        ("SELECT cast(count(*) AS text) FROM posts", "2"),
        ("SELECT cast(count(*) AS text) FROM members", "0"),
    ];
    let stranger = |tx: &WriteTransaction<'_>| -> Result<(), WriteError> {
        let nobody = AuthorId::new("000000000000000000000000");
        let post = NewPost::draft(PostId::new(tx.new_id(now())), tx.new_uuid(), "x", "x", nobody);
        write::add_post(tx, &post, now())
    };
    assert!(matches!(check(stranger, &nothing), Err(WriteError::Dangling)));
    let unsigned = |tx: &WriteTransaction<'_>| -> Result<(), WriteError> {
        let mut post =
            NewPost::draft(PostId::new(tx.new_id(now())), tx.new_uuid(), "x", "x", AuthorId::new("1"));
        post.authors.clear();
        write::add_post(tx, &post, now())
    };
    assert!(matches!(check(unsigned, &nothing), Err(WriteError::Refused(_))));
    let subscriber = |tx: &WriteTransaction<'_>| -> Result<(), WriteError> {
        let mut member = member(tx, "ada@readers.example");
        member.newsletters = vec![NewsletterId::new("none")];
        write::add_member(tx, &member, now())
    };
    assert!(matches!(check(subscriber, &nothing), Err(WriteError::Dangling)));
    let unknown = |tx: &WriteTransaction<'_>| write::set_setting(tx, "no_such_key", Some("x"), now());
    assert!(matches!(check(unknown, &nothing), Err(WriteError::Absent("setting"))));
}
