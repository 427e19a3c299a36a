//! Feeds: a list's newest posts as RSS.

use http::header::VARY;
use http::{HeaderValue, StatusCode};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::{Post, PostKind};
use web::exchange::respond;

use crate::answer::Miss;
use crate::html_tree::{Element, ROOT, Tree};
use crate::pages::Made;
use crate::publication::GHOST_VERSION;
use crate::routes::{Data, DataQuery, List, Resource};
use crate::visit::{Parameters, Visit};

/// Words of a post's beginning that stand for a description nobody wrote.
const DESCRIPTION_WORDS: i64 = 50;

/// The feed of a list. `slug` replaces `%s` in the list's filter and data.
///
/// Errors: those of the list itself; a list of a tag or author who is not there has no feed.
pub fn feed(visit: &Visit<'_>, list: &List, slug: Option<&str>) -> Result<Made, Miss> {
    let filter = list.filter.as_ref().map(|filter| filter.replace("%s", slug.unwrap_or_default()));
    let parameters = Parameters {
        filter: filter.as_deref(),
        order: list.order.as_deref(),
        include: "authors,tags,tiers",
        ..Parameters::default()
    };
    let mut lead = None;
    for data in &list.data {
        let name = name_of(visit, data, slug)?;
        if matches!(&*data.name, "tag" | "author") {
            lead = name.or(lead);
        }
    }
    let posts = visit.posts(PostKind::Post, &parameters)?.items;
    let facts = &visit.state.facts;
    let site = facts.site.as_str();
    let title = facts.settings.text("title").unwrap_or_default();
    let title = lead.map_or_else(|| title.to_owned(), |lead| format!("{lead} - {title}"));
    let mut xml = Xml(String::with_capacity(4096));
    xml.0.push_str(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel>",
    );
    xml.cdata("title", &title);
    let description = facts.settings.text("description").filter(|text| !text.is_empty());
    xml.cdata("description", description.unwrap_or(&title));
    let front = format!("{site}/");
    xml.text("link", &front);
    xml.0.push_str("<image>");
    xml.text("url", &facts.site.join("/favicon.png"));
    xml.text("title", &title);
    xml.text("link", &front);
    xml.0.push_str("</image>");
    xml.text("generator", &format!("Ghost {}", GHOST_VERSION.1));
    xml.text("lastBuildDate", &http_date(visit.now));
    xml.0.push_str("<atom:link href=\"");
    // As it was asked for: the feed of a private publication has a secret address.
    escape(&facts.site.join(&visit.request.path), &mut xml.0);
    xml.0.push_str("\" rel=\"self\" type=\"application/rss+xml\"/><ttl>60</ttl>");
    for post in &posts {
        item(&mut xml, post, &facts.site.join(&facts.permalinks.post(post)));
    }
    xml.0.push_str("</channel></rss>");
    let is_personal = visit.names_the_member(xml.0.as_bytes());
    let mut response = respond(StatusCode::OK, "application/rss+xml; charset=utf-8", xml.0);
    visit.say_who_keeps(&mut response, is_personal);
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    let keep = !is_personal && !crate::gift::is_asked(visit.request);
    Ok(Made { keep, ..Made::from(response) })
}

/// The name of the thing that a list is about.
fn name_of(visit: &Visit<'_>, data: &Data, slug: Option<&str>) -> Result<Option<String>, Miss> {
    let DataQuery::Read { slug: wanted, .. } = &data.query else { return Ok(None) };
    let slug = wanted.replace("%s", slug.unwrap_or_default());
    let found = match data.resource {
        Resource::Tags => store::tags::read_by_slug(visit.snapshot, &slug, false)?
            .filter(|tag| !tag.is_internal())
            .map(|tag| tag.name),
        Resource::Authors => {
            store::authors::read_by_slug(visit.snapshot, &slug, false)?.map(|author| author.name)
        }
        Resource::Posts | Resource::Pages => return Ok(None),
    };
    found.map(Some).ok_or(Miss::Nothing)
}

fn item(xml: &mut Xml, post: &Post, address: &str) {
    let image = post.feature_image.as_deref().filter(|image| !image.is_empty());
    let content = Content::of(post.html.as_deref().unwrap_or_default(), &post.title, image);
    xml.0.push_str("<item>");
    xml.cdata("title", if post.title.is_empty() { "No title" } else { &post.title });
    let written = [&post.custom_excerpt, &post.meta.meta_description];
    match written.into_iter().flatten().find(|text| !text.is_empty()) {
        Some(description) => xml.cdata("description", description),
        None if !content.beginning.is_empty() => xml.cdata("description", &content.beginning),
        None => {}
    }
    xml.text("link", address);
    xml.0.push_str("<guid isPermaLink=\"false\">");
    escape(post.id.as_str(), &mut xml.0);
    xml.0.push_str("</guid>");
    for tag in post.tags.iter().flatten().filter(|tag| !tag.is_internal() && !tag.name.is_empty()) {
        xml.cdata("category", &tag.name);
    }
    if let Some(author) = post.primary_author().filter(|author| !author.name.is_empty()) {
        xml.cdata("dc:creator", &author.name);
    }
    if let Some(at) = post.published_at {
        xml.text("pubDate", &http_date(at));
    }
    if let Some(image) = image {
        xml.0.push_str("<media:content url=\"");
        escape(image, &mut xml.0);
        xml.0.push_str("\" medium=\"image\"/>");
    }
    xml.cdata("content:encoded", &content.whole);
    xml.0.push_str("</item>");
}

/// A post's html made fit for readers of feeds, who have neither the site's styles nor its scripts.
struct Content {
    whole: String,
    beginning: String,
}

