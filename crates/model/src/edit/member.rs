//! Members: adding and editing, with what they may read and which letters they get.
//!
//! Paying is not decided here: it comes from the payment provider. Staff can give one tier, and take it away again.

use jiff::Timestamp;

use super::texts::{TextColumn, TextEdits, Texts};
use super::{Cell, Change, Row, to_second};
use crate::id::{MemberId, NewsletterId, TierId};
use crate::site_url::SiteUrl;
use crate::{MemberStatus, Refusal};

/// The texts of a member that may be null, and their limits.
pub const TEXTS: &[TextColumn] = &[
    TextColumn::plain("name", 191),
    TextColumn::plain("expertise", 50),
    TextColumn::plain("note", 2000),
    TextColumn::plain("geolocation", 2000),
];

const EMAIL_MAX: usize = 191;

/// A member as staff sees her: what can be changed, and what hangs on her, by ids.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberSheet {
    pub id: MemberId,
    pub email: String,
    pub status: MemberStatus,
    pub texts: Texts,
    pub enable_comment_notifications: bool,
    pub email_disabled: bool,
    /// Names of labels, in their order.
    pub labels: Vec<String>,
    /// Newsletters that are active, in no order.
    pub newsletters: Vec<NewsletterId>,
    /// In their order.
    pub tiers: Vec<HeldTier>,
}

/// A tier that a member has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldTier {
    pub id: TierId,
    /// When it ends, if it was given for a time.
    pub ends_at: Option<Timestamp>,
}

impl HeldTier {
    /// One without end.
    pub fn of(id: TierId) -> Self {
        HeldTier { id, ends_at: None }
    }
}

impl MemberSheet {
    /// One that has only its id.
    pub fn new(id: MemberId) -> Self {
        MemberSheet {
            id,
            email: String::new(),
            status: MemberStatus::Free,
            texts: Texts::none("members", TEXTS),
            enable_comment_notifications: true,
            email_disabled: false,
            labels: vec![],
            newsletters: vec![],
            tiers: vec![],
        }
    }

    /// Whether a tier that both have ends at another time.
    pub fn has_other_ends_than(&self, other: &MemberSheet) -> bool {
        let is_moved = |tier: &HeldTier| {
            other.tiers.iter().any(|held| held.id == tier.id && held.ends_at != tier.ends_at)
        };
        self.tiers.iter().any(is_moved)
    }

    /// Its own columns, without the instants.
    pub fn row(&self) -> Row {
        let mut row = vec![
            ("email", Cell::text(Some(self.email.as_str()))),
            ("status", Cell::text(Some(self.status.as_str()))),
            ("enable_comment_notifications", Cell::Flag(self.enable_comment_notifications)),
            ("email_disabled", Cell::Flag(self.email_disabled)),
        ];
        row.extend(self.texts.row());
        row
    }
}

/// What staff, or the member herself, asks for.
#[derive(Debug, Clone, Default)]
pub struct MemberEdit {
    pub email: Change<String>,
    /// Texts of [`TEXTS`].
    pub texts: TextEdits,
    pub enable_comment_notifications: Change<bool>,
    /// By name; missing ones are made.
    pub labels: Change<Vec<String>>,
    pub newsletters: Change<Vec<NewsletterId>>,
    /// At most one that she did not have.
    pub tiers: Change<Vec<HeldTier>>,
}

/// What the decision stands on.
#[derive(Debug)]
pub struct MemberGround<'g> {
    pub site: &'g SiteUrl,
    /// Whether another member has the address that is asked for.
    pub is_email_taken: bool,
    /// The newsletters that a new member gets when she does not say which.
    pub default_newsletters: Vec<NewsletterId>,
    /// The tiers that can be given: those not archived.
    pub active_tiers: Vec<TierId>,
    /// The tiers that she pays for: they go only with their subscription.
    pub paid_tiers: Vec<TierId>,
}

/// Decides on a new member (`before` without address) or on a change of one.
///
/// Errors: `Invalid` with the field `email` for an address that is none or taken, `Bad` for tiers that cannot be given
/// or taken away.
pub fn edited(
    before: &MemberSheet,
    edit: &MemberEdit,
    ground: &MemberGround<'_>,
) -> Result<MemberSheet, Refusal> {
    let mut after = before.clone();
    let is_new = before.email.is_empty();
    if let Some(email) = edit.email.get() {
        after.email.clone_from(email);
    }
    if after.email != before.email || is_new {
        if !is_email(&after.email) {
            return Err(Refusal::invalid_field("email", "Invalid Email"));
        }
        if ground.is_email_taken {
            let act = if is_new { "add" } else { "edit" };
            let message =
                format!("Member already exists. Attempting to {act} member with existing email address");
            return Err(Refusal::invalid_field("email", message));
        }
    }
    let mut texts = edit.texts.clone();
    if let Some(Some(expertise)) = texts.get_mut("expertise") {
        *expertise = expertise.trim().to_owned();
    }
    after.texts.edit(&texts, ground.site)?;
    if let Some(wants) = edit.enable_comment_notifications.get() {
        after.enable_comment_notifications = *wants;
    }
    if let Some(labels) = edit.labels.get() {
        after.labels = super::label::plain_names(labels);
    }
    match edit.newsletters.get() {
        Some(newsletters) => {
            after.newsletters.clone_from(newsletters);
            after.newsletters.sort();
            after.newsletters.dedup();
        }
        None if is_new => after.newsletters.clone_from(&ground.default_newsletters),
        None => {}
    }
    if let Some(tiers) = edit.tiers.get() {
        give_tiers(before, &mut after, tiers, ground)?;
    }
    Ok(after)
}

