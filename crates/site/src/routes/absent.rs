//! Data of routes that is not there: a slug in `routes.yaml` that no reader finds.

use model::PostKind;
use store::{PostKey, PostRead, Snapshot};

use super::{Data, DataQuery, Resource, Route, Routes};

impl Routes {
    /// A sentence for each thing that a route or collection names by a slug and that is not there for readers, in the
    /// order of the file. A slug that a visit fills in (`%s`) is none.
    pub(crate) fn absent_data(&self, snapshot: &Snapshot<'_>) -> store::Result<Vec<String>> {
        let routes = self.routes.iter().map(|route| match route {
            Route::Channel(list) => &list.data,
            Route::Static(own) => &own.data,
        });
        let collections = self.collections.iter().map(|collection| &collection.list.data);
        let mut absent = Vec::new();
        for data in routes.chain(collections).flatten() {
            let DataQuery::Read { slug, .. } = &data.query else { continue };
            if !slug.contains("%s") && !is_there(data.resource, slug, snapshot)? {
                absent.push(sentence(data, slug));
            }
        }
        Ok(absent)
    }
}

fn sentence(data: &Data, slug: &str) -> String {
    let what = match data.resource {
        Resource::Posts => "published post",
        Resource::Pages => "published page",
        Resource::Tags => "public tag with a published post",
        Resource::Authors => "author with a published post",
    };
    format!("{}: there is no {what} `{slug}`; its pages are not found (404) until there is", data.place)
}

/// As the pages ask for it.
fn is_there(resource: Resource, slug: &str, snapshot: &Snapshot<'_>) -> store::Result<bool> {
    let entry = |kind| store::posts::read(snapshot, &PostRead::published(kind, PostKey::Slug(slug)));
    Ok(match resource {
        Resource::Posts => entry(PostKind::Post)?.is_some(),
        Resource::Pages => entry(PostKind::Page)?.is_some(),
        Resource::Tags => {
            store::tags::read_by_slug(snapshot, slug, false)?.is_some_and(|tag| !tag.is_internal())
        }
        Resource::Authors => store::authors::read_by_slug(snapshot, slug, false)?.is_some(),
    })
}
