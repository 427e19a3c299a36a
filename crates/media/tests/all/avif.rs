//! AVIF as a source. The files in `tests/avif` were made with avifenc from one picture of four colours: red, green, blue,
//! light grey, in reading order.

use media::{Fault, Format, Kind, Limits, convert, measure};
use proptest::prelude::*;

use crate::samples::{order, png, small_limits};

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("../avif/", $name, ".avif")).as_slice()
    };
}

const RED: [u8; 4] = [220, 30, 30, 255];
const GREEN: [u8; 4] = [30, 180, 40, 255];
const BLUE: [u8; 4] = [30, 50, 200, 255];
const LIGHT: [u8; 4] = [230, 230, 230, 255];
const READING: [[u8; 4]; 4] = [RED, GREEN, BLUE, LIGHT];

/// Measures of a picture as it is seen, and the colours in the middle of its quarters in reading order.
fn seen(bytes: &[u8]) -> ((u32, u32), [[u8; 4]; 4]) {
    let made = convert(bytes, &order(1000, Some(Format::Png)), &Limits::default()).unwrap();
    let image = image::load_from_memory(&made).unwrap().into_rgba8();
    let (width, height) = image.dimensions();
    let at = |x: u32, y: u32| image.get_pixel(width * x / 4, height * y / 4).0;
    ((width, height), [at(1, 1), at(3, 1), at(1, 3), at(3, 3)])
}

fn check(name: &str, bytes: &[u8], measures: (u32, u32), expected: [[u8; 4]; 4], most_apart: u8) {
    let (found, colours) = seen(bytes);
    assert_eq!(found, measures, "{name}");
    let apart =
        colours.iter().flatten().zip(expected.iter().flatten()).map(|(one, other)| one.abs_diff(*other));
    assert!(apart.max() <= Some(most_apart), "{name}: {colours:?} instead of {expected:?}");
}

#[test]
fn every_way_of_writing_colours_is_read() {
    check("plain", sample!("plain"), (48, 32), READING, 4);
    check("ten bits", sample!("ten"), (48, 32), READING, 4);
    check("twelve bits, colours halved, odd measures", sample!("twelve"), (49, 33), READING, 4);
    check("limited range, colours halved across", sample!("limited"), (48, 32), READING, 4);
    check("lossless", sample!("lossless"), (48, 32), READING, 0);
    let grey = [87, 119, 61, 230].map(|value| [value, value, value, 255]);
    check("grey", sample!("grey"), (48, 32), grey, 4);
    check("a grid", sample!("grid"), (160, 128), READING, 4);
}

#[test]
fn what_shines_through_stays_so() {
    let [red, green, blue, light] = READING;
    let through = [red, [green[0], green[1], green[2], 160], [blue[0], blue[1], blue[2], 64], light];
    check("alpha", sample!("alpha"), (48, 32), through, 4);
    check("multiplied already", sample!("premultiplied"), (48, 32), through, 10);
}

