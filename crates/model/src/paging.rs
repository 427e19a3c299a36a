//! Pages of a list.

/// How many rows one page of a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// So many.
    Rows(u32),
    /// All there are (the router's and the configuration's privilege; the API caps at 100).
    All,
}

/// Which page of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Page {
    /// From 1.
    pub number: u32,
    /// Rows a page.
    pub limit: Limit,
}

/// Where a page stands in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pagination {
    pub page: u32,
    pub limit: Limit,
    /// At least 1, also for an empty list.
    pub pages: u32,
    pub total: u64,
}

impl Pagination {
    /// The place of `page` in a list of `total` rows.
    pub fn new(page: Page, total: u64) -> Self {
        let pages = match page.limit {
            Limit::All => 1,
            Limit::Rows(rows) => total.div_ceil(u64::from(rows.max(1))).clamp(1, u64::from(u32::MAX)) as u32,
        };
        Pagination { page: page.number, limit: page.limit, pages, total }
    }

    /// Number of the next page. Beyond the end it is still page + 1, as Ghost answers.
    pub fn next(&self) -> Option<u32> {
        (self.pages > 1 && self.page != self.pages).then(|| self.page.saturating_add(1))
    }

    /// Number of the page before.
    pub fn prev(&self) -> Option<u32> {
        (self.pages > 1 && self.page > 1).then(|| self.page - 1)
    }
}
