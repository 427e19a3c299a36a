//! What every page sees besides its own data: `@site`, `@member`, `@custom`, and JSON as template values.

use std::cell::Cell;

use handlebars::{Arena, Object, Value};
use model::{Member, Subscription};
use serde_json::Value as Json;
use theme::json::value as json;

use super::subscription::SubscriptionValue;

/// `@site`: the public settings, prepared once, as fields that are turned into values when a template asks.
#[derive(Clone, Copy)]
struct SiteValue<'a> {
    /// Sorted by name.
    fields: &'a [(String, Json)],
}

impl<'a> Object<'a> for SiteValue<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        match self.fields.binary_search_by(|(field, _)| field.as_str().cmp(name)) {
            Ok(index) => self.fields.get(index).map_or(Value::Undefined, |(_, value)| json(value, arena)),
            Err(_) => Value::Undefined,
        }
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        arena.slice(self.fields.iter().map(|(name, _)| name.as_str()))
    }
}

/// Fields prepared once (sorted by name) as a template value.
pub fn site<'a>(fields: &'a [(String, Json)], arena: &'a Arena) -> Value<'a> {
    Value::Object(arena.put(SiteValue { fields }))
}

/// Values of the theme's own settings, in the theme's order.
pub fn theme_settings<'a>(settings: &'a [(String, Json)], arena: &'a Arena) -> Value<'a> {
    arena.map(settings.iter().map(|(name, value)| (name.as_str(), json(value, arena))).collect::<Vec<_>>())
}

/// `@member`, noting when a field is read that tells this member from others with the same access.
#[derive(Clone, Copy)]
struct MemberValue<'a> {
    member: &'a Member,
    personal: &'a Cell<bool>,
    subscriptions: &'a dyn Subscriptions,
}

/// Where a member's subscriptions are read when a template asks for them.
pub trait Subscriptions {
    /// Those of the member.
    fn subscriptions(&self, member: &Member) -> Vec<Subscription>;
}

impl<'a> Object<'a> for MemberValue<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        let member = self.member;
        // The page cache keeps pages by status and tiers; everything else is hers alone.
        if !matches!(name, "paid" | "status") {
            self.personal.set(true);
        }
        // Ghost gives the empty name as it is; the first name is what stands before the first space.
        let firstname =
            || member.name.as_deref().filter(|name| !name.is_empty()).and_then(|name| name.split(' ').next());
        match name {
            "uuid" => Value::Text(&member.uuid),
            "email" => Value::Text(&member.email),
            "name" => super::text(member.name.as_deref()),
            "firstname" => super::text(firstname()),
            "avatar_image" => Value::Null,
            "subscriptions" => {
                let subscriptions: &'a Vec<_> = arena.keep(self.subscriptions.subscriptions(member));
                let value = |subscription| Value::Object(arena.put(SubscriptionValue(subscription)));
                arena.list(subscriptions.iter().map(value))
            }
            "paid" => Value::Bool(member.is_paid()),
            "status" => Value::Text(member.status.as_str()),
            _ => Value::Undefined,
        }
    }

    fn keys(&'a self, _: &'a Arena) -> &'a [&'a str] {
        &["uuid", "email", "name", "firstname", "avatar_image", "subscriptions", "paid", "status"]
    }
}

/// `@member`; `personal` is set when the page reads what only this member has.
pub fn member<'a>(
    member: &'a Member,
    personal: &'a Cell<bool>,
    subscriptions: &'a dyn Subscriptions,
    arena: &'a Arena,
) -> Value<'a> {
    Value::Object(arena.put(MemberValue { member, personal, subscriptions }))
}
