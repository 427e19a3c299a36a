//! Acts that no request of the real Ghost reaches: new users, what happens by itself, a post that becomes a page.

use jiff::Timestamp;
use model::edit::member::{HeldTier, MemberEdit};
use model::edit::post::{PostEdit, PostEvent};
use model::edit::user::{NewUser, StaffRole, UserEdit};
use model::edit::{Actor, Change};
use model::id::{MemberId, PostId, TierId};
use model::{PostKind, PostStatus, Refusal};
use rusqlite::Connection;
use store::acts::{clicks, members, posts, schedule, users};
use store::{Act, ActError, Chance, Database, OpenOptions, WriteTransaction, Writer};
use tempfile::TempDir;

use crate::acts_requests::act;
use crate::open_files::publication;

struct Desk {
    _folder: TempDir,
    writer: Writer,
    database: Database,
    eye: Connection,
}

impl Desk {
    fn open() -> Self {
        let (folder, path) = publication();
        let database = Database::open(&path, &OpenOptions::default()).unwrap();
        let writer = Writer::start(&database, Chance::sequence(1), |_| {}).unwrap();
        Desk { _folder: folder, writer, database, eye: Connection::open(&path).unwrap() }
    }

    fn write<T: Send + 'static>(
        &self,
        at: &str,
        change: impl Fn(&WriteTransaction<'_>, &Act) -> Result<T, ActError> + Send + 'static,
    ) -> Result<T, ActError> {
        let act = act(Actor::System, at.parse().unwrap());
        self.writer.write(move |tx| change(tx, &act)).wait()
    }

    fn waiting(&self) -> Vec<schedule::Scheduled> {
        let reader = self.database.reader().unwrap();
        schedule::waiting(&reader.snapshot().unwrap()).unwrap()
    }

    fn text(&self, sql: &str) -> String {
        self.eye.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }
}

const NOON: &str = "2026-11-25T12:00:00Z";

#[test]
fn a_new_user_gets_her_first_name_as_slug_while_it_is_free() {
    let desk = Desk::open();
    let add = |name: &str, email: &str| {
        let new = NewUser {
            profile: UserEdit {
                name: Change::To(name.into()),
                email: Change::To(email.into()),
                ..UserEdit::default()
            },
            password_hash: "$2b$10$hash".into(),
            role: StaffRole::SuperEditor,
            is_active: true,
        };
        assert!(!format!("{new:?}").contains("$2b$"), "no hashes in the log");
        desk.write(NOON, move |tx, act| users::add(tx, act, &new))
    };
    add("Olga Pérez", "olga@courant.example").unwrap();
    add("Olga Pérez", "olga-2@courant.example").unwrap();
    add("Olga Pérez", "olga-3@courant.example").unwrap();
    let slugs =
        "select group_concat(slug, ' ') from (select slug from users where email like 'olga%' order by id)";
    assert_eq!(desk.text(slugs), "olga olga-perez olga-perez-2");
    let about = "select r.name || ' ' || u.status || ' ' || u.accessibility from users u \
                 join roles_users x on x.user_id = u.id join roles r on r.id = x.role_id where u.slug = 'olga'";
    assert_eq!(desk.text(about), r#"Super Editor active {"nightShift":"system"}"#);
    for (name, email) in
        [("Otto", "OLGA@courant.example"), ("", "o@courant.example"), ("Otto", ""), ("Otto", "o")]
    {
        let answer = add(name, email);
        assert!(
            matches!(answer, Err(ActError::Refused(Refusal::Invalid { .. }))),
            "{name} {email}: {answer:?}"
        );
    }
}

#[test]
fn what_is_scheduled_goes_out_when_it_is_due() {
    let desk = Desk::open();
    let schedule = |title: &'static str, kind: PostKind, at: &str| {
        let edit = PostEdit {
            title: Change::To(title.into()),
            status: Change::To(PostStatus::Scheduled),
            published_at: Change::To(Some(at.parse().unwrap())),
            ..PostEdit::default()
        };
        desk.write(NOON, move |tx, act| posts::add(tx, act, kind, &edit)).unwrap()
    };
    schedule("Second", PostKind::Page, "2026-11-25T13:00:01Z");
    schedule("First", PostKind::Post, "2026-11-25T13:00:00Z");
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let all = desk.waiting();
    assert_eq!(all[0].at, at("2026-11-25T13:00:00Z"));
    assert_eq!((all[1].at, all[1].kind), (at("2026-11-25T13:00:01Z"), PostKind::Page));
    // The fixture's own, planned for a day far away.
    assert!(all.len() > 2 && all[2..].iter().all(|post| post.at > at("2050-01-01T00:00:00Z")));
    let publish = |post: &schedule::Scheduled, at: &str| {
        let post = post.clone();
        desk.write(at, move |tx, act| schedule::publish(tx, act, &post)).unwrap()
    };
    assert_eq!(publish(&all[0], "2026-11-25T12:59:59Z"), None, "too early");
    let out = publish(&all[0], "2026-11-25T13:00:00Z").expect("it is due");
    assert_eq!(out.events, [PostEvent::Published, PostEvent::Edited]);
    assert_eq!(publish(&all[0], "2026-11-25T13:00:00Z"), None, "once");
    assert_eq!(desk.waiting()[..1], all[1..2]);
    // After a night without anybody there, too, and with the planned date.
    assert!(publish(&all[1], "2026-11-26T09:00:00Z").is_some());
    let dates = "select group_concat(title || ' ' || status || ' ' || published_at, ', ') from \
                 (select * from posts where title in ('First', 'Second') order by published_at)";
    assert_eq!(desk.text(dates), "First published 2026-11-25 13:00:00, Second published 2026-11-25 13:00:01");
}

