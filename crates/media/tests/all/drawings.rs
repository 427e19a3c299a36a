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
