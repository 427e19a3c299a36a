//! Datelines without a date: a fault where the text counts days from it and nothing else tells the day, else a doubt.

use text::DateKind;

use super::findings::Findings;
use super::sheet::Kind;
use super::story::{Spot, Story};

/// Characters of a place and its agency before the dash.
const LONGEST: usize = 60;

/// Agencies that write themselves small.
const SMALL_AGENCIES: &[&str] = &["dpa", "epd", "kna", "apa", "sid", "ots", "ddp"];

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    let Some(at) = story.body.blocks.iter().position(|block| block.kind == Kind::Paragraph) else { return };
    let Some(line) = dateline(story.body.block_text(at)) else { return };
    if line.chars().any(|c| c.is_ascii_digit()) {
        return;
    }
    let counted = story
        .copy
        .dates
        .iter()
        .find(|date| matches!(date.kind, DateKind::Weekday(_) | DateKind::Relative(_)));
    let dated = story.copy.dates.iter().any(|date| matches!(date.kind, DateKind::Month { day: Some(_), .. }));
    let place = || story.place(Spot::Block(at), &super::findings::quoted(line));
    let day = counted.filter(|_| !dated && story.manuscript.published.is_none());
    if let Some(day) = day {
        findings.wrong(
            "dateline-without-date",
            place(),
            format!(
                "The text says “{}”, and nothing tells which day that was.",
                &story.copy.text[day.range.clone()]
            ),
            "Give the dateline its date, or the story its date of publication.",
        );
    } else if !dated_at_once(story, at) {
        findings.doubtful(
            "dateline-without-date",
            place(),
            "It names a place and no date.",
            "Give the dateline its date, if the house does so.",
        );
    }
}

/// The paragraph itself says on which day of a month it was.
fn dated_at_once(story: &Story<'_>, block: usize) -> bool {
    let range = &story.body.blocks[block].range;
    let mut inside = story.copy.dates.iter().filter(|date| range.contains(&date.range.start));
    inside.any(|date| matches!(date.kind, DateKind::Month { day: Some(_), .. }))
}

/// "MINSK —", "MINSK (Reuters) -", "Berlin (dpa) –": what stands before the dash.
fn dateline(paragraph: &str) -> Option<&str> {
    let at = [" — ", " – ", " - ", "— "].iter().filter_map(|dash| paragraph.find(dash)).min()?;
    let line = &paragraph[..at];
    if line.is_empty() || line.chars().count() > LONGEST || !line.starts_with(char::is_uppercase) {
        return None;
    }
    let place = line.split(['(', ',']).next().unwrap_or_default().trim();
    let shouted = place.chars().count() > 2 && !place.chars().any(char::is_lowercase);
    let agency = line.strip_suffix(')').and_then(|line| line.split_once(" (")).is_some_and(|(_, agency)| {
        agency
            .split([' ', '/'])
            .all(|word| word.starts_with(char::is_uppercase) || SMALL_AGENCIES.contains(&word))
    });
    let capitals = place.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    (shouted || agency && capitals).then_some(line)
}
