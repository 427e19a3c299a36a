//! The rows that every Ghost publication begins with: bookkeeping, roles and what they may, settings, integrations.

use jiff::Timestamp;
use model::edit::tag::TagEdit;
use model::edit::user::{NewUser, StaffRole, UserEdit};
use model::edit::{Actor, Change};
use model::{SiteUrl, dates};
use rusqlite::OptionalExtension;

use super::create::NewPublication;
use super::first_posts;
use super::known_migrations;
use crate::acts::{self, Act};
use crate::insert::insert;
use crate::{WriteError, WriteTransaction};

/// Roles: the letter in `permissions.tsv`, the name, the description.
const ROLES: [(char, &str, &str); 10] = [
    ('A', "Administrator", "Administrators"),
    ('E', "Editor", "Editors"),
    ('U', "Author", "Authors"),
    ('C', "Contributor", "Contributors"),
    ('O', "Owner", "Blog Owner"),
    ('I', "Admin Integration", "External Apps"),
    ('S', "Self-Serve Migration Integration", "Internal Integration for the Self-Serve migration tool"),
    ('B', "DB Backup Integration", "Internal DB Backup Client"),
    ('T', "Scheduler Integration", "Internal Scheduler Client"),
    ('P', "Super Editor", "Super Editors"),
];

/// Integrations: type, name, slug, description, and the role of its key (`content` for a content key).
const INTEGRATIONS: [(&str, &str, &str, &str, Option<&str>); 8] = [
    ("builtin", "Zapier", "zapier", "Built-in Zapier integration", Some("Admin Integration")),
    ("builtin", "Transistor", "transistor", "Built-in Transistor integration", Some("Admin Integration")),
    (
        "core",
        "Self-Serve Migration Integration",
        "self-serve-migration",
        "Core Self-Serve Migration integration",
        Some("Self-Serve Migration Integration"),
    ),
    (
        "internal",
        "Ghost Backup",
        "ghost-backup",
        "Internal DB Backup integration",
        Some("DB Backup Integration"),
    ),
    (
        "internal",
        "Ghost Scheduler",
        "ghost-scheduler",
        "Internal Scheduler integration",
        Some("Scheduler Integration"),
    ),
    (
        "internal",
        "Ghost Internal Frontend",
        "ghost-internal-frontend",
        "Internal frontend integration",
        Some("content"),
    ),
    (
        "core",
        "Ghost Core Content API",
        "ghost-core-content",
        "Internal Content API integration for Admin access",
        Some("content"),
    ),
    ("internal", "Ghost ActivityPub", "ghost-activitypub", "Internal Integration for ActivityPub", None),
];

/// Adds all of them to empty tables.
pub(super) fn add_all(
    tx: &WriteTransaction<'_>,
    publication: &NewPublication,
    now: Timestamp,
) -> Result<(), WriteError> {
    add_bookkeeping(tx, now)?;
    add_permissions(tx, now)?;
    add_settings(tx, publication, now)?;
    // Nothing that is written here holds an address of the publication, which nobody knows yet.
    let site = SiteUrl::parse("http://localhost").map_err(|error| WriteError::Broken(error.to_string()))?;
    let act = Act { by: Actor::System, at: now, site };
    add_owner(tx, publication, &act)?;
    add_offerings(tx, now)?;
    add_collections(tx, now)?;
    add_integrations(tx, now)?;
    let news = TagEdit { name: Change::To("News".into()), ..TagEdit::default() };
    let news = acts::tags::add(tx, &act, &news)?.id;
    if publication.first_posts {
        first_posts::add(tx, &act, publication, &news)?;
    }
    Ok(())
}

/// Tells Ghost that nothing is to be done: every migration up to 6.65 is in what the tables are.
fn add_bookkeeping(tx: &WriteTransaction<'_>, now: Timestamp) -> Result<(), WriteError> {
    for migration in known_migrations() {
        insert(
            tx,
            "migrations",
            &[("name", &migration.name), ("version", &migration.version), ("currentVersion", &"6.65")],
        )?;
    }
    let at = dates::to_database(now);
    insert(
        tx,
        "migrations_lock",
        &[("lock_key", &"km01"), ("locked", &false), ("acquired_at", &at), ("released_at", &at)],
    )
}

