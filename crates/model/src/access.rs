//! Who may read what: the one place where it is decided.

use crate::post::{Post, Visibility};
use crate::site_url::SiteUrl;
use crate::{Member, Tier};

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

    /// The post as this reader may see it: addresses absolute, `access`, `reading_time` and `excerpt` set, what
    /// she may not read removed.
    ///
    /// Outbound links are not tagged here: that depends on a setting.
    pub fn for_reader(self, reader: &Reader, site: &SiteUrl) -> Post {
        let mut post = self.0;
        post.access = may_read(reader, post.visibility, post.tiers.as_deref());
        post.excerpt = excerpt_of_the_whole(&post);
        if !post.access {
            cut(&mut post);
        }
        make_absolute(&mut post, site);
        post
    }
}

fn excerpt_of_the_whole(post: &Post) -> Option<String> {
    match (&post.custom_excerpt, post.plaintext.as_deref()) {
        (Some(custom), _) => Some(custom.clone()),
        (None, None | Some("")) => None,
        (None, Some(plaintext)) => Some(plaintext.chars().take(500).collect()),
    }
}

/// Leaves what stands before the paywall; nothing without one.
fn cut(post: &mut Post) {
    post.is_cut = true;
    const PAYWALL: &str = "<!--members-only-->";
    let paywall = post.html.as_deref().and_then(|html| html.find(PAYWALL));
    if let Some(html) = &mut post.html {
        html.truncate(paywall.unwrap_or(0));
    }
    for text in [&mut post.plaintext, &mut post.excerpt].into_iter().flatten() {
        text.clear();
    }
}

/// The placeholder of our address replaced, wherever Ghost replaces it.
fn make_absolute(post: &mut Post, site: &SiteUrl) {
    for text in [
        &mut post.html,
        &mut post.plaintext,
        &mut post.excerpt,
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
