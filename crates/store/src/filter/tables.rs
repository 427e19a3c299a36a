//! The tables and columns that filters and orders may name. Nothing else ever gets into an SQL text.
//!
//! Source: Ghost 6.65's schema, columns in its order (orders are matched in that order).

/// A table that can be listed.
#[derive(Debug)]
pub(crate) struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
    pub relations: &'static [Relation],
}

/// Rows of another table that belong to a row.
#[derive(Debug)]
pub(crate) struct Relation {
    /// The first part of a key, and the other table's name in the query.
    pub name: &'static str,
    pub table: &'static str,
    pub columns: &'static [&'static str],
    pub kind: RelationKind,
}

/// How the rows are found.
#[derive(Debug)]
pub(crate) enum RelationKind {
    ManyToMany {
        join: &'static str,
        join_columns: &'static [&'static str],
        from: &'static str,
        to: &'static str,
    },
    /// `from` of the other table is our id.
    OneToOne { from: &'static str },
    /// Known to Ghost and never turned into a condition.
    Ignored,
}

impl Table {
    /// The column as it is called, however its letters were cased: SQL does not care either.
    pub fn column(&self, name: &str) -> Option<&'static str> {
        column(self.columns, name)
    }

    pub fn relation(&self, name: &str) -> Option<&'static Relation> {
        self.relations.iter().find(|relation| relation.name == name)
    }

    /// The relation whose join table this is, with that table's columns.
    pub fn joined_by(&self, table: &str) -> Option<(&'static Relation, &'static [&'static str])> {
        self.relations.iter().find_map(|relation| match relation.kind {
            RelationKind::ManyToMany { join, join_columns, .. } if join == table => {
                Some((relation, join_columns))
            }
            _ => None,
        })
    }
}