fn add_permissions(tx: &WriteTransaction<'_>, now: Timestamp) -> Result<(), WriteError> {
    let at = dates::to_database(now);
    let mut roles = Vec::with_capacity(ROLES.len());
    for (letter, name, description) in ROLES {
        let id = tx.new_id(now);
        insert(
            tx,
            "roles",
            &[
                ("id", &id),
                ("name", &name),
                ("description", &description),
                ("created_at", &at),
                ("updated_at", &at),
            ],
        )?;
        roles.push((letter, id));
    }
    for [object, action, letters, name] in rows(include_str!("permissions.tsv")) {
        let permission = tx.new_id(now);
        insert(
            tx,
            "permissions",
            &[
                ("id", &permission),
                ("name", &name),
                ("object_type", &object),
                ("action_type", &action),
                ("created_at", &at),
                ("updated_at", &at),
            ],
        )?;
        for (_, role) in roles.iter().filter(|(letter, _)| letters.contains(*letter)) {
            insert(
                tx,
                "permissions_roles",
                &[("id", &tx.new_id(now)), ("role_id", role), ("permission_id", &permission)],
            )?;
        }
    }
    Ok(())
}

fn add_settings(
    tx: &WriteTransaction<'_>,
    publication: &NewPublication,
    now: Timestamp,
) -> Result<(), WriteError> {
    let at = dates::to_database(now);
    for [group, key, kind, flags, value] in rows(include_str!("settings.tsv")) {
        let value: Option<String> = match value {
            "-" => None,
            "!title" => Some(publication.title.clone()),
            "!description" => Some(publication.description.clone()),
            "!locale" => Some(publication.locale.clone()),
            "!timezone" => Some(publication.timezone.clone()),
            "!theme" => Some(publication.theme.clone()),
            "!uuid" => Some(tx.new_uuid()),
            "!ghost private key" => Some(publication.site_key.private.clone()),
            "!ghost public key" => Some(publication.site_key.public.clone()),
            "!members private key" => Some(publication.members_key.private.clone()),
            "!members public key" => Some(publication.members_key.public.clone()),
            text => Some(match text.strip_prefix("!hex ").and_then(|n_digits| n_digits.parse().ok()) {
                Some(n_digits) => tx.new_secret(n_digits),
                None => text.to_owned(),
            }),
        };
        let flags = Some(flags).filter(|flags| *flags != "-");
        insert(
            tx,
            "settings",
            &[
                ("id", &tx.new_id(now)),
                ("group", &group),
                ("key", &key),
                ("value", &value),
                ("type", &kind),
                ("flags", &flags),
                ("created_at", &at),
                ("updated_at", &at),
            ],
        )?;
    }
    Ok(())
}

fn add_owner(tx: &WriteTransaction<'_>, publication: &NewPublication, act: &Act) -> Result<(), WriteError> {
    let profile = |name: &str, slug: &str, email: &str| UserEdit {
        name: Change::To(name.into()),
        slug: Change::To(slug.into()),
        email: Change::To(email.into()),
        ..UserEdit::default()
    };
    let user = match &publication.owner {
        Some(owner) => NewUser {
            profile: profile(&owner.name, &owner.slug, &owner.email),
            password_hash: owner.password_hash.clone(),
            role: StaffRole::Owner,
            is_active: true,
        },
        // The placeholder by which Ghost's Admin app sees that nobody has set the publication up.
        None => NewUser {
            profile: profile("Ghost", "ghost-user", "ghost@example.com"),
            password_hash: tx.closed_password(),
            role: StaffRole::Owner,
            is_active: false,
        },
    };
    acts::users::add(tx, act, &user)?;
    Ok(())
}

