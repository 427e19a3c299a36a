//! The public settings. Parameters are not even looked at.

use model::public_settings::PublicValue;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use web::Facts;

use super::Call;
use crate::fault::Fault;

/// All of them.
pub fn browse(call: &Call<'_>) -> Result<Vec<u8>, Fault> {
    #[derive(Serialize)]
    struct Answer<'f> {
        settings: SettingsJson<'f>,
        meta: Meta,
    }
    #[derive(Serialize)]
    struct Meta {}
    serde_json::to_vec(&Answer { settings: SettingsJson(call.facts), meta: Meta {} }).map_err(|error| {
        tracing::error!(%error, "the settings could not be written");
        Fault::unexpected(None)
    })
}

struct SettingsJson<'f>(&'f Facts);

impl Serialize for SettingsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let facts = self.0;
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in facts.settings.public(&facts.site, facts.config.mail_from.as_deref()) {
            match value {
                PublicValue::Null => map.serialize_entry(name, &None::<&str>)?,
                PublicValue::Bool(value) => map.serialize_entry(name, &value)?,
                // A huge original would be loaded with every page otherwise.
                PublicValue::Text(text) if name == "icon" => map.serialize_entry(
                    name,
                    &text.replacen("/content/images/", "/content/images/size/w256h256/", 1),
                )?,
                PublicValue::Text(text) => map.serialize_entry(name, &text)?,
                PublicValue::Json(text) => {
                    map.serialize_entry(name, &serde_json::from_str::<&RawValue>(&text).ok())?;
                }
            }
        }
        map.serialize_entry("url", &facts.site.join("/"))?;
        map.serialize_entry("version", crate::VERSION)?;
        map.end()
    }
}
