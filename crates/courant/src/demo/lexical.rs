//! The sample's texts from the editor's documents to html and plain text.

use serde_json::Value as Json;

/// Html and plain text of a document.
///
/// THE SEAM: when `document` renders Lexical, this function calls it, and everything below `without_sign_up` goes.
pub fn render(lexical: &str) -> Result<(String, String), String> {
    let document: Json = serde_json::from_str(lexical).map_err(|error| error.to_string())?;
    let mut html = String::new();
    for block in children(document.get("root").ok_or("no root")?) {
        push_block(&mut html, block);
    }
    let plaintext = document::plaintext(&html);
    Ok((html, plaintext))
}

/// The document without the cards that invite to sign up, which nobody can yet. With the members' doors this goes.
pub fn without_sign_up(mut document: Json) -> Json {
    if let Some(Json::Array(blocks)) = document.pointer_mut("/root/children") {
        blocks.retain(|block| {
            let leads_to_portal = text(block, "buttonUrl").contains("#/portal");
            !leads_to_portal && text(block, "type") != "signup"
        });
    }
    document
}

fn push_block(html: &mut String, block: &Json) {
    match text(block, "type") {
        "paragraph" => push_element(html, "p", block),
        "extended-heading" | "heading" => push_element(html, text(block, "tag"), block),
        "extended-quote" | "quote" | "aside" => push_element(html, "blockquote", block),
        "list" => {
            let tag = text(block, "tag");
            html.push_str(&format!("<{tag}>"));
            for item in children(block) {
                push_element(html, "li", item);
            }
            html.push_str(&format!("</{tag}>"));
        }
        "paywall" => html.push_str("<!--members-only-->"),
        // Cards are the renderer's.
        _ => {}
    }
}

fn push_element(html: &mut String, tag: &str, block: &Json) {
    html.push_str(&format!("<{tag}>"));
    for run in children(block) {
        if text(run, "type") == "link" {
            html.push_str("<a href=\"");
            push_escaped(html, text(run, "url"));
            html.push_str("\">");
            children(run).iter().for_each(|run| push_escaped(html, text(run, "text")));
            html.push_str("</a>");
        } else {
            push_escaped(html, text(run, "text"));
        }
    }
    html.push_str(&format!("</{tag}>"));
}

fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

fn children(block: &Json) -> &[Json] {
    block.get("children").and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(block: &'a Json, name: &str) -> &'a str {
    block.get(name).and_then(Json::as_str).unwrap_or_default()
}
