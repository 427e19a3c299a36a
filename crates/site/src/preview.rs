//! Posts at their secret addresses: drafts before they are out, and what went out by e-mail only.

use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use model::{MemberStatus, PostKind, PostStatus, Reader};
use store::PostKey;

use crate::answer::{FOR_GOOD, Found, Miss};
use crate::pages::NEVER_KEPT;
use crate::paths;
use crate::visit::Visit;

/// `/p/UUID/`: a post of any status. `rest` is what follows `/p/`.
pub fn draft(visit: &Visit<'_>, rest: &str) -> Found {
    let (uuid, option) = uuid_and_option(rest);
    let post = store::posts::read(visit.snapshot, &read(uuid, None, &[]))?.ok_or(Miss::Nothing)?;
    let reader = emulated_reader(visit)?;
    let seen = Visit { reader: &reader, shows_member: false, ..*visit };
    let post = seen.opened(post);
    match option {
        "" => {}
        "edit" => {
            let place = if post.kind == PostKind::Page { "editor/page" } else { "editor/post" };
            let mut made = visit.editor(place, post.id.as_str())?;
            made.response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(NEVER_KEPT));
            return Ok(made);
        }
        _ => return Err(Miss::Nothing),
    }
    match post.status {
        PostStatus::Published => {
            let path = paths::encode(&visit.state.facts.permalinks.post(&post));
            Ok(visit.to_path(StatusCode::MOVED_PERMANENTLY, &path, FOR_GOOD, true))
        }
        PostStatus::Sent => {
            Ok(visit.to_path(StatusCode::MOVED_PERMANENTLY, &format!("/email/{uuid}/"), FOR_GOOD, true))
        }
        PostStatus::Draft | PostStatus::Scheduled => {
            let mut made = seen.entry(post, "preview")?;
            made.response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(NEVER_KEPT));
            made.keep = false;
            Ok(made)
        }
    }
}

/// `/email/UUID/`: a post that went out by e-mail only. `rest` is what follows `/email/`.
pub fn mailed(visit: &Visit<'_>, rest: &str) -> Found {
    let (uuid, option) = uuid_and_option(rest);
    let read = read(uuid, Some(PostKind::Post), &[PostStatus::Sent]);
    let post = visit.opened(store::posts::read(visit.snapshot, &read)?.ok_or(Miss::Nothing)?);
    match option {
        "" => visit.entry(post, "emailPost"),
        "edit" => visit.editor("editor/post", post.id.as_str()),
        _ => Err(Miss::Nothing),
    }
}

fn uuid_and_option(rest: &str) -> (&str, &str) {
    let rest = rest.trim_end_matches('/');
    rest.split_once('/').unwrap_or((rest, ""))
}

fn read<'r>(uuid: &'r str, kind: Option<PostKind>, statuses: &'r [PostStatus]) -> store::PostRead<'r> {
    store::PostRead {
        key: PostKey::Uuid(uuid),
        kind,
        statuses,
        with: store::With::RELATIONS,
        texts: store::Texts::ALL,
    }
}

/// The reader whom a preview is shown as: one who reads all, unless `member_status` names another.
///
/// `member_tier` is the one tier of a paying reader; one that is not sold leaves her without any.
fn emulated_reader(visit: &Visit<'_>) -> Result<Reader, Miss> {
    let query = visit.request.query.as_deref().unwrap_or_default();
    let values = |wanted: &str| -> Vec<String> {
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.filter(|(name, _)| name == wanted).map(|(_, value)| value.into_owned()).collect()
    };
    let (statuses, tiers) = (values("member_status"), values("member_tier"));
    let status = match statuses.as_slice() {
        [] => return Ok(Reader::Preview),
        [one] if one.is_empty() => return Ok(Reader::Preview),
        [one] => one.as_str(),
        _ => return Err(Miss::Nothing),
    };
    let tier = match tiers.as_slice() {
        [] => None,
        [one] if !one.is_empty() => Some(one.as_str()),
        _ => return Err(Miss::Nothing),
    };
    match status {
        "anonymous" => Ok(Reader::Anonymous),
        "free" => Ok(member(MemberStatus::Free, Vec::new())),
        "paid" => {
            let all = store::tiers::browse(visit.snapshot, store::Scope::Staff, None)?;
            let has = |of: &model::Tier| of.is_paid() && tier.map_or(of.active, |slug| of.slug == slug);
            Ok(member(MemberStatus::Paid, all.into_iter().filter(has).map(|tier| tier.id).collect()))
        }
        _ => Err(Miss::Nothing),
    }
}

fn member(status: MemberStatus, tiers: Vec<model::id::TierId>) -> Reader {
    Reader::Member(model::Member {
        id: model::id::MemberId::new(""),
        uuid: String::new(),
        email: String::new(),
        name: None,
        status,
        tiers,
    })
}