#[test]
fn letters_wait_for_somebody_who_can_send_them() {
    let desk = Desk::open();
    let edit = PostEdit {
        title: Change::To("Letter".into()),
        status: Change::To(PostStatus::Scheduled),
        published_at: Change::To(Some("2026-11-25T13:00:00Z".parse().unwrap())),
        email_only: Change::To(true),
        newsletter: Some(("default-newsletter".into(), None)),
        ..PostEdit::default()
    };
    let letter = desk.write(NOON, move |tx, act| posts::add(tx, act, PostKind::Post, &edit)).unwrap();
    assert_eq!(desk.text("select status from posts where title = 'Letter'"), "scheduled");
    assert!(desk.waiting().iter().all(|post| post.id != letter.id));
}

#[test]
fn a_tier_given_for_a_time_is_taken_back() {
    let desk = Desk::open();
    let patron = TierId::new(desk.text("select id from products where slug = 'patron'"));
    let add = |email: &str, ends_at: Option<&str>| {
        let tier = HeldTier { id: patron.clone(), ends_at: ends_at.map(|at| at.parse().unwrap()) };
        let edit = MemberEdit {
            email: Change::To(email.into()),
            tiers: Change::To(vec![tier]),
            ..MemberEdit::default()
        };
        desk.write(NOON, move |tx, act| members::add(tx, act, &edit)).unwrap().id
    };
    let short = add("short@readers.example", Some("2026-12-01T00:00:00Z"));
    add("long@readers.example", Some("2027-12-01T00:00:00Z"));
    add("endless@readers.example", None);
    let end = |at: &str| -> Vec<MemberId> {
        desk.write(at, members::end_given_tiers).unwrap().into_iter().map(|saved| saved.id).collect()
    };
    // The fixture has a tier that ran out long ago; it goes first.
    let old = end("2026-11-30T23:59:59Z");
    assert!(!old.contains(&short));
    assert_eq!(end("2026-12-01T00:00:00Z"), [short]);
    let statuses = "select group_concat(email || ' ' || status, ', ') from (select * from members \
                    where email in ('short@readers.example', 'long@readers.example', 'endless@readers.example') order by id)";
    assert_eq!(
        desk.text(statuses),
        "short@readers.example free, long@readers.example comped, endless@readers.example comped"
    );
    let told = "select group_concat(e.from_status || ' ' || e.to_status) from members_status_events e \
                join members m on m.id = e.member_id where m.email = 'short@readers.example' and e.from_status is not null";
    assert_eq!(desk.text(told), "comped free");
    assert!(end("2026-12-01T00:00:00Z").is_empty(), "once");
}

