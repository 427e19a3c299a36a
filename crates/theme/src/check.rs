//! What a theme needs that is not there, and what in it no longer works: `courant theme check`.
//!
//! The rules that keep Ghost from activating a theme (gscan's fatal ones) are fatal here too, where they can be seen
//! without rendering.

use std::collections::BTreeSet;
use std::path::Path;

use handlebars::{Mention, Mentioned, Template};

use crate::theme::{Problem, Theme};

/// Something found in a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// What and where.
    pub problem: Problem,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Pages fail, or Ghost refuses the theme.
    Fatal,
    /// A page or a part of it does not work.
    Error,
    /// Something that most themes have is missing.
    Warning,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let level = match self.level {
            Level::Fatal => "fatal",
            Level::Error => "error",
            Level::Warning => "warning",
        };
        let Problem { file, line, column, message } = &self.problem;
        match line {
            0 => write!(f, "{file}: {level}: {message}"),
            _ => write!(f, "{file}:{line}:{column}: {level}: {message}"),
        }
    }
}

/// Data variables that there are.
const GLOBALS: &[&str] = &[
    "site",
    "member",
    "custom",
    "labs",
    "config",
    "page",
    "root",
    "index",
    "number",
    "key",
    "first",
    "last",
    "even",
    "odd",
    "rowStart",
    "rowEnd",
    "contextPath",
    "error",
    "partial-block",
    "level",
];

/// Data of earlier times, and what took its place.
const GONE: &[(&str, &str)] = &[
    ("blog.cover", "@site.cover_image"),
    ("blog.permalinks", "nothing: remove it"),
    ("site.permalinks", "nothing: remove it"),
    ("site.ghost_head", "{{ghost_head}}"),
    ("site.ghost_foot", "{{ghost_foot}}"),
    ("blog", "@site"),
];

/// Plain fields of earlier times, and what took their place.
const GONE_FIELDS: &[(&str, &str)] = &[("pageUrl", "{{page_url}}")];

