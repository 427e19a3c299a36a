//! The frame around every answer: the noun's list and where the page stands in the whole.

use model::{Limit, Pagination};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::fault::Fault;

/// `{"posts":[…],"meta":{…}}`, written at once.
pub struct Envelope<'e, T> {
    pub name: &'static str,
    pub items: &'e [T],
    pub meta: Meta,
}

/// What stands beside the list.
pub enum Meta {
    /// Nothing.
    None,
    /// An empty object.
    Empty,
    Page(PageMeta),
}

impl<T: Serialize> Envelope<'_, T> {
    /// The answer's bytes.
    pub fn write(&self) -> Result<Vec<u8>, Fault> {
        let mut body = Vec::with_capacity(4096);
        match serde_json::to_writer(&mut body, self) {
            Ok(()) => Ok(body),
            Err(error) => {
                tracing::error!(%error, name = self.name, "an answer could not be written");
                Err(Fault::unexpected(None))
            }
        }
    }
}

impl<T: Serialize> Serialize for Envelope<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(self.name, self.items)?;
        match &self.meta {
            Meta::None => {}
            Meta::Empty => map.serialize_entry("meta", &NoMeta {})?,
            Meta::Page(page) => map.serialize_entry("meta", &WithPage { pagination: page })?,
        }
        map.end()
    }
}

#[derive(Serialize)]
struct NoMeta {}

#[derive(Serialize)]
struct WithPage<'p> {
    pagination: &'p PageMeta,
}

/// `meta.pagination`.
#[derive(Debug, Serialize)]
pub struct PageMeta {
    pub page: u32,
    pub limit: LimitMeta,
    /// None: endless, which JSON cannot say.
    pub pages: Option<u32>,
    pub total: u64,
    pub next: Option<u32>,
    pub prev: Option<u32>,
}

/// A number of rows, or all.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum LimitMeta {
    Rows(u32),
    All(&'static str),
}

impl From<Pagination> for Meta {
    fn from(pagination: Pagination) -> Self {
        Meta::Page(PageMeta {
            page: pagination.page,
            limit: match pagination.limit {
                Limit::Rows(rows) => LimitMeta::Rows(rows),
                Limit::All => LimitMeta::All("all"),
            },
            pages: Some(pagination.pages),
            total: pagination.total,
            next: pagination.next(),
            prev: pagination.prev(),
        })
    }
}