#[test]
fn a_post_becomes_a_page_and_a_post_again() {
    let desk = Desk::open();
    let id = |slug: &str| {
        PostId::new(desk.text(&format!("select id from posts where slug = '{slug}' order by type desc")))
    };
    let convert =
        |kind: PostKind, id: PostId| desk.write(NOON, move |tx, act| posts::convert(tx, act, (kind, &id)));
    let news = id("news-01");
    let there = convert(PostKind::Post, news.clone()).unwrap();
    assert_eq!(there.left, [PostEvent::Unpublished, PostEvent::Deleted]);
    assert_eq!(there.came, [PostEvent::Added, PostEvent::Published]);
    let about = format!("select type || ' ' || slug || ' ' || updated_at from posts where id = '{news}'");
    assert_eq!(desk.text(&about), "page news-01 2026-11-25 12:00:00");
    assert!(matches!(
        convert(PostKind::Post, news.clone()),
        Err(ActError::Refused(Refusal::NotFound { .. }))
    ));
    convert(PostKind::Page, news.clone()).unwrap();
    assert_eq!(desk.text(&about), "post news-01 2026-11-25 12:00:00");
    // A page may have the slug of a post; a second post may not.
    let edit = PostEdit { slug: Change::To("news-01".into()), ..PostEdit::default() };
    let page = id("about");
    let of_page = page.clone();
    desk.write(NOON, move |tx, act| posts::edit(tx, act, (PostKind::Page, &of_page), &edit)).unwrap();
    let sql = format!("update posts set slug = 'news-01' where id = '{page}'");
    desk.eye.execute(&sql, []).unwrap();
    convert(PostKind::Page, page.clone()).unwrap();
    assert_eq!(
        desk.text(&format!("select type || ' ' || slug from posts where id = '{page}'")),
        "post news-01-2"
    );
    let letter = PostId::new(desk.text("select id from posts where status = 'sent' limit 1"));
    assert!(matches!(convert(PostKind::Post, letter), Err(ActError::Refused(Refusal::Bad { .. }))));
}

/// What the real Ghost wrote for such requests: a row for each opening, the member seen once a day.
#[test]
fn an_opened_link_is_noted_for_the_member_it_was_sent_to() {
    let desk = Desk::open();
    let text = |sql: &str| desk.text(sql);
    desk.eye
        .execute_batch(
            "INSERT INTO redirects (id, \"from\", \"to\", created_at) \
             VALUES ('000000000000000000000001', '/r/abc', 'https://example.com/', '2024-01-01 00:00:00')",
        )
        .unwrap();
    let uuid = text("SELECT uuid FROM members ORDER BY email LIMIT 1");
    let open = |at: &str, path: &'static str, uuid: &str| {
        let uuid = uuid.to_owned();
        let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
        desk.write(at, move |tx, act| clicks::opened(tx, act, &zone, (path, &uuid))).unwrap()
    };
    let seen =
        || text(&format!("SELECT last_seen_at || ' ' || updated_at FROM members WHERE uuid = '{uuid}'"));
    assert!(open("2026-11-25T12:00:00Z", "/r/abc", &uuid));
    assert_eq!(seen(), "2026-11-25 12:00:00 2026-11-25 12:00:00");
    assert!(open("2026-11-26T04:00:00Z", "/r/abc", &uuid));
    assert_eq!(seen(), "2026-11-25 12:00:00 2026-11-25 12:00:00", "in New York it is still the same day");
    assert!(open("2026-11-26T06:00:00Z", "/r/abc", &uuid));
    assert_eq!(seen(), "2026-11-26 06:00:00 2026-11-26 06:00:00");
    assert!(!open(NOON, "/r/none", &uuid) && !open(NOON, "/r/abc", &uuid.to_uppercase()));
    assert_eq!(
        text(
            "SELECT group_concat(redirect_id || ' ' || created_at, ', ') FROM \
             (SELECT c.* FROM members_click_events c JOIN members m ON m.id = c.member_id ORDER BY c.created_at)"
        ),
        "000000000000000000000001 2026-11-25 12:00:00, 000000000000000000000001 2026-11-26 04:00:00, \
         000000000000000000000001 2026-11-26 06:00:00"
    );
    // The rows above were put in beside the writer.
    let changes = desk.database.changes();
    assert_eq!(changes.number(), changes.foreign(), "no page is made anew for it");
}
