//! Addresses that lead elsewhere: the publication's `redirects.yaml` or `redirects.json`.
//!
//! Patterns run on a linear-time engine: what it cannot express (look-around, back references) is skipped with a
//! word in the log, as a broken pattern is.

use std::path::Path;

use http::StatusCode;
use percent_encoding::percent_decode_str;
use regex::{Captures, Regex, RegexBuilder};
use serde_json::Value as Json;
use web::Request;
use web::Response;
use web::exchange::redirect;

use crate::yaml::{self, Yaml};

/// Most rules that are read; a file that holds more is cut there.
const MAX_RULES: usize = 20_000;
/// Largest compiled pattern, in bytes.
const MAX_PATTERN_BYTES: usize = 256 * 1024;

/// The rules, in the order in which they are tried.
#[derive(Debug, Default)]
pub struct Redirects {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    from: Regex,
    /// Scheme and host of an absolute target; empty for a path of ours.
    origin: String,
    path: String,
    query: String,
    fragment: String,
    permanent: bool,
}

impl Redirects {
    /// Reads the rules of a content folder; none when it has no such file. What cannot be read is skipped and logged.
    pub fn read(content: &Path) -> Self {
        let data = content.join("data");
        let yaml = data.join("redirects.yaml");
        let rules = match std::fs::read_to_string(&yaml) {
            Ok(text) => of_yaml(&text).map_err(|why| (yaml, why)),
            Err(_) => {
                let json = data.join("redirects.json");
                match std::fs::read_to_string(&json) {
                    Ok(text) => of_json(&text).map_err(|why| (json, why)),
                    Err(_) => Ok(Vec::new()),
                }
            }
        };
        match rules {
            Ok(rules) => Redirects::new(rules),
            Err((file, why)) => {
                tracing::error!(file = %file.display(), "redirects cannot be read: {why}");
                Redirects::default()
            }
        }
    }

    /// Takes rules of (from, to, permanent); bad patterns are skipped and logged.
    pub fn new(rules: impl IntoIterator<Item = (String, String, bool)>) -> Self {
        let mut kept = Vec::new();
        for (from, to, permanent) in rules.into_iter().take(MAX_RULES) {
            if from.is_empty() || to.is_empty() {
                tracing::warn!(from, to, "a redirect without from or to is skipped");
                continue;
            }
            let Some(from) = pattern(&from) else {
                tracing::warn!(from, "a redirect's pattern cannot be read; it is skipped");
                continue;
            };
            let (to, fragment) =
                to.split_once('#').map_or((to.as_str(), ""), |(to, fragment)| (to, fragment));
            let (to, query) = to.split_once('?').unwrap_or((to, ""));
            let (origin, path) = origin_and_path(to);
            kept.push(Rule {
                from,
                origin: origin.to_owned(),
                path: path.to_owned(),
                query: query.to_owned(),
                fragment: fragment.to_owned(),
                permanent,
            });
        }
        Redirects { rules: kept }
    }

    /// The answer of the first rule that fits the request's path (without sub-directory).
    pub fn answer(&self, request: &Request, subdirectory: &str) -> Option<Response> {
        let rule = self.rules.iter().find(|rule| rule.from.is_match(&request.path))?;
        let captures = rule.from.captures(&request.path)?;
        let whole = captures.get(0)?;
        let mut path = String::with_capacity(request.path.len() + rule.path.len());
        path.push_str(&request.path[..whole.start()]);
        expand(&rule.path, &captures, &mut path);
        path.push_str(&request.path[whole.end()..]);
        if rule.origin.is_empty() {
            path = crate::paths::single_slashes(&path);
        } else if path.is_empty() && !rule.origin.ends_with(':') {
            path.push('/');
        }
        let query = merged_query(request.query.as_deref().unwrap_or_default(), &rule.query, &captures);
        let prefix = if rule.origin.is_empty() { subdirectory } else { &rule.origin };
        let mut location = format!("{prefix}{path}");
        if !query.is_empty() {
            location.push('?');
            location.push_str(&query);
        }
        if !rule.fragment.is_empty() {
            location.push('#');
            location.push_str(&rule.fragment);
        }
        let (status, cache) = if rule.permanent {
            (StatusCode::MOVED_PERMANENTLY, "public, max-age=31536000")
        } else {
            (StatusCode::FOUND, "public, max-age=0")
        };
        Some(redirect(status, &location, cache))
    }
}

