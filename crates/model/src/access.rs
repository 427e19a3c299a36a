//! Who may read what: the one place where it is decided.

use std::borrow::Cow;

use document::gate::{self, Audience};

use crate::post::{Post, Visibility};
use crate::site_url::SiteUrl;
use crate::{Member, MemberStatus, Tier};

/// Who is reading.
#[derive(Debug, Clone, PartialEq)]
pub enum Reader {
    /// Nobody we know.
    Anonymous,
    /// A signed-in member.
    Member(Member),
    /// Somebody with a valid gift link: reads this post whole.
    Gift,
    /// A preview by its secret address: reads whole.
    Preview,
}

/// Proof that whoever asks is staff. Made where a staff session or key was checked.
#[derive(Debug)]
pub struct StaffProof(());

/// A thing that must not be read before it was decided who reads it.
///
/// It has no way in but [`Gated::for_reader`].
#[derive(Debug, Clone)]
pub struct Gated<T>(T);

impl Gated<Post> {
    /// Seals a post as it came from the database. Only the store has reason to call it.
    pub fn seal(post: Post) -> Self {
        Gated(post)
    }

    /// Which post it is: no secret.
    pub fn id(&self) -> &crate::id::PostId {
        &self.0.id
    }

    /// A number that differs when texts, headline, access, tags or times do; the same within one process alone.
    pub fn fingerprint(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let post = &self.0;
        let mut hasher = DefaultHasher::new();
        (&post.html, &post.plaintext, &post.title, &post.custom_excerpt, post.visibility).hash(&mut hasher);
        (post.published_at, post.updated_at).hash(&mut hasher);
        let tiers = post.tiers.iter().flatten().map(|tier| tier.id.as_str());
        let tags = post.tags.iter().flatten().map(|tag| tag.name.as_str());
        tiers.chain(tags).for_each(|text| text.hash(&mut hasher));
        hasher.finish()
    }

    /// When it was last changed: no secret.
    pub fn updated_at(&self) -> Option<jiff::Timestamp> {
        self.0.updated_at
    }

    /// The post as this reader may see it: addresses absolute, `access`, `reading_time` and `excerpt` set, what
    /// she may not read removed.
    ///
    /// Reading time and excerpt need html and plain text to have been read. A public post costs some searches
    /// through its texts and no copy. Outbound links are not marked here ([`crate::outbound_links`]): that depends
    /// on a setting.
    pub fn for_reader(self, reader: &Reader, site: &SiteUrl) -> Post {
        let mut post = self.0;
        make_absolute(&mut post, site);
        post.access = may_read(reader, post.visibility, post.tiers.as_deref());
        // Of the whole, also for a reader who gets a part.
        let has_image = post.feature_image.as_deref().is_some_and(|image| !image.is_empty());
        let html = post.html.as_deref().filter(|html| !html.is_empty());
        post.reading_time = html.map(|html| document::reading_time(html, has_image));
        post.excerpt = match (&post.custom_excerpt, post.plaintext.as_deref()) {
            (Some(custom), _) => Some(custom.clone()),
            (None, None | Some("")) => None,
            (None, Some(plaintext)) => Some(document::excerpt(plaintext).to_owned()),
        };
        cut(&mut post, audience(reader));
        if let (Reader::Member(member), Some(html)) = (reader, &post.html)
            && let Cow::Owned(filled_in) = gate::with_member_uuid(html, &member.uuid)
        {
            post.html = Some(filled_in);
        }
        post
    }
}

/// For whom blocks are shown that are for some readers only.
fn audience(reader: &Reader) -> Audience {
    match reader {
        Reader::Anonymous | Reader::Gift | Reader::Preview => Audience::Anonymous,
        Reader::Member(member) if member.status == MemberStatus::Free => Audience::Free,
        Reader::Member(_) => Audience::Paid,
    }
}