#[test]
fn it_stands_upright() {
    check("to the left", sample!("left"), (32, 48), [GREEN, LIGHT, RED, BLUE], 4);
    check("mirrored", sample!("mirrored"), (48, 32), [GREEN, RED, LIGHT, BLUE], 4);
    check("to the right, then mirrored", sample!("right-mirrored"), (32, 48), [LIGHT, GREEN, BLUE, RED], 4);
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn who_made_it_stays_and_where_it_was_goes() {
    let original = sample!("credits");
    assert!(has(original, "SECRET-PLACE") && has(original, "CAM"));
    for format in [None, Some(Format::Jpeg), Some(Format::Webp), Some(Format::Avif)] {
        let made = convert(original, &order(16, format), &Limits::default()).unwrap();
        assert!(!has(&made, "SECRET") && !has(&made, "CAM"), "{format:?}");
        let credits = media::credits(&made);
        assert_eq!(credits.creator.as_deref(), Some("Ana Mueller"), "{format:?}");
        assert_eq!(credits.copyright.as_deref(), Some("Desk 2026"), "{format:?}");
    }
}

#[test]
fn other_files_of_the_family_are_told_apart() {
    let cut = convert(sample!("cut"), &order(10, None), &Limits::default());
    assert!(matches!(&cut, Err(Fault::Broken(text)) if text.contains("clap")), "{cut:?}");
    let mut heic = sample!("plain").to_vec();
    for at in 0..heic.len() - 4 {
        if &heic[at..at + 4] == b"avif" {
            heic[at..at + 4].copy_from_slice(b"heic");
        }
    }
    assert_eq!(Kind::of(&heic), None);
}

#[test]
fn claims_of_too_much_and_false_ones_are_refused() {
    let claiming = |width: u32, height: u32| {
        let mut bytes = sample!("plain").to_vec();
        let at = bytes.windows(4).position(|four| four == b"ispe").unwrap() + 8;
        bytes[at..at + 4].copy_from_slice(&width.to_be_bytes());
        bytes[at + 4..at + 8].copy_from_slice(&height.to_be_bytes());
        convert(&bytes, &order(10, None), &Limits::default())
    };
    assert!(claiming(48, 32).is_ok());
    assert!(matches!(claiming(30_000, 30_000), Err(Fault::TooLarge { what: "pixels", .. })));
    assert!(matches!(claiming(16_000, 16_000), Err(Fault::TooLarge { what: "bytes in memory", .. })));
    for (width, height) in [(64, 32), (4, 4), (0, 32)] {
        let outcome = claiming(width, height);
        assert!(matches!(outcome, Err(Fault::Broken(_))), "{width} by {height}: {outcome:?}");
    }
    let whole = sample!("grid");
    for end in [0, 7, 40, 300, whole.len() - 1] {
        assert!(convert(&whole[..end], &order(10, None), &Limits::default()).is_err(), "{end} bytes");
    }
}

#[test]
fn only_the_first_frame_is_decoded() {
    // A thousand more frames behind the first, as many as its data say.
    let original = convert(&png(64, 48), &order(64, Some(Format::Avif)), &Limits::default()).unwrap();
    let data = original.windows(4).position(|four| four == b"mdat").unwrap() + 4;
    let mut many = original.clone();
    for _ in 0..1000 {
        many.extend(&original[data..]);
    }
    // The last box goes to the end of the file, and so does its item's place, when their lengths say nothing.
    many[data - 8..data - 4].copy_from_slice(&0u32.to_be_bytes());
    let length = ((original.len() - data) as u32).to_be_bytes();
    let at = many.windows(4).position(|four| four == length).expect("the place's length");
    many[at..at + 4].copy_from_slice(&0u32.to_be_bytes());
    let one = convert(&original, &order(32, Some(Format::Png)), &Limits::default()).unwrap();
    let other = convert(&many, &order(32, Some(Format::Png)), &Limits::default()).unwrap();
    assert_eq!(one, other);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever is done to its bytes, there is an answer within the limits.
    #[test]
    fn damaged_files_are_answered(
        which in 0usize..8,
        places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        flips in proptest::collection::vec((any::<prop::sample::Index>(), 0u8..8), 0..4),
        cut in proptest::option::weighted(0.2, any::<prop::sample::Index>()),
        to_png in any::<bool>(),
    ) {
        let all = [
            sample!("plain"), sample!("ten"), sample!("twelve"), sample!("grid"), sample!("alpha"),
            sample!("credits"), sample!("lossless"), sample!("grey"),
        ];
        let mut bytes = all[which].to_vec();
        for (place, value) in places {
            let at = place.index(bytes.len());
            bytes[at] = value;
        }
        for (place, bit) in flips {
            let at = place.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let format = if to_png { Some(Format::Png) } else { None };
        if let Ok(made) = convert(&bytes, &order(20, format), &small_limits()) {
            prop_assert!(!made.is_empty());
        }
        media::credits(&bytes);
        measure(&bytes);
    }
}
