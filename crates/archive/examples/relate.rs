//! `courant desk related` without the rest of the program: for measuring while the rules change.

use std::io::{BufRead, Write};

use archive::{Archive, RelatedOptions, Story};
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = tempfile::tempdir()?;
    let archive = Archive::open(dir.path())?;
    let mut ids = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| line[name].as_str().unwrap_or_default();
        archive.add(&Story::new(field("id"), field("title"), field("text")))?;
        ids.push(field("id").to_owned());
    }
    archive.commit("all")?;
    let floor = std::env::args().nth(1).map_or(Ok(0.5), |floor| floor.parse())?;
    let options = RelatedOptions { limit: 20, floor: 0.0, versions: true };
    let (mut near, mut pairs) = (Vec::new(), Vec::new());
    for (number, id) in ids.iter().enumerate() {
        let found = archive.related(id, &options)?;
        for one in &found {
            pairs.extend(ids.iter().position(|other| *other == one.id).map(|at| (number, at, one.nearness)));
        }
        near.push(found);
    }
    let clusters = archive::clusters(ids.len(), &pairs, floor);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for ((id, near), cluster) in ids.iter().zip(near).zip(clusters) {
        let names = |found: &[archive::Related]| found.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        let duplicates = names(&archive.versions(id)?);
        writeln!(
            out,
            "{}",
            json!({"id": id, "neighbours": names(&near), "duplicates": duplicates, "cluster": cluster})
        )?;
    }
    Ok(out.flush()?)
}
