//! Configuration files: `courant.toml`, and Ghost's own `config.*.json`, as one struct.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value as Json;

/// What a file may say. Unknown keys of a `courant.toml` are errors; of Ghost's file only what is named here is read.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    /// Public address, such as `https://example.com`.
    pub url: Option<String>,
    /// Address and port to listen on.
    pub listen: Option<String>,
    /// The SQLite database.
    pub database: Option<PathBuf>,
    /// The content folder: themes, images, settings.
    pub content: Option<PathBuf>,
    /// Proxies whose `X-Forwarded-For` is believed, beside this machine: addresses or networks (`10.0.0.0/8`).
    pub trusted_proxies: Vec<String>,
    /// Mebibytes of finished pages to keep in memory.
    pub cache_mib: Option<usize>,
    pub admin: Admin,
    pub api: Api,
    pub caching: Caching,
    /// What browsers tell other sites of where a reader came from.
    pub referrer_policy: Option<String>,
    /// Whether pages carry open-graph tags and JSON-LD.
    pub structured_data: Option<bool>,
    pub mail: Mail,
    pub apps: Apps,
    pub desk: Desk,
    pub urls: Urls,
}

/// The section `admin`.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Admin {
    /// Where the Admin app and the APIs are, if elsewhere than the publication.
    pub url: Option<String>,
    /// Whether `/edit/` behind a story's address leads to its editor.
    pub redirects: Option<bool>,
}

/// The section `api`.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Api {
    /// Most rows a list gives.
    pub max_limit: Option<u64>,
    /// Whether `limit=all` means all.
    pub allow_limit_all: Option<bool>,
}

/// The section `caching`.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Caching {
    /// Seconds that shared caches may keep a page.
    pub frontend_max_age_s: Option<u64>,
    /// Whether shared caches may keep what members read, by their tier.
    pub members_content: Option<bool>,
    /// Seconds that shared caches may keep an answer of the Content API.
    pub content_api_max_age_s: Option<u64>,
}

/// The section `mail`.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    /// The sender's address.
    pub from: Option<String>,
}

/// The section `urls`: hosts of their own for the files in the content folder.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Urls {
    pub image: Option<String>,
    pub media: Option<String>,
    pub files: Option<String>,
}

/// The section `desk`.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Desk {
    /// Where key points stand in themes that do not place them: `theme` (nowhere), `before` or `after` the text.
    pub key_points: Option<String>,
    /// Folder of the archive's index, for search and related stories.
    pub archive: Option<PathBuf>,
    /// Whether there is an archive at all.
    pub has_archive: Option<bool>,
    /// A language model that may propose key points.
    pub model: Option<Model>,
}

/// The section `desk.model`.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Model {
    /// Base address of an OpenAI-compatible interface, such as `http://127.0.0.1:8080/v1`.
    pub url: String,
    /// The model's name there.
    pub name: String,
    /// Name of the environment variable that holds the key; the key itself stands in no file.
    pub key_env: Option<String>,
    /// Seconds for the whole exchange.
    pub timeout_s: Option<u64>,
    /// When it is asked: `asked` (by an editor's command), or also when a story is `published` or its words change.
    pub propose: Option<String>,
}

/// The section `apps`: addresses of scripts for readers' browsers; an empty one is left out.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Apps {
    pub portal: Option<String>,
    pub comments: Option<String>,
    pub search: Option<String>,
    pub search_styles: Option<String>,
    pub announcement: Option<String>,
    pub admin_toolbar: Option<String>,
}

impl File {
    /// Reads a file: Ghost's when its name ends in `.json`, else a `courant.toml`. Relative paths in it count from its
    /// own folder.
    ///
    /// Errors: the file, and the line or key that is wrong.
    pub fn read(path: &Path) -> Result<File, String> {
        let wrong = |why: &dyn std::fmt::Display| format!("the configuration {}: {why}", path.display());
        let text = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
        let mut file = if path.extension().is_some_and(|extension| extension == "json") {
            let json = serde_json::from_str(&text).map_err(|error| wrong(&error))?;
            File::of_ghost(&json).map_err(|error| wrong(&error))?
        } else {
            toml::from_str(&text).map_err(|error| wrong(&error))?
        };
        let base = path.parent().unwrap_or(Path::new("."));
        for path in [&mut file.database, &mut file.content, &mut file.desk.archive].into_iter().flatten() {
            *path = base.join(&*path);
        }
        Ok(file)
    }