/// Takes a target apart: scheme and host (or the scheme alone, as in `mailto:`), and what follows.
fn origin_and_path(to: &str) -> (&str, &str) {
    let (scheme, rest) = match to.split_once("//") {
        Some((scheme, rest)) if scheme.is_empty() || scheme.ends_with(':') && !scheme.contains('/') => {
            (scheme, rest)
        }
        _ => {
            let scheme = to.find(':').filter(|at| !to[..*at].contains('/')).map_or(0, |at| at + 1);
            return to.split_at(scheme);
        }
    };
    let host_end = rest.find('/').unwrap_or(rest.len());
    to.split_at(scheme.len() + 2 + host_end)
}

/// Ghost's rules of writing a pattern: `/…/i` folds case, a slash at the end may be there or not.
fn pattern(from: &str) -> Option<Regex> {
    let build = |text: &str| {
        let (text, fold) = match text.strip_prefix('/').and_then(|rest| rest.strip_suffix("/i")) {
            Some(inner) => (inner, true),
            None => (text, false),
        };
        let text = text.strip_suffix('/').unwrap_or(text);
        let text = if text.ends_with('$') { text.to_owned() } else { format!("{text}/?$") };
        RegexBuilder::new(&text).case_insensitive(fold).size_limit(MAX_PATTERN_BYTES).build().ok()
    };
    build(from).or_else(|| build(&crate::paths::encode(from)))
}

/// Writes `template` with `$1`, `$2`, … replaced; `$$` is a dollar sign, an unknown group stays as written.
fn expand(template: &str, captures: &Captures<'_>, out: &mut String) {
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(tail) = rest.strip_prefix('$') {
            out.push('$');
            rest = tail;
        } else if let Some((name, tail)) = named(rest).filter(|(name, _)| captures.name(name).is_some()) {
            out.push_str(captures.name(name).map_or("", |found| found.as_str()));
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix('&') {
            out.push_str(captures.get(0).map_or("", |whole| whole.as_str()));
            rest = tail;
        } else {
            let two: String = rest.chars().take(2).take_while(char::is_ascii_digit).collect();
            let known = |digits: &str| digits.parse::<usize>().ok().filter(|n| *n > 0 && *n < captures.len());
            let digits = if known(&two).is_some() { two.as_str() } else { two.get(..1).unwrap_or("") };
            match known(digits) {
                Some(group) => {
                    out.push_str(captures.get(group).map_or("", |found| found.as_str()));
                    rest = &rest[digits.len()..];
                }
                None => out.push('$'),
            }
        }
    }
    out.push_str(rest);
}

/// The name in `<name>…`, and what follows it.
fn named(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('<')?.split_once('>')
}

