//! A story as the desk reads it.

use desk::Article;
use document::Body;
use jiff::tz::TimeZone;
use model::Post;
use xxhash_rust::xxh3::xxh3_64;

/// The running text of a story that was opened for a reader, made ready for questions.
pub struct Reading {
    pub body: Body,
    pub article: Article,
    /// Fingerprint of the running text: 16 hexadecimal digits.
    pub hash: String,
}

impl Reading {
    /// Reads the story's html as it was cut for its reader; days in it are dated from its publication in `zone`.
    pub fn of(post: &Post, zone: &TimeZone) -> Self {
        let body = document::body(post.html.as_deref().unwrap_or_default());
        let mut article = Article::new(&body.text);
        article.published = post.published_at.map(|at| {
            let date = at.to_zoned(zone.clone()).date();
            (date.year(), date.month().unsigned_abs(), date.day().unsigned_abs())
        });
        let hash = hash(&body.text);
        Reading { body, article, hash }
    }

    /// The id of the mark around a sentence, by its number from 0.
    pub fn anchor(sentence: usize) -> String {
        format!("evidence-{}", sentence + 1)
    }
}

fn hash(text: &str) -> String {
    format!("{:016x}", xxh3_64(text.as_bytes()))
}
