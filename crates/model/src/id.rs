//! Ids as types, so that a tag's cannot be passed for a post's.

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        ///
        /// Shape: 24 lower-case hexadecimal digits; in old publications the owner is `1`.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes an id as it stands in the database; the text is not checked.
            pub fn new(text: impl Into<Box<str>>) -> Self {
                Self(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

id! {
    /// Id of a post or a page.
    PostId,
    /// Id of a tag.
    TagId,
    /// Id of a staff user as author.
    AuthorId,
    /// Id of a tier (table `products`).
    TierId,
    /// Id of a member.
    MemberId,
    /// Id of a newsletter.
    NewsletterId,
    /// Id of an offer.
    OfferId,
    /// Id of a recommendation.
    RecommendationId,
}
