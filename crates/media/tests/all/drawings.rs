//! Drawings: painted at any size, and refused where they would cost too much.

use media::{Fault, Format, Kind, Limits, Order, Size, convert, measure};

fn paint(text: &str, width: u32) -> Result<Vec<u8>, Fault> {
    let order = Order { size: Size::width(width), format: Some(Format::Png), enlarge: true, drawing: true };
    convert(text.as_bytes(), &order, &Limits::default())
}

fn svg(inner: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"50\" height=\"40\">{inner}</svg>")
}

#[test]
fn drawings_may_be_enlarged() {
    let made = paint(&svg("<rect width='25' height='40' fill='red'/>"), 600).unwrap();
    assert_eq!((Kind::of(&made), measure(&made)), (Some(Kind::Png), Some((600, 480))));
}

#[test]
fn a_drawing_under_another_name_is_refused() {
    let order = Order { size: Size::width(60), format: None, enlarge: false, drawing: false };
    let outcome = convert(svg("<path d='M0 0h9v9z'/>").as_bytes(), &order, &Limits::default());
    assert_eq!(outcome, Err(Fault::DisguisedDrawing));
}

#[test]
fn bombs_are_refused() {
    let mut uses = String::from("<g id='u0'><path d='M0 0h9v9z'/></g>");
    for level in 1..12 {
        let inner = format!("<use href='#u{}'/>", level - 1).repeat(10);
        uses.push_str(&format!("<g id='u{level}'>{inner}</g>"));
    }
    let masks: String = (0..12)
        .map(|level| {
            let shape = format!("<rect width='9' height='9' mask='url(#m{})'/>", level + 1).repeat(10);
            format!("<mask id='m{level}'>{shape}</mask>")
        })
        .collect();
    let entities = format!(
        "<!DOCTYPE svg [<!ENTITY a \"{}\"><!ENTITY b \"{}\"><!ENTITY c \"{}\">]>{}",
        "x".repeat(300),
        "&a;".repeat(300),
        "&b;".repeat(300),
        svg("<desc>&c;</desc>")
    );
    let deep = format!("{}{}", "<g>".repeat(5000), "</g>".repeat(5000));
    let layers = "<g opacity='.5'><rect width='50' height='40'/></g>".repeat(5000);
    let dashes = "<path stroke='red' stroke-dasharray='.00001' d='M0 0H50'/>".repeat(100);
    let noise = "<filter id='f'><feTurbulence numOctaves='99999999'/></filter><rect width='50' height='40' filter='url(#f)'/>";
    let spread = "<filter id='f'><feMorphology radius='99999'/></filter><rect width='50' height='40' filter='url(#f)'/>";
    for (name, text) in [
        ("uses", svg(&uses)),
        ("masks", svg(&format!("{masks}<rect width='9' height='9' mask='url(#m0)'/>"))),
        ("entities", entities),
        ("deep", svg(&deep)),
        ("layers", svg(&layers)),
        ("dashes", svg(&dashes)),
        ("noise", svg(noise)),
        ("spread", svg(spread)),
        ("itself", svg("<g id='a'><use href='#a'/></g>")),
        ("large", svg("").replace("width=\"50\"", "width=\"0.001\"")),
    ] {
        let outcome = paint(&text, 2400);
        assert!(
            matches!(outcome, Err(Fault::Broken(_) | Fault::TooLarge { .. })),
            "{name}: {:?}",
            outcome.map(|made| made.len())
        );
    }
}

/// Where letters are painted (the machine that tests has fonts): dark pixels in a band of the picture.
fn n_dark(made: &[u8], top: u32, bottom: u32) -> usize {
    let image = image::load_from_memory(made).unwrap().into_rgba8();
    let rows = image.enumerate_pixels().filter(|(_, y, _)| (top..bottom).contains(y));
    rows.filter(|(_, _, pixel)| pixel.0[3] > 128 && pixel.0[0] < 100).count()
}

#[test]
fn letters_are_painted_with_the_machines_fonts() {
    let words = "<text y='15' font-size='12' font-family='sans-serif'>Ham</text>\
         <text y='35' font-size='12' font-family='No Such Font'>Ham</text>";
    let made = paint(&svg(words), 200).unwrap();
    // 200 by 160: each word in its half, the second in the plain font.
    let (first, second) = (n_dark(&made, 0, 80), n_dark(&made, 80, 160));
    assert!(first > 200, "{first}");
    assert_eq!(first, second);
    assert_eq!(n_dark(&paint(&svg(""), 200).unwrap(), 0, 160), 0);
}

#[test]
fn letters_without_end_are_refused() {
    let many = format!("<text y='9'>{}</text>", "x".repeat(30_000));
    let outcome = paint(&svg(&many), 200);
    assert!(matches!(outcome, Err(Fault::TooLarge { what: "elements", .. })), "{outcome:?}");
    let again = format!(
        "<defs><text id='t' y='9'>{}</text></defs>{}",
        "y".repeat(500),
        "<use href='#t'/>".repeat(50)
    );
    let outcome = paint(&svg(&again), 200);
    assert!(matches!(outcome, Err(Fault::TooLarge { what: "elements", .. })), "{outcome:?}");
    // A sign that few fonts have is not looked for without end.
    let signs: String = ('\u{4e00}'..'\u{5600}').collect();
    assert!(paint(&svg(&format!("<text y='9'>{signs}</text>")), 200).is_ok());
}

#[test]
fn a_drawing_brings_no_fonts_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let style = |source: &str| {
        format!(
            "<style>@font-face{{font-family:Own;src:{source}}}</style><text y='15' font-family='Own'>Ham</text>"
        )
    };
    let file = folder.path().join("own.ttf");
    std::fs::write(&file, b"no font").unwrap();
    let with = paint(&svg(&style(&format!("url('{}')", file.display()))), 100).unwrap();
    let without = paint(&svg("<text y='15'>Ham</text>"), 100).unwrap();
    assert_eq!(with, without);
}

#[test]
fn nothing_outside_is_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("red.svg");
    std::fs::write(&secret, svg("<rect width='50' height='40' fill='red'/>")).unwrap();
    let with =
        paint(&svg(&format!("<image width='50' height='40' href='{}'/>", secret.display())), 50).unwrap();
    let without = paint(&svg(""), 50).unwrap();
    assert_eq!(with, without);
    let entity =
        format!("<!DOCTYPE svg [<!ENTITY a SYSTEM \"file://{}\">]>{}", secret.display(), svg("<g>&a;</g>"));
    if let Ok(made) = paint(&entity, 50) {
        assert_eq!(made, without);
    }
}
