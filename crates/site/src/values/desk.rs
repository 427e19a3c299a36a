//! What the desk adds to a post, as the field `desk` of it: key points, related stories, teaser, corrections, the words
//! of its access label.
//!
//! All under one name, and in no walk over a post's fields: a theme that asks for none of it sees nothing of it. Sentences of the text are marked for the links of key points
//! only where the points were asked for before the text.

use std::cell::{Cell, OnceCell};
use std::ops::Range;
use std::sync::Arc;

use editorial::{Reading, ShownPoint};
use handlebars::{Arena, Object, Value};
use model::desk::{Correction, PointOrigin};
use model::{Gated, Post};
use theme::markup::escape;

use super::PostValue;
use crate::publication::Placing;
use crate::visit::Visit;

/// Related stories that are shown.
const MAX_RELATED: usize = 4;
/// Words of a sentence that name a link to it.
const NAME_WORDS: usize = 8;

/// What is made for the post whose page is rendered.
///
/// A template asks for the same things again and again, in conditions, loops and helpers that only look; each is made
/// once.
#[derive(Default)]
pub struct Shown {
    points: OnceCell<Arc<Vec<ShownPoint>>>,
    /// Id and name of the sentence that each point rests on.
    evidence: OnceCell<Vec<(String, String)>>,
    marked: OnceCell<String>,
    related: OnceCell<Vec<Gated<Post>>>,
    corrections: OnceCell<Vec<Correction>>,
    /// The theme placed the points.
    are_asked_for: Cell<bool>,
    /// They were placed as the owner wants it.
    are_placed: Cell<bool>,
    /// The page says when the words were last changed.
    says_changed_at: Cell<bool>,
    /// The page says in words who may read the story.
    says_access: Cell<bool>,
    /// The theme asked for anything of the desk's.
    is_asked: Cell<bool>,
}

/// The field `desk` of a post.
#[derive(Clone, Copy)]
struct DeskValue<'a> {
    post: PostValue<'a>,
    visit: &'a Visit<'a>,
}

impl<'a> Object<'a> for DeskValue<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        self.post.desk_field(self.visit, name, arena)
    }

    fn keys(&'a self, _: &'a Arena) -> &'a [&'a str] {
        &["key_points", "key_points_label", "related", "teaser", "corrections", "access_label", "changed_at"]
    }
}

