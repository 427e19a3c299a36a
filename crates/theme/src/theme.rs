//! A theme's folder, read once: templates, partials, layouts, package, texts, fingerprints of assets.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{OnceLock, RwLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use handlebars::{Error, Names, Options, Template};
use sha2::{Digest, Sha256};

use crate::helpers;
use crate::package::Package;
use crate::partials;

/// Files of a theme beyond which it is not a theme.
const MOST_FILES: usize = 20_000;
/// Folders inside each other.
const DEEPEST: usize = 20;
/// Bytes of one template, text or package file.
const LARGEST: u64 = 4 << 20;

/// Names that are no part of a theme.
const IGNORED: &[&str] =
    &["node_modules", "bower_components", ".git", ".svn", ".DS_Store", ".yarn-cache", "Thumbs.db"];

/// A theme that is ready to render.
pub struct Theme {
    dir: PathBuf,
    package: Package,
    /// By path without `.hbs`, all but partials and what lies in `assets`.
    templates: BTreeMap<String, Result<Template, Error>>,
    /// By name: those of the theme, and the built-in ones that it does not replace.
    partials: HashMap<String, Result<Template, Error>>,
    /// By language; none where the file is not an object of texts.
    texts: BTreeMap<String, Option<HashMap<String, String>>>,
    /// Paths of files below `assets`, with `/`.
    assets: BTreeMap<String, PathBuf>,
    hashes: RwLock<HashMap<String, Option<String>>>,
    has_robots: bool,
    knows_desk: bool,
    problems: Vec<Problem>,
}

/// What keeps a theme from loading, or is wrong with it, in the order it was found.
#[derive(Debug, Default)]
pub struct Problems(pub Vec<Problem>);

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            write!(f, "{}{problem}", if index > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

/// Something wrong at a place in the theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Path below the theme's folder, with `/`.
    pub file: String,
    /// Line, from 1; 0 when the whole file is meant.
    pub line: u32,
    /// Column, from 1; 0 when the whole line is meant.
    pub column: u32,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Problem {
    /// A problem with a whole file.
    pub fn whole(file: &str, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: 0, column: 0, message: message.into() }
    }

    /// A template's error as a problem of its file.
    pub fn of(error: &Error) -> Self {
        Self {
            file: error.file.clone(),
            line: error.line(),
            column: error.column(),
            message: error.message.clone(),
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(f, "{}: {}", self.file, self.message),
            (line, column) => write!(f, "{}:{line}:{column}: {}", self.file, self.message),
        }
    }
}

impl Theme {
    /// Reads the theme in `dir`. Nothing outside of `dir` is opened, and symbolic links are not followed.
    ///
    /// A theme with broken parts loads, as in Ghost: [`Theme::problems`] tells of them, and pages that need them fail.
    /// Errors: no such folder, or one without any template.
    pub fn load(dir: &Path) -> Result<Theme, Problems> {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        if let Err(error) = walk(dir, "", 0, &mut files, &mut problems) {
            let message = format!("the theme's folder cannot be read: {error}");
            return Err(Problems(vec![Problem::whole(&dir.display().to_string(), message)]));
        }
        let mut theme = Theme {
            dir: dir.to_owned(),
            package: Package::absent(),
            templates: BTreeMap::new(),
            partials: partials::built_in(),
            texts: BTreeMap::new(),
            assets: BTreeMap::new(),
            hashes: RwLock::default(),
            has_robots: false,
            knows_desk: false,
            problems: Vec::new(),
        };
        for file in &files {
            theme.take(file, &mut problems);
        }
        if theme.templates.is_empty() {
            let message = "there are no templates (.hbs files) in this folder";
            return Err(Problems(vec![Problem::whole(&dir.display().to_string(), message)]));
        }
        theme.check_layouts(&mut problems);
        theme.problems = problems;
        Ok(theme)
    }

    /// A theme from files in memory, by path; for tests and built-in pages.
    pub fn from_files<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Theme {
        let mut theme = Theme {
            dir: PathBuf::new(),
            package: Package::absent(),
            templates: BTreeMap::new(),
            partials: partials::built_in(),
            texts: BTreeMap::new(),
            assets: BTreeMap::new(),
            hashes: RwLock::default(),
            has_robots: false,
            knows_desk: false,
            problems: Vec::new(),
        };
        let mut problems = Vec::new();
        for (file, text) in files {
            theme.take_text(file, text, &mut problems);
        }
        theme.check_layouts(&mut problems);
        theme.problems = problems;
        theme
    }

    /// Puts another text in the place of a template; for tests.
    #[doc(hidden)]
    pub fn replace(&mut self, name: &str, text: &str) {
        self.templates.insert(name.to_owned(), compile(&format!("{name}.hbs"), text));
    }