/// Two tiers, a newsletter, and the looks of automatic letters.
fn add_offerings(tx: &WriteTransaction<'_>, now: Timestamp) -> Result<(), WriteError> {
    let at = dates::to_database(now);
    // Not by the act: nobody adds a second free tier, and Ghost writes this one currency in small letters.
    for (name, slug, price) in
        [("Free", "free", None), ("Default Product", "default-product", Some(("usd", 500, 5000)))]
    {
        insert(
            tx,
            "products",
            &[
                ("id", &tx.new_id(now)),
                ("name", &name),
                ("slug", &slug),
                ("visibility", &"public"),
                ("type", &if price.is_some() { "paid" } else { "free" }),
                ("currency", &price.map(|(currency, ..)| currency)),
                ("monthly_price", &price.map(|(_, monthly, _)| monthly)),
                ("yearly_price", &price.map(|(.., yearly)| yearly)),
                ("created_at", &at),
                ("updated_at", &at),
            ],
        )?;
    }
    insert(
        tx,
        "newsletters",
        &[
            ("id", &tx.new_id(now)),
            ("uuid", &tx.new_uuid()),
            ("name", &"Default Newsletter"),
            ("slug", &"default-newsletter"),
            ("show_header_name", &false),
            ("created_at", &at),
            ("updated_at", &at),
        ],
    )?;
    insert(
        tx,
        "email_design_settings",
        &[
            ("id", &tx.new_id(now)),
            ("slug", &"default-automated-email"),
            ("created_at", &at),
            ("updated_at", &at),
        ],
    )
}

/// Two rows of a feature that Ghost has left, but whose code still looks for them.
fn add_collections(tx: &WriteTransaction<'_>, now: Timestamp) -> Result<(), WriteError> {
    let at = dates::to_database(now);
    for (title, slug, description, filter) in [
        ("Latest", "latest", "All posts", None),
        ("Featured", "featured", "Featured posts", Some("featured:true")),
    ] {
        insert(
            tx,
            "collections",
            &[
                ("id", &tx.new_id(now)),
                ("title", &title),
                ("slug", &slug),
                ("description", &description),
                ("type", &"automatic"),
                ("filter", &filter),
                ("created_at", &at),
                ("updated_at", &at),
            ],
        )?;
    }
    Ok(())
}

fn add_integrations(tx: &WriteTransaction<'_>, now: Timestamp) -> Result<(), WriteError> {
    let at = dates::to_database(now);
    for (kind, name, slug, description, key) in INTEGRATIONS {
        let id = tx.new_id(now);
        insert(
            tx,
            "integrations",
            &[
                ("id", &id),
                ("type", &kind),
                ("name", &name),
                ("slug", &slug),
                ("description", &description),
                ("created_at", &at),
                ("updated_at", &at),
            ],
        )?;
        if let Some(role) = key {
            add_key(tx, &id, role, now)?;
        }
    }
    Ok(())
}

/// A key for an integration: for the Content API, or one that acts in a role.
fn add_key(
    tx: &WriteTransaction<'_>,
    integration: &str,
    role: &str,
    now: Timestamp,
) -> Result<(), WriteError> {
    let is_content = role == "content";
    let sql = "SELECT id FROM roles WHERE name = ?";
    let role: Option<String> =
        tx.connection().prepare_cached(sql)?.query_row([role], |row| row.get(0)).optional()?;
    if role.is_none() && !is_content {
        return Err(WriteError::Absent("role"));
    }
    // Ghost writes the instants of this table as milliseconds on SQLite.
    let at = now.as_millisecond();
    insert(
        tx,
        "api_keys",
        &[
            ("id", &tx.new_id(now)),
            ("type", &if is_content { "content" } else { "admin" }),
            ("secret", &tx.new_secret(if is_content { 26 } else { 64 })),
            ("role_id", &role),
            ("integration_id", &integration),
            ("created_at", &at),
            ("updated_at", &at),
        ],
    )
}

/// The rows of a table that is kept as text: fields between tabs, lines with `#` are remarks.
fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        fields.try_into().ok()
    })
}