    /// What Ghost's own configuration says.
    fn of_ghost(json: &Json) -> Result<File, String> {
        let text = |pointer: &str| json.pointer(pointer).and_then(Json::as_str).map(str::to_owned);
        let number = |pointer: &str| json.pointer(pointer).and_then(Json::as_u64);
        let flag = |pointer: &str| json.pointer(pointer).and_then(Json::as_bool);
        if let Some(client) = text("/database/client").filter(|client| client.starts_with("mysql")) {
            return Err(format!("it names a {client} database; this version opens SQLite files only"));
        }
        let listen = match (text("/server/host"), number("/server/port")) {
            (None, None) => None,
            (host, port) => {
                let host = host.unwrap_or_else(|| "127.0.0.1".into());
                Some(format!("{host}:{}", port.unwrap_or(2368)))
            }
        };
        Ok(File {
            url: text("/url"),
            listen,
            database: text("/database/connection/filename").map(PathBuf::from),
            content: text("/paths/contentPath").map(PathBuf::from),
            trusted_proxies: Vec::new(),
            cache_mib: None,
            admin: Admin { url: text("/admin/url"), redirects: flag("/admin/redirects") },
            api: Api {
                max_limit: number("/optimization/maxLimit"),
                allow_limit_all: flag("/optimization/allowLimitAll"),
            },
            caching: Caching {
                frontend_max_age_s: number("/caching/frontend/maxAge"),
                members_content: flag("/cacheMembersContent/enabled"),
                content_api_max_age_s: number("/caching/contentAPI/maxAge"),
            },
            referrer_policy: text("/referrerPolicy"),
            structured_data: flag("/privacy/useStructuredData"),
            mail: Mail { from: text("/mail/from") },
            apps: Apps {
                portal: text("/portal/url"),
                comments: text("/comments/url"),
                search: text("/sodoSearch/url"),
                search_styles: text("/sodoSearch/styles"),
                announcement: text("/announcementBar/url"),
                admin_toolbar: text("/adminToolbar/url"),
            },
            desk: Desk::default(),
            urls: Urls { image: text("/urls/image"), media: text("/urls/media"), files: text("/urls/files") },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<File, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let shown = folder.path().display().to_string();
        let mut file = File::read(&path).map_err(|why| why.replace(&shown, "DIR"))?;
        for path in [&mut file.database, &mut file.content].into_iter().flatten() {
            *path = path.strip_prefix(folder.path()).unwrap_or(path).to_owned();
        }
        Ok(file)
    }

    #[test]
    fn both_files_say_the_same() {
        let toml = read(
            "courant.toml",
            "url = \"https://example.com\"\nlisten = \"127.0.0.1:9\"\ndatabase = \"x.db\"\ncontent = \"c\"\n[admin]\n\
             redirects = false\n[mail]\nfrom = \"a@b.example\"\n[api]\nmax_limit = 5\n",
        );
        let json = read(
            "config.production.json",
            r#"{"url":"https://example.com","server":{"port":9},"database":{"client":"sqlite3","connection":{"filename":
            "x.db"}},"paths":{"contentPath":"c"},"admin":{"redirects":false},"mail":{"from":"a@b.example"},
            "optimization":{"maxLimit":5},"logging":{"level":"info"}}"#,
        );
        assert_eq!(toml.unwrap(), json.unwrap());
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (name, text, words) in [
            ("courant.toml", "url = 5", "line 1"),
            ("courant.toml", "[mail]\nform = \"x\"", "form"),
            ("config.json", "{", "config.json"),
            ("config.json", r#"{"database":{"client":"mysql2"}}"#, "mysql2"),
        ] {
            let why = read(name, text).unwrap_err();
            assert!(why.contains(words), "{why}");
        }
    }
}
