//! Files that lie, break off or claim too much: an error that says so, never a panic, never much work.

use media::{Fault, Format, Kind, Limits, convert};
use proptest::prelude::*;

use crate::samples::{gif, jpeg, order, png, small_limits};

#[test]
fn what_is_no_picture_is_told_apart() {
    let outcome = convert(b"<html><body>hi</body></html>", &order(60, None), &Limits::default());
    assert!(matches!(outcome, Err(Fault::Unknown(_))), "{outcome:?}");
    assert_eq!(convert(b"", &order(60, None), &Limits::default()), Err(Fault::Empty));
}

#[test]
fn a_picture_under_another_name_is_what_it_is() {
    let made = convert(&png(90, 60), &order(30, None), &Limits::default()).unwrap();
    assert_eq!(Kind::of(&made), Some(Kind::Png));
}

#[test]
fn pictures_that_break_off_are_errors() {
    for (name, whole) in [("jpeg", jpeg(200, 150)), ("png", png(200, 150)), ("gif", gif(200, 150, 1))] {
        let outcome = convert(&whole[..whole.len() / 2], &order(60, Some(Format::Png)), &Limits::default());
        assert!(matches!(outcome, Err(Fault::Broken(_))), "{name}: {:?}", outcome.map(|made| made.len()));
    }
}

#[test]
fn claims_of_too_much_are_refused_unseen() {
    let too_large = |bytes: &[u8]| {
        let outcome = convert(bytes, &order(60, None), &Limits::default());
        assert!(matches!(outcome, Err(Fault::TooLarge { .. })), "{:?}", outcome.map(|made| made.len()));
    };
    // 30,000 by 30,000, in the header of each kind.
    let mut picture = png(8, 8);
    picture[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    too_large(&picture);
    let mut picture = jpeg(8, 8);
    let at = picture.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    picture[at + 5..at + 9].copy_from_slice(&[0x75, 0x30, 0x75, 0x30]);
    too_large(&picture);
    let mut picture = gif(8, 8, 1);
    picture[6..10].copy_from_slice(&[0x30, 0x75, 0x30, 0x75]);
    too_large(&picture);
}

#[test]
fn frames_without_end_are_refused() {
    let many = gif(4, 4, 100);
    let outcome = convert(&many, &order(2, Some(Format::Webp)), &small_limits());
    assert!(matches!(outcome, Err(Fault::TooLarge { what: "frames", most: 20, .. })), "{outcome:?}");
    let still = convert(&many, &order(2, Some(Format::Png)), &small_limits());
    assert!(still.is_ok(), "only the first is looked at: {still:?}");
}

#[test]
fn passes_without_end_are_refused() {
    let picture = jpeg(8, 8);
    let scan = picture.windows(2).position(|two| two == [0xff, 0xda]).unwrap();
    let mut many = picture[..picture.len() - 2].to_vec();
    for _ in 0..200 {
        many.extend(&picture[scan..picture.len() - 2]);
    }
    let outcome = convert(&many, &order(60, None), &Limits::default());
    assert!(matches!(outcome, Err(Fault::TooLarge { .. })), "{outcome:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever is done to a picture's bytes, there is an answer within the limits.
    #[test]
    fn damaged_pictures_are_answered(
        kind in 0usize..4,
        places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in proptest::option::of(any::<prop::sample::Index>()),
        to_png in any::<bool>(),
    ) {
        let mut bytes = match kind {
            0 => jpeg(40, 30),
            1 => png(40, 30),
            2 => gif(40, 30, 3),
            _ => convert(&png(40, 30), &order(40, Some(Format::Webp)), &Limits::default()).unwrap(),
        };
        for (place, value) in places {
            let at = place.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let format = if to_png { Some(Format::Png) } else { None };
        if let Ok(made) = convert(&bytes, &order(20, format), &small_limits()) {
            prop_assert!(!made.is_empty());
        }
        media::credits(&bytes);
        media::measure(&bytes);
    }

    /// So is anything that only begins as a picture.
    #[test]
    fn rubbish_is_answered(kind in 0usize..7, rest in proptest::collection::vec(any::<u8>(), 0..400)) {
        let fronts: [&[u8]; 7] = [
            b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x40\0\0\0WEBP", b"<svg ", b"\x1f\x8b",
            b"\0\0\0\x10ftypavif\0\0\0\0\0\0\x01\0meta",
        ];
        let bytes = [fronts[kind], &rest].concat();
        let order = media::Order { drawing: true, ..order(20, None) };
        drop(convert(&bytes, &order, &small_limits()));
        media::credits(&bytes);
        media::measure(&bytes);
    }
}
