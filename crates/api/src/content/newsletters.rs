//! Active newsletters as the Content API shows them.

use model::Newsletter;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use store::ListQuery;

use super::Call;
use super::envelope::{Envelope, Meta};
use super::options::{Options, Taken};
use super::shown::{Fields, instant};
use crate::fault::Fault;
use crate::query::{Param, Query};

const BROWSE: Taken = Taken { names: &["filter", "fields", "limit", "order", "page"], include: &[] };

/// A list.
pub fn browse(call: &Call<'_>, query: &Query<'_>) -> Result<Vec<u8>, Fault> {
    let options = Options::read(query, &BROWSE, &call.facts.config)?;
    let order = options.order()?;
    let filter = match options.sent().0 {
        None => None,
        Some(Param::Text(text)) => Some(nql::Filter::parse(text, call.now)?),
        Some(_) => return Err(Fault::unreadable_filter()),
    };
    let list = store::newsletters::browse(
        call.snapshot,
        &ListQuery {
            filter: filter.as_ref(),
            order: order.as_deref(),
            page: options.page(),
            ..ListQuery::default()
        },
    )?;
    let fields = Fields { asked: options.fields.as_deref(), carried: None };
    let items: Vec<NewsletterJson<'_>> =
        list.items.iter().map(|newsletter| NewsletterJson { newsletter, fields }).collect();
    Envelope { name: "newsletters", items: &items, meta: Meta::from(list.pagination) }.write()
}

struct NewsletterJson<'n> {
    newsletter: &'n Newsletter,
    fields: Fields<'n>,
}

impl Serialize for NewsletterJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let newsletter = self.newsletter;
        macro_rules! put {
            ($($name:literal: $value:expr),* $(,)?) => {$(
                if self.fields.show($name) { map.serialize_entry($name, &$value)?; }
            )*};
        }
        put! {
            "id": newsletter.id.as_str(),
            "uuid": newsletter.uuid,
            "name": newsletter.name,
            "description": newsletter.description,
            "slug": newsletter.slug,
            "sender_email": newsletter.sender_email,
            "subscribe_on_signup": newsletter.subscribe_on_signup,
            "visibility": newsletter.visibility,
            "sort_order": newsletter.sort_order,
            "created_at": instant(newsletter.created_at),
            "updated_at": newsletter.updated_at.map(instant),
        }
        map.end()
    }
}
