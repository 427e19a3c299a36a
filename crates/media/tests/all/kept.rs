//! Where pictures are kept, who waits for them, and what is forgotten.

use std::fs;
use std::path::Path;
use std::sync::mpsc;

use media::{Kept, Limits, Size, Studio, Wanted, below};

use crate::samples::{jpeg, png};

fn wanted(name: &str) -> Wanted {
    Wanted::new(name, Size::width(30), None).unwrap()
}

#[test]
fn one_is_made_for_all_who_wait() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.png"), png(90, 60)).unwrap();
    let studio = Studio::new(folder.path().to_owned(), Limits::default(), None);
    let (sender, receiver) = mpsc::channel();
    for _ in 0..20 {
        let sender = sender.clone();
        studio.make(wanted("a.png"), move || sender.send(()).unwrap()).unwrap();
    }
    drop(sender);
    assert_eq!(receiver.iter().count(), 20);
    assert_eq!(studio.n_made(), 1);
    let kept = studio.kept().find(&wanted("a.png")).unwrap();
    assert_eq!(media::measure(&fs::read(&kept).unwrap()), Some((30, 20)));
    assert!(kept.ends_with("size/w30/a.png"));
}

#[test]
fn the_original_as_uploaded_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.png"), png(20, 20)).unwrap();
    fs::write(folder.path().join("a_o.png"), png(90, 60)).unwrap();
    let kept = Kept::new(folder.path().to_owned(), u64::MAX);
    assert!(kept.original(&wanted("a.png")).unwrap().ends_with("a_o.png"));
    assert_eq!(kept.original(&wanted("b.png")), None);
}

#[test]
fn failures_are_remembered_until_the_file_changes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.jpg"), "no picture").unwrap();
    let studio = Studio::new(folder.path().to_owned(), Limits::default(), None);
    let (sender, receiver) = mpsc::channel();
    studio.make(wanted("a.jpg"), move || sender.send(()).unwrap()).unwrap();
    receiver.recv().unwrap();
    assert!(studio.cannot_make(&wanted("a.jpg")));
    assert_eq!(studio.kept().find(&wanted("a.jpg")), None);
    fs::write(folder.path().join("a.jpg"), jpeg(90, 60)).unwrap();
    assert!(!studio.cannot_make(&wanted("a.jpg")));
}

#[test]
fn what_is_kept_has_a_bound() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Kept::new(folder.path().to_owned(), 1000);
    for number in 0..20 {
        kept.put(&wanted(&format!("{number}.png")), &[0; 100]).unwrap();
    }
    let left = (0..20).filter(|number| kept.find(&wanted(&format!("{number}.png"))).is_some()).count();
    assert!((1..=10).contains(&left), "{left}");
    assert!(kept.find(&wanted("19.png")).is_some() || left > 0);
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out() {
    let folder = tempfile::tempdir().unwrap();
    let (images, outside) = (folder.path().join("images"), folder.path().join("outside"));
    fs::create_dir_all(images.join("size")).unwrap();
    fs::create_dir_all(&outside).unwrap();
    fs::write(outside.join("a.png"), png(90, 60)).unwrap();
    std::os::unix::fs::symlink(&outside, images.join("size/w30")).unwrap();
    std::os::unix::fs::symlink(&outside, images.join("out")).unwrap();
    let kept = Kept::new(images.clone(), u64::MAX);
    assert!(kept.put(&wanted("b.png"), b"x").is_err());
    assert!(!outside.join("b.png").exists());
    assert_eq!(kept.find(&wanted("a.png")), None);
    assert_eq!(kept.original(&wanted("out/a.png")), None);
    assert_eq!(below(&images, Path::new("out/a.png")), None);
}
