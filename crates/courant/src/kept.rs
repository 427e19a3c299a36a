//! What answers are kept under: the path, and what they may depend on of the reader.

use http::Method;
use model::Reader;
use site::cache::{Audience, Key};
use web::Request;

/// What a page for readers who are not signed in is kept under; None when this request's answer is not to be kept.
pub fn of_anybody(request: &Request) -> Option<Key> {
    let is_nobody = request.cookie(web::identity::MEMBER_COOKIE).is_none();
    (is_nobody && may_be_kept(request))
        .then(|| Key { path: request.path.clone(), audience: Audience::Anonymous })
}

/// Whether an answer to this request could be given to others with the same access.
///
/// The query does not count: a page that reads it says so and is not kept, nor is any answer but a page.
fn may_be_kept(request: &Request) -> bool {
    request.method == Method::GET
        && !request.headers.contains_key("x-ghost-preview")
        && !request.headers.contains_key(http::header::AUTHORIZATION)
        && !request.headers.contains_key(http::header::RANGE)
        && !["/p/", "/ghost", "/content/", "/assets/", "/public/", "/r/", "/gift/", "/members/"]
            .iter()
            .any(|door| request.path.starts_with(door))
        && !site::gift::is_asked(request)
}

/// What a member's page is kept under: all that pages may depend on of her.
pub fn of_member(request: &Request, reader: &Reader) -> Option<Key> {
    let Reader::Member(member) = reader else { return None };
    let mut tiers = member.tiers.clone();
    tiers.sort_unstable();
    may_be_kept(request).then(|| Key {
        path: request.path.clone(),
        audience: Audience::Members { status: member.status, tiers },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use model::id::{MemberId, TierId};
    use model::{Member, MemberStatus};

    fn member(status: MemberStatus, tiers: &[&str]) -> Reader {
        Reader::Member(Member {
            id: MemberId::new("1"),
            uuid: "u".into(),
            email: "e".into(),
            name: None,
            status,
            tiers: tiers.iter().map(|tier| TierId::new(*tier)).collect(),
        })
    }

    #[test]
    fn queries_make_no_pages_of_their_own() {
        let plain = of_anybody(&Request::get("/story/"));
        assert!(plain.is_some());
        for query in ["", "utm_source=x", "a=1&b[]=2", &"x".repeat(9000)] {
            assert_eq!(of_anybody(&Request::get(&format!("/story/?{query}"))), plain, "{query}");
        }
        assert_ne!(of_anybody(&Request::get("/other/")), plain);
    }

    #[test]
    fn what_may_differ_from_one_request_to_the_next_is_not_kept() {
        for path in
            ["/story/?gift=x", "/story/?%67ift[]=x", "/p/x/", "/ghost/x", "/content/x", "/r/x", "/gift/x"]
        {
            assert_eq!(of_anybody(&Request::get(path)), None, "{path}");
            assert_eq!(of_member(&Request::get(path), &member(MemberStatus::Free, &[])), None, "{path}");
        }
        for name in ["x-ghost-preview", "authorization", "range"] {
            let mut request = Request::get("/story/");
            request.headers.insert(name, HeaderValue::from_static("x"));
            assert_eq!(of_anybody(&request), None, "{name}");
        }
        let post = Request { method: Method::POST, ..Request::get("/story/") };
        assert_eq!(of_anybody(&post), None);
        let mut request = Request::get("/story/");
        request.headers.insert("cookie", HeaderValue::from_static("ghost-members-ssr=x"));
        assert_eq!(of_anybody(&request), None, "who this is, only the database knows");
    }

    #[test]
    fn members_share_pages_with_their_like_only() {
        let request = Request::get("/story/?a");
        let key = |status, tiers: &[&str]| of_member(&request, &member(status, tiers));
        let paid = key(MemberStatus::Paid, &["a", "b"]);
        assert!(paid.is_some());
        assert_eq!(key(MemberStatus::Paid, &["b", "a"]), paid);
        for other in [
            key(MemberStatus::Paid, &["a"]),
            key(MemberStatus::Comped, &["a", "b"]),
            key(MemberStatus::Free, &[]),
            of_anybody(&request),
        ] {
            assert_ne!(other, paid);
        }
        assert_eq!(of_member(&request, &Reader::Anonymous), None);
    }
}
