//! Acts as the Admin API's requests say them, for tests: a word for the act, an id, a body.

use std::collections::HashMap;

use document::RenderOptions;
use jiff::Timestamp;
use model::edit::bulk::BulkEdit;
use model::edit::content::Content;
use model::edit::integration::IntegrationEdit;
use model::edit::member::{HeldTier, MemberEdit};
use model::edit::newsletter::NewsletterEdit;
use model::edit::post::{AuthorRef, PostEdit, TagRef};
use model::edit::tag::TagEdit;
use model::edit::theme_setting::{ThemeSetting, ThemeSettingKind};
use model::edit::tier::TierEdit;
use model::edit::user::UserEdit;
use model::edit::{Actor, Change};
use model::id::{AuthorId, MemberId, NewsletterId, PostId, TagId, TierId};
use model::{PostKind, PostStatus, Refusal, SiteUrl};
use serde_json::{Map, Value};
use store::acts::{
    bulk, integrations, labels, members, newsletters, posts, settings, tags, theme_settings, tiers, users,
};
use store::{Act, ActError, WriteTransaction};

/// A request: `post.edit` and the like.
#[derive(Debug, Clone)]
pub struct Request {
    pub act: String,
    pub id: String,
    /// Of acts on many posts: which.
    pub filter: String,
    pub body: Map<String, Value>,
    pub save_revision: bool,
}

/// What was answered: the id, and whether everything, a preview or nothing is stale.
pub type Answer = (String, Option<posts::SavedPost>);

pub fn site() -> SiteUrl {
    SiteUrl::parse("https://courant.example").unwrap()
}

pub fn act(by: Actor, at: Timestamp) -> Act {
    Act { by, at, site: site() }
}

/// Renders before the transaction, as a door does.
pub fn content(body: &Map<String, Value>) -> Result<Change<Content>, Refusal> {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let options = RenderOptions::default();
    Ok(match (text("lexical"), text("mobiledoc")) {
        (Some(lexical), _) => Change::To(Content::of_lexical(lexical, &site(), &options)?),
        (_, Some(mobiledoc)) => Change::To(Content::of_mobiledoc(mobiledoc, &site(), &options)?),
        _ => Change::Keep,
    })
}