    fn take(&mut self, file: &str, problems: &mut Vec<Problem>) {
        let path = self.dir.join(file);
        if let Some(asset) = file.strip_prefix("assets/") {
            self.assets.insert(asset.to_owned(), path);
            return;
        }
        if file == "robots.txt" {
            self.has_robots = true;
        }
        let is_template = file.ends_with(".hbs");
        let is_words = file.starts_with("locales/") && file.ends_with(".json");
        if !is_template && !is_words && file != "package.json" {
            return;
        }
        let too_large = fs::metadata(&path).is_ok_and(|data| data.len() > LARGEST);
        if too_large {
            problems.push(Problem::whole(file, "this file is larger than 4 MiB and is left out"));
            return;
        }
        match fs::read(&path) {
            // as node reads text: what is not UTF-8 becomes a replacement character
            Ok(bytes) => self.take_text(file, &String::from_utf8_lossy(&bytes), problems),
            Err(error) => problems.push(Problem::whole(file, format!("cannot be read: {error}"))),
        }
    }

    fn take_text(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if file == "package.json" {
            match Package::parse(text) {
                Ok(package) => self.package = package,
                Err(error) => problems.push(json_problem(file, &error)),
            }
        } else if let Some(name) = file.strip_prefix("locales/").and_then(|name| name.strip_suffix(".json")) {
            self.texts.insert(name.to_owned(), read_texts(file, text, problems));
        } else if let Some(name) = file.strip_suffix(".hbs") {
            self.knows_desk |= reads_desk(text);
            let template = compile(file, text);
            if let Err(error) = &template {
                problems.push(Problem::of(error));
            }
            match name.strip_prefix("partials/") {
                Some(name) => self.partials.insert(name.to_owned(), template),
                None => self.templates.insert(name.to_owned(), template),
            };
        }
    }

    fn check_layouts(&self, problems: &mut Vec<Problem>) {
        for (name, template) in &self.templates {
            let Ok(template) = template else { continue };
            if let Some(layout) = template.layout()
                && self.layout_of(name, layout).is_none()
            {
                let message = format!("the layout {layout:?} is not in the theme");
                problems.push(Problem { line: 1, column: 1, ..Problem::whole(template.file(), message) });
            }
        }
    }

    /// What is wrong with the theme. It renders all the same, but for pages that need what is broken.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What its `package.json` says.
    pub fn package(&self) -> &Package {
        &self.package
    }

    /// Whether the theme brings a `robots.txt`.
    pub fn has_robots(&self) -> bool {
        self.has_robots
    }

    /// Whether any template reads what the desk adds to a story. Helpers of the desk's do not count: what they print is seen when a page
    /// is made.
    pub fn knows_desk(&self) -> bool {
        self.knows_desk
    }

    /// The theme's folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether there is such a template, named as its path without `.hbs`.
    pub fn has_template(&self, name: &str) -> bool {
        self.templates.contains_key(name)
    }

    /// Names of all templates, in order.
    pub fn template_names(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().map(String::as_str)
    }

