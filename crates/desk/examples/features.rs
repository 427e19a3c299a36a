//! For fitting: JSON lines {"id","document","statement"} in, {"id","row"} out; with `--names` the names of the features.

use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if std::env::args().any(|arg| arg == "--names") {
        for (name, about) in desk::features::ABOUT {
            println!("{name}\t{about}");
        }
        return Ok(());
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut last: Option<(String, desk::Article)> = None;
    for line in std::io::stdin().lock().lines() {
        let ask: serde_json::Value = serde_json::from_str(&line?)?;
        let document = ask["document"].as_str().unwrap_or_default();
        if last.as_ref().is_none_or(|(text, _)| text != document) {
            last = Some((document.to_owned(), desk::Article::new(document)));
        }
        let Some((_, article)) = &last else { continue };
        let statement =
            text::read(ask["statement"].as_str().unwrap_or_default(), Some(article.copy.language));
        let row = desk::features::row(article, &statement);
        writeln!(out, "{}", serde_json::json!({"id": ask["id"], "row": row}))?;
    }
    Ok(())
}