/// Leaves of the texts what the reader may see.
fn cut(post: &mut Post, audience: Audience) {
    if !post.access && post.html.as_deref().is_none_or(|html| gate::before_paywall(html).is_none()) {
        post.is_cut = true;
        for text in [&mut post.html, &mut post.plaintext].into_iter().flatten() {
            text.clear();
        }
        // Even an excerpt that was written for the post; `custom_excerpt` itself stays.
        post.excerpt = Some(String::new());
        return;
    }
    let Some(whole) = &post.html else { return };
    let cut = gate::cut(whole, post.access, audience);
    if !cut.changed {
        return;
    }
    let html = cut.html.into_owned();
    // Ghost keeps the whole plain text when nothing stands before the paywall. We do not.
    let plaintext = if html.is_empty() { String::new() } else { document::plaintext(&html) };
    let is_custom = post.custom_excerpt.as_deref().is_some_and(|custom| !custom.is_empty());
    let has_excerpt = post.excerpt.as_deref().is_some_and(|excerpt| !excerpt.is_empty());
    if has_excerpt && !is_custom {
        post.excerpt = Some(document::excerpt(&plaintext).to_owned());
    }
    post.is_cut = true;
    post.plaintext = Some(plaintext);
    post.html = Some(html);
}

/// The placeholder of our address replaced, wherever Ghost replaces it.
fn make_absolute(post: &mut Post, site: &SiteUrl) {
    for text in [
        &mut post.html,
        &mut post.plaintext,
        &mut post.custom_excerpt,
        &mut post.codeinjection_head,
        &mut post.codeinjection_foot,
        &mut post.feature_image,
        &mut post.canonical_url,
        &mut post.meta.og_image,
        &mut post.meta.twitter_image,
    ] {
        site.expand_in(text);
    }
    post.tags.iter_mut().flatten().for_each(|tag| tag.make_absolute(site));
    post.authors.iter_mut().flatten().for_each(|author| author.make_absolute(site));
}

