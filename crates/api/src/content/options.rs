//! The parameters of an endpoint, checked in Ghost's order and said in Ghost's words.

use std::borrow::Cow;

use model::{Limit, Page};
use web::Config;

use crate::fault::{Fault, Kind};
use crate::query::{Param, Query};

/// What an endpoint takes.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    /// Names in the order in which they are checked.
    pub names: &'static [&'static str],
    /// What may be included; others are left out without a word.
    pub include: &'static [&'static str],
}

const FORMATS: [&str; 4] = ["html", "plaintext", "mobiledoc", "lexical"];

/// Checked parameters.
#[derive(Debug, Default)]
pub struct Options<'q> {
    /// Of those that the endpoint knows.
    pub include: Vec<Cow<'q, str>>,
    /// Lower case; None: all.
    pub fields: Option<Vec<Cow<'q, str>>>,
    /// Without the source formats, which are never given. None: not asked for.
    pub formats: Option<Vec<Cow<'q, str>>>,
    filter: Option<&'q Param<'q>>,
    order: Option<&'q Param<'q>>,
    limit: Option<u32>,
    /// 0 counts as 1, except where an endpoint says otherwise.
    pub page: Option<u32>,
    all: bool,
}

impl<'q> Options<'q> {
    /// Reads and checks.
    pub fn read(query: &'q Query<'q>, taken: &Taken, config: &Config) -> Result<Self, Fault> {
        let mut options = Options::default();
        for name in taken.names {
            let Some(param) = query.get(name) else { continue };
            match *name {
                "include" => options.include = known_only(param, taken.include),
                "formats" => check_formats(param)?,
                "limit" => options.read_limit(param, config)?,
                "page" => {
                    let text = param.to_text();
                    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
                        return Err(Fault::invalid("matches", "page"));
                    }
                    options.page = Some(text.parse().unwrap_or(u32::MAX));
                }
                "order" => {
                    let text = param.to_text();
                    let is_rule = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b',' | b'.' | b' ');
                    if text.is_empty() || !text.bytes().all(is_rule) {
                        return Err(Fault::invalid("matches", "order"));
                    }
                    options.order = Some(param).filter(|param| param.is_given());
                }
                "filter" => options.filter = Some(param).filter(|param| param.is_given()),
                _ => {}
            }
        }
        let takes = |name: &str| taken.names.contains(&name);
        let mut without_names = false;
        if let Some(param) = query.get("include").filter(|_| takes("include")) {
            match param {
                Param::Bool(true) | Param::Object => return Err(not_a_list()),
                param => without_names = !param.is_given(),
            }
        }
        if let Some(param) = query.get("fields").filter(|param| takes("fields") && param.is_given()) {
            options.fields = Some(names(param)?);
        }
        if let Some(param) = query.get("formats").filter(|param| takes("formats") && param.is_given()) {
            let mut formats = names(param)?;
            formats.retain(|format| !matches!(format.as_ref(), "mobiledoc" | "lexical"));
            options.formats = Some(formats);
        }
        if without_names {
            let fault = Fault::new(Kind::IncorrectUsage, "The model layer expects using `withRelated`.");
            return Err(fault);
        }
        Ok(options)
    }

    /// The text of the filter, where several are taken for one with commas.
    pub fn filter(&self) -> Option<Cow<'q, str>> {
        self.filter.map(Param::to_text)
    }

    /// The text of the filter, where several are more than Ghost can bear.
    pub fn one_filter(&self) -> Result<Option<&'q str>, Fault> {
        match self.filter {
            None => Ok(None),
            Some(Param::Text(text)) => Ok(Some(text)),
            // Ghost looks for listed slugs in it when no order is asked for, and falls over.
            Some(_) if self.order.is_none() => Err(Fault::unexpected(Some("filter.match is not a function"))),
            Some(_) => Err(Fault::unreadable_filter()),
        }
    }

    /// The order, several joined.
    pub fn order(&self) -> Result<Option<Cow<'q, str>>, Fault> {
        match self.order {
            // Ghost falls over it.
            Some(Param::Bool(_)) => Err(Fault::unexpected(Some("value.split is not a function"))),
            order => Ok(order.map(Param::to_text)),
        }
    }

    /// Filter and order as they were sent, for endpoints with rules of their own.
    pub fn sent(&self) -> (Option<&'q Param<'q>>, Option<&'q Param<'q>>) {
        (self.filter, self.order)
    }

    /// The limit as it was asked for, capped.
    pub fn limit(&self) -> Option<u32> {
        self.limit
    }

    /// The page asked for.
    pub fn page(&self) -> Page {
        let limit = match (self.all, self.limit) {
            (true, _) => Limit::All,
            (false, None | Some(0)) => Limit::Rows(15),
            (false, Some(limit)) => Limit::Rows(limit),
        };
        Page { number: self.page.unwrap_or(1).max(1), limit }
    }

    /// Whether a name was included.
    pub fn includes(&self, name: &str) -> bool {
        self.include.iter().any(|own| own == name)
    }

    fn read_limit(&mut self, param: &Param<'_>, config: &Config) -> Result<(), Fault> {
        let text = param.to_text();
        if text == "all" && config.allow_limit_all {
            self.all = true;
            return Ok(());
        }
        // Absent is not the same as empty, which is neither capped nor a number.
        let capped = match leading_integer(&text) {
            _ if text.is_empty() => None,
            None => Some(config.max_limit),
            Some(number) if number > f64::from(config.max_limit) => Some(config.max_limit),
            Some(_) => text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten(),
        };
        self.limit = Some(capped.ok_or_else(|| Fault::invalid("matches", "limit"))?);
        Ok(())
    }
}

