//! The editor's hand on one story: `courant desk points`, `related` and `correct`.
//!
//! They write to the publication's database; a server that runs on it notices within a tenth of a second.

mod correct;
mod points;
mod preflight;
mod related;

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use model::id::PostId;
use model::{Post, Reader, Settings, SiteUrl};
use store::{
    Chance, Database, OpenOptions, PostKey, PostRead, ReadConnection, Texts, With, WriteError, Writer,
};

use crate::config;
use crate::config::ServeArgs;

pub use correct::{CorrectArgs, run as correct};
pub use points::{PointsArgs, run as points};
pub use preflight::{PreflightArgs, run as preflight};
pub use related::{StoryRelatedArgs, run as related};

/// Which publication, and in whose name.
#[derive(Args)]
pub struct Desk {
    /// Folder of the publication, as for `courant serve`.
    #[arg(long, env = "COURANT_DIR")]
    dir: Option<PathBuf>,
    /// courant.toml, or Ghost's own config.*.json.
    #[arg(long, env = "COURANT_CONFIG")]
    config: Option<PathBuf>,
    /// The SQLite database.
    #[arg(long, env = "COURANT_DATABASE")]
    database: Option<PathBuf>,
    /// The content folder.
    #[arg(long, env = "COURANT_CONTENT")]
    content: Option<PathBuf>,
    /// The public address, such as https://example.com.
    #[arg(long, env = "COURANT_URL")]
    url: Option<String>,
    /// Who acts: the e-mail address or slug of a member of staff [default: the owner].
    #[arg(long)]
    by: Option<String>,
}

/// A publication opened for one act.
struct Room {
    database: Database,
    reader: ReadConnection,
    /// A second one, for what is asked while the first is in use.
    other: ReadConnection,
    options: site::Options,
    site: SiteUrl,
    is_address_given: bool,
    archive: Option<PathBuf>,
    model: Option<proposals::Model>,
    /// The name of whoever acts; or why nobody can.
    by: Result<String, String>,
}

impl Desk {
    fn open(&self) -> Result<Room, String> {
        let args = ServeArgs {
            dir: self.dir.clone(),
            config: self.config.clone(),
            database: self.database.clone(),
            content: self.content.clone(),
            url: self.url.clone(),
            ..ServeArgs::default()
        };
        let settings = config::gather(&args)?;
        let database =
            Database::open(&settings.database, &OpenOptions::default()).map_err(|error| error.to_string())?;
        let reader = database.reader().map_err(|error| error.to_string())?;
        let other = database.reader().map_err(|error| error.to_string())?;
        let by = {
            let snapshot = reader.snapshot().map_err(|error| error.to_string())?;
            store::desk::editor_name(&snapshot, self.by.as_deref()).map_err(|error| error.to_string())?
        };
        let by = match (by, &self.by) {
            (Some(name), _) => Ok(name),
            (None, Some(name)) => {
                return Err(format!("--by: nobody on the staff has the address or slug `{name}`"));
            }
            // Whoever only looks needs no name.
            (None, None) => Err(unnamed(&reader)?),
        };
        let site = settings.options.site.clone();
        let is_address_given = settings.is_address_given;
        let (options, archive, model) = (settings.options, settings.archive, settings.model);
        Ok(Room { database, reader, other, options, site, is_address_given, archive, model, by })
    }
}

/// People who are offered where it must be said who acts.
const OFFERED: u32 = 5;

/// Why nobody acts unless it is said who does.
fn unnamed(reader: &ReadConnection) -> Result<String, String> {
    let snapshot = reader.snapshot().map_err(|error| error.to_string())?;
    let staff = store::desk::staff(&snapshot, OFFERED).map_err(|error| error.to_string())?;
    let offer = match staff.as_slice() {
        [] => {
            "; nobody is on the staff yet, so set the publication up in Ghost's Admin app first, or make one \
               with `courant init DIR --owner NAME --email ADDRESS`"
                .to_owned()
        }
        staff => format!(", such as {}", staff.join(", ")),
    };
    Ok(format!(
        "nobody has made himself the owner of the publication yet, so nothing was done: say who acts with --by (the \
         e-mail address or slug of a member of staff){offer}"
    ))
}

impl Room {
    /// The name of whoever acts.
    ///
    /// Errors: nobody was named, and the publication has no owner of its own yet.
    fn by(&self) -> Result<&str, String> {
        self.by.as_deref().map_err(String::clone)
    }

    /// The story that is named by its slug, id, or address.
    fn story(&self, name: &str) -> Result<(Post, jiff::tz::TimeZone), String> {
        let snapshot = self.reader.snapshot().map_err(|error| error.to_string())?;
        let settings: Settings =
            store::settings::read(&snapshot, &self.site).map_err(|error| error.to_string())?;
        let zone = jiff::tz::TimeZone::get(settings.timezone()).unwrap_or(jiff::tz::TimeZone::UTC);
        let slug = name.trim_end_matches('/').rsplit('/').next().unwrap_or(name);
        for key in [PostKey::Slug(slug), PostKey::Id(slug)] {
            let read = PostRead {
                key,
                kind: Some(model::PostKind::Post),
                statuses: &[],
                with: With::RELATIONS,
                texts: Texts::ALL,
            };
            if let Some(post) = store::posts::read(&snapshot, &read).map_err(|error| error.to_string())? {
                return Ok((post.for_reader(&Reader::Preview, &self.site), zone));
            }
        }
        Err(format!("there is no story with the slug, id or address `{name}`"))
    }

    /// The address of a path of the publication; the path alone where nobody said what the publication's address is.
    fn address(&self, path: &str) -> String {
        if self.is_address_given { self.site.join(path) } else { path.to_owned() }
    }

    /// The publication's language.
    fn locale(&self) -> Result<String, String> {
        let snapshot = self.reader.snapshot().map_err(|error| error.to_string())?;
        let settings = store::settings::read(&snapshot, &self.site).map_err(|error| error.to_string())?;
        Ok(settings.locale().to_owned())
    }

    /// Errors: why the database cannot be written, and what to do.
    fn may_write(&self) -> Result<(), String> {
        let Some(reason) = self.database.read_only() else { return Ok(()) };
        let file = self.database.path().display();
        Err(format!("{file} cannot be written, so nothing was changed: {}", reason.cause()))
    }

    /// Runs one change.
    fn write<T: Send + 'static>(
        &self,
        change: impl FnMut(&store::WriteTransaction<'_>) -> Result<T, WriteError> + Send + 'static,
    ) -> Result<T, String> {
        self.may_write()?;
        let writer =
            Writer::start(&self.database, Chance::of_system(), |_| {}).map_err(|error| error.to_string())?;
        writer.write(change).wait().map_err(|error| error.to_string())
    }

    fn id_of(&self, name: &str) -> Result<PostId, String> {
        self.story(name).map(|(post, _)| post.id)
    }
}

/// The instant of an act.
fn now() -> Timestamp {
    Timestamp::now()
}
