//! A document written down as the editor keeps it: with all the members that it expects of a node.

use std::fmt::Write;

use crate::json::{Json, number_text};
use crate::lexical::{Document, Kind};

/// The document as json.
pub(crate) fn text(document: &Document<'_>) -> String {
    let children = document.children();
    let has_text = children.iter().any(|child| !matches!(Kind::of(child), Kind::Card(_) | Kind::Unknown));
    let mut out = String::from("{\"root\":{");
    nodes(&mut out, children);
    let direction = if has_text { "\"ltr\"" } else { "null" };
    let _ = write!(
        out,
        ",\"direction\":{direction},\"format\":\"\",\"indent\":0,\"type\":\"root\",\"version\":1}}}}"
    );
    out
}

fn nodes(out: &mut String, children: &[Json<'_>]) {
    out.push_str("\"children\":[");
    for (nth, child) in children.iter().enumerate() {
        if nth > 0 {
            out.push(',');
        }
        node(out, child, nth + 1);
    }
    out.push(']');
}

/// A node; `place` is its number among its siblings, from 1.
fn node(out: &mut String, json: &Json<'_>, place: usize) {
    let kind = json.text("type").unwrap_or_default();
    let member = |name: &str| {
        let mut text = String::new();
        value(&mut text, json.get(name).unwrap_or(&Json::Null));
        text
    };
    match kind {
        "text" => {
            let (format, words) = (json.get("format").map_or(0.0, Json::to_number), member("text"));
            let format = number_text(format);
            let _ = write!(
                out,
                "{{\"detail\":0,\"format\":{format},\"mode\":\"normal\",\"style\":\"\",\"text\":{words},\
                 \"type\":\"text\",\"version\":1}}"
            );
        }
        "linebreak" => out.push_str("{\"type\":\"linebreak\",\"version\":1}"),
        "paragraph" | "quote" | "aside" | "heading" | "link" | "list" | "listitem" => {
            out.push('{');
            nodes(out, json.items("children"));
            out.push_str(",\"direction\":\"ltr\",\"format\":\"\",\"indent\":0,");
            if kind == "list" {
                let tag = if json.text("listType") == Some("bullet") { "ul" } else { "ol" };
                let _ = write!(out, "\"tag\":\"{tag}\",");
            }
            let _ = write!(out, "\"type\":\"{kind}\",");
            let _ = match kind {
                "heading" => write!(out, "\"tag\":{},", member("tag")),
                "link" => {
                    let (rel, url) = (member("rel"), member("url"));
                    write!(out, "\"rel\":{rel},\"target\":null,\"title\":null,\"url\":{url},")
                }
                "list" => write!(out, "\"listType\":{},\"start\":1,", member("listType")),
                "listitem" => write!(out, "\"value\":{place},"),
                _ => Ok(()),
            };
            out.push_str("\"version\":1}");
        }
        // Cards are what their data is.
        _ => value(out, json),
    }
}

fn value(out: &mut String, json: &Json<'_>) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Number(number) if number.is_finite() => out.push_str(&number_text(*number)),
        Json::Number(_) => out.push_str("null"),
        Json::Text(text) => quoted(out, text),
        Json::List(items) => {
            out.push('[');
            for (nth, item) in items.iter().enumerate() {
                if nth > 0 {
                    out.push(',');
                }
                value(out, item);
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (nth, (name, member)) in members.iter().enumerate() {
                if nth > 0 {
                    out.push(',');
                }
                quoted(out, name);
                out.push(':');
                value(out, member);
            }
            out.push('}');
        }
    }
}

fn quoted(out: &mut String, text: &str) {
    out.push_str(&serde_json::Value::from(text).to_string());
}
