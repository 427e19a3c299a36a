//! The rows that every Ghost publication begins with: bookkeeping, roles and what they may, settings, integrations.

use jiff::Timestamp;
use model::dates;
use model::id::{AuthorId, TagId, TierId};

use super::create::NewPublication;
use super::first_posts;
use super::known_migrations;
use crate::keys::KeyKind;
use crate::write::{
    NewIntegration, NewKey, NewTag, NewTier, NewUser, StaffRole, StaffStatus, TierPrice, add_integration,
    add_tag, add_tier, add_user, insert,
};
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
    let owner = add_owner(tx, publication, now)?;
    add_offerings(tx, now)?;
    add_collections(tx, now)?;
    add_integrations(tx, now)?;
    let news = NewTag::named(TagId::new(tx.new_id(now)), "News", "news");
    add_tag(tx, &news, now)?;
    if publication.first_posts {
        first_posts::add(tx, publication, (&owner, &news.id), now)?;
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

fn add_owner(
    tx: &WriteTransaction<'_>,
    publication: &NewPublication,
    now: Timestamp,
) -> Result<AuthorId, WriteError> {
    let id = AuthorId::new(tx.new_id(now));
    let mut user = match &publication.owner {
        Some(owner) => {
            NewUser::named(id.clone(), &owner.name, &owner.slug, &owner.email, &owner.password_hash)
        }
        // The placeholder by which Ghost's Admin app sees that nobody has set the publication up.
        None => {
            let password = tx.closed_password();
            let mut nobody =
                NewUser::named(id.clone(), "Ghost", "ghost-user", "ghost@example.com", &password);
            nobody.status = StaffStatus::Inactive;
            nobody
        }
    };
    user.role = StaffRole::Owner;
    add_user(tx, &user, now)?;
    Ok(id)
}

/// Two tiers, a newsletter, and the looks of automatic letters.
fn add_offerings(tx: &WriteTransaction<'_>, now: Timestamp) -> Result<(), WriteError> {
    let at = dates::to_database(now);
    let mut tier = NewTier {
        id: TierId::new(tx.new_id(now)),
        name: "Free".into(),
        slug: "free".into(),
        description: None,
        welcome_page_url: None,
        is_public: true,
        trial_days: 0,
        price: None,
        benefits: vec![],
    };
    add_tier(tx, &tier, now)?;
    tier.id = TierId::new(tx.new_id(now));
    (tier.name, tier.slug) = ("Default Product".into(), "default-product".into());
    tier.price = Some(TierPrice { currency: "usd".into(), monthly: 500, yearly: 5000 });
    add_tier(tx, &tier, now)?;
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
    for (kind, name, slug, description, key) in INTEGRATIONS {
        let key = key.map(|role| match role {
            "content" => {
                NewKey { id: tx.new_id(now), kind: KeyKind::Content, secret: tx.new_secret(26), role: None }
            }
            role => NewKey {
                id: tx.new_id(now),
                kind: KeyKind::Admin,
                secret: tx.new_secret(64),
                role: Some(role),
            },
        });
        let integration = NewIntegration {
            id: tx.new_id(now),
            kind,
            name: name.into(),
            slug: slug.into(),
            description: Some(description.into()),
            keys: key.into_iter().collect(),
        };
        add_integration(tx, &integration, now)?;
    }
    Ok(())
}

/// The rows of a table that is kept as text: fields between tabs, lines with `#` are remarks.
fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        fields.try_into().ok()
    })
}
