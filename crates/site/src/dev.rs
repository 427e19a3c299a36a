//! Pages for whoever writes a theme (`serve --dev`): what is wrong, in which file, and the place marked in its lines.

use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use web::Response;
use web::exchange::respond;

use crate::errors::escape;
use crate::pages::PRIVATE;

/// Lines shown before and behind the marked one.
const AROUND: usize = 4;
/// Most problems shown on one page.
const MOST: usize = 50;
/// Longest line shown whole, in characters.
const WIDEST: usize = 400;

/// A page that shows what is wrong with the theme in `folder`.
pub fn page(
    status: StatusCode,
    folder: &std::path::Path,
    title: &str,
    problems: &[theme::Problem],
) -> Response {
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>\
         <p>Theme folder: <code>{}</code>. Save the file and load this page again.</p>",
        escape(&folder.display().to_string()),
        title = escape(title),
    );
    for problem in problems.iter().take(MOST) {
        html.push_str(&format!("<section><h2>{}</h2>", escape(&problem.to_string())));
        // The name comes from the theme's own files; what leads out of its folder is not opened.
        let inside = !problem.file.starts_with('/') && !problem.file.split('/').any(|part| part == "..");
        if inside
            && problem.line > 0
            && let Ok(source) = std::fs::read_to_string(folder.join(&problem.file))
        {
            lines(&source, problem, &mut html);
        }
        html.push_str("</section>");
    }
    html.push_str("</main></body></html>");
    let mut response = respond(status, "text/html; charset=utf-8", html);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(PRIVATE));
    response
}

/// The lines around a problem; its own is marked, and what stands at its column.
fn lines(source: &str, problem: &theme::Problem, html: &mut String) {
    let at = problem.line as usize;
    html.push_str("<pre>");
    for (index, line) in source.lines().enumerate() {
        let number = index + 1;
        if number + AROUND < at || number > at + AROUND {
            continue;
        }
        let line: String = line.chars().take(WIDEST).collect();
        if number != at {
            html.push_str(&format!("<span>{number:>5}</span> {}\n", escape(&line)));
            continue;
        }
        // Columns count UTF-16 units.
        let column = (problem.column as usize).saturating_sub(1);
        let mut units = 0;
        let start = line.char_indices().find(|(_, c)| {
            let here = units >= column;
            units += c.len_utf16();
            here
        });
        let start = start.map_or(line.len(), |(start, _)| start);
        let end = line[start..].find("}}").map_or(line.len(), |end| start + end + 2);
        let end = line[end..].find(|c| c != '}').map_or(line.len(), |more| end + more);
        html.push_str(&format!(
            "<b><span>{number:>5}</span> {}<mark>{}</mark>{}</b>\n",
            escape(&line[..start]),
            escape(&line[start..end]),
            escape(&line[end..])
        ));
    }
    html.push_str("</pre>");
}

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;margin:2rem;color-scheme:light dark}h1{font-size:1.4rem}\
h2{font-size:1rem;font-weight:600;overflow-wrap:anywhere}pre{overflow:auto;padding:1rem;border:1px solid;line-height:1.6}\
pre span{opacity:.6}pre b{font-weight:600}mark{background:#ffd54d;color:#000}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_marked() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.hbs"), "<p>\n<i>ü</i>{{#if x}<b>\n</p>\n").unwrap();
        let problem =
            theme::Problem { file: "index.hbs".into(), line: 2, column: 9, message: "not <closed>".into() };
        let outside = theme::Problem { file: "../../etc/passwd".into(), ..problem.clone() };
        let answer = page(StatusCode::BAD_REQUEST, folder.path(), "Wrong", &[problem, outside]);
        let html = String::from_utf8(answer.body().to_vec()).unwrap();
        assert!(html.contains("<h2>index.hbs:2:9: not &lt;closed&gt;</h2>"), "{html}");
        assert!(html.contains("</span> &lt;i&gt;ü&lt;/i&gt;<mark>{{#if x}&lt;b&gt;</mark>"), "{html}");
        assert_eq!(html.matches("<pre>").count(), 1);
    }
}
