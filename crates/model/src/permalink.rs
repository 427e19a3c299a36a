//! Where a post, page, tag or author stands. One answer for pages, feeds, APIs and mail.
