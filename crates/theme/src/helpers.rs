//! Ghost's helpers by name. One function each, in files by what they are about.

mod assets;
mod colours;
mod comments;
mod conditions;
mod content;
mod dates;
mod desk;
mod foreach;
mod forms;
mod get;
mod head;
mod images;
mod layout;
mod links;
mod lists;
mod members;
mod messages;
mod money;
mod navigation;
mod neighbours;
mod shapes;
mod social;
mod text;

use handlebars::{Call, Error, Kind, Value};

use crate::render::Render;

/// A helper of Ghost's.
pub(crate) type Helper = for<'a> fn(&Render<'a>, &mut Call<'_, 'a>) -> Result<Value<'a>, Error>;

/// All helpers. A template refers to them by their position here.
pub(crate) static TABLE: &[(&str, Helper)] = &[
    ("access_label", desk::access_label),
    ("asset", assets::asset),
    ("authors", lists::authors),
    ("block", layout::block),
    ("body_class", head::body_class),
    ("cancel_link", members::cancel_link),
    ("collection", get::collection),
    ("color_to_rgba", colours::color_to_rgba),
    ("comment_count", comments::comment_count),
    ("comments", comments::comments),
    ("concat", text::concat),
    ("content", content::content),
    ("contentFor", layout::content_for),
    ("content_api_key", members::content_api_key),
    ("content_api_url", members::content_api_url),
    ("contrast_text_color", colours::contrast_text_color),
    ("corrections", desk::corrections),
    ("date", dates::date),
    ("encode", text::encode),
    ("excerpt", content::excerpt),
    ("facebook_url", social::facebook_url),
    ("foreach", foreach::foreach),
    ("get", get::get),
    ("ghost_foot", head::ghost_foot),
    ("ghost_head", head::ghost_head),
    ("has", conditions::has),
    ("img_url", images::img_url),
    ("input_password", forms::input_password),
    ("is", conditions::is),
    ("json", text::json),
    ("key_points", desk::key_points),
    ("link", links::link),
    ("link_class", links::link_class),
    ("match", conditions::matches),
    ("meta_description", head::meta_description),
    ("meta_title", head::meta_title),
    ("navigation", navigation::navigation),
    ("next_post", neighbours::next_post),
    ("page_url", navigation::page_url),
    ("pagination", navigation::pagination),
    ("plural", text::plural),
    ("post_class", head::post_class),
    ("prev_post", neighbours::prev_post),
    ("price", money::price),
    ("raw", text::raw),
    ("readable_url", links::readable_url),
    ("reading_time", content::reading_time),
    ("recommendations", members::recommendations),
    ("related", desk::related),
    ("search", forms::search),
    ("social_accounts", social::social_accounts),
    ("social_url", social::social_url),
    ("split", text::split),
    ("t", messages::t),
    ("tags", lists::tags),
    ("teaser", desk::teaser),
    ("tiers", lists::tiers),
    ("title", text::title),
    ("total_members", members::total_members),
    ("total_paid_members", members::total_paid_members),
    ("twitter_url", social::twitter_url),
    ("url", links::url),
];

/// Runs what Ghost runs as an asynchronous helper: when it fails, its spot stays empty and the page goes on.
fn asynchronous<'a>(
    render: &Render<'a>,
    call: &mut Call<'_, 'a>,
    act: impl FnOnce(&mut Call<'_, 'a>) -> Result<Value<'a>, Error>,
) -> Result<Value<'a>, Error> {
    let mut value = Value::Undefined;
    let written = call.capture(|call| {
        value = act(call)?;
        Ok(())
    });
    match written {
        Ok("") => Ok(value),
        Ok(written) => {
            call.write(written)?;
            Ok(value)
        }
        Err(error) if error.kind == Kind::Limit => Err(error),
        Err(error) => {
            render.notes.failed(error.to_string());
            Ok(Value::Safe(""))
        }
    }
}

/// A text made by a helper that need not be escaped again.
fn safe<'a>(render: &Render<'a>, text: &str) -> Result<Value<'a>, Error> {
    Ok(Value::Safe(render.arena.text(text)))
}
