//! Templates that people wrote, through this engine and the real one: all of Ghost's two default themes and of ours,
//! with stubs for helpers and made-up data; and the fixture's texts, as templates and as data.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use handlebars::{Mentioned, Names, Template};
use serde_json::{Value, json};

use crate::differential::difference;
use crate::generate::Random;
use crate::{helpers, oracle};

/// Sets of data for each template.
const N_DATA: u64 = 8;

#[test]
fn templates_of_themes_render_as_in_javascript() {
    let texts = texts();
    let mut cases = Vec::new();
    for theme in themes() {
        let theme = Theme::read(&theme);
        for (name, source) in &theme.templates {
            for seed in 1..=N_DATA {
                cases.push((format!("{name}, data {seed}"), theme.case(source, seed, &texts).to_string()));
            }
        }
    }
    assert!(cases.len() as u64 > 100 * N_DATA, "only {} templates", cases.len());
    check(&cases);
}

#[test]
fn texts_render_as_in_javascript() {
    let cases: Vec<_> = texts()
        .iter()
        .map(|text| {
            let template = format!("{text}\n{{{{text}}}}\n{{{{{{text}}}}}}\n{text}");
            (
                template.chars().take(60).collect(),
                json!({ "template": template, "data": { "text": text } }).to_string(),
            )
        })
        .collect();
    assert!(cases.len() > 100, "only {} texts", cases.len());
    check(&cases);
}

fn check(cases: &[(String, String)]) {
    let lines: Vec<_> = cases.iter().map(|(_, line)| line.clone()).collect();
    let mut wrong = Vec::new();
    for ((name, line), expected) in cases.iter().zip(oracle::answers(&lines)) {
        if let Some(difference) = difference(line, &expected) {
            wrong.push(format!("{name}: {difference}\n{line}"));
        } else if expected.get("output").is_none() {
            wrong.push(format!("{name}: no output to compare, {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} are wrong\n\n{}", wrong.len(), cases.len(), wrong[0]);
}

fn shared() -> PathBuf {
    std::env::var_os("COURANT_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from)
}

/// The folders of the themes. Ghost's are fetched once, into the target folder.
fn themes() -> Vec<PathBuf> {
    let ghost = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ghost-themes");
    if !ghost.join("source/default.hbs").exists() || !ghost.join("casper/default.hbs").exists() {
        let tool = shared().join("peer/themes");
        let fetched = Command::new(&tool).arg(&ghost).output();
        let fetched = fetched.unwrap_or_else(|error| panic!("{}: {error}", tool.display()));
        assert!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stderr));
    }
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../themes");
    vec![ghost.join("source"), ghost.join("casper"), ours.join("courant"), ours.join("plain")]
}

/// Texts of the fixture's cards as Ghost renders them, and what is awkward in a text.
fn texts() -> Vec<String> {
    let path = shared().join("peer/cards/cards.jsonl");
    let lines = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let html = lines.lines().filter_map(|line| {
        let card: Value = serde_json::from_str(line).expect("cards are JSON");
        card["html"].as_str().map(str::to_owned)
    });
    html.chain(["", "0", "a & b", "<i>'\"`=</i>", "{{x}}", "été 漢 😀"].map(str::to_owned)).collect()
}

struct Theme {
    /// By their path in the theme, without ending.
    templates: BTreeMap<String, String>,
    /// Names of fields and of data variables that the templates mention.
    fields: Vec<String>,
    variables: Vec<String>,
}

impl Theme {
    fn read(folder: &Path) -> Self {
        let mut templates = BTreeMap::new();
        read_templates(folder, "", &mut templates);
        let names = Names::new(helpers::GHOST.iter().copied());
        let (mut fields, mut variables) = (BTreeSet::new(), BTreeSet::new());
        for (name, source) in &templates {
            let template =
                Template::compile(name, source, &names).expect("the templates of themes can be read");
            for mention in template.mentions() {
                match mention.what {
                    Mentioned::Field => drop(fields.insert(mention.name.clone())),
                    Mentioned::Data => {
                        let mut parts = mention.name.split('.').map(str::to_owned);
                        variables.extend(parts.next());
                        fields.extend(parts);
                    }
                    _ => {}
                }
            }
        }
        for made in ["root", "index", "number", "first", "last", "key", "partial-block"] {
            variables.remove(made);
        }
        let (fields, variables) = (fields.into_iter().collect(), variables.into_iter().collect());
        Self { templates, fields, variables }
    }

    fn case(&self, source: &str, seed: u64, texts: &[String]) -> Value {
        let mut random = Random::new(seed);
        let partials: serde_json::Map<_, _> = self
            .templates
            .iter()
            .filter_map(|(name, source)| Some((name.strip_prefix("partials/")?.to_owned(), json!(source))))
            .collect();
        let variables: serde_json::Map<_, _> =
            self.variables.iter().map(|name| (name.clone(), self.object(&mut random, texts, 1))).collect();
        json!({
            "template": source,
            "partials": partials,
            "data": self.object(&mut random, texts, 0),
            "variables": variables,
            "helpers": helpers::GHOST,
            "options": { "preventIndent": seed.is_multiple_of(2) },
        })
    }

    fn object(&self, random: &mut Random, texts: &[String], depth: u32) -> Value {
        let mut fields = serde_json::Map::new();
        for name in &self.fields {
            // The whole set of names on the outside, a few further in.
            if random.percent([75, 30, 8][depth as usize]) {
                fields.insert(name.clone(), self.value(random, texts, depth));
            }
        }
        Value::Object(fields)
    }

    fn value(&self, random: &mut Random, texts: &[String], depth: u32) -> Value {
        match random.below(if depth < 2 { 12 } else { 7 }) {
            0 => Value::Null,
            1 => json!(true),
            2 => json!(random.below(3)),
            3..7 => json!(texts[random.below(texts.len())]),
            7..9 => self.object(random, texts, depth + 1),
            _ => (0..random.below(3)).map(|_| self.object(random, texts, depth + 1)).collect(),
        }
    }
}

fn read_templates(folder: &Path, under: &str, templates: &mut BTreeMap<String, String>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = if under.is_empty() { name.into_owned() } else { format!("{under}/{name}") };
        if path.is_dir() {
            if name != "node_modules" {
                read_templates(&path, &name, templates);
            }
        } else if path.extension().is_some_and(|ending| ending == "hbs") {
            let source = std::fs::read_to_string(&path).expect("templates are UTF-8");
            templates.insert(name, source);
        }
    }
}
