//! AVIF decoded in another process: whatever becomes of that one, this one goes on.

use std::fs;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use media::{Apart, Limits, Size, Studio, Wanted, decode_apart};

use crate::samples::png;

const PICTURE: &[u8] = include_bytes!("../avif/plain.avif");

/// Whether a studio whose decoder is this shell script makes a small picture of an AVIF; it must make one of a PNG then.
fn is_made(script: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.avif"), PICTURE).unwrap();
    fs::write(folder.path().join("b.png"), png(90, 60)).unwrap();
    let apart = Apart::new("/bin/sh", &["-c", script]).with_patience(Duration::from_secs(2));
    let studio = Studio::new(folder.path().to_owned(), Limits::default(), Some(apart));
    let made = |name: &str| {
        let wanted = Wanted::new(name, Size::width(16), None).unwrap();
        let (sender, receiver) = mpsc::channel();
        studio.make(wanted.clone(), move || sender.send(()).unwrap()).unwrap();
        receiver.recv().unwrap();
        assert_ne!(studio.kept().find(&wanted).is_some(), studio.cannot_make(&wanted), "{script}");
        !studio.cannot_make(&wanted)
    };
    let outcome = made("a.avif");
    assert!(made("b.png"), "after {script}");
    outcome
}

#[test]
fn another_process_may_end_as_it_likes() {
    let begun = Instant::now();
    for script in [
        "kill -ABRT $$",
        "exit 1",
        "cat > /dev/null",
        "printf '\\0'; head -c 1000 /dev/zero",
        "printf '\\1'; yes broken",
        "exec sleep 1000",
        "cat > /dev/null; exec sleep 1000",
        "yes",
        "exec true < /dev/null",
    ] {
        assert!(!is_made(script), "{script}");
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "sleepers are not waited for");
    // The picture has 48 times 32 pixels of three bytes.
    assert!(is_made("cat > /dev/null; printf '\\0'; head -c 4608 /dev/zero"));
}

#[test]
fn what_it_decodes_is_as_told() {
    let answer = |bytes: &[u8]| {
        let mut out = Vec::new();
        decode_apart(&mut &bytes[..], &mut out).unwrap();
        out
    };
    let pixels = answer(PICTURE);
    assert_eq!((pixels[0], pixels.len()), (0, 1 + 48 * 32 * 3));
    // The first quarter is red.
    let [red, green, blue] = pixels[1 + (48 * 4 + 4) * 3..][..3] else { panic!("no pixel") };
    assert!(red > 200 && green < 60 && blue < 60, "{red} {green} {blue}");
    for (bytes, said) in [(&b"not a picture"[..], "no AVIF"), (&PICTURE[..PICTURE.len() - 40], "")] {
        let broken = answer(bytes);
        assert_eq!(broken[0], 1);
        assert!(String::from_utf8_lossy(&broken[1..]).contains(said), "{broken:?}");
    }
}
