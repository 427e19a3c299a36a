//! The archive from outside: what is found, by whom, and what survives.

mod access;
mod opening;
mod related;
mod search;

use archive::{Archive, Story};

/// An index of these stories in a folder that vanishes.
fn archive_of(stories: &[Story]) -> (tempfile::TempDir, Archive) {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    for story in stories {
        archive.add(story).unwrap();
    }
    archive.commit("all").unwrap();
    (dir, archive)
}