/// The request's parameters, overridden and followed by the target's.
fn merged_query(incoming: &str, target: &str, captures: &Captures<'_>) -> String {
    let mut parameters: Vec<(String, String)> = pairs(incoming);
    for (name, value) in pairs(target) {
        let mut expanded = String::new();
        // Captures are pieces of a path that is percent-encoded.
        let mut rest = value.as_str();
        while let Some(at) = rest.find('$') {
            expanded.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            match digits.parse::<usize>().ok().and_then(|group| captures.get(group)) {
                Some(found) => {
                    expanded.push_str(&percent_decode_str(found.as_str()).decode_utf8_lossy());
                    rest = &rest[digits.len()..];
                }
                None => expanded.push('$'),
            }
        }
        expanded.push_str(rest);
        match parameters.iter_mut().find(|(known, _)| *known == name) {
            Some(known) => known.1 = expanded,
            None => parameters.push((name, expanded)),
        }
    }
    let encode = crate::paths::encode_value;
    let written: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    written.join("&")
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

/// Reads maps `301:` and `302:` of addresses. Those of 302 are tried first.
fn of_yaml(text: &str) -> Result<Vec<(String, String, bool)>, String> {
    let root = yaml::parse(text).map_err(|fault| fault.to_string())?;
    let Yaml::Map(sections) = &root.value else {
        return match root.value {
            Yaml::Null => Ok(Vec::new()),
            _ => Err(format!("line {}: maps of addresses under `301:` and `302:` are expected", root.line)),
        };
    };
    let mut rules = Vec::new();
    for (name, permanent) in [("302", false), ("301", true)] {
        let Some((_, section)) = sections.iter().find(|(key, _)| key == name) else { continue };
        let entries = match &section.value {
            Yaml::Null => continue,
            Yaml::Map(entries) => entries,
            _ => return Err(format!("line {}: `{name}:` must be a map of addresses", section.line)),
        };
        for (from, to) in entries {
            match &to.value {
                Yaml::Text(to) => rules.push((from.clone(), to.clone(), permanent)),
                _ => tracing::warn!(line = to.line, from, "a redirect without a target is skipped"),
            }
        }
    }
    Ok(rules)
}

/// Reads `[{"from", "to", "permanent"}]`.
fn of_json(text: &str) -> Result<Vec<(String, String, bool)>, String> {
    let json: Json = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let list = json.as_array().ok_or("a list of redirects is expected")?;
    let mut rules = Vec::with_capacity(list.len());
    for (number, entry) in list.iter().enumerate() {
        match (entry["from"].as_str(), entry["to"].as_str()) {
            (Some(from), Some(to)) => {
                rules.push((from.to_owned(), to.to_owned(), is_truthy(&entry["permanent"])));
            }
            _ => tracing::warn!(entry = number + 1, "a redirect without from and to is skipped"),
        }
    }
    Ok(rules)
}

/// What JavaScript takes for true.
fn is_truthy(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(flag) => *flag,
        Json::String(text) => !text.is_empty(),
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::Array(_) | Json::Object(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(from: &str, to: &str, path: &str) -> Option<String> {
        let redirects = Redirects::new([(from.to_owned(), to.to_owned(), true)]);
        let answer = redirects.answer(&Request::get(path), "/blog")?;
        Some(answer.headers()["location"].to_str().unwrap().to_owned())
    }

    #[test]
    fn yaml_has_its_temporary_redirects_first() {
        let rules = of_yaml("301:\n  /a: /b\n  ^\\/x\\/(.*)$: /y/$1\n302:\n  /a: /c\n  /d:\n").unwrap();
        let expected = [("/a", "/c", false), ("/a", "/b", true), ("^\\/x\\/(.*)$", "/y/$1", true)];
        assert_eq!(rules, expected.map(|(from, to, permanent)| (from.into(), to.into(), permanent)));
        assert!(of_yaml("301: [").is_err());
        assert!(of_yaml("301: x").is_err());
    }

    #[test]
    fn ghosts_rules() {
        assert_eq!(location("/old", "/new", "/old/"), Some("/blog/new".into()));
        assert_eq!(location("/old", "/new", "/foo/old"), Some("/blog/foo/new".into()));
        assert_eq!(location("/old", "/new", "/older"), None);
        assert_eq!(
            location("^/archive/(\\d+)/?$", "/news-0$1/", "/archive/12/"),
            Some("/blog/news-012/".into())
        );
        assert_eq!(
            location("/away", "https://example.com/away", "/away?x=1"),
            Some("https://example.com/away?x=1".into())
        );
        assert_eq!(location("/q/(.+)", "/s/?q=$1&x=2", "/q/a%20b?x=9"), Some("/blog/s/?x=2&q=a%20b".into()));
        assert_eq!(location("/(a+)+b$", "/x", &format!("/{}", "a".repeat(5000))), None);
        assert_eq!(location("/x(", "/y", "/x("), None);
    }

    #[test]
    fn targets_as_ghost_reads_them() {
        assert_eq!(location("", "/zzz", "/anything"), None, "an empty pattern is no pattern");
        assert_eq!(location("/x", "", "/x"), None);
        assert_eq!(location("^/a/(?<one>[a-z]+)", "/b/$<one>/", "/a/joe"), Some("/blog/b/joe/".into()));
        assert_eq!(
            location("^/a/(.*)/b/?$", "/$1/c", "/a//evil.example/b/"),
            Some("/blog/evil.example/c".into())
        );
        assert_eq!(location("/m", "mailto:a@b.example", "/m"), Some("mailto:a@b.example".into()));
        assert_eq!(location("/m", "//b.example/x", "/m?y"), Some("//b.example/x?y=".into()));
        assert_eq!(location("/m", "https://b.example", "/m"), Some("https://b.example/".into()));
        assert_eq!(location("/m", "/about/#part", "/m"), Some("/blog/about/#part".into()));
        let rules =
            of_json(r#"[{"from":"/a","to":"/b","permanent":"true"},{"from":"/c","to":"/d"}]"#).unwrap();
        assert_eq!((rules[0].2, rules[1].2), (true, false));
    }
}
