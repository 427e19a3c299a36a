//! Settings that a theme brings: what its `package.json` declares, and what may stand for it.

use crate::Refusal;

/// Kinds of a theme's setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeSettingKind {
    Select,
    Boolean,
    Color,
    Text,
    Image,
}

impl ThemeSettingKind {
    /// The word in `package.json` and in the column `type`.
    pub fn as_str(self) -> &'static str {
        match self {
            ThemeSettingKind::Select => "select",
            ThemeSettingKind::Boolean => "boolean",
            ThemeSettingKind::Color => "color",
            ThemeSettingKind::Text => "text",
            ThemeSettingKind::Image => "image",
        }
    }

    /// Reads the word; None for another.
    pub fn parse(word: &str) -> Option<Self> {
        use ThemeSettingKind::{Boolean, Color, Image, Select, Text};
        [Select, Boolean, Color, Text, Image].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A setting as the theme declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeSetting {
    pub key: String,
    pub kind: ThemeSettingKind,
    /// What can be chosen; only of a `Select`.
    pub options: Vec<String>,
}

/// The text that shall stand for `value`: booleans `true` or `false`. An empty one clears it.
///
/// Errors: `Invalid` for what cannot be chosen, is no boolean or no colour.
pub fn stored(setting: &ThemeSetting, value: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(None) };
    let key = &setting.key;
    let is_fine = match setting.kind {
        ThemeSettingKind::Select if !setting.options.iter().any(|option| option == value) => {
            let allowed = setting.options.join(", ");
            return Err(Refusal::invalid(format!("Unallowed value for '{key}'. Allowed values: {allowed}.")));
        }
        ThemeSettingKind::Boolean => matches!(value, "true" | "false"),
        ThemeSettingKind::Color => value
            .strip_prefix('#')
            .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())),
        _ => true,
    };
    if is_fine {
        return Ok(Some(value.to_owned()));
    }
    Err(Refusal::invalid(format!("Unallowed value for '{key}': it is a {}.", setting.kind.as_str())))
}
