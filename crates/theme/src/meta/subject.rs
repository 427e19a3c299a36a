//! What a page is about, as Ghost's metadata sees it: the post, page, tag or author, or else the publication.

use handlebars::Value;

use super::{HeadContext, truthy};

/// What a page is about.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    /// A post, page, tag, author, or whatever the route's data calls by the name of its context.
    Thing(Value<'a>),
    /// The publication, seen through three of its settings.
    Publication,
}

impl<'a> Subject<'a> {
    /// What the whole page is about.
    pub(super) fn of_page(ctx: &HeadContext<'a>) -> Self {
        let name = match ctx.page.context {
            [] => return Subject::Publication,
            [only] => only,
            // JavaScript joins a list that is used as a name. No such field exists, but the rule costs nothing.
            several => ctx.arena.text(&several.join(",")),
        };
        Self::choose(ctx, |wanted| ctx.is(wanted), name)
    }

    /// What the first context name alone says, which is less: in a preview it says nothing.
    ///
    /// Ghost asks whether the name contains `post`, `page` and so on, not whether it is that.
    pub(super) fn of_first_context(ctx: &HeadContext<'a>) -> Self {
        match ctx.page.context.first() {
            Some(first) => Self::choose(ctx, |wanted| first.contains(wanted), first),
            None => Subject::Publication,
        }
    }

    fn choose(ctx: &HeadContext<'a>, is: impl Fn(&str) -> bool, name: &str) -> Self {
        let found = ["page", "post"]
            .into_iter()
            .filter(|wanted| is(wanted))
            .find_map(|_| ctx.root("post"))
            .or_else(|| {
                ["page", "tag", "author"]
                    .into_iter()
                    .filter(|wanted| is(wanted))
                    .find_map(|key| ctx.root(key))
            })
            .or_else(|| ctx.root(name));
        found.map_or(Subject::Publication, Subject::Thing)
    }

    /// A field of it, if JavaScript would hold it for true.
    pub(super) fn field(self, ctx: &HeadContext<'a>, name: &str) -> Option<Value<'a>> {
        match self {
            Subject::Thing(thing) => truthy(thing.get(name, ctx.arena)),
            Subject::Publication if matches!(name, "cover_image" | "twitter" | "facebook") => {
                truthy(ctx.setting(name))
            }
            Subject::Publication => None,
        }
    }

    /// A field of it that is text, and not empty.
    pub(super) fn text(self, ctx: &HeadContext<'a>, name: &str) -> Option<&'a str> {
        self.field(ctx, name).and_then(super::filled)
    }
}
