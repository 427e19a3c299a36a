//! From what was asked of a list to SQL: filters, orders, and who may ask what.

mod order;
mod rules;
mod sql;
pub(crate) mod tables;

pub(crate) use order::{Order, OrderBy};
pub(crate) use rules::{
    author_filter, member_filter, newsletter_filter, post_filter, published, recommendation_filter,
    tag_filter,
};
pub(crate) use rules::{
    author_order, is_newest_first, newsletter_order, post_order, recommendation_order, tag_order,
};
pub(crate) use sql::{Condition, Param, condition};
