//! `courant desk preflight STORY`: what is wrong with a story before it goes out, each with place, reason and mend.

use clap::Args;
use desk::preflight::{Addresses, Manuscript, Severity, preflight};
use editorial::Reading;
use model::desk::PointState;
use model::{Post, Reader};
use site::Publication;
use site::visit::Visit;
use web::Request;

use super::{Desk, Room, now};
use crate::say::say;

#[derive(Args)]
pub struct PreflightArgs {
    /// The story: its slug, id or address.
    story: String,
    /// Answer with JSON, one finding a line.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    desk: Desk,
}

/// Prints the list. Answers whether anything is wrong, for scripts: doubts alone do not count.
pub fn run(args: &PreflightArgs) -> Result<(), String> {
    let room = args.desk.open()?;
    let (post, zone) = room.story(&args.story)?;
    let reading = Reading::of(&post, &zone);
    let (_, points) = super::points::on_record(&room, &reading, &post)?;
    let unverified: Vec<&str> = points
        .iter()
        .filter(|point| !point.is_supported && point.state != PointState::Refused)
        .map(|point| point.text.as_str())
        .collect();
    let tags: Vec<&str> = post.tags.iter().flatten().map(|tag| tag.name.as_str()).collect();
    let teaser = editorial::teaser(&post, editorial::TEASER_CHARS);
    let locale = room.locale()?;
    let text = |text: &'_ Option<String>| text.clone().filter(|text| !text.is_empty());
    let (excerpt, image) = (text(&post.custom_excerpt), text(&post.feature_image));
    let (alt, caption) = (text(&post.meta.feature_image_alt), text(&post.meta.feature_image_caption));
    let manuscript = Manuscript {
        title: &post.title,
        custom_excerpt: excerpt.as_deref(),
        teaser: Some(teaser.as_str()).filter(|teaser| !teaser.is_empty()),
        html: post.html.as_deref().unwrap_or_default(),
        feature_image: image.as_deref(),
        feature_image_alt: alt.as_deref(),
        feature_image_caption: caption.as_deref(),
        published: reading.article.published,
        language: language(&post),
        publication_language: text::Language::from_code(&locale),
        tags: &tags,
        unverified_points: &unverified,
        site: room.site.as_str().trim_end_matches('/'),
    };
    let findings = preflight(&manuscript, &Doors::open(&room));
    let mut n_wrong = 0;
    for finding in &findings {
        let severity = match finding.severity {
            Severity::Wrong => "wrong",
            Severity::Doubtful => "doubtful",
        };
        n_wrong += usize::from(finding.severity == Severity::Wrong);
        if args.json {
            let line = serde_json::json!({
                "code": finding.code, "severity": severity, "place": finding.place, "reason": finding.reason,
                "mend": finding.mend,
            });
            say!("{line}");
        } else {
            say!(
                "{severity}: {} ({})\n  {}\n  {}",
                finding.place,
                finding.code,
                finding.reason,
                finding.mend
            );
        }
    }
    match n_wrong {
        0 if findings.is_empty() && !args.json => say!("nothing found"),
        0 => {}
        n => {
            return Err(format!(
                "{n} of {} findings must be mended before the story goes out",
                findings.len()
            ));
        }
    }
    Ok(())
}

/// The language that the story is marked with, by a tag such as `#lang-de`.
fn language(post: &Post) -> Option<text::Language> {
    let mut tags = post.tags.iter().flatten();
    tags.find_map(|tag| text::Language::from_code(tag.name.strip_prefix("#lang-")?))
}

/// The publication's own addresses, asked as a reader would ask them.
struct Doors<'r> {
    publication: Publication,
    room: &'r Room,
}

impl<'r> Doors<'r> {
    fn open(room: &'r Room) -> Self {
        Doors { publication: Publication::new(room.options.clone()), room }
    }

    fn answer(&self, path: &str) -> Result<web::Response, String> {
        let snapshot = self.room.other.snapshot().map_err(|error| error.to_string())?;
        let state = self.publication.state(&snapshot).map_err(|error| error.to_string())?;
        let visit = Visit {
            publication: &self.publication,
            state: &state,
            snapshot: &snapshot,
            request: &Request::get(path),
            reader: &Reader::Anonymous,
            shows_member: false,
            now: now(),
        };
        Ok(visit.answer().response)
    }
}

impl Addresses for Doors<'_> {
    /// What cannot be asked counts as there: better no warning than a false one.
    fn exists(&self, path: &str) -> bool {
        self.answer(path)
            .map_or(true, |answer| answer.status().is_success() || answer.status().is_redirection())
    }

    fn has_id(&self, path: &str, id: &str) -> bool {
        let Ok(answer) = self.answer(path) else { return true };
        let is_page = answer.status().is_success()
            && answer
                .headers()
                .get("content-type")
                .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let Ok(html) = std::str::from_utf8(answer.body()) else { return true };
        !is_page || desk::preflight::ids(html).contains(id)
    }
}
