//! Newsletters: adding and editing, with their looks. Sending is not decided here.

use std::collections::{BTreeMap, BTreeSet};

use super::slug::{self, SlugOf};
use super::texts::{TextColumn, TextEdits, Texts};
use super::{Cell, Change, Row};
use crate::Refusal;
use crate::id::NewsletterId;
use crate::site_url::SiteUrl;

/// The texts of a newsletter that may be null, and their limits.
pub const TEXTS: &[TextColumn] = &[
    TextColumn::plain("description", 2000),
    TextColumn::plain("sender_name", 191),
    TextColumn::plain("sender_email", 191),
    TextColumn::address("header_image", 2000),
    TextColumn::html("footer_content", 65535),
    TextColumn::plain("post_title_color", 50),
    TextColumn::plain("section_title_color", 50),
    TextColumn::plain("divider_color", 50),
    TextColumn::plain("button_color", 50),
    TextColumn::plain("link_color", 50),
];

/// What is yes or no, and how a new one has it.
pub const FLAGS: &[(&str, bool)] = &[
    ("feedback_enabled", false),
    ("subscribe_on_signup", true),
    ("show_header_icon", true),
    ("show_header_title", true),
    ("show_excerpt", false),
    ("show_feature_image", true),
    ("show_badge", true),
    ("show_header_name", true),
    ("show_post_title_section", true),
    ("show_comment_cta", true),
    ("show_subscription_details", false),
    ("show_latest_posts", false),
    ("show_share_button", false),
];

/// Words that are always there: column, how a new one has it, and the words that may stand (none named: any).
pub const WORDS: &[(&str, &str, &[&str])] = &[
    ("sender_reply_to", "newsletter", &[]),
    ("status", "active", &["active", "archived"]),
    ("visibility", "members", &["members", "paid"]),
    ("title_font_category", "sans_serif", &["serif", "sans_serif"]),
    ("title_alignment", "center", &["center", "left"]),
    ("body_font_category", "sans_serif", &["serif", "sans_serif"]),
    ("background_color", "light", &[]),
    ("button_corners", "rounded", &["square", "rounded", "pill"]),
    ("button_style", "fill", &["fill", "outline"]),
    ("title_font_weight", "bold", &["normal", "medium", "semibold", "bold"]),
    ("link_style", "underline", &["underline", "regular", "bold"]),
    ("image_corners", "square", &["square", "rounded"]),
    ("header_background_color", "transparent", &[]),
];

const NAME_MAX: usize = 191;
const WORD_MAX: usize = 50;

/// A newsletter as staff sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewsletterSheet {
    pub id: NewsletterId,
    pub name: String,
    pub slug: String,
    pub sort_order: i64,
    /// In the order of [`FLAGS`].
    pub flags: Vec<bool>,
    /// In the order of [`WORDS`].
    pub words: Vec<String>,
    pub texts: Texts,
}

impl NewsletterSheet {
    /// A new one, which says nothing yet.
    pub fn new(id: NewsletterId, sort_order: i64) -> Self {
        let mut texts = Texts::none("newsletters", TEXTS);
        for colour in ["button_color", "link_color"] {
            texts.put(colour, Some("accent".into()));
        }
        NewsletterSheet {
            id,
            name: String::new(),
            slug: String::new(),
            sort_order,
            flags: FLAGS.iter().map(|(_, flag)| *flag).collect(),
            words: WORDS.iter().map(|(_, word, _)| (*word).to_owned()).collect(),
            texts,
        }
    }

    /// Its columns, without the instants.
    pub fn row(&self) -> Row {
        let mut row = vec![
            ("name", Cell::text(Some(self.name.as_str()))),
            ("slug", Cell::text(Some(self.slug.as_str()))),
            ("sort_order", Cell::Number(self.sort_order)),
        ];
        row.extend(FLAGS.iter().zip(&self.flags).map(|((name, _), flag)| (*name, Cell::Flag(*flag))));
        row.extend(WORDS.iter().zip(&self.words).map(|((name, ..), word)| (*name, Cell::Text(word.clone()))));
        row.extend(self.texts.row());
        row
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct NewsletterEdit {
    pub name: Change<String>,
    pub slug: Change<String>,
    /// Its place among the others; a new one comes last.
    pub sort_order: Change<i64>,
    /// Of [`FLAGS`].
    pub flags: BTreeMap<String, bool>,
    /// Texts of [`TEXTS`], and words of [`WORDS`].
    pub texts: TextEdits,
}

/// The slug that this request asks for; None when it stays.
pub fn wanted_slug(before: Option<&NewsletterSheet>, edit: &NewsletterEdit) -> Option<String> {
    let given = edit.slug.get().filter(|slug| !slug.is_empty());
    let given = match before {
        Some(before) => given.filter(|slug| **slug != before.slug)?,
        None => given.or_else(|| edit.name.get())?,
    };
    Some(slug::wanted(SlugOf::Newsletter, given))
}

/// Decides on a new newsletter (`before` without name) or on a change of one.
///
/// Errors: `Invalid` for a name that is empty, too long or another's, and for a word that may not stand.
pub fn edited(
    before: &NewsletterSheet,
    edit: &NewsletterEdit,
    (taken_slugs, is_name_taken): (&BTreeSet<String>, bool),
    site: &SiteUrl,
) -> Result<NewsletterSheet, Refusal> {
    let mut after = before.clone();
    let is_new = before.name.is_empty();
    if let Some(name) = edit.name.get() {
        name.trim().clone_into(&mut after.name);
    }
    if after.name.is_empty() {
        return Err(Refusal::blank("newsletters", "name"));
    }
    if after.name.chars().count() > NAME_MAX {
        return Err(Refusal::too_long("newsletters", "name", NAME_MAX));
    }
    if is_name_taken && after.name != before.name {
        return Err(Refusal::invalid_field("name", "A newsletter with the same name already exists"));
    }
    if let Some(wanted) = wanted_slug((!is_new).then_some(before), edit) {
        after.slug = slug::free(&wanted, taken_slugs);
    }
    if let (false, Some(place)) = (is_new, edit.sort_order.get()) {
        after.sort_order = *place;
    }
    for ((name, _), flag) in FLAGS.iter().zip(&mut after.flags) {
        *flag = edit.flags.get(*name).copied().unwrap_or(*flag);
    }
    for ((name, _, allowed), word) in WORDS.iter().zip(&mut after.words) {
        let Some(Some(wanted)) = edit.texts.get(*name) else { continue };
        set_word(word, name, wanted, allowed)?;
    }
    after.texts.edit(&edit.texts, site)?;
    Ok(after)
}

fn set_word(word: &mut String, name: &str, wanted: &str, allowed: &[&str]) -> Result<(), Refusal> {
    if !allowed.is_empty() && !allowed.contains(&wanted) {
        return Err(Refusal::Invalid {
            message: format!("Validation (isIn) failed for {name}"),
            field: None,
            column: Some(format!("newsletters.{name}")),
        });
    }
    let is_address = name == "sender_reply_to";
    if is_address && !matches!(wanted, "newsletter" | "support") && !super::member::is_email(wanted) {
        return Err(Refusal::invalid_field("sender_reply_to", "Invalid Email"));
    }
    let max = if is_address { NAME_MAX } else { WORD_MAX };
    if wanted.is_empty() || wanted.chars().count() > max {
        return Err(Refusal::too_long("newsletters", name, max));
    }
    wanted.clone_into(word);
    Ok(())
}