impl<'a> PostValue<'a> {
    /// What the desk adds; undefined for a post that stands on no page.
    pub(super) fn desk(&self, arena: &'a Arena) -> Value<'a> {
        match self.visit {
            Some(visit) => Value::Object(arena.put(DeskValue { post: *self, visit })),
            None => Value::Undefined,
        }
    }

    fn desk_field(&self, visit: &'a Visit<'a>, name: &str, arena: &'a Arena) -> Value<'a> {
        // The head asks for what the page has shown; that makes no page the desk's.
        if let Some(shown) = self.shown.filter(|_| !name.starts_with("shown_")) {
            shown.is_asked.set(true);
        }
        match name {
            "key_points" => {
                self.asked_for();
                self.point_list(visit, arena)
            }
            "key_points_html" => {
                self.asked_for();
                self.points_html(visit, arena)
            }
            "key_points_label" => match self.points(visit) {
                [] => Value::Undefined,
                points => Value::Text(arena.text(&label(visit, points))),
            },
            // For the head, which is rendered last: what the page has shown, nothing else.
            "shown_key_points" => {
                match self.shown.is_some_and(|shown| shown.are_asked_for.get() || shown.are_placed.get()) {
                    true => self.point_list(visit, arena),
                    false => Value::Undefined,
                }
            }
            "changed_at" => {
                if let Some(shown) = self.shown {
                    shown.says_changed_at.set(true);
                }
                changed_at(visit, self.post, arena)
            }
            "shown_changed_at" => match self.shown.is_some_and(|shown| shown.says_changed_at.get()) {
                true => changed_at(visit, self.post, arena),
                false => Value::Undefined,
            },
            // For the head of a page of the desk's, where nobody wrote an excerpt: empty when no sentence fits.
            "shown_teaser" => match self.is_desks() && self.post.custom_excerpt.is_none() {
                true => Value::Text(arena.text(&editorial::teaser(self.post, editorial::TEASER_CHARS))),
                false => Value::Undefined,
            },
            "shown_access_label" => match self.shown.is_some_and(|shown| shown.says_access.get()) {
                true => Value::Text(arena.text(&access_label(visit, self.post))),
                false => Value::Undefined,
            },
            "related" => self.related(visit, arena),
            "related_html" => self.related_html(visit, arena),
            "teaser" => self.teaser(editorial::TEASER_CHARS, arena),
            "corrections" => self.corrections(visit, arena),
            "corrections_html" => self.corrections_html(visit, arena),
            "access_label" => {
                if let Some(shown) = self.shown {
                    shown.says_access.set(true);
                }
                Value::Text(arena.text(&access_label(visit, self.post)))
            }
            // The helper's way to ask for another length.
            _ => match name.strip_prefix("teaser/").and_then(|characters| characters.parse().ok()) {
                Some(characters) => self.teaser(characters, arena),
                None => Value::Undefined,
            },
        }
    }

    /// Whether the page is the desk's: its theme knows it, the page asked for it, or the owner has points placed in every theme.
    fn is_desks(&self) -> bool {
        let is_theme = |visit: &Visit<'_>| visit.state.theme.as_ref().is_ok_and(|theme| theme.knows_desk());
        self.visit.is_some_and(is_theme)
            || self.shown.is_some_and(|shown| shown.is_asked.get() || shown.are_placed.get())
    }

    fn teaser(&self, most_chars: usize, arena: &'a Arena) -> Value<'a> {
        match editorial::teaser(self.post, most_chars) {
            text if text.is_empty() => Value::Undefined,
            text => Value::Text(arena.text(&text)),
        }
    }

    /// The text, with the sentences marked that shown points rest on; with the points before or after it where the
    /// owner wants that in every theme.
    pub(super) fn html_field(&self, arena: &'a Arena) -> Value<'a> {
        let plain = super::text(self.post.html.as_deref());
        let (Some(visit), Some(shown), Value::Text(html)) = (self.visit, self.shown, plain) else {
            return plain;
        };
        let placing = visit.publication.options.key_points;
        let is_themes = shown.are_asked_for.get();
        if !is_themes && placing == Placing::Theme {
            return plain;
        }
        let points = self.points(visit);
        if points.is_empty() {
            return plain;
        }
        let marked = shown.marked.get_or_init(|| marked(html, points));
        if is_themes {
            return Value::Text(marked);
        }
        shown.are_placed.set(true);
        let list = self.points_html(visit, arena).as_str().unwrap_or_default();
        Value::Text(arena.text(&match placing {
            Placing::After => format!("{marked}{list}"),
            _ => format!("{list}{marked}"),
        }))
    }

    fn asked_for(&self) {
        if let Some(shown) = self.shown {
            shown.are_asked_for.set(true);
        }
    }

    fn points(&self, visit: &Visit<'_>) -> &'a [ShownPoint] {
        let Some(shown) = self.shown else { return &[] };
        shown.points.get_or_init(|| {
            let zone = &visit.state.facts.zone;
            visit.publication.desk.points(visit.snapshot, self.post, zone).unwrap_or_else(|error| {
                tracing::error!(%error, "the key points of a story cannot be read");
                Arc::default()
            })
        })
    }

    /// Of each point, in their order.
    fn evidence(&self, visit: &Visit<'_>) -> &'a [(String, String)] {
        let Some(shown) = self.shown else { return &[] };
        shown.evidence.get_or_init(|| {
            let body = document::body(self.post.html.as_deref().unwrap_or_default());
            self.points(visit).iter().map(|point| evidence(visit, &body.text, point)).collect()
        })
    }

    fn point_list(&self, visit: &'a Visit<'a>, arena: &'a Arena) -> Value<'a> {
        let (points, evidence) = (self.points(visit), self.evidence(visit));
        let value = |(index, (point, (id, name))): (usize, (&'a ShownPoint, &'a (String, String)))| {
            arena.map([
                ("text", Value::Text(&point.text)),
                ("number", Value::Number(index as f64 + 1.0)),
                ("origin", Value::Text(point.origin.as_str())),
                ("is_machine_made", Value::Bool(point.origin != PointOrigin::Editor)),
                ("written_by", super::text(point.written_by.as_deref())),
                ("approved_by", super::text(point.approved_by.as_deref())),
                ("approved_at", super::instant(point.approved_at, arena)),
                ("evidence_id", Value::Text(id)),
                ("evidence_name", Value::Text(name)),
            ])
        };
        match points {
            [] => Value::Undefined,
            points => arena.list(points.iter().zip(evidence).enumerate().map(value)),
        }
    }

    /// The points as a list that stands in any theme.
    fn points_html(&self, visit: &'a Visit<'a>, arena: &'a Arena) -> Value<'a> {
        let points = self.points(visit);
        if points.is_empty() {
            return Value::Undefined;
        }
        let mut out = format!(
            "<section class=\"courant-points\" aria-labelledby=\"courant-points\"><h2 id=\"courant-points\">{}</h2>\
             <p class=\"courant-points-label\">{}</p><ol>",
            escape(visit.state.words("Key points")),
            escape(&label(visit, points)),
        );
        for (point, (id, name)) in points.iter().zip(self.evidence(visit)) {
            out.push_str(&format!(
                "<li>{} <a class=\"courant-points-link\" href=\"#{id}\" aria-label=\"{}\">{}</a></li>",
                escape(&point.text),
                escape(name),
                escape(visit.state.words("In the text")),
            ));
        }
        out.push_str("</ol></section>");
        Value::Safe(arena.text(&out))
    }
}

/// The id of the sentence that a point rests on, and a name for the link to it that no other link of the page has.
fn evidence(visit: &Visit<'_>, text: &str, point: &ShownPoint) -> (String, String) {
    let Some((sentence, range)) = point.evidence.first() else { return Default::default() };
    let words: Vec<&str> = text.get(range.clone()).unwrap_or_default().split_whitespace().collect();
    let mut start = words.iter().take(NAME_WORDS).copied().collect::<Vec<_>>().join(" ");
    if words.len() > NAME_WORDS {
        start.push_str(" …");
    }
    let name = visit.state.words("In the text: “{words}”").replace("{words}", &start);
    (Reading::anchor(*sentence), name)
}

/// What readers are told of how the points came about.
///
/// An editor's own point stays her writing when a change of the text has made her approval void; that it is checked against the text is
/// the program's doing then.
fn label(visit: &Visit<'_>, points: &[ShownPoint]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in points.iter().flat_map(|point| [&point.written_by, &point.approved_by]).flatten() {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let is_written = |point: &&ShownPoint| point.origin == PointOrigin::Editor;
    let n_written = points.iter().filter(is_written).count();
    let n_approved = points.iter().filter(|point| point.approved_by.is_some()).count();
    let sentence = if n_written == points.len() {
        match n_approved == points.len() {
            true => "Written and checked by {names}.",
            false => "Written by {names}, each point checked against the text.",
        }
    } else if n_approved == points.len() {
        match n_written {
            0 => "Made by a program, checked and approved by {names}.",
            _ => "Made in part by a program; all checked and approved by {names}.",
        }
    } else if n_written + n_approved > 0 {
        "Made in part by a program, each point checked against the text; others written or approved by {names}."
    } else {
        "Made by a program, each point checked against the text."
    };
    if names.is_empty() {
        names.push(visit.state.words("the editors"));
    }
    visit.state.words(sentence).replace("{names}", &names.join(", "))
}

/// The html with a mark around each sentence that a point rests on.
fn marked(html: &str, points: &[ShownPoint]) -> String {
    let mut marks: Vec<(Range<usize>, String)> = Vec::new();
    for (sentence, range) in points.iter().filter_map(|point| point.evidence.first()) {
        let id = Reading::anchor(*sentence);
        if marks.iter().all(|(_, known)| *known != id) {
            marks.push((range.clone(), id));
        }
    }
    document::body(html).marked(html, &marks)
}

/// When the words were last changed after publication; null when they were not. Where the desk has not seen the story,
/// the time of its last save.
fn changed_at<'a>(visit: &Visit<'_>, post: &Post, arena: &'a Arena) -> Value<'a> {
    let known = store::desk::text_state(visit.snapshot, post.id.as_str()).unwrap_or_else(|error| {
        tracing::error!(%error, "when a story was changed cannot be read");
        None
    });
    let at = known.map(|known| known.changed_at).or(post.updated_at);
    // Publishing is a save, too, and no later change.
    let minute = |at: jiff::Timestamp| at.as_second().div_euclid(60);
    let is_later = |at: &jiff::Timestamp| post.published_at.is_none_or(|first| minute(*at) > minute(first));
    match at.filter(is_later) {
        Some(at) => Value::Text(arena.text(&model::dates::to_json_in(at, &visit.state.facts.zone))),
        None => Value::Null,
    }
}

impl<'a> PostValue<'a> {
    fn related(&self, visit: &'a Visit<'a>, arena: &'a Arena) -> Value<'a> {
        let find = || {
            visit.publication.desk.related(visit.snapshot, &self.post.id, MAX_RELATED).unwrap_or_else(
                |error| {
                    tracing::error!(%error, "related stories cannot be found");
                    Vec::new()
                },
            )
        };
        let found = match self.shown {
            Some(shown) => shown.related.get_or_init(find).clone(),
            None => find(),
        };
        if found.is_empty() {
            return Value::Undefined;
        }
        arena.list(found.into_iter().map(|other| {
            PostValue::new(visit.open(other, arena), &visit.state.facts).in_visit(visit).value(arena)
        }))
    }

    /// Related stories as a list that stands in any theme.
    fn related_html(&self, visit: &'a Visit<'a>, arena: &'a Arena) -> Value<'a> {
        let Value::List(stories) = self.related(visit, arena) else { return Value::Undefined };
        let mut out = format!(
            "<section class=\"courant-related\" aria-labelledby=\"courant-related\"><h2 id=\"courant-related\">{}</h2><ul>",
            escape(visit.state.words("On the same subject"))
        );
        for story in stories {
            let text = |name: &str| story.get(name, arena).as_str().unwrap_or_default();
            let label = match text("visibility") {
                "public" => String::new(),
                _ => {
                    let label =
                        story.get("desk", arena).get("access_label", arena).as_str().unwrap_or_default();
                    format!(" <small>{}</small>", escape(label))
                }
            };
            out.push_str(&format!(
                "<li><a href=\"{}\">{}</a>{label}</li>",
                escape(text("url")),
                escape(text("title"))
            ));
        }
        out.push_str("</ul></section>");
        Value::Safe(arena.text(&out))
    }

    fn corrections(&self, visit: &'a Visit<'a>, arena: &'a Arena) -> Value<'a> {
        let read = || {
            store::desk::corrections(visit.snapshot, self.post.id.as_str()).unwrap_or_else(|error| {
                tracing::error!(%error, "the corrections of a story cannot be read");
                Vec::new()
            })
        };
        let kept = match self.shown {
            Some(shown) => shown.corrections.get_or_init(read).clone(),
            None => read(),
        };
        if kept.is_empty() {
            return Value::Undefined;
        }
        arena.list(editorial::shown_corrections(self.post, &kept).into_iter().map(|correction| {
            let text = crate::corrections::sentence(visit.state, &correction);
            let part = |text: Option<&String>| text.map_or(Value::Null, |text| Value::Text(arena.text(text)));
            arena.map([
                ("text", Value::Text(arena.text(&text))),
                ("was", part(correction.words.as_ref().map(|words| &words.0))),
                ("is", part(correction.words.as_ref().map(|words| &words.1))),
                ("note", part(correction.note.as_ref())),
                ("made_at", super::instant(Some(correction.made_at), arena)),
            ])
        }))
    }

    /// The corrections as a note that stands in any theme.
    fn corrections_html(&self, visit: &'a Visit<'a>, arena: &'a Arena) -> Value<'a> {
        let Value::List(items) = self.corrections(visit, arena) else { return Value::Undefined };
        let state = visit.state;
        let title = if items.len() == 1 { "Correction" } else { "Corrections" };
        let mut out = format!(
            "<aside class=\"courant-corrections\" aria-labelledby=\"courant-corrections\">\
             <h2 id=\"courant-corrections\">{}</h2>",
            escape(state.words(title))
        );
        for item in items {
            let text = |name: &str| item.get(name, arena).as_str().unwrap_or_default();
            let made_at = text("made_at");
            let day = made_at.get(..10).unwrap_or(made_at);
            out.push_str(&format!(
                "<p><time datetime=\"{}\">{}</time> {} {}</p>",
                escape(made_at),
                escape(day),
                escape(text("text")),
                escape(text("note")),
            ));
        }
        out.push_str("</aside>");
        Value::Safe(arena.text(&out))
    }
}

/// What this reader can do with this story, in words.
fn access_label(visit: &Visit<'_>, post: &Post) -> String {
    let is_gift = crate::gift::is_asked(visit.request);
    editorial::access_label(post, visit.reader, is_gift, |english| visit.state.words(english))
}