fn give_tiers(
    before: &MemberSheet,
    after: &mut MemberSheet,
    wanted: &[HeldTier],
    ground: &MemberGround<'_>,
) -> Result<(), Refusal> {
    let bad = |message: &str| Err(Refusal::Bad { message: message.into() });
    let had = |id: &TierId| before.tiers.iter().any(|tier| tier.id == *id);
    let keeps = |id: &TierId| wanted.iter().any(|tier| tier.id == *id);
    let added: Vec<&HeldTier> = wanted.iter().filter(|tier| !had(&tier.id)).collect();
    let removed = before.tiers.iter().any(|tier| !keeps(&tier.id));
    if wanted.len() > 1 && wanted.len() > before.tiers.len() {
        return bad("A member cannot have more than one Product at a time");
    }
    if before.tiers.iter().any(|tier| !keeps(&tier.id) && ground.paid_tiers.contains(&tier.id)) {
        return bad("Cannot remove a Product with an active subscription: cancel the subscription first");
    }
    if !added.is_empty() && !ground.paid_tiers.is_empty() {
        return bad("Cannot add a Product to a member with an active subscription");
    }
    if added.iter().any(|tier| !ground.active_tiers.contains(&tier.id)) {
        return bad("Cannot use archived Tiers");
    }
    if !added.is_empty() {
        after.status = MemberStatus::Comped;
    } else if removed && wanted.is_empty() {
        after.status = MemberStatus::Free;
    }
    let whole = |tier: &HeldTier| HeldTier { id: tier.id.clone(), ends_at: tier.ends_at.map(to_second) };
    after.tiers = wanted.iter().map(whole).collect();
    Ok(())
}

/// A member without the tiers whose time is over at `now`; None when there are none. Who had nothing else is free again,
/// unless she pays.
pub fn ended(before: &MemberSheet, now: Timestamp) -> Option<MemberSheet> {
    let is_over = |tier: &HeldTier| tier.ends_at.is_some_and(|ends_at| ends_at <= now);
    if !before.tiers.iter().any(is_over) {
        return None;
    }
    let mut after = before.clone();
    after.tiers.retain(|tier| !is_over(tier));
    if after.tiers.is_empty() && after.status != MemberStatus::Paid {
        after.status = MemberStatus::Free;
    }
    Some(after)
}

/// Whether this can be an address of somebody: one `@`, a plain name before it, a host with a dot behind it.
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let is_name_char = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let is_name =
        name.len() <= 64 && name.split('.').all(|part| !part.is_empty() && part.chars().all(is_name_char));
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let ends_well = labels
        .last()
        .is_some_and(|last| last.chars().count() >= 2 && !last.chars().all(|c| c.is_ascii_digit()));
    is_name
        && text.chars().count() <= EMAIL_MAX
        && labels.len() >= 2
        && labels.iter().all(is_label)
        && ends_well
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["ada@readers.example", "a.b+c@d-e.example", "NEW2@Readers.Example", "größe@maße.example"]
        {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "ada",
            "a@b",
            "@b.example",
            "a..b@c.example",
            "a b@c.example",
            "a@-b.example",
            "a@b.1",
            "a@b..c",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn one_tier_is_given_and_taken() {
        let site = SiteUrl::parse("https://herald.example").unwrap();
        let [gold, old, paid] = ["gold", "old", "paid"].map(TierId::new);
        let mut ground = MemberGround {
            site: &site,
            is_email_taken: false,
            default_newsletters: vec![],
            active_tiers: vec![gold.clone(), paid.clone()],
            paid_tiers: vec![],
        };
        let mut member = MemberSheet::new(MemberId::new("m"));
        member.email = "ada@readers.example".into();
        let give = |tiers: &[&TierId]| MemberEdit {
            tiers: Change::To(tiers.iter().map(|tier| HeldTier::of((*tier).clone())).collect()),
            ..MemberEdit::default()
        };
        let given = edited(&member, &give(&[&gold]), &ground).unwrap();
        assert_eq!((given.status, given.tiers.len()), (MemberStatus::Comped, 1));
        assert_eq!(edited(&given, &give(&[]), &ground).unwrap().status, MemberStatus::Free);
        assert!(edited(&member, &give(&[&gold, &paid]), &ground).is_err());
        assert!(edited(&member, &give(&[&old]), &ground).is_err());
        member.tiers = vec![HeldTier::of(paid.clone())];
        ground.paid_tiers = vec![paid];
        assert!(edited(&member, &give(&[]), &ground).is_err());
        assert!(edited(&member, &give(&[&gold]), &ground).is_err());
    }

    #[test]
    fn a_tier_that_was_given_for_a_time_ends() {
        let now: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
        let held = |name: &str, ends_at: Option<&str>| HeldTier {
            id: TierId::new(name),
            ends_at: ends_at.map(|at| at.parse().unwrap()),
        };
        let mut member = MemberSheet::new(MemberId::new("m"));
        member.status = MemberStatus::Comped;
        for (tiers, left) in [
            (vec![held("gold", None)], None),
            (vec![held("gold", Some("2026-03-01T00:00:01Z"))], None),
            (vec![held("gold", Some("2026-03-01T00:00:00Z"))], Some((MemberStatus::Free, 0))),
            (
                vec![held("gold", Some("2025-01-01T00:00:00Z")), held("silver", None)],
                Some((MemberStatus::Comped, 1)),
            ),
        ] {
            member.tiers = tiers;
            let after = ended(&member, now);
            assert_eq!(after.map(|after| (after.status, after.tiers.len())), left, "{:?}", member.tiers);
        }
        member.status = MemberStatus::Paid;
        member.tiers = vec![held("gold", Some("2025-01-01T00:00:00Z"))];
        assert_eq!(ended(&member, now).unwrap().status, MemberStatus::Paid);
    }
}
