//! Cards for some readers only.

use crate::json::Json;

const ALL_MEMBERS: &str = "status:free,status:-free";
const NO_MEMBERS: &str = "";

/// Who sees a card on the web.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WebVisibility {
    /// As it stands in the document: true, false, or anything else somebody wrote.
    non_member: String,
    member_segment: String,
}

impl WebVisibility {
    pub(super) fn everyone() -> Self {
        WebVisibility { non_member: "true".to_owned(), member_segment: ALL_MEMBERS.to_owned() }
    }

    pub(super) fn members() -> Self {
        WebVisibility { non_member: "false".to_owned(), member_segment: ALL_MEMBERS.to_owned() }
    }

    /// Reads a card's `visibility`, also in the forms of earlier versions. None when it has none.
    pub(super) fn of(card: &Json<'_>) -> Option<Self> {
        let visibility = card.get("visibility").filter(|visibility| visibility.is_truthy())?;
        let web = visibility.get("web");
        let has_non_member = match web {
            Some(Json::Object(members)) => members.iter().any(|(key, _)| key == "nonMember"),
            _ => false,
        };
        let segment = web.and_then(|web| web.get("memberSegment"));
        let is_new = has_non_member
            && segment.is_some()
            && visibility.get("email").is_some_and(|email| email.get("memberSegment").is_some());
        if let (true, Some(web), Some(segment)) = (is_new, web, segment) {
            let non_member = web.get("nonMember").map_or("null".into(), |value| value.to_text());
            return Some(WebVisibility {
                non_member: non_member.into_owned(),
                member_segment: segment.to_text().into_owned(),
            });
        }
        let shown = match (visibility.get("emailOnly"), visibility.get("showOnWeb")) {
            (None, None) => return Some(WebVisibility::everyone()),
            (Some(email_only), _) => Json::Bool(!email_only.is_truthy()),
            (None, Some(show_on_web)) => show_on_web.clone(),
        };
        let member_segment = if shown.is_truthy() { ALL_MEMBERS } else { NO_MEMBERS };
        Some(WebVisibility {
            non_member: shown.to_text().into_owned(),
            member_segment: member_segment.to_owned(),
        })
    }

    /// Appends what `content` writes, inside of marks when not everybody sees it, or not at all.
    pub(super) fn wrap(&self, out: &mut String, content: impl FnOnce(&mut String)) {
        if self.non_member == "false" && self.member_segment == NO_MEMBERS {
            return;
        }
        if *self == WebVisibility::everyone() {
            return content(out);
        }
        out.push_str("\n<!--kg-gated-block:begin nonMember:");
        out.push_str(&self.non_member);
        out.push_str(" memberSegment:\"");
        out.push_str(&self.member_segment);
        out.push_str("\" -->");
        content(out);
        out.push_str("<!--kg-gated-block:end-->\n");
    }
}