pub fn perform(
    tx: &WriteTransaction<'_>,
    act: &Act,
    request: &Request,
    content: &Change<Content>,
) -> Result<Answer, ActError> {
    let Request { act: word, id, body, .. } = request;
    let (noun, verb) = word.split_once('.').unwrap();
    let kind = if noun == "page" { PostKind::Page } else { PostKind::Post };
    let named = |saved: store::Saved<TagId>| (saved.id.as_str().to_owned(), None);
    let answer = match (noun, verb) {
        ("posts" | "pages", _) => {
            let kind = if noun == "pages" { PostKind::Page } else { PostKind::Post };
            let refused = |_| Refusal::Bad { message: "Error parsing filter".into() };
            let filter = nql::Filter::parse(&request.filter, act.at).map_err(refused)?;
            let saved = match verb {
                "bulk" => bulk::edit(tx, act, (kind, &filter), &bulk_edit(body))?,
                _ => bulk::destroy(tx, act, (kind, &filter))?,
            };
            let (id, events, changed) = (PostId::new(""), vec![], vec![]);
            post_answer(posts::SavedPost { id, events, changed, stale: saved.stale })
        }
        ("post" | "page", "delete") => {
            post_answer(posts::destroy(tx, act, (kind, &PostId::new(id.as_str())))?)
        }
        ("post" | "page", "copy") => {
            let id = PostId::new(id.as_str());
            let convert = |text: &str| Content::of_mobiledoc(text, &site(), &RenderOptions::default());
            post_answer(posts::copy(tx, act, (kind, &id), convert)?)
        }
        ("post" | "page", _) => {
            let edit = PostEdit { content: content.clone(), ..post_edit(request) };
            post_answer(match verb {
                "add" => posts::add(tx, act, kind, &edit)?,
                _ => posts::edit(tx, act, (kind, &PostId::new(id.as_str())), &edit)?,
            })
        }
        ("tag", "delete") => named(tags::destroy(tx, act, &TagId::new(id.as_str()))?),
        ("tag", _) => {
            let edit = TagEdit { name: text(body, "name"), slug: text(body, "slug"), texts: texts(body) };
            named(match verb {
                "add" => tags::add(tx, act, &edit)?,
                _ => tags::edit(tx, act, &TagId::new(id.as_str()), &edit)?,
            })
        }
        ("member", "delete") => {
            (members::destroy(tx, &MemberId::new(id.as_str()))?.id.as_str().to_owned(), None)
        }
        ("member", _) => {
            let edit = member_edit(body);
            let saved = match verb {
                "add" => members::add(tx, act, &edit)?,
                _ => members::edit(tx, act, &MemberId::new(id.as_str()), &edit)?,
            };
            (saved.id.as_str().to_owned(), None)
        }
        ("tier", "add") => (tiers::add(tx, act, &tier_edit(body))?.id.as_str().to_owned(), None),
        ("tier", _) => {
            let id = TierId::new(id.as_str());
            (tiers::edit(tx, act, &id, &tier_edit(body))?.id.as_str().to_owned(), None)
        }
        ("newsletter", "add") => {
            (newsletters::add(tx, act, &newsletter_edit(body))?.id.as_str().to_owned(), None)
        }
        ("newsletter", _) => {
            let id = NewsletterId::new(id.as_str());
            (newsletters::edit(tx, act, &id, &newsletter_edit(body))?.id.as_str().to_owned(), None)
        }
        ("integration", "delete") => (integrations::destroy(tx, act, id)?.id, None),
        ("integration", _) => {
            let edit = IntegrationEdit { name: text(body, "name"), texts: texts(body) };
            let saved = match verb {
                "add" => integrations::add(tx, act, &edit)?,
                _ => integrations::edit(tx, act, id, &edit)?,
            };
            (saved.id, None)
        }
        ("theme-settings", _) => {
            let options = body["options"].as_array().unwrap();
            let setting = ThemeSetting {
                key: body["key"].as_str().unwrap().to_owned(),
                kind: ThemeSettingKind::Select,
                options: options.iter().map(|option| option.as_str().unwrap().to_owned()).collect(),
            };
            let value = body["value"].as_str().map(str::to_owned);
            theme_settings::edit(tx, act, "source", &[(setting, value)])?;
            (String::new(), None)
        }
        ("label", "add") => (labels::add(tx, act, body["name"].as_str().unwrap())?.id, None),
        ("label", "edit") => (labels::edit(tx, act, id, body["name"].as_str().unwrap())?.id, None),
        ("label", _) => (labels::destroy(tx, act, id)?.id, None),
        ("settings", _) => {
            let wanted: Vec<(String, Option<String>)> = body
                .iter()
                .map(|(key, value)| {
                    let text = match value {
                        Value::Null => None,
                        Value::String(text) => Some(text.clone()),
                        other => Some(other.to_string()),
                    };
                    (key.clone(), text)
                })
                .collect();
            settings::edit(tx, act, &wanted)?;
            (String::new(), None)
        }
        ("user", "delete") => {
            (users::destroy(tx, act, &AuthorId::new(id.as_str()))?.id.as_str().to_owned(), None)
        }
        ("user", _) => {
            let edit = UserEdit {
                name: text(body, "name"),
                slug: text(body, "slug"),
                email: text(body, "email"),
                texts: texts(body),
            };
            (users::edit(tx, act, &AuthorId::new(id.as_str()), &edit)?.id.as_str().to_owned(), None)
        }
        _ => panic!("no such act: {word}"),
    };
    Ok(answer)
}

fn post_answer(saved: posts::SavedPost) -> Answer {
    (saved.id.as_str().to_owned(), Some(saved))
}

fn post_edit(request: &Request) -> PostEdit {
    let body = &request.body;
    let list = |name: &str| body.get(name).and_then(Value::as_array);
    let member = |item: &Value, name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
    PostEdit {
        title: text(body, "title"),
        slug: text(body, "slug"),
        status: match body.get("status").and_then(Value::as_str).and_then(PostStatus::parse) {
            Some(status) => Change::To(status),
            None => Change::Keep,
        },
        content: Change::Keep,
        featured: flag(body, "featured"),
        visibility: text(body, "visibility"),
        published_at: match body.get("published_at") {
            Some(at) => Change::To(at.as_str().map(|at| at.parse().unwrap())),
            None => Change::Keep,
        },
        show_title_and_feature_image: flag(body, "show_title_and_feature_image"),
        email_only: flag(body, "email_only"),
        texts: texts(body),
        tags: change(list("tags"), |tag| match tag {
            Value::String(name) => TagRef { name: Some(name.clone()), ..TagRef::default() },
            tag => TagRef {
                id: member(tag, "id").map(TagId::new),
                slug: member(tag, "slug"),
                name: member(tag, "name"),
            },
        }),
        authors: change(list("authors"), |author| match (member(author, "id"), member(author, "slug")) {
            (Some(id), _) => AuthorRef::Id(AuthorId::new(id)),
            (_, Some(slug)) => AuthorRef::Slug(slug),
            _ => AuthorRef::Email(member(author, "email").unwrap()),
        }),
        tiers: change(list("tiers"), |tier| TierId::new(member(tier, "id").unwrap())),
        seen_at: body.get("updated_at").and_then(Value::as_str).map(|at| at.parse().unwrap()),
        save_revision: request.save_revision,
        newsletter: None,
    }
}

