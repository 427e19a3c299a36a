//! What comes out: format and measures, from every kind to every format.

use media::{Format, Kind, Limits, Order, Size, convert, measure};

use crate::samples::{gif, jpeg, order, png};

fn kind_of(format: Format) -> Kind {
    match format {
        Format::Gif => Kind::Gif,
        Format::Jpeg => Kind::Jpeg,
        Format::Png => Kind::Png,
        Format::Webp => Kind::Webp,
        Format::Avif => Kind::Avif,
    }
}

#[test]
fn every_kind_becomes_every_format() {
    let webp = convert(&png(90, 60), &order(90, Some(Format::Webp)), &Limits::default()).unwrap();
    let avif = convert(&png(90, 60), &order(90, Some(Format::Avif)), &Limits::default()).unwrap();
    let originals = [
        ("jpeg", jpeg(90, 60)),
        ("png", png(90, 60)),
        ("webp", webp),
        ("avif", avif),
        ("gif", gif(90, 60, 3)),
    ];
    for (name, original) in originals {
        for format in [Format::Gif, Format::Jpeg, Format::Png, Format::Webp, Format::Avif] {
            let made = convert(&original, &order(33, Some(format)), &Limits::default()).unwrap();
            assert_eq!(Kind::of(&made), Some(kind_of(format)), "{name} to {format:?}");
            assert_eq!(measure(&made), Some((33, 22)), "{name} to {format:?}");
        }
    }
}

#[test]
fn cut_to_cover_and_never_enlarged() {
    let check = |from: (u32, u32), size: (f64, f64), to: (u32, u32)| {
        let size = Size::new(Some(size.0), Some(size.1)).unwrap();
        let order = Order { size, format: Some(Format::Png), enlarge: false, drawing: false };
        let made = convert(&jpeg(from.0, from.1), &order, &Limits::default()).unwrap();
        assert_eq!(measure(&made), Some(to), "{from:?} {size}");
    };
    check((300, 200), (64.0, 64.0), (64, 64));
    check((300, 200), (256.0, 256.0), (256, 200));
    check((30, 20), (256.0, 256.0), (30, 20));
    check((300, 10), (64.0, 64.0), (64, 10));
}

#[test]
fn the_original_stays_where_nothing_is_gained() {
    let original = convert(&png(60, 40), &order(60, Some(Format::Jpeg)), &Limits::default()).unwrap();
    let made = convert(&original, &order(600, None), &Limits::default()).unwrap();
    assert!(made.len() <= original.len());
    assert_eq!(measure(&made), Some((60, 40)));
}

#[test]
fn animations_move_where_the_format_can() {
    let original = gif(60, 40, 4);
    for format in [None, Some(Format::Gif), Some(Format::Webp)] {
        let made = convert(&original, &order(30, format), &Limits::default()).unwrap();
        assert_eq!(measure(&made), Some((30, 20)), "{format:?}");
        let again = convert(&made, &order(30, Some(Format::Gif)), &Limits::default()).unwrap();
        let mut decoder = gif::DecodeOptions::new().read_info(&again[..]).unwrap();
        let mut delays = Vec::new();
        while let Some(frame) = decoder.read_next_frame().unwrap() {
            delays.push(frame.delay);
        }
        assert_eq!(delays, [10; 4], "{format:?}");
        assert_eq!(decoder.repeat(), gif::Repeat::Finite(3), "{format:?}");
    }
}