/// Whether `reader` may read a post of this visibility whole.
///
/// `tiers` are the post's; None (not loaded) denies everyone whom only a tier would admit, as Ghost does.
pub fn may_read(reader: &Reader, visibility: Visibility, tiers: Option<&[Tier]>) -> bool {
    let member = match reader {
        Reader::Gift | Reader::Preview => return true,
        Reader::Anonymous => return visibility == Visibility::Public,
        Reader::Member(member) => member,
    };
    match visibility {
        Visibility::Public | Visibility::Members => true,
        Visibility::Paid => member.is_paid(),
        Visibility::Tiers => {
            tiers.is_some_and(|tiers| tiers.iter().any(|tier| member.tiers.contains(&tier.id)))
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::id::{MemberId, PostId, TierId};
    use crate::post::{PostKind, PostMeta, PostStatus};

    const CANARY: &str = "kestrel";

    fn post(visibility: Visibility, html: &str) -> Gated<Post> {
        Gated::seal(Post {
            id: PostId::new("1"),
            kind: PostKind::Post,
            status: PostStatus::Published,
            uuid: String::new(),
            title: "Title".to_owned(),
            slug: "title".to_owned(),
            html: Some(html.to_owned()),
            plaintext: Some(document::plaintext(html)),
            comment_id: None,
            feature_image: Some("__GHOST_URL__/content/images/a.jpg".to_owned()),
            featured: false,
            visibility,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: None,
            published_at: None,
            custom_excerpt: None,
            codeinjection_head: None,
            codeinjection_foot: None,
            custom_template: None,
            canonical_url: None,
            show_title_and_feature_image: true,
            meta: PostMeta::default(),
            tags: None,
            authors: None,
            tiers: None,
            sentiment: None,
            access: false,
            is_cut: false,
            reading_time: None,
            excerpt: None,
        })
    }

    fn member(status: MemberStatus, tiers: &[&str]) -> Reader {
        Reader::Member(Member {
            id: MemberId::new("1"),
            uuid: "u-1".to_owned(),
            email: String::new(),
            name: None,
            status,
            tiers: tiers.iter().map(|tier| TierId::new(*tier)).collect(),
        })
    }

    fn site() -> SiteUrl {
        SiteUrl::parse("https://example.com/blog").expect("an address")
    }

    fn tier(id: &str) -> Tier {
        Tier {
            id: TierId::new(id),
            name: String::new(),
            slug: id.to_owned(),
            active: true,
            welcome_page_url: None,
            visibility: "public".to_owned(),
            trial_days: 0,
            description: None,
            kind: "paid".to_owned(),
            currency: None,
            monthly_price: None,
            yearly_price: None,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: None,
            monthly_price_id: None,
            yearly_price_id: None,
            benefits: None,
        }
    }

    #[test]
    fn who_may_read_what() {
        use MemberStatus::{Comped, Free, Gift, Paid};
        use Visibility::{Members, Public, Tiers};
        let tiers = [tier("gold")];
        let may = |reader: &Reader, visibility| may_read(reader, visibility, Some(&tiers));
        let all = [Public, Members, Visibility::Paid, Tiers];
        let of = |reader: &Reader| all.map(|visibility| may(reader, visibility));
        assert_eq!(of(&Reader::Anonymous), [true, false, false, false]);
        assert_eq!(of(&member(Free, &[])), [true, true, false, false]);
        for status in [Paid, Comped, Gift] {
            assert_eq!(of(&member(status, &["silver"])), [true, true, true, false]);
            assert_eq!(of(&member(status, &["silver", "gold"])), [true; 4]);
        }
        assert_eq!(of(&member(Free, &["gold"])), [true, true, false, true]);
        assert_eq!(of(&Reader::Gift), [true; 4]);
        assert_eq!(of(&Reader::Preview), [true; 4]);
        assert!(!may_read(&member(Paid, &["gold"]), Tiers, None), "tiers that were not read admit nobody");
    }

    #[test]
    fn a_wall_leaves_what_stands_before_it() {
        let html = format!("<p>Free part.</p><!--members-only--><p>A {CANARY}.</p>");
        let opened = post(Visibility::Paid, &html).for_reader(&Reader::Anonymous, &site());
        assert!(!opened.access && opened.is_cut);
        assert_eq!(opened.html.as_deref(), Some("<p>Free part.</p>"));
        assert_eq!(opened.plaintext.as_deref(), Some("Free part."));
        assert_eq!(opened.excerpt.as_deref(), Some("Free part."));
        assert!(!format!("{opened:?}").contains(CANARY));

        let opened = post(Visibility::Paid, &html).for_reader(&member(MemberStatus::Paid, &[]), &site());
        assert!(opened.access && !opened.is_cut);
        assert_eq!(opened.html.as_deref(), Some(html.as_str()));
    }

    #[test]
    fn nothing_is_left_without_a_wall_or_before_it() {
        for html in [format!("<p>A {CANARY}.</p>"), format!("<!--members-only--><p>A {CANARY}.</p>")] {
            let opened = post(Visibility::Members, &html).for_reader(&Reader::Anonymous, &site());
            assert_eq!(opened.html.as_deref(), Some(""));
            assert_eq!(opened.plaintext.as_deref(), Some(""));
            assert_eq!(opened.excerpt.as_deref(), Some(""));
            assert!(opened.is_cut && !format!("{opened:?}").contains(CANARY));
        }
    }

    #[test]
    fn a_custom_excerpt_stays_beside_a_cut() {
        let custom = |html: &str| {
            let Gated(mut post) = post(Visibility::Paid, html);
            post.custom_excerpt = Some("By hand".to_owned());
            Gated(post).for_reader(&Reader::Anonymous, &site())
        };
        assert_eq!(custom("<p>a</p><!--members-only--><p>b</p>").excerpt.as_deref(), Some("By hand"));
        let walled = custom("<p>b</p>");
        assert_eq!(
            (walled.excerpt.as_deref(), walled.custom_excerpt.as_deref()),
            (Some(""), Some("By hand"))
        );
    }

    #[test]
    fn blocks_are_for_those_they_are_meant_for() {
        let html = format!(
            "<p>a</p><!--kg-gated-block:begin nonMember:false memberSegment:\"status:-free\" --><p>{CANARY}</p>\
             <!--kg-gated-block:end-->"
        );
        let opened = |reader: &Reader| post(Visibility::Public, &html).for_reader(reader, &site());
        for reader in [Reader::Anonymous, member(MemberStatus::Free, &[])] {
            let opened = opened(&reader);
            assert!(opened.access && opened.is_cut && !format!("{opened:?}").contains(CANARY));
            assert_eq!(opened.excerpt.as_deref(), Some("a"));
        }
        assert!(opened(&member(MemberStatus::Paid, &[])).plaintext.is_some_and(|text| text.contains(CANARY)));
    }

    #[test]
    fn addresses_become_absolute_and_the_members_uuid_is_filled_in() {
        let html = "<img src=\"__GHOST_URL__/a.png\"><iframe src=\"https://x.example/%7Buuid%7D\"></iframe>";
        let opened = post(Visibility::Public, html).for_reader(&member(MemberStatus::Free, &[]), &site());
        let html = opened.html.expect("html");
        assert!(html.contains("https://example.com/blog/a.png") && html.contains("https://x.example/u-1"));
        assert_eq!(opened.feature_image.as_deref(), Some("https://example.com/blog/content/images/a.jpg"));
    }
}
