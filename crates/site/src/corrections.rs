//! The public list of corrections, in any theme: a page of its own at `/corrections/` as soon as there is one.

use editorial::ShownCorrection;
use jiff::Timestamp;
use model::Post;
use theme::dates::Language;
use theme::markup::escape;

use crate::answer::Miss;
use crate::pages::Made;
use crate::paths::{self, Within};
use crate::publication::State;
use crate::synthetic;
use crate::visit::Visit;

/// Where it is.
pub const PATH: &str = "/corrections/";
/// Corrections on one page of the list.
const PAGE: u32 = 50;

/// A correction in words.
pub fn sentence(state: &State, correction: &ShownCorrection) -> String {
    match &correction.words {
        Some((was, is)) => {
            let words = state.words("This story said: “{was}” It should say: “{is}”");
            filled(&filled(words, "{was}", was.trim()), "{is}", is.trim())
        }
        None => {
            state.words("A correction was made in the part of this story that is for members.").to_owned()
        }
    }
}

/// The sentence with a quotation at its place. Behind one that has no stop of its own, behind the closing mark, it gets one.
fn filled(words: &str, place: &str, text: &str) -> String {
    let Some((before, after)) = words.split_once(place) else { return words.to_owned() };
    let mark = after.chars().next().map_or(0, char::len_utf8);
    let (mark, rest) = after.split_at(mark);
    let stop = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{before}{text}{mark}{stop}{rest}")
}

/// The page, if `path` is its address and there are corrections.
pub fn page(visit: &Visit<'_>, path: &str) -> Result<Made, Miss> {
    let (rest, _) = paths::mount(PATH, path).ok_or(Miss::Nothing)?;
    let number = match paths::within(rest) {
        Some(Within::First) => 1,
        Some(Within::Number(number)) => number,
        _ => return Err(Miss::Nothing),
    };
    let (list, latest) = list(visit, number)?.ok_or(Miss::Nothing)?;
    let intro = escape(visit.state.words("What we got wrong and put right, the latest first.")).into_owned();
    let title = visit.state.words("Corrections");
    visit
        .entry(synthetic::page(("corrections", title), format!("<p>{intro}</p>{list}"), Some(latest)), "page")
}

/// A page of the publication's own at this address, such as one that says how errors are handled, with the list below its
/// text.
pub fn below(visit: &Visit<'_>, path: &str, mut post: Post) -> Result<Post, Miss> {
    if path == PATH
        && post.access
        && let Some((list, _)) = list(visit, 1)?
    {
        post.html.get_or_insert_default().push_str(&list);
    }
    Ok(post)
}

/// One page of the list, and when its latest was made; None when there is none.
fn list(visit: &Visit<'_>, number: u32) -> Result<Option<(String, Timestamp)>, Miss> {
    let offset = (number - 1).saturating_mul(PAGE);
    let mut kept = store::desk::latest_corrections(visit.snapshot, PAGE + 1, offset)?;
    let Some(latest) = kept.first().map(|one| one.made_at) else { return Ok(None) };
    let has_more = kept.len() > PAGE as usize;
    kept.truncate(PAGE as usize);
    let mut ids: Vec<String> = kept.iter().map(|one| one.post.as_str().to_owned()).collect();
    ids.sort_unstable();
    ids.dedup();
    let posts: Vec<Post> = store::desk::published_among(visit.snapshot, &ids)?
        .into_iter()
        .map(|post| visit.opened(post))
        .collect();
    let state = visit.state;
    let mut html = String::from("<ul class=\"courant-corrections\">");
    for correction in &kept {
        let Some(post) = posts.iter().find(|post| post.id == correction.post) else { continue };
        for shown in editorial::shown_corrections(post, std::slice::from_ref(correction)) {
            html.push_str(&item(state, post, &shown));
        }
    }
    html.push_str("</ul>");
    html.push_str(&links(state, number, has_more));
    Ok(Some((html, latest)))
}

fn item(state: &State, post: &Post, correction: &ShownCorrection) -> String {
    let facts = &state.facts;
    let made_at = correction.made_at.to_zoned(facts.zone.clone());
    let (date, day) =
        (made_at.date(), theme::dates::format(&made_at, Language::of(facts.settings.locale()), "LL"));
    let note = correction.note.as_deref().map(|note| format!(" {}", escape(note))).unwrap_or_default();
    format!(
        "<li><p><time datetime=\"{date}\">{day}</time> · <a href=\"{}\">{}</a></p><p>{}{note}</p></li>",
        escape(&facts.site.join(&facts.permalinks.post(post))),
        escape(&post.title),
        escape(&sentence(state, correction)),
    )
}

fn links(state: &State, number: u32, has_more: bool) -> String {
    let address = |number: u32| match number {
        1 => state.facts.site.join(PATH),
        number => state.facts.site.join(&format!("{PATH}page/{number}/")),
    };
    let mut out = String::new();
    if number > 1 {
        out.push_str(&format!(
            "<p><a href=\"{}\" rel=\"prev\">← {}</a></p>",
            address(number - 1),
            number - 1
        ));
    }
    if has_more {
        out.push_str(&format!(
            "<p><a href=\"{}\" rel=\"next\">{} →</a></p>",
            address(number + 1),
            number + 1
        ));
    }
    out
}