pub(crate) fn column(columns: &[&'static str], name: &str) -> Option<&'static str> {
    columns.iter().find(|column| column.eq_ignore_ascii_case(name)).copied()
}

pub(crate) const POSTS: Table = Table {
    name: "posts",
    columns: &[
        "id",
        "uuid",
        "title",
        "slug",
        "mobiledoc",
        "lexical",
        "html",
        "comment_id",
        "plaintext",
        "feature_image",
        "featured",
        "type",
        "status",
        "locale",
        "visibility",
        "email_recipient_filter",
        "created_at",
        "updated_at",
        "published_at",
        "published_by",
        "custom_excerpt",
        "auto_excerpt",
        "reading_time",
        "codeinjection_head",
        "codeinjection_foot",
        "custom_template",
        "canonical_url",
        "newsletter_id",
        "show_title_and_feature_image",
    ],
    relations: &[
        Relation {
            name: "tags",
            table: "tags",
            columns: TAGS.columns,
            kind: RelationKind::ManyToMany {
                join: "posts_tags",
                join_columns: &["id", "post_id", "tag_id", "sort_order"],
                from: "post_id",
                to: "tag_id",
            },
        },
        Relation {
            name: "authors",
            table: "users",
            columns: USERS.columns,
            kind: RelationKind::ManyToMany {
                join: "posts_authors",
                join_columns: &["id", "post_id", "author_id", "sort_order"],
                from: "post_id",
                to: "author_id",
            },
        },
        Relation {
            name: "posts_meta",
            table: "posts_meta",
            columns: POSTS_META,
            kind: RelationKind::OneToOne { from: "post_id" },
        },
        Relation {
            name: "post_revisions",
            table: "post_revisions",
            columns: &[],
            kind: RelationKind::Ignored,
        },
    ],
};

/// The posts as far as our own slim rows of them go.
pub(crate) const SLIM_POSTS: Table = Table {
    name: "posts",
    columns: &[
        "id",
        "type",
        "status",
        "slug",
        "title",
        "featured",
        "visibility",
        "feature_image",
        "canonical_url",
        "created_at",
        "updated_at",
        "published_at",
    ],
    relations: POSTS.relations,
};

pub(crate) const POSTS_META: &[&str] = &[
    "id",
    "post_id",
    "og_image",
    "og_title",
    "og_description",
    "twitter_image",
    "twitter_title",
    "twitter_description",
    "meta_title",
    "meta_description",
    "email_subject",
    "frontmatter",
    "feature_image_alt",
    "feature_image_caption",
    "email_only",
];

/// Those of `posts_meta` that a filter may name without the table.
pub(crate) const POSTS_META_KEYS: [(&str, &str); 13] = [
    ("og_image", "posts_meta.og_image"),
    ("og_title", "posts_meta.og_title"),
    ("og_description", "posts_meta.og_description"),
    ("twitter_image", "posts_meta.twitter_image"),
    ("twitter_title", "posts_meta.twitter_title"),
    ("twitter_description", "posts_meta.twitter_description"),
    ("meta_title", "posts_meta.meta_title"),
    ("meta_description", "posts_meta.meta_description"),
    ("email_subject", "posts_meta.email_subject"),
    ("frontmatter", "posts_meta.frontmatter"),
    ("feature_image_alt", "posts_meta.feature_image_alt"),
    ("feature_image_caption", "posts_meta.feature_image_caption"),
    ("email_only", "posts_meta.email_only"),
];

pub(crate) const TAGS: Table = Table {
    name: "tags",
    columns: &[
        "id",
        "name",
        "slug",
        "description",
        "feature_image",
        "parent_id",
        "visibility",
        "og_image",
        "og_title",
        "og_description",
        "twitter_image",
        "twitter_title",
        "twitter_description",
        "meta_title",
        "meta_description",
        "codeinjection_head",
        "codeinjection_foot",
        "canonical_url",
        "accent_color",
        "created_at",
        "updated_at",
    ],
    relations: &[],
};

pub(crate) const USERS: Table = Table {
    name: "users",
    columns: &[
        "id",
        "name",
        "slug",
        "password",
        "email",
        "profile_image",
        "cover_image",
        "bio",
        "website",
        "location",
        "facebook",
        "twitter",
        "threads",
        "bluesky",
        "mastodon",
        "tiktok",
        "youtube",
        "instagram",
        "linkedin",
        "accessibility",
        "status",
        "locale",
        "visibility",
        "meta_title",
        "meta_description",
        "tour",
        "last_seen",
        "comment_notifications",
        "free_member_signup_notification",
        "paid_subscription_started_notification",
        "paid_subscription_canceled_notification",
        "mention_notifications",
        "recommendation_notifications",
        "milestone_notifications",
        "donation_notifications",
        "gift_subscription_notifications",
        "created_at",
        "updated_at",
    ],
    relations: &[Relation {
        name: "roles",
        table: "roles",
        columns: &["id", "name", "description", "created_at", "updated_at"],
        kind: RelationKind::ManyToMany {
            join: "roles_users",
            join_columns: &["id", "role_id", "user_id"],
            from: "user_id",
            to: "role_id",
        },
    }],
};

pub(crate) const NEWSLETTERS: Table = Table {
    name: "newsletters",
    columns: &[
        "id",
        "uuid",
        "name",
        "description",
        "feedback_enabled",
        "slug",
        "sender_name",
        "sender_email",
        "sender_reply_to",
        "status",
        "visibility",
        "subscribe_on_signup",
        "sort_order",
        "header_image",
        "show_header_icon",
        "show_header_title",
        "show_excerpt",
        "title_font_category",
        "title_alignment",
        "show_feature_image",
        "body_font_category",
        "footer_content",
        "show_badge",
        "show_header_name",
        "show_post_title_section",
        "show_comment_cta",
        "show_subscription_details",
        "show_latest_posts",
        "show_share_button",
        "background_color",
        "post_title_color",
        "created_at",
        "updated_at",
        "button_corners",
        "button_style",
        "title_font_weight",
        "link_style",
        "image_corners",
        "header_background_color",
        "section_title_color",
        "divider_color",
        "button_color",
        "link_color",
    ],
    relations: &[],
};

pub(crate) const RECOMMENDATIONS: Table = Table {
    name: "recommendations",
    columns: &[
        "id",
        "url",
        "title",
        "excerpt",
        "featured_image",
        "favicon",
        "description",
        "one_click_subscribe",
        "created_at",
        "updated_at",
    ],
    relations: &[],
};

pub(crate) const MEMBERS: Table = Table {
    name: "members",
    columns: &[
        "id",
        "uuid",
        "transient_id",
        "email",
        "status",
        "name",
        "expertise",
        "note",
        "geolocation",
        "enable_comment_notifications",
        "enable_updates_and_announcements",
        "email_count",
        "email_opened_count",
        "email_open_rate",
        "email_disabled",
        "last_seen_at",
        "last_commented_at",
        "commenting",
        "created_at",
        "updated_at",
    ],
    relations: &[
        Relation {
            name: "labels",
            table: "labels",
            columns: &["id", "name", "slug", "created_at", "updated_at"],
            kind: RelationKind::ManyToMany {
                join: "members_labels",
                join_columns: &["id", "member_id", "label_id", "sort_order"],
                from: "member_id",
                to: "label_id",
            },
        },
        Relation {
            name: "products",
            table: "products",
            columns: &[
                "id",
                "name",
                "slug",
                "active",
                "welcome_page_url",
                "visibility",
                "trial_days",
                "description",
                "type",
                "currency",
                "monthly_price",
                "yearly_price",
                "created_at",
                "updated_at",
                "monthly_price_id",
                "yearly_price_id",
            ],
            kind: RelationKind::ManyToMany {
                join: "members_products",
                join_columns: &["id", "member_id", "product_id", "sort_order", "expiry_at"],
                from: "member_id",
                to: "product_id",
            },
        },
        Relation {
            name: "newsletters",
            table: "newsletters",
            columns: NEWSLETTERS.columns,
            kind: RelationKind::ManyToMany {
                join: "members_newsletters",
                join_columns: &["id", "member_id", "newsletter_id"],
                from: "member_id",
                to: "newsletter_id",
            },
        },
        Relation {
            name: "subscriptions",
            table: "members_stripe_customers_subscriptions",
            columns: &[
                "id",
                "customer_id",
                "ghost_subscription_id",
                "subscription_id",
                "stripe_price_id",
                "status",
                "cancel_at_period_end",
                "cancellation_reason",
                "current_period_end",
                "start_date",
                "default_payment_card_last4",
                "created_at",
                "updated_at",
                "mrr",
                "offer_id",
                "discount_start",
                "discount_end",
                "trial_start_at",
                "trial_end_at",
                "plan_id",
                "plan_nickname",
                "plan_interval",
                "plan_amount",
                "plan_currency",
            ],
            kind: RelationKind::ManyToMany {
                join: "members_current_subscription",
                join_columns: &["member_id", "subscription_id"],
                from: "member_id",
                to: "subscription_id",
            },
        },
        Relation {
            name: "signups",
            table: "members_created_events",
            columns: &[
                "id",
                "created_at",
                "member_id",
                "attribution_id",
                "attribution_type",
                "attribution_url",
                "referrer_source",
                "referrer_medium",
                "referrer_url",
                "utm_source",
                "utm_medium",
                "utm_campaign",
                "utm_term",
                "utm_content",
                "source",
                "batch_id",
            ],
            kind: RelationKind::OneToOne { from: "member_id" },
        },
        Relation {
            name: "conversions",
            table: "members_subscription_created_events",
            columns: &[
                "id",
                "created_at",
                "member_id",
                "subscription_id",
                "attribution_id",
                "attribution_type",
                "attribution_url",
                "referrer_source",
                "referrer_medium",
                "referrer_url",
                "utm_source",
                "utm_medium",
                "utm_campaign",
                "utm_term",
                "utm_content",
                "batch_id",
            ],
            kind: RelationKind::OneToOne { from: "member_id" },
        },
        Relation {
            name: "clicked_links",
            table: "redirects",
            columns: &[
                "id",
                "from",
                "to",
                "post_id",
                "automation_action_revision_id",
                "to_hash",
                "created_at",
                "updated_at",
            ],
            kind: RelationKind::ManyToMany {
                join: "members_click_events",
                join_columns: &["id", "member_id", "redirect_id", "created_at"],
                from: "member_id",
                to: "redirect_id",
            },
        },
        Relation {
            name: "emails",
            table: "emails",
            columns: &[
                "id",
                "post_id",
                "uuid",
                "status",
                "recipient_filter",
                "error",
                "error_data",
                "email_count",
                "csd_email_count",
                "delivered_count",
                "opened_count",
                "failed_count",
                "subject",
                "from",
                "reply_to",
                "html",
                "plaintext",
                "source",
                "source_type",
                "track_opens",
                "track_clicks",
                "feedback_enabled",
                "submitted_at",
                "newsletter_id",
                "created_at",
                "updated_at",
            ],
            kind: RelationKind::ManyToMany {
                join: "email_recipients",
                join_columns: &[
                    "id",
                    "email_id",
                    "member_id",
                    "batch_id",
                    "processed_at",
                    "delivered_at",
                    "opened_at",
                    "failed_at",
                    "member_uuid",
                    "member_email",
                    "member_name",
                ],
                from: "member_id",
                to: "email_id",
            },
        },
        Relation {
            name: "feedback",
            table: "members_feedback",
            columns: &["id", "score", "member_id", "post_id", "created_at", "updated_at"],
            kind: RelationKind::OneToOne { from: "member_id" },
        },
        Relation {
            name: "offer_redemptions",
            table: "offer_redemptions",
            columns: &["id", "offer_id", "member_id", "subscription_id", "created_at"],
            kind: RelationKind::OneToOne { from: "member_id" },
        },
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_so_that_quoting_them_is_enough() {
        let is_plain =
            |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        for table in [&POSTS, &TAGS, &USERS, &NEWSLETTERS, &RECOMMENDATIONS, &MEMBERS] {
            assert!(
                is_plain(table.name) && table.columns.iter().all(|name| is_plain(name)),
                "{}",
                table.name
            );
            for relation in table.relations {
                assert!(relation.columns.iter().all(|name| is_plain(name)) && is_plain(relation.name));
            }
        }
    }
}