impl Content {
    fn of(html: &str, title: &str, feature_image: Option<&str>) -> Self {
        let mut tree = Tree::read(html);
        for card in tree.find(ROOT, |element| element.has_class(&["kg-card"])) {
            tidy_card(&mut tree, card);
        }
        let plain = tree.write();
        let beginning = document::truncate_words(&plain, DESCRIPTION_WORDS);
        let Some(image) = feature_image else { return Content { whole: plain, beginning } };
        if let Some(first) = tree.find(ROOT, |element| element.name == "p").first() {
            let mut element = Element::new("img");
            element.set("src", image.to_owned());
            tree.insert_before(*first, element);
        }
        for img in tree.find(ROOT, |element| element.name == "img") {
            if let Some(element) = tree.element_mut(img) {
                element.set("alt", title.to_owned());
            }
        }
        Content { whole: tree.write(), beginning }
    }
}

fn tidy_card(tree: &mut Tree<'_>, card: usize) {
    let classes = |tree: &Tree<'_>, classes: &[&str]| tree.find(card, |element| element.has_class(classes));
    let chrome = [
        "kg-bookmark-thumbnail",
        "kg-bookmark-icon",
        "kg-bookmark-metadata",
        "kg-video-overlay",
        "kg-video-player-container",
        "kg-audio-thumbnail",
        "kg-audio-player",
        "kg-audio-title",
    ];
    let parts = classes(tree, &chrome);
    tree.remove(&parts);
    for description in classes(tree, &["kg-bookmark-description"]) {
        tree.wrap(description, Element::new("small"));
    }
    let poster = tree.element(card).and_then(|element| {
        let of = |name| element.attribute(name).filter(|value: &&str| !value.is_empty());
        of("data-kg-custom-thumbnail").or_else(|| element.attribute("data-kg-thumbnail")).map(str::to_owned)
    });
    let players = tree.find(card, |element| matches!(&*element.name, "video" | "audio"));
    for player in players {
        let is_video = tree.element(player).is_some_and(|element| element.name == "video");
        if !tree.stands_in(player, if is_video { "kg-video-card" } else { "kg-audio-card" }) {
            continue;
        }
        let Some(element) = tree.element_mut(player) else { continue };
        if is_video && let Some(poster) = &poster {
            element.set("poster", poster.clone());
        }
        element.set("controls", "");
        if is_video {
            element.unset("style");
        }
    }
    for container in classes(tree, &["kg-audio-player-container"]) {
        tree.unwrap(container);
    }
}

/// `Fri, 26 Sep 2025 16:31:00 GMT`.
fn http_date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// XML being written.
struct Xml(String);

impl Xml {
    fn open(&mut self, name: &str) {
        self.0.push('<');
        self.0.push_str(name);
        self.0.push('>');
    }

    fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    fn text(&mut self, name: &str, text: &str) {
        self.open(name);
        escape(text, &mut self.0);
        self.close(name);
    }

    /// An element whose text may be html.
    fn cdata(&mut self, name: &str, text: &str) {
        if text.is_empty() {
            self.0.push('<');
            self.0.push_str(name);
            self.0.push_str("/>");
            return;
        }
        self.open(name);
        self.0.push_str("<![CDATA[");
        let mut pieces = text.split("]]>");
        self.piece(pieces.next().unwrap_or_default());
        for piece in pieces {
            self.0.push_str("]]]]><![CDATA[>");
            self.piece(piece);
        }
        self.0.push_str("]]>");
        self.close(name);
    }

    /// Text without the control characters that no XML may hold.
    fn piece(&mut self, text: &str) {
        if text.bytes().any(|b| b < b' ') {
            self.0.extend(text.chars().filter(|c| is_xml(*c)));
        } else {
            self.0.push_str(text);
        }
    }
}

/// Whether XML may hold this character.
fn is_xml(c: char) -> bool {
    c >= ' ' || matches!(c, '\t' | '\n' | '\r')
}

/// Text of an element or value of an attribute as XML.
pub fn escape(text: &str, xml: &mut String) {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            c if is_xml(c) => xml.push(c),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cdata_cannot_be_closed_from_inside() {
        let mut xml = Xml(String::new());
        xml.cdata("title", "a]]><script>\u{1}");
        assert_eq!(xml.0, "<title><![CDATA[a]]]]><![CDATA[><script>]]></title>");
        let mut text = String::new();
        escape("<'a'&\"b\">\u{b}", &mut text);
        assert_eq!(text, "&lt;&apos;a&apos;&amp;&quot;b&quot;&gt;");
    }

    #[test]
    fn players_lose_what_needs_the_sites_scripts() {
        let html = "<figure class=\"kg-card kg-video-card\" data-kg-thumbnail=\"t.jpg\"><div>\
            <video src=\"v.mp4\" style=\"x\"></video><div class=\"kg-video-overlay\">Play</div></div></figure>";
        assert_eq!(
            Content::of(html, "T", None).whole,
            "<figure class=\"kg-card kg-video-card\" data-kg-thumbnail=\"t.jpg\"><div>\
             <video src=\"v.mp4\" poster=\"t.jpg\" controls></video></div></figure>"
        );
    }

    #[test]
    fn the_feature_image_stands_before_the_first_paragraph() {
        let content = Content::of("<h2>x</h2><p>a</p><img src=b>", "T \"q\"", Some("i.jpg"));
        let alt = "alt=\"T &quot;q&quot;\"";
        assert_eq!(
            content.whole,
            format!("<h2>x</h2><img src=\"i.jpg\" {alt}><p>a</p><img src=\"b\" {alt}>")
        );
        assert_eq!(content.beginning, "<h2>x</h2><p>a</p><img src=\"b\">");
    }

    #[test]
    fn dates() {
        assert_eq!(http_date(Timestamp::UNIX_EPOCH), "Thu, 01 Jan 1970 00:00:00 GMT");
    }
}