    /// The first of these that the theme has.
    pub fn pick<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        names.into_iter().find(|name| self.has_template(name))
    }

    pub(crate) fn template(&self, name: &str) -> Option<&Result<Template, Error>> {
        self.templates.get(name)
    }

    pub(crate) fn templates(&self) -> impl Iterator<Item = &Template> {
        self.templates.values().filter_map(|template| template.as_ref().ok())
    }

    pub(crate) fn partial(&self, name: &str) -> Option<&Result<Template, Error>> {
        self.partials.get(name)
    }

    /// The partials that the theme itself brings.
    pub(crate) fn own_partials(&self) -> impl Iterator<Item = &Template> {
        self.partials
            .values()
            .filter_map(|partial| partial.as_ref().ok())
            .filter(|partial| partial.file().starts_with("partials/"))
    }

    /// The name of the layout that the template `of` asks for by `layout`, a path relative to the template.
    pub(crate) fn layout_of(&self, of: &str, layout: &str) -> Option<&str> {
        let mut parts: Vec<&str> = of.split('/').collect();
        parts.pop();
        if let Some(absolute) = layout.strip_prefix('/') {
            // an absolute path lies outside of any theme
            let _ = absolute;
            return None;
        }
        for part in layout.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        let name = path.strip_suffix(".hbs").unwrap_or(&path);
        self.templates.get_key_value(name).map(|(name, _)| name.as_str())
    }

    /// The theme's words for `key` in the publication's language; none where the key is its own text.
    ///
    /// A language without a file takes English; a file that is not JSON has no words at all.
    pub fn text(&self, locale: &str, key: &str) -> Option<&str> {
        let texts = self.texts.get(locale).or_else(|| self.texts.get("en"))?;
        texts.as_ref()?.get(key).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The file of an asset by its path below `assets`, as found when the theme was loaded; never a link.
    pub fn asset(&self, path: &str) -> Option<&Path> {
        self.assets.get(path).map(PathBuf::as_path)
    }

    /// The fingerprint of an asset: 16 characters of its SHA-256. None when there is no such file.
    pub fn asset_hash(&self, path: &str) -> Option<String> {
        let path = path.trim_start_matches('/');
        if let Ok(hashes) = self.hashes.read()
            && let Some(hash) = hashes.get(path)
        {
            return hash.clone();
        }
        // only paths of the theme are remembered, so that addresses made up in templates cannot fill the memory
        let file = self.assets.get(path)?;
        let hash = fs::read(file).ok().map(|bytes| {
            let mut hash = URL_SAFE_NO_PAD.encode(Sha256::digest(&bytes));
            hash.truncate(16);
            hash
        });
        if let Ok(mut hashes) = self.hashes.write() {
            hashes.insert(path.to_owned(), hash.clone());
        }
        hash
    }

    /// The fingerprint of files that are not there: ten characters, the same for one version of a theme.
    pub fn global_hash(&self) -> String {
        let name = format!("{}@{}", self.package.name, self.package.version);
        Sha256::digest(name.as_bytes()).iter().take(5).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Whether a template reads a field of a post's `desk`, as in `{{desk.teaser}}` or `{{#if desk.related}}`.
fn reads_desk(source: &str) -> bool {
    let tags = source.split("{{").skip(1).filter_map(|tag| tag.split("}}").next());
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '/');
    tags.filter(|tag| !tag.starts_with('!')).any(|tag| {
        let mut paths = tag.split(|c| !is_path(c));
        paths.any(|path| path.trim_start_matches("../").starts_with("desk."))
    })
}

/// Reads a template as express-hbs does.
pub(crate) fn compile(file: &str, source: &str) -> Result<Template, Error> {
    static NAMES: OnceLock<Names> = OnceLock::new();
    let names = NAMES.get_or_init(|| Names::new(helpers::TABLE.iter().map(|(name, _)| *name)));
    let options = Options { prevent_indent: true, ..Options::default() };
    // a file whose first tag ends it gets a blank, a workaround of express-hbs that can be seen in its output
    let first_end = source.find("}}").map_or(-1, |at| source[..at].encode_utf16().count() as i64);
    if first_end == source.encode_utf16().count() as i64 - 2 {
        return Template::compile_with(file, &format!("{source} "), names, options);
    }
    Template::compile_with(file, source, names, options)
}

fn read_texts(file: &str, text: &str, problems: &mut Vec<Problem>) -> Option<HashMap<String, String>> {
    match serde_json::from_str::<HashMap<String, serde_json::Value>>(text) {
        Ok(texts) => {
            let texts = texts.into_iter().filter_map(|(key, value)| match value {
                serde_json::Value::String(text) => Some((key, text)),
                // what is not a text cannot be shown
                serde_json::Value::Object(_) => Some((key, "An error occurred".to_owned())),
                _ => None,
            });
            Some(texts.collect())
        }
        Err(error) => {
            problems.push(json_problem(file, &error));
            None
        }
    }
}

fn json_problem(file: &str, error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    Problem {
        file: file.to_owned(),
        line: u32::try_from(line).unwrap_or(0),
        column: u32::try_from(column).unwrap_or(0),
        message: format!("this is not valid JSON: {error}"),
    }
}

fn walk(
    dir: &Path,
    below: &str,
    depth: usize,
    files: &mut Vec<String>,
    problems: &mut Vec<Problem>,
) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(dir.join(below))?.collect::<io::Result<_>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            problems.push(Problem::whole(below, "a file's name is not UTF-8; the file is left out"));
            continue;
        };
        if IGNORED.contains(&name) {
            continue;
        }
        let path = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            problems.push(Problem::whole(
                &path,
                "symbolic links are not allowed in themes; put the file itself here",
            ));
        } else if kind.is_dir() {
            if depth >= DEEPEST {
                problems.push(Problem::whole(&path, "folders are nested too deeply; this one is left out"));
                continue;
            }
            walk(dir, &path, depth + 1, files, problems)?;
        } else if files.len() < MOST_FILES {
            files.push(path);
        } else if files.len() == MOST_FILES {
            return Err(io::Error::other(format!("there are more than {MOST_FILES} files")));
        }
    }
    Ok(())
}
