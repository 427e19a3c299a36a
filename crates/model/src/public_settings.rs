//! The settings that everyone may see, in the API's order: one list for themes (`@site`) and the Content API.

use crate::settings::Settings;
use crate::site_url::SiteUrl;

/// One public setting's value.
#[derive(Debug, Clone, PartialEq)]
pub enum PublicValue {
    /// Unset.
    Null,
    /// A switch.
    Bool(bool),
    /// A text.
    Text(String),
    /// A list or object, as JSON text.
    Json(String),
}

enum Kind {
    /// As stored; empty stays empty only where Ghost keeps it.
    Text,
    Switch,
    Json,
    Derived,
}

const PUBLIC: &[(&str, &str, Kind)] = &[
    ("title", "title", Kind::Text),
    ("description", "description", Kind::Text),
    ("logo", "logo", Kind::Text),
    ("icon", "icon", Kind::Derived),
    ("accent_color", "accent_color", Kind::Text),
    ("cover_image", "cover_image", Kind::Text),
    ("facebook", "facebook", Kind::Text),
    ("twitter", "twitter", Kind::Text),
    ("threads", "threads", Kind::Text),
    ("bluesky", "bluesky", Kind::Text),
    ("mastodon", "mastodon", Kind::Text),
    ("tiktok", "tiktok", Kind::Text),
    ("youtube", "youtube", Kind::Text),
    ("instagram", "instagram", Kind::Text),
    ("linkedin", "linkedin", Kind::Text),
    ("lang", "locale", Kind::Text),
    ("locale", "locale", Kind::Text),
    ("timezone", "timezone", Kind::Text),
    ("codeinjection_head", "codeinjection_head", Kind::Text),
    ("codeinjection_foot", "codeinjection_foot", Kind::Text),
    ("navigation", "navigation", Kind::Json),
    ("secondary_navigation", "secondary_navigation", Kind::Json),
    ("meta_title", "meta_title", Kind::Text),
    ("meta_description", "meta_description", Kind::Text),
    ("og_image", "og_image", Kind::Text),
    ("og_title", "og_title", Kind::Text),
    ("og_description", "og_description", Kind::Text),
    ("twitter_image", "twitter_image", Kind::Text),
    ("twitter_title", "twitter_title", Kind::Text),
    ("twitter_description", "twitter_description", Kind::Text),
    ("members_support_address", "members_support_address", Kind::Text),
    ("members_enabled", "", Kind::Derived),
    ("donations_enabled", "", Kind::Derived),
    ("allow_self_signup", "", Kind::Derived),
    ("members_invite_only", "", Kind::Derived),
    ("members_signup_access", "members_signup_access", Kind::Text),
    ("paid_members_enabled", "", Kind::Derived),
    ("firstpromoter_account", "", Kind::Derived),
    ("portal_button_style", "portal_button_style", Kind::Text),
    ("portal_button_signup_text", "portal_button_signup_text", Kind::Text),
    ("portal_button_icon", "portal_button_icon", Kind::Text),
    ("portal_signup_terms_html", "portal_signup_terms_html", Kind::Text),
    ("portal_signup_checkbox_required", "portal_signup_checkbox_required", Kind::Switch),
    ("portal_signup_gift_promotion", "portal_signup_gift_promotion", Kind::Switch),
    ("portal_account_gift_promotion", "portal_account_gift_promotion", Kind::Switch),
    ("portal_plans", "portal_plans", Kind::Json),
    ("portal_default_plan", "portal_default_plan", Kind::Text),
    ("portal_name", "portal_name", Kind::Switch),
    ("portal_button", "portal_button", Kind::Switch),
    ("comments_enabled", "comments_enabled", Kind::Text),
    ("recommendations_enabled", "recommendations_enabled", Kind::Switch),
    ("outbound_link_tagging", "outbound_link_tagging", Kind::Switch),
    ("default_email_address", "", Kind::Derived),
    ("support_email_address", "", Kind::Derived),
    ("editor_default_email_recipients", "editor_default_email_recipients", Kind::Text),
    ("labs", "", Kind::Derived),
    ("transistor_portal_enabled", "", Kind::Derived),
    ("transistor_portal_heading", "transistor_portal_heading", Kind::Text),
    ("transistor_portal_description", "transistor_portal_description", Kind::Text),
    ("transistor_portal_button_text", "transistor_portal_button_text", Kind::Text),
    ("transistor_portal_url_template", "transistor_portal_url_template", Kind::Text),
    ("site_uuid", "site_uuid", Kind::Text),
];

