//! The desk's protocols, one JSON object a line. Broken lines are answered with what is wrong with them.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Article, Verdict, check_in_context, points};

/// What `courant desk check` reads.
#[derive(Deserialize)]
struct Ask {
    id: Value,
    document: String,
    statement: String,
    #[serde(default)]
    context: Option<String>,
}

/// Answers lines of `courant desk check`; the article of the line before is kept, since many statements follow on one.
pub struct Checker {
    publish: bool,
    last: Option<(String, Article)>,
}

impl Checker {
    /// With `publish`, `supported` says what may be published, instead of what is likelier true than not.
    pub fn new(publish: bool) -> Self {
        Self { publish, last: None }
    }

    /// In: `{"id", "document", "statement", "context"?}`. Out: `{"id", "supported", "publish", "score", "reason", "reasons":
    /// [{"code", "message", "sentences"}], "evidence": [{"sentence", "start", "end"}], "mended"?}`.
    pub fn answer(&mut self, line: &str) -> String {
        let ask: Ask = match serde_json::from_str(line) {
            Ok(ask) => ask,
            Err(error) => return json!({"id": null, "error": format!("not a question of the form {{\"id\", \"document\", \"statement\"}}: {error}")}).to_string(),
        };
        if self.last.as_ref().is_none_or(|(document, _)| *document != ask.document) {
            let article = Article::new(&ask.document);
            self.last = Some((ask.document, article));
        }
        let Some((_, article)) = &self.last else { return String::new() };
        let verdict = check_in_context(article, &ask.statement, ask.context.as_deref());
        verdict_json(&ask.id, &verdict, self.publish).to_string()
    }
}

fn verdict_json(id: &Value, verdict: &Verdict, publish: bool) -> Value {
    let supported = if publish { verdict.publish } else { verdict.likely };
    let reasons: Vec<Value> =
        verdict.reasons.iter().map(|reason| json!({"code": reason.code.as_str(), "message": reason.message, "sentences": reason.sentences})).collect();
    let evidence: Vec<Value> = verdict
        .evidence
        .iter()
        .map(|one| json!({"sentence": one.sentence, "start": one.range.start, "end": one.range.end}))
        .collect();
    let reason = verdict.reasons.first().map_or("supported", |reason| reason.code.as_str());
    let mut answer = json!({"id": id, "supported": supported, "publish": verdict.publish, "score": verdict.score, "reason": reason, "reasons": reasons, "evidence": evidence});
    if let (Some(mended), Value::Object(fields)) = (&verdict.mended, &mut answer) {
        fields.insert("mended".to_owned(), json!(mended));
    }
    answer
}

/// What `courant desk digest` reads.
#[derive(Deserialize)]
struct Story {
    id: Value,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    teaser: Option<String>,
    text: String,
    /// Begins with year-month-day.
    #[serde(default)]
    published_at: Option<String>,
    #[serde(default)]
    lang: Option<String>,
}

/// In: `{"id", "title"?, "teaser"?, "text", "published_at"?, "lang"?}`. Out: `{"id", "points": [{"text", "evidence": [{"sentence",
/// "start", "end"}]}]}`; `start` and `end` are bytes of the text as UTF-8.
pub fn digest(line: &str) -> String {
    let story: Story = match serde_json::from_str(line) {
        Ok(story) => story,
        Err(error) => return json!({"id": null, "error": format!("not a story of the form {{\"id\", \"text\"}}: {error}")}).to_string(),
    };
    let mut article = match story.lang.as_deref().and_then(text::Language::from_code) {
        Some(language) => Article::in_language(&story.text, language),
        None => Article::new(&story.text),
    };
    article.published = story.published_at.as_deref().and_then(day);
    let options =
        points::Options { title: story.title.unwrap_or_default(), teaser: story.teaser.unwrap_or_default() };
    let points: Vec<Value> = points::choose(&article, &options)
        .into_iter()
        .map(|point| {
            let evidence: Vec<Value> = point
                .evidence
                .iter()
                .map(|one| json!({"sentence": one.sentence, "start": one.range.start, "end": one.range.end}))
                .collect();
            json!({"text": point.text, "evidence": evidence})
        })
        .collect();
    json!({"id": story.id, "points": points}).to_string()
}

/// Year, month and day at the beginning of a time in ISO 8601.
fn day(time: &str) -> Option<(i16, u8, u8)> {
    let mut parts = time.get(..10)?.split('-');
    let day = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    ((1..=12).contains(&day.1) && (1..=31).contains(&day.2)).then_some(day)
}
