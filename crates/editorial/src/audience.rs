//! A story cut for each sort of reader, for the archive.

use archive::{Language, Story};
use model::id::{MemberId, TierId};
use model::{Gated, Member, MemberStatus, Post, Reader, SiteUrl, Visibility};

const FREE: &str = "free";
const PAID: &str = "paid";

/// The audiences that a reader belongs to. Gift links and previews belong to none: they open one story.
pub fn of_reader(reader: &Reader) -> Vec<String> {
    let Reader::Member(member) = reader else { return Vec::new() };
    let name = word(member.status);
    let mut audiences = vec![name.to_owned()];
    audiences.extend(member.tiers.iter().map(|tier| of_tier(name, tier)));
    audiences
}

fn word(status: MemberStatus) -> &'static str {
    if status == MemberStatus::Free { FREE } else { PAID }
}

fn of_tier(status: &str, tier: &TierId) -> String {
    format!("{status} {tier}")
}

/// The story for the archive: what everybody may read, and what each sort of member may read where that is more.
pub fn story(post: &Gated<Post>, site: &SiteUrl) -> Story {
    let public = post.clone().for_reader(&Reader::Anonymous, site);
    let public_text = text_of(&public);
    let mut audiences = Vec::new();
    if public.is_cut {
        let mut add = |name: String, status: MemberStatus, tiers: Vec<TierId>| {
            let text = text_of(&post.clone().for_reader(&member(status, tiers), site));
            if text != public_text {
                audiences.push((name, text));
            }
        };
        for status in [MemberStatus::Free, MemberStatus::Paid] {
            let name = word(status);
            add(name.to_owned(), status, Vec::new());
            if public.visibility == Visibility::Tiers {
                for tier in public.tiers.iter().flatten() {
                    add(of_tier(name, &tier.id), status, vec![tier.id.clone()]);
                }
            }
        }
    }
    let copy = text::read(&public_text, None);
    let names = copy.names.iter().filter_map(|name| copy.text.get(name.range.clone()).map(str::to_owned));
    let tags = public.tags.iter().flatten().filter(|tag| !tag.is_internal());
    Story {
        id: public.id.as_str().to_owned(),
        title: public.title.clone(),
        tags: tags.map(|tag| tag.name.clone()).collect(),
        names: names.collect(),
        language: language(&copy),
        visibility: public.visibility.as_str().to_owned(),
        published_at: public.published_at.map_or(0, |at| at.as_second()),
        public_text,
        audiences,
    }
}

fn member(status: MemberStatus, tiers: Vec<TierId>) -> Reader {
    Reader::Member(Member {
        id: MemberId::new(""),
        uuid: String::new(),
        email: String::new(),
        name: None,
        status,
        tiers,
    })
}

/// What can be read: the custom teaser too, which is for everybody.
fn text_of(post: &Post) -> String {
    let plaintext = post.plaintext.as_deref().unwrap_or_default();
    match post.custom_excerpt.as_deref().filter(|own| !own.is_empty()) {
        Some(own) => format!("{own}\n\n{plaintext}"),
        None => plaintext.to_owned(),
    }
}

fn language(copy: &text::Copy) -> Language {
    match copy.language {
        text::Language::English => Language::English,
        text::Language::German => Language::German,
        _ => Language::Other,
    }
}
