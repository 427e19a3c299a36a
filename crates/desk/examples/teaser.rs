//! Teasers of many texts: JSON lines with `text` in, `{"first", "teaser"}` out for those whose first sentence is too long; the counts go
//! to the standard error. Argument: characters (default 160).

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let most = std::env::args().nth(1).and_then(|most| most.parse().ok()).unwrap_or(160);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut n, mut n_long, mut n_cut, mut n_later) = (0, 0, 0, 0);
    for line in std::io::stdin().lock().lines() {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
        let text = article["text"].as_str().unwrap_or_default();
        let Some(first) = text::sentences(text).into_iter().map(|range| &text[range]).next() else {
            continue;
        };
        n += 1;
        if first.chars().count() <= most || !first.ends_with('.') {
            continue;
        }
        n_long += 1;
        let teaser = desk::teaser::teaser(text, "", most);
        if let Some(teaser) = &teaser {
            let is_cut = first.starts_with(teaser.trim_end_matches('.'));
            n_cut += usize::from(is_cut);
            n_later += usize::from(!is_cut);
        }
        writeln!(out, "{}", serde_json::json!({ "first": first, "teaser": teaser }))?;
    }
    eprintln!(
        "{n} texts, {n_long} with a first sentence of more than {most} characters: {n_cut} cut, {n_later} with a later one"
    );
    out.flush()
}