impl Settings {
    /// All public settings in the API's order. `mail_from` is the configured sender address, if any.
    ///
    /// `labs` is the JSON object of the flags that are set. The icon is given as stored: where it is shown resized
    /// is the reader's of this list to decide.
    pub fn public(&self, site: &SiteUrl, mail_from: Option<&str>) -> Vec<(&'static str, PublicValue)> {
        PUBLIC
            .iter()
            .map(|(name, key, kind)| {
                let value = match kind {
                    Kind::Text => {
                        self.raw(key).map_or(PublicValue::Null, |text| PublicValue::Text(text.to_owned()))
                    }
                    Kind::Switch => match self.raw(key) {
                        None => PublicValue::Null,
                        Some(_) => PublicValue::Bool(self.is_on(key)),
                    },
                    Kind::Json => {
                        self.text(key).map_or(PublicValue::Null, |text| PublicValue::Json(text.to_owned()))
                    }
                    Kind::Derived => self.derived(name, site, mail_from),
                };
                (*name, value)
            })
            .collect()
    }

    /// The flags of Ghost's labs that are set, by name. Two are always on; `members` follows the sign-up setting.
    pub fn labs(&self) -> Vec<(String, bool)> {
        let mut flags: Vec<(String, bool)> = Vec::new();
        let stored = self.text("labs").unwrap_or("{}");
        // A flat object of booleans; anything else is not a flag.
        for pair in stored.trim().trim_start_matches('{').trim_end_matches('}').split(',') {
            let Some((name, value)) = pair.split_once(':') else { continue };
            let (name, value) = (name.trim().trim_matches('"'), value.trim());
            if !name.is_empty() && matches!(value, "true" | "false") {
                flags.push((name.to_owned(), value == "true"));
            }
        }
        for always in ["automationAnalytics", "tagDetailsReact"] {
            flags.retain(|(name, _)| name != always);
            flags.push((always.to_owned(), true));
        }
        flags.retain(|(name, _)| name != "members");
        flags.push(("members".to_owned(), self.members_enabled()));
        flags
    }

    fn derived(&self, name: &str, site: &SiteUrl, mail_from: Option<&str>) -> PublicValue {
        let host = site.host().split(':').next().unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host);
        let at_host = |local: &str| format!("{local}@{host}");
        match name {
            "icon" => self.raw("icon").map_or(PublicValue::Null, |text| PublicValue::Text(text.to_owned())),
            "members_enabled" => PublicValue::Bool(self.members_enabled()),
            "donations_enabled" => PublicValue::Bool(self.donations_enabled()),
            "allow_self_signup" => PublicValue::Bool(self.raw("members_signup_access") == Some("all")),
            "members_invite_only" => PublicValue::Bool(self.raw("members_signup_access") == Some("invite")),
            "paid_members_enabled" => PublicValue::Bool(self.paid_members_enabled()),
            "firstpromoter_account" => match self.text("firstpromoter_id") {
                Some(id) if self.is_on("firstpromoter") => PublicValue::Text(id.to_owned()),
                _ => PublicValue::Null,
            },
            "default_email_address" => {
                PublicValue::Text(mail_from.map_or_else(|| at_host("noreply"), str::to_owned))
            }
            "support_email_address" => {
                let stored = self.text("members_support_address").unwrap_or("noreply");
                PublicValue::Text(if stored.contains('@') { stored.to_owned() } else { at_host(stored) })
            }
            "transistor_portal_enabled" => {
                PublicValue::Bool(self.is_on("transistor") && self.is_on("transistor_portal_enabled"))
            }
            "labs" => {
                let flags: Vec<String> = self
                    .labs()
                    .iter()
                    .filter(|(_, on)| *on)
                    .map(|(name, _)| format!("\"{name}\":true"))
                    .collect();
                PublicValue::Json(format!("{{{}}}", flags.join(",")))
            }
            _ => PublicValue::Null,
        }
    }

    /// Whether readers can give money: payment keys are set.
    pub fn donations_enabled(&self) -> bool {
        let both = |one: &str, other: &str| self.text(one).is_some() && self.text(other).is_some();
        both("stripe_connect_publishable_key", "stripe_connect_secret_key")
            || both("stripe_publishable_key", "stripe_secret_key")
    }
}