fn member_edit(body: &Map<String, Value>) -> MemberEdit {
    let list = |name: &str| body.get(name).and_then(Value::as_array);
    let member = |item: &Value, name: &str| item.get(name).and_then(Value::as_str).unwrap().to_owned();
    MemberEdit {
        email: text(body, "email"),
        texts: texts(body),
        enable_comment_notifications: flag(body, "enable_comment_notifications"),
        labels: change(list("labels"), |label| member(label, "name")),
        newsletters: change(list("newsletters"), |letter| NewsletterId::new(member(letter, "id"))),
        tiers: change(list("tiers"), |tier| HeldTier {
            id: TierId::new(member(tier, "id")),
            ends_at: tier.get("expiry_at").and_then(Value::as_str).map(|at| at.parse().unwrap()),
        }),
    }
}

fn tier_edit(body: &Map<String, Value>) -> TierEdit {
    let number = |name: &str| body.get(name).and_then(Value::as_i64).map_or(Change::Keep, Change::To);
    let benefits = body.get("benefits").and_then(Value::as_array);
    TierEdit {
        name: text(body, "name"),
        slug: Change::Keep,
        is_active: flag(body, "active"),
        is_public: match body.get("visibility") {
            Some(word) => Change::To(word == "public"),
            None => Change::Keep,
        },
        trial_days: match number("trial_days") {
            Change::To(days) => Change::To(u32::try_from(days).unwrap()),
            Change::Keep => Change::Keep,
        },
        currency: text(body, "currency"),
        monthly_price: number("monthly_price"),
        yearly_price: number("yearly_price"),
        texts: texts(body),
        benefits: change(benefits, |words| words.as_str().unwrap().to_owned()),
    }
}

fn newsletter_edit(body: &Map<String, Value>) -> NewsletterEdit {
    let flags = body.iter().filter_map(|(name, value)| Some((name.clone(), value.as_bool()?)));
    NewsletterEdit {
        name: text(body, "name"),
        slug: text(body, "slug"),
        sort_order: body.get("sort_order").and_then(Value::as_i64).map_or(Change::Keep, Change::To),
        flags: flags.collect(),
        texts: texts(body),
    }
}

fn bulk_edit(body: &Map<String, Value>) -> BulkEdit {
    let meta = &body.get("meta").cloned().unwrap_or_default();
    let word = |item: &Value, name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
    let list = |name: &str| meta.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    match body["action"].as_str().unwrap() {
        "unpublish" => BulkEdit::Unpublish,
        "unschedule" => BulkEdit::Unschedule,
        "feature" => BulkEdit::Feature(true),
        "unfeature" => BulkEdit::Feature(false),
        "access" => BulkEdit::Access {
            visibility: word(meta, "visibility").unwrap(),
            tiers: list("tiers").iter().map(|tier| TierId::new(word(tier, "id").unwrap())).collect(),
        },
        "addTag" => BulkEdit::AddTags(
            list("tags")
                .iter()
                .map(|tag| TagRef {
                    id: word(tag, "id").map(TagId::new),
                    slug: None,
                    name: word(tag, "name"),
                })
                .collect(),
        ),
        other => panic!("{other}"),
    }
}

fn change<T>(list: Option<&Vec<Value>>, to: impl Fn(&Value) -> T) -> Change<Vec<T>> {
    list.map_or(Change::Keep, |list| Change::To(list.iter().map(to).collect()))
}

fn text(body: &Map<String, Value>, name: &str) -> Change<String> {
    body.get(name).and_then(Value::as_str).map_or(Change::Keep, |text| Change::To(text.to_owned()))
}

fn flag(body: &Map<String, Value>, name: &str) -> Change<bool> {
    body.get(name).and_then(Value::as_bool).map_or(Change::Keep, Change::To)
}

/// All members that are texts or null; those that are no columns are passed over by the act.
fn texts(body: &Map<String, Value>) -> model::edit::texts::TextEdits {
    let texts = body.iter().filter(|(_, value)| value.is_string() || value.is_null());
    texts.map(|(name, value)| (name.clone(), value.as_str().map(str::to_owned))).collect()
}

/// `$name` in ids and bodies becomes what was saved under the name.
pub fn filled(value: &Value, saved: &HashMap<String, String>) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix('$') {
            Some(name) => Value::String(saved.get(name).unwrap_or_else(|| panic!("{text}")).clone()),
            None => value.clone(),
        },
        Value::Array(items) => items.iter().map(|item| filled(item, saved)).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(key, value)| (key.clone(), filled(value, saved))).collect())
        }
        other => other.clone(),
    }
}
