//! Settings: what may stand under which key.

use jiff::tz::TimeZone;

use crate::Refusal;

/// A setting as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingSheet {
    pub id: String,
    pub key: String,
    pub group: String,
    /// `string`, `boolean`, `number`, `array` or `object`.
    pub kind: String,
    pub value: Option<String>,
}

/// The rule of one key beside that of its kind.
enum Rule {
    Most(usize),
    Filled,
    OneOf(&'static [&'static str]),
    TimeZone,
}

const RULES: &[(&str, Rule)] = &[
    ("title", Rule::Most(150)),
    ("description", Rule::Most(200)),
    ("accent_color", Rule::Filled),
    ("locale", Rule::Filled),
    ("timezone", Rule::TimeZone),
    ("machine_payments_amount", Rule::Filled),
    ("meta_title", Rule::Most(300)),
    ("meta_description", Rule::Most(500)),
    ("og_image", Rule::Most(2000)),
    ("og_title", Rule::Most(300)),
    ("og_description", Rule::Most(300)),
    ("twitter_image", Rule::Most(2000)),
    ("twitter_title", Rule::Most(300)),
    ("twitter_description", Rule::Most(300)),
    ("members_signup_access", Rule::OneOf(&["all", "paid", "invite", "none"])),
    ("portal_default_plan", Rule::OneOf(&["yearly", "monthly"])),
    ("portal_button_style", Rule::OneOf(&["text-only", "icon-and-text", "icon-only"])),
    ("editor_default_email_recipients", Rule::OneOf(&["disabled", "visibility", "filter"])),
    ("comments_enabled", Rule::OneOf(&["off", "all", "paid"])),
    ("donations_currency", Rule::Filled),
    ("donations_suggested_amount", Rule::Filled),
];

/// Longest value of any.
const VALUE_MAX: usize = 65535;

/// Keys whose value is an address, kept with the placeholder of the own site.
const ADDRESSES: &[&str] = &[
    "cover_image",
    "logo",
    "icon",
    "portal_button_icon",
    "og_image",
    "twitter_image",
    "pintura_js_url",
    "pintura_css_url",
];

/// The text that shall stand, for `value` as it was given: booleans `true` or `false`, lists and objects as JSON.
///
/// Errors: `Forbidden` for a setting that the program keeps for itself (`core`), `Invalid` for a value against the rule.
pub fn stored(
    setting: &SettingSheet,
    value: Option<&str>,
    site: &crate::SiteUrl,
) -> Result<Option<String>, Refusal> {
    let key = setting.key.as_str();
    if setting.group == "core" {
        return Err(Refusal::Forbidden { message: "Attempted to access core setting from external request" });
    }
    let failed = |rule: &str| Err(Refusal::invalid(format!("Validation ({rule}) failed for {key}")));
    let too_long = |max: usize| Err(Refusal::too_long("settings", key, max));
    let text = value.unwrap_or_default();
    let n_characters = text.chars().count();
    if n_characters > VALUE_MAX {
        return too_long(VALUE_MAX);
    }
    if setting.kind == "boolean" && !matches!(value, None | Some("true" | "false")) {
        return failed("isIn");
    }
    let is_json = |fits: fn(&serde_json::Value) -> bool| {
        value.is_none() || serde_json::from_str(text).is_ok_and(|value| fits(&value))
    };
    if setting.kind == "array" && !is_json(serde_json::Value::is_array)
        || setting.kind == "object" && !is_json(serde_json::Value::is_object)
        || setting.kind == "number" && !text.is_empty() && text.parse::<f64>().is_err()
    {
        return failed(if setting.kind == "number" { "isNumeric" } else { "isJSON" });
    }
    match RULES.iter().find(|(name, _)| *name == key).map(|(_, rule)| rule) {
        Some(Rule::Most(max)) if n_characters > *max => return too_long(*max),
        Some(Rule::Filled) if text.is_empty() => return failed("isEmpty"),
        Some(Rule::OneOf(_)) if text.is_empty() => return failed("isEmpty"),
        Some(Rule::OneOf(words)) if !words.contains(&text) => return failed("isIn"),
        Some(Rule::TimeZone) if TimeZone::get(text).is_err() => return failed("isTimezone"),
        _ => {}
    }
    if text.is_empty() {
        return Ok(None);
    }
    if ADDRESSES.contains(&key) {
        return Ok(Some(document::stored::address(text, site.as_str()).into_owned()));
    }
    Ok(Some(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SiteUrl;

    fn check(key: &str, kind: &str, value: Option<&str>) -> Result<Option<String>, Refusal> {
        let group = if key == "db_hash" { "core" } else { "site" };
        let setting = SettingSheet {
            id: "1".into(),
            key: key.into(),
            group: group.into(),
            kind: kind.into(),
            value: None,
        };
        stored(&setting, value, &SiteUrl::parse("https://herald.example").unwrap())
    }

    #[test]
    fn values_follow_their_kind_and_key() {
        assert_eq!(check("title", "string", Some("The Herald")), Ok(Some("The Herald".into())));
        assert_eq!(check("meta_title", "string", Some("")), Ok(None));
        assert_eq!(
            check("logo", "string", Some("https://herald.example/content/images/l.png")),
            Ok(Some("__GHOST_URL__/content/images/l.png".into()))
        );
        assert_eq!(check("timezone", "string", Some("Europe/Berlin")), Ok(Some("Europe/Berlin".into())));
        assert!(matches!(check("db_hash", "string", Some("x")), Err(Refusal::Forbidden { .. })));
        for (key, kind, value) in [
            ("timezone", "string", "Mars/Olympus"),
            ("accent_color", "string", ""),
            ("comments_enabled", "string", "some"),
            ("portal_button", "boolean", "yes"),
            ("navigation", "array", "{}"),
            ("labs", "object", "x"),
            ("donations_suggested_amount", "number", "much"),
        ] {
            assert!(matches!(check(key, kind, Some(value)), Err(Refusal::Invalid { .. })), "{key}");
        }
        assert!(check("title", "string", Some(&"x".repeat(151))).is_err());
    }
}
