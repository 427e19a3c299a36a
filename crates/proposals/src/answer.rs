//! What an answer says: JSON of the chat protocol, and in its message JSON with the points.

use std::collections::HashSet;

use serde_json::Value;

use crate::{MOST, Proposal, plain};

/// Entries of the list that are looked at; a longer list is no list of points.
const LOOKED_AT: usize = 200;

/// The points of an answer, or what is wrong with it.
pub(crate) fn proposals(answer: &[u8]) -> Result<Vec<Proposal>, &'static str> {
    let answer: Value = serde_json::from_slice(answer).map_err(|_| "it is no JSON")?;
    let message = answer.pointer("/choices/0/message/content").ok_or("it holds no message")?;
    let message = message.as_str().ok_or("its message is no text")?;
    let points: Value = serde_json::from_str(unfenced(message)).map_err(|_| "its message is no JSON")?;
    let points = points.get("points").ok_or("its message has no “points”")?;
    let points = points.as_array().ok_or("its “points” are no list")?;
    let mut lines = Vec::new();
    for point in points.iter().take(LOOKED_AT) {
        lines.push(point.as_str().ok_or("one of its points is no text")?);
    }
    let mut seen = HashSet::new();
    let plain = lines.into_iter().filter_map(plain::line).filter(|line| seen.insert(spoken(line)));
    Ok(plain.take(MOST).map(|text| Proposal { text }).collect())
}

/// What stands inside a code fence, when the message is one.
fn unfenced(message: &str) -> &str {
    let message = message.trim();
    let Some(inside) = message.strip_prefix("```").and_then(|rest| rest.strip_suffix("```")) else {
        return message;
    };
    inside.strip_prefix("json").unwrap_or(inside).trim()
}

/// A line's letters and digits: two lines that are read out alike are one.
pub(crate) fn spoken(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
