//! What the desk adds to a post, where a client asks for it: `include=key_points,related`.

use editorial::{Reading, ShownPoint};
use model::desk::PointOrigin;
use model::{Post, Reader};
use serde_json::{Value, json};

use super::Call;

/// Related stories of one story.
const MAX_RELATED: usize = 4;

/// The key points that hold in what this reader can read, each with the sentence that it rests on.
pub fn key_points(call: &Call<'_>, post: &Post) -> Value {
    let points = match call.desk.points(call.snapshot, post, &call.facts.zone) {
        Ok(points) => points,
        Err(error) => {
            tracing::error!(%error, "the key points of a story cannot be read");
            return Value::Array(Vec::new());
        }
    };
    let text = document::body(post.html.as_deref().unwrap_or_default()).text;
    points.iter().map(|point| key_point(point, &text)).collect()
}

fn key_point(point: &ShownPoint, text: &str) -> Value {
    let evidence: Vec<Value> = point
        .evidence
        .iter()
        .map(|(sentence, range)| {
            let words = text.get(range.clone()).unwrap_or_default();
            json!({
                "sentence": sentence + 1,
                "text": words.split_whitespace().collect::<Vec<_>>().join(" "),
                "anchor": Reading::anchor(*sentence),
            })
        })
        .collect();
    json!({
        "text": point.text,
        "origin": point.origin.as_str(),
        "is_machine_made": point.origin != PointOrigin::Editor,
        "written_by": point.written_by,
        "approved_by": point.approved_by,
        "approved_at": point.approved_at.map(model::dates::to_json),
        "evidence": evidence,
    })
}

/// Stories on the same subject; each says in words what this reader can do with it.
pub fn related(call: &Call<'_>, post: &Post, reader: &Reader) -> Value {
    let found = call.desk.related(call.snapshot, &post.id, MAX_RELATED).unwrap_or_else(|error| {
        tracing::error!(%error, "related stories cannot be found");
        Vec::new()
    });
    let facts = call.facts;
    let locale = facts.settings.locale();
    found
        .into_iter()
        .map(|other| other.for_reader(reader, &facts.site))
        .map(|other| {
            json!({
                "id": other.id.as_str(),
                "title": other.title,
                "slug": other.slug,
                "url": facts.site.join(&facts.permalinks.post(&other)),
                "visibility": other.visibility.as_str(),
                "access": other.access,
                "access_label": editorial::access_label(&other, reader, false, |english| web::words::ours(locale, english)),
                "published_at": other.published_at.map(|at| model::dates::to_json_in(at, &facts.zone)),
            })
        })
        .collect()
}