/// Something that should have been a text or a list.
fn not_a_list() -> Fault {
    Fault::new(Kind::IncorrectUsage, "Params must be a string or array")
}

/// A comma list, trimmed and in lower case.
fn names<'q>(param: &'q Param<'q>) -> Result<Vec<Cow<'q, str>>, Fault> {
    match param {
        Param::Text(text) => Ok(text.split(',').map(|name| lowered(name.trim())).collect()),
        Param::List(items) => Ok(items.iter().map(|name| lowered(name.trim())).collect()),
        Param::Bool(_) | Param::Object => Err(not_a_list()),
    }
}

/// The known ones of a comma list. Blanks around a name make it unknown, letters' case only in a repeated parameter.
fn known_only<'q>(param: &'q Param<'q>, known: &[&str]) -> Vec<Cow<'q, str>> {
    let names: Vec<Cow<'q, str>> = match param {
        Param::Text(text) => text.trim().split(',').map(lowered).collect(),
        Param::List(items) => items.iter().map(|item| Cow::Borrowed(item.as_ref())).collect(),
        Param::Bool(_) | Param::Object => Vec::new(),
    };
    names.into_iter().filter(|name| known.contains(&name.as_ref())).collect()
}

fn check_formats(param: &Param<'_>) -> Result<(), Fault> {
    let is_known = |name: &str| FORMATS.contains(&name);
    let all_known = match param {
        Param::Text(text) if text.is_empty() => true,
        Param::Text(text) => text.trim().split(',').all(|name| is_known(&lowered(name))),
        Param::List(items) => items.iter().all(|name| is_known(name)),
        Param::Bool(_) | Param::Object => true,
    };
    match all_known {
        true => Ok(()),
        false => {
            Err(Fault::new(Kind::Validation, "Validation (AllowedValues) failed for formats".to_owned()))
        }
    }
}

fn lowered(text: &str) -> Cow<'_, str> {
    match text.chars().any(char::is_uppercase) {
        true => Cow::Owned(text.to_lowercase()),
        false => Cow::Borrowed(text),
    }
}

/// The whole number that a text begins with, as JavaScript's `parseInt` finds it.
fn leading_integer(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse::<f64>().ok().map(|number| sign * number)
}

