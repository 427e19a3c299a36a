//! Makes a large publication: a copy of a database of Ghost's with many more posts, tags and authors, for measuring.
//!
//!     cargo run --release -p store --example make-publication -- BASE.db OUT.db 200000

use rusqlite::{Connection, params};

/// Bytes of a post's texts: what an average story of 450 words has.
const HTML: usize = 3_200;
const LEXICAL: usize = 4_800;
const PLAINTEXT: usize = 2_600;
const TAGS: u64 = 500;
const AUTHORS: u64 = 60;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [base, out, n] = arguments.as_slice() else { return Err("BASE.db OUT.db NUMBER".into()) };
    std::fs::copy(base, out)?;
    let mut connection = Connection::open(out)?;
    connection.pragma_update(None, "journal_mode", "off")?;
    connection.pragma_update(None, "synchronous", "off")?;
    let transaction = connection.transaction()?;
    for tag in 0..TAGS {
        transaction.execute(
            "insert into tags (id, name, slug, visibility, created_at, updated_at) values (?, ?, ?, 'public', ?, ?)",
            params![id('a', tag), format!("Subject {tag}"), format!("subject-{tag}"), DATE, DATE],
        )?;
    }
    for author in 0..AUTHORS {
        transaction.execute(
            "insert into users (id, name, slug, password, email, created_at) values (?, ?, ?, '', ?, ?)",
            params![
                id('b', author),
                format!("Author {author}"),
                format!("author-{author}"),
                format!("author-{author}@courant.example"),
                DATE
            ],
        )?;
    }
    for post in 0..n.parse::<u64>()? {
        add_post(&transaction, post)?;
    }
    transaction.commit()?;
    Ok(())
}

const DATE: &str = "2020-01-01 00:00:00";

fn id(kind: char, n: u64) -> String {
    format!("{kind}{n:023x}")
}

/// A number from `n` that looks like chance, and is the same in every run.
fn mixed(n: u64, salt: u64) -> u64 {
    let mut x = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ salt.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^= x >> 31;
    x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 29)
}

fn add_post(connection: &Connection, n: u64) -> rusqlite::Result<()> {
    // Ten years, not in the order of the rows.
    let seconds = 1_400_000_000 + mixed(n, 1) % 315_000_000;
    let published = jiff::Timestamp::from_second(seconds as i64).unwrap_or_default();
    let published = published.strftime("%Y-%m-%d %H:%M:%S").to_string();
    let words =
        |bytes: usize| "The harbour council met again on Tuesday to weigh the budget. ".repeat(bytes / 62);
    let visibility = match mixed(n, 2) % 20 {
        0 => "paid",
        1 => "members",
        _ => "public",
    };
    let status = if mixed(n, 3).is_multiple_of(25) { "draft" } else { "published" };
    connection
        .prepare_cached(
            "insert into posts (id, uuid, title, slug, lexical, html, comment_id, plaintext, feature_image, featured, \
             type, status, visibility, email_recipient_filter, created_at, updated_at, published_at) \
             values (?1, ?2, ?3, ?4, ?5, ?6, ?1, ?7, ?8, ?9, 'post', ?10, ?11, 'all', ?12, ?12, ?12)",
        )?
        .execute(params![
            id('c', n),
            format!("{:08x}-0000-4000-8000-{n:012x}", n),
            format!("Harbour council weighs budget {n}"),
            format!("harbour-council-weighs-budget-{n}"),
            words(LEXICAL),
            format!("<p>{}</p>", words(HTML)),
            words(PLAINTEXT),
            format!("__GHOST_URL__/content/images/{n}.jpg"),
            mixed(n, 4).is_multiple_of(30),
            status,
            visibility,
            published
        ])?;
    let n_tags = 1 + mixed(n, 5) % 4;
    for place in 0..n_tags {
        // Few subjects have many stories.
        let chance = (mixed(n, 10 + place) % 10_000) as f64 / 10_000.0;
        let tag = ((TAGS as f64) * chance * chance * chance) as u64;
        connection
            .prepare_cached("insert into posts_tags (id, post_id, tag_id, sort_order) values (?, ?, ?, ?)")?
            .execute(params![
                id('d', n * 4 + place),
                id('c', n),
                id('a', (tag + place) % TAGS),
                place as i64
            ])?;
    }
    for place in 0..1 + mixed(n, 6) % 2 {
        let author = (mixed(n, 7) + place) % AUTHORS;
        connection
            .prepare_cached(
                "insert into posts_authors (id, post_id, author_id, sort_order) values (?, ?, ?, ?)",
            )?
            .execute(params![id('e', n * 2 + place), id('c', n), id('b', author), place as i64])?;
    }
    Ok(())
}