/// What templates of earlier times wrote, as patterns of what stands between the braces (Ghost's rules look at the text,
/// comments included), and what took its place.
const GONE_WORDS: &[(&str, &str)] = &[
    (r#"image\b[\w\s='"]*"#, "{{img_url}} and {{feature_image}}"),
    (r"#if\s*image|(?:#if\s*)?post\.image", "feature_image (of authors profile_image)"),
    (r"(?:#if\s*)?cover", "cover_image"),
    (r"(?:#if\s*)?(?:tag|(?:post\.)?tags\.\[[0-9]+\])\.image", "feature_image"),
    (r"post\.author(?:\.\w+)?", "post.primary_author, or post.authors.[0]"),
    (r"post\.author_id", "post.primary_author.id"),
    (r"#?(?:if)?\s*\.\./author(?:\.\S*?)?", "../primary_author, or ../authors.[0]"),
];

/// Reads the theme in `dir` and lists what is wrong with it, the worst first, then by file and place.
pub fn check(dir: &Path) -> Vec<Finding> {
    let mut findings = match Theme::load(dir) {
        Ok(theme) => {
            let mut findings = check_theme(&theme);
            check_words(&theme, &mut findings);
            findings
        }
        Err(problems) => {
            problems.0.into_iter().map(|problem| Finding { level: Level::Fatal, problem }).collect()
        }
    };
    findings.sort_by(|one, other| {
        let key = |finding: &Finding| (finding.level, finding.problem.line, finding.problem.column);
        let (one_key, other_key) = (key(one), key(other));
        (one_key.0, &one.problem.file, one_key.1, one_key.2).cmp(&(
            other_key.0,
            &other.problem.file,
            other_key.1,
            other_key.2,
        ))
    });
    findings
}

/// What is wrong with a loaded theme, in no particular order.
pub fn check_theme(theme: &Theme) -> Vec<Finding> {
    let mut findings: Vec<Finding> = theme
        .problems()
        .iter()
        .map(|problem| {
            let level = if problem.file == "package.json" { Level::Error } else { Level::Fatal };
            Finding { level, problem: problem.clone() }
        })
        .collect();
    for name in ["index", "post"] {
        if !theme.has_template(name) {
            let message = format!("every theme needs a template {name}.hbs");
            findings.push(Finding {
                level: Level::Fatal,
                problem: Problem::whole(&format!("{name}.hbs"), message),
            });
        }
    }
    check_layouts(theme, &mut findings);
    let mut used = Used::default();
    for template in theme.templates().chain(theme.own_partials()) {
        check_mentions(theme, template, &mut used, &mut findings);
    }
    for helper in ["ghost_head", "ghost_foot"] {
        if !used.helpers.contains(helper) {
            let message = format!(
                "no template calls {{{{{helper}}}}}; scripts and metadata of the site will be missing"
            );
            findings.push(Finding { level: Level::Warning, problem: Problem::whole("default.hbs", message) });
        }
    }
    let offered: BTreeSet<&str> = theme.package().custom.iter().map(|setting| setting.key.as_str()).collect();
    for setting in &offered {
        if !used.settings.contains(*setting) {
            let message =
                format!("the setting {setting:?} is offered, and no template uses @custom.{setting}");
            findings.push(Finding { level: Level::Error, problem: Problem::whole("package.json", message) });
        }
    }
    findings
}

/// Old words in the texts of the templates.
fn check_words(theme: &Theme, findings: &mut Vec<Finding>) {
    let patterns: Vec<(regex::Regex, &str)> = GONE_WORDS
        .iter()
        .filter_map(|(words, instead)| {
            let pattern = regex::Regex::new(&format!(r"\{{\{{\s*(?:{words})\s*\}}\}}")).ok()?;
            Some((pattern, *instead))
        })
        .collect();
    for template in theme.templates().chain(theme.own_partials()) {
        let Ok(text) = std::fs::read_to_string(theme.dir().join(template.file())) else { continue };
        let mut told = BTreeSet::new();
        for (pattern, instead) in &patterns {
            for found in pattern.find_iter(&text).filter(|found| told.insert(found.start())) {
                let before = &text[..found.start()];
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                let problem = Problem {
                    file: template.file().to_owned(),
                    line: u32::try_from(line).unwrap_or(u32::MAX),
                    column: u32::try_from(column).unwrap_or(u32::MAX),
                    message: format!("{} is gone; use {instead}", found.as_str()),
                };
                findings.push(Finding { level: Level::Fatal, problem });
            }
        }
    }
}

#[derive(Default)]
struct Used {
    helpers: BTreeSet<String>,
    settings: BTreeSet<String>,
}

fn check_layouts(theme: &Theme, findings: &mut Vec<Finding>) {
    for name in theme.template_names() {
        let mut seen = vec![name];
        let mut current = name;
        while let Some(Ok(template)) = theme.template(current)
            && let Some(layout) = template.layout()
            && let Some(next) = theme.layout_of(current, layout)
        {
            if seen.contains(&next) {
                if next == name {
                    let message =
                        format!("the layouts of this template go in a circle: {}", seen.join(" → "));
                    let problem = Problem { line: 1, column: 1, ..Problem::whole(template.file(), message) };
                    findings.push(Finding { level: Level::Fatal, problem });
                }
                break;
            }
            seen.push(next);
            current = next;
        }
    }
}

fn check_mentions(theme: &Theme, template: &Template, used: &mut Used, findings: &mut Vec<Finding>) {
    let inline: Vec<&str> = named(template, Mentioned::InlinePartial);
    for mention in template.mentions() {
        let mut found = |level, message: String| {
            let problem = Problem {
                file: template.file().to_owned(),
                line: mention.place.line,
                column: mention.place.column + 1,
                message,
            };
            findings.push(Finding { level, problem });
        };
        let name = mention.name.as_str();
        match mention.what {
            Mentioned::Helper => {
                used.helpers.insert(name.to_owned());
            }
            Mentioned::MissingHelper => {
                found(Level::Fatal, format!("there is no helper {name:?}; its page answers with an error"));
            }
            // The body that a partial was called with is there where somebody calls it so.
            Mentioned::Partial if name == "@partial-block" => {}
            Mentioned::Partial if theme.partial(name).is_none() && !inline.contains(&name) => {
                found(
                    Level::Error,
                    format!(
                        "there is no partial partials/{name}.hbs; its page fails, unless the call has a body"
                    ),
                );
            }
            Mentioned::MisusedCondition => {
                found(
                    Level::Fatal,
                    format!("#{name} needs exactly one argument; its page answers with an error"),
                );
            }
            Mentioned::DynamicPartial => {
                found(
                    Level::Fatal,
                    "Ghost takes partials whose name is an expression only with a body ({{#> …}})".to_owned(),
                );
            }
            Mentioned::Data => check_data(theme, name, used, &mut found),
            Mentioned::Field => {
                if let Some((_, instead)) = GONE_FIELDS.iter().find(|(gone, _)| *gone == name) {
                    found(Level::Fatal, format!("{{{{{name}}}}} is gone; use {instead}"));
                }
            }
            _ => {}
        }
    }
}

fn named(template: &Template, what: Mentioned) -> Vec<&str> {
    let is_so = |mention: &&Mention| mention.what == what;
    template.mentions().iter().filter(is_so).map(|mention| mention.name.as_str()).collect()
}

fn check_data(theme: &Theme, path: &str, used: &mut Used, found: &mut impl FnMut(Level, String)) {
    let name = path.split('.').next().unwrap_or(path);
    let gone = GONE
        .iter()
        .find(|(gone, _)| path == *gone || path.strip_prefix(gone).is_some_and(|rest| rest.starts_with('.')));
    if let Some((gone, instead)) = gone {
        // The plain `@blog` says nothing any more, and lets a theme in all the same.
        let level = if *gone == "blog" { Level::Error } else { Level::Fatal };
        found(level, format!("@{gone} is gone; use {instead}"));
    } else if !GLOBALS.contains(&name) {
        found(Level::Error, format!("there is no data variable @{name}"));
    } else if let Some(setting) = path.strip_prefix("custom.") {
        let setting = setting.split('.').next().unwrap_or(setting);
        used.settings.insert(setting.to_owned());
        if !theme.package().custom.iter().any(|offered| offered.key == setting) {
            found(Level::Error, format!("package.json offers no setting {setting:?} under config.custom"));
        }
    }
}