/// What names one thing in a reading request: the path's id or slug, and those that were sent as parameters.
#[derive(Debug, Default)]
pub struct Lookup {
    /// Name and value, checked; the path's value counts.
    pub keys: Vec<(&'static str, String)>,
}

impl Lookup {
    /// Gathers and checks. `names` are those that the endpoint takes, in order.
    pub fn read(query: &Query<'_>, names: &[&'static str], named: &super::Named) -> Result<Self, Fault> {
        let (own, value) = match named {
            super::Named::Id(id) => ("id", id),
            super::Named::Slug(slug) => ("slug", slug),
        };
        let mut keys: Vec<(&'static str, String)> = Vec::new();
        for name in names {
            match query.get(name) {
                _ if *name == own => {}
                Some(param) => keys.push((name, param.to_text().into_owned())),
                None => {}
            }
        }
        // A parameter of the same name as the path's is checked where it stands, with the path's value.
        let at = match query.get(own) {
            Some(_) => {
                names.iter().take_while(|name| **name != own).filter(|name| query.get(name).is_some()).count()
            }
            None => keys.len(),
        };
        keys.insert(at.min(keys.len()), (own, value.clone()));
        for (name, value) in &keys {
            let (check, is_valid) = match *name {
                "id" => ("matches", is_id(value)),
                "slug" => ("isSlug", is_slug(value)),
                "uuid" => ("isUUID", is_uuid(value)),
                _ => continue,
            };
            if !is_valid {
                return Err(Fault::invalid(check, name));
            }
        }
        Ok(Lookup { keys })
    }

    /// Whether the answer shows this key whatever fields are asked for.
    pub fn carries(&self, name: &str) -> bool {
        self.keys.iter().any(|(own, _)| *own == name)
    }

    /// The value to look up by: the path's.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.keys.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// Whether all keys but empty ones are those of the thing found.
    pub fn agrees(&self, of: impl Fn(&str) -> String) -> bool {
        self.keys.iter().all(|(name, value)| *value == of(name))
    }
}

fn is_id(text: &str) -> bool {
    (text.len() == 24 && text.bytes().all(|b| b.is_ascii_hexdigit()))
        || text == "1"
        || text.eq_ignore_ascii_case("me")
}

/// Lower-case letters, digits, hyphens and underscores, in any order.
fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAKEN: Taken = Taken {
        names: &["include", "filter", "fields", "formats", "limit", "order", "page"],
        include: &["tags", "authors"],
    };

    /// What the options are, in short; failures by their message.
    #[track_caller]
    fn check(query: &str, expected: &str) {
        let query = Query::parse(query);
        let shown = match Options::read(&query, &TAKEN, &Config::default()) {
            Ok(options) => {
                let join = |names: &[Cow<'_, str>]| names.join("|");
                format!(
                    "{};{};{};{:?}",
                    join(&options.include),
                    options.fields.as_deref().map_or("*".into(), join),
                    options.formats.as_deref().map_or("*".into(), join),
                    options.page()
                )
                .replace("Page { number: 1, limit: Rows(15) }", "15")
            }
            Err(fault) => format!("{fault:?}").split('"').nth(1).unwrap_or_default().to_owned(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn lists_of_names() {
        check("include=TAGS,nope,authors", "tags|authors;*;*;15");
        check("include=tags,%20authors", "tags;*;*;15");
        check("include[]=TAGS&include[]=authors", "authors;*;*;15");
        check("include=", "The model layer expects using `withRelated`.");
        check("include=true", "Params must be a string or array");
        check("fields=%20Slug%20,title", ";slug|title;*;15");
        check("fields=", ";*;*;15");
        check("formats=HTML,lexical", ";*;html;15");
        check("formats=html,%20plaintext", "Validation (AllowedValues) failed for formats");
        check("formats=nope&limit=-1", "Validation (AllowedValues) failed for formats");
    }

    #[test]
    fn pages_and_limits() {
        let page = |number: u32, rows: u32| format!(";*;*;Page {{ number: {number}, limit: Rows({rows}) }}");
        check("limit=0", ";*;*;15");
        check("limit=100&page=0", &page(1, 100));
        check("limit=101&page=3", &page(3, 100));
        check("limit=all", &page(1, 100));
        check("limit=true", &page(1, 100));
        check("limit[]=3", &page(1, 3));
        check("limit[x]=3", &page(1, 100));
        check("limit=007", &page(1, 7));
        check("limit=1e9", "Validation (matches) failed for limit");
        check("limit=", "Validation (matches) failed for limit");
        check("limit=2&limit=3", "Validation (matches) failed for limit");
        check("limit=-1&page=x", "Validation (matches) failed for limit");
        check("page=1.5", "Validation (matches) failed for page");
        check("order=title;drop", "Validation (matches) failed for order");
    }

    #[test]
    fn slugs_and_ids() {
        assert!(is_slug("a--b") && is_slug("x_y") && !is_slug("A") && !is_slug("a.b") && !is_slug("ü"));
        assert!(is_id("1") && is_id("ME") && is_id("6B03E76A92CA2D208FAFFA52") && !is_id("slug"));
    }
}
