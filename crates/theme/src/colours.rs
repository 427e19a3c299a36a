//! Colours as style sheets write them, read as npm's `color` reads them.

/// Red, green and blue from 0 to 255, and how opaque from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    /// Red.
    pub red: f64,
    /// Green.
    pub green: f64,
    /// Blue.
    pub blue: f64,
    /// Opacity.
    pub alpha: f64,
}

impl Colour {
    /// Reads `#abc`, `#aabbcc`, both with opacity, `rgb()`, `hsl()`, `hwb()` and names. None for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(hex) = text.strip_prefix('#') {
            return Self::hex(hex);
        }
        let opening = text.get(..3)?.to_ascii_lowercase();
        match opening.as_str() {
            "hsl" => Self::function(text, &["hsl(", "hsla("], |[h, s, l], alpha| {
                let (h, s, l) = (hue(h)?, share(s)?, share(l)?);
                Some(from_hsl(h, s, l, alpha))
            }),
            "hwb" => Self::function(text, &["hwb("], |[h, w, b], alpha| {
                let (h, w, b) = (hue(h)?, share(w)?, share(b)?);
                Some(from_hwb(h, w, b, alpha))
            }),
            "rgb" => Self::function(text, &["rgb(", "rgba("], |parts, alpha| {
                let [red, green, blue] = parts.map(channel);
                Some(Self { red: red?, green: green?, blue: blue?, alpha })
            }),
            _ => Self::named(text),
        }
    }

    fn hex(hex: &str) -> Option<Self> {
        if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = |at: usize, len: usize| {
            let digits = hex.get(at * len..(at + 1) * len)?;
            let value = u32::from_str_radix(digits, 16).ok()?;
            Some(f64::from(if len == 1 { value * 17 } else { value }))
        };
        let len = match hex.len() {
            3 | 4 => 1,
            6 | 8 => 2,
            _ => return None,
        };
        let alpha = if hex.len() == 4 * len { value(3, len)? / 255.0 } else { 1.0 };
        Some(Self { red: value(0, len)?, green: value(1, len)?, blue: value(2, len)?, alpha })
    }

    fn named(name: &str) -> Option<Self> {
        if name == "transparent" {
            return Some(Self { red: 0.0, green: 0.0, blue: 0.0, alpha: 0.0 });
        }
        let at = NAMES.binary_search_by_key(&name, |(name, _)| name).ok()?;
        let [_, red, green, blue] = NAMES.get(at)?.1.to_be_bytes().map(f64::from);
        Some(Self { red, green, blue, alpha: 1.0 })
    }

    /// `name(a, b, c)`, `name(a b c / d)`: three parts and an opacity.
    fn function(
        text: &str,
        names: &[&str],
        make: impl FnOnce([&str; 3], f64) -> Option<Self>,
    ) -> Option<Self> {
        let inside = names.iter().find_map(|name| text.strip_prefix(name))?.strip_suffix(')')?;
        let mut parts = inside.split([',', '/', ' ']).map(str::trim).filter(|part| !part.is_empty());
        let three = [parts.next()?, parts.next()?, parts.next()?];
        let alpha = match parts.next() {
            None => 1.0,
            Some(part) => match part.strip_suffix('%') {
                Some(percent) => percent.parse::<f64>().ok()? * 0.01,
                None => part.parse().ok()?,
            },
        };
        if parts.next().is_some() || !alpha.is_finite() {
            return None;
        }
        make(three, alpha.clamp(0.0, 1.0))
    }

    /// `rgba(21, 23, 26, 0.25)`, or `rgb(…)` when it is opaque.
    pub fn css(&self) -> String {
        let (red, green, blue) = (self.red.round(), self.green.round(), self.blue.round());
        if self.alpha == 1.0 {
            return format!("rgb({red}, {green}, {blue})");
        }
        format!("rgba({red}, {green}, {blue}, {})", crate::coercion::number_text(self.alpha))
    }

    /// Whether black text is easier to read on this colour than white.
    pub fn is_bright(&self) -> bool {
        self.red * 0.299 + self.green * 0.587 + self.blue * 0.114 >= 186.0
    }
}

fn channel(part: &str) -> Option<f64> {
    let value = match part.strip_suffix('%') {
        Some(percent) => (percent.parse::<f64>().ok()? * 2.55).round(),
        None => part.parse::<i32>().ok().map(f64::from)?,
    };
    value.is_finite().then(|| value.clamp(0.0, 255.0))
}

fn hue(part: &str) -> Option<f64> {
    let degrees: f64 = part.strip_suffix("deg").unwrap_or(part).parse().ok()?;
    degrees.is_finite().then(|| degrees.rem_euclid(360.0))
}

fn share(part: &str) -> Option<f64> {
    let percent: f64 = part.strip_suffix('%')?.parse().ok()?;
    percent.is_finite().then(|| percent.clamp(0.0, 100.0) / 100.0)
}

fn from_hsl(hue: f64, saturation: f64, lightness: f64, alpha: f64) -> Colour {
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    let [red, green, blue] = on_wheel(hue, chroma).map(|part| (part + lightness - chroma / 2.0) * 255.0);
    Colour { red, green, blue, alpha }
}

fn from_hwb(hue: f64, white: f64, black: f64, alpha: f64) -> Colour {
    let sum = white + black;
    let (white, black) = if sum > 1.0 { (white / sum, black / sum) } else { (white, black) };
    let [red, green, blue] = on_wheel(hue, 1.0).map(|part| (part * (1.0 - white - black) + white) * 255.0);
    Colour { red, green, blue, alpha }
}

/// Parts from 0 to `chroma` of the pure colour at that angle.
fn on_wheel(hue: f64, chroma: f64) -> [f64; 3] {
    let sector = hue / 60.0;
    let second = chroma * (1.0 - (sector.rem_euclid(2.0) - 1.0).abs());
    match sector as u8 {
        0 => [chroma, second, 0.0],
        1 => [second, chroma, 0.0],
        2 => [0.0, chroma, second],
        3 => [0.0, second, chroma],
        4 => [second, 0.0, chroma],
        _ => [chroma, 0.0, second],
    }
}

/// The names of CSS colours, in alphabetical order.
const NAMES: &[(&str, u32)] = &[
    ("aliceblue", 0xf0f8ff),
    ("antiquewhite", 0xfaebd7),
    ("aqua", 0x00ffff),
    ("aquamarine", 0x7fffd4),
    ("azure", 0xf0ffff),
    ("beige", 0xf5f5dc),
    ("bisque", 0xffe4c4),
    ("black", 0x000000),
    ("blanchedalmond", 0xffebcd),
    ("blue", 0x0000ff),
    ("blueviolet", 0x8a2be2),
    ("brown", 0xa52a2a),
    ("burlywood", 0xdeb887),
    ("cadetblue", 0x5f9ea0),
    ("chartreuse", 0x7fff00),
    ("chocolate", 0xd2691e),
    ("coral", 0xff7f50),
    ("cornflowerblue", 0x6495ed),
    ("cornsilk", 0xfff8dc),
    ("crimson", 0xdc143c),
    ("cyan", 0x00ffff),
    ("darkblue", 0x00008b),
    ("darkcyan", 0x008b8b),
    ("darkgoldenrod", 0xb8860b),
    ("darkgray", 0xa9a9a9),
    ("darkgreen", 0x006400),
    ("darkgrey", 0xa9a9a9),
    ("darkkhaki", 0xbdb76b),
    ("darkmagenta", 0x8b008b),
    ("darkolivegreen", 0x556b2f),
    ("darkorange", 0xff8c00),
    ("darkorchid", 0x9932cc),
    ("darkred", 0x8b0000),
    ("darksalmon", 0xe9967a),
    ("darkseagreen", 0x8fbc8f),
    ("darkslateblue", 0x483d8b),
    ("darkslategray", 0x2f4f4f),
    ("darkslategrey", 0x2f4f4f),
    ("darkturquoise", 0x00ced1),
    ("darkviolet", 0x9400d3),
    ("deeppink", 0xff1493),
    ("deepskyblue", 0x00bfff),
    ("dimgray", 0x696969),
    ("dimgrey", 0x696969),
    ("dodgerblue", 0x1e90ff),
    ("firebrick", 0xb22222),
    ("floralwhite", 0xfffaf0),
    ("forestgreen", 0x228b22),
    ("fuchsia", 0xff00ff),
    ("gainsboro", 0xdcdcdc),
    ("ghostwhite", 0xf8f8ff),
    ("gold", 0xffd700),
    ("goldenrod", 0xdaa520),
    ("gray", 0x808080),
    ("green", 0x008000),
    ("greenyellow", 0xadff2f),
    ("grey", 0x808080),
    ("honeydew", 0xf0fff0),
    ("hotpink", 0xff69b4),
    ("indianred", 0xcd5c5c),
    ("indigo", 0x4b0082),
    ("ivory", 0xfffff0),
    ("khaki", 0xf0e68c),
    ("lavender", 0xe6e6fa),
    ("lavenderblush", 0xfff0f5),
    ("lawngreen", 0x7cfc00),
    ("lemonchiffon", 0xfffacd),
    ("lightblue", 0xadd8e6),
    ("lightcoral", 0xf08080),
    ("lightcyan", 0xe0ffff),
    ("lightgoldenrodyellow", 0xfafad2),
    ("lightgray", 0xd3d3d3),
    ("lightgreen", 0x90ee90),
    ("lightgrey", 0xd3d3d3),
    ("lightpink", 0xffb6c1),
    ("lightsalmon", 0xffa07a),
    ("lightseagreen", 0x20b2aa),
    ("lightskyblue", 0x87cefa),
    ("lightslategray", 0x778899),
    ("lightslategrey", 0x778899),
    ("lightsteelblue", 0xb0c4de),
    ("lightyellow", 0xffffe0),
    ("lime", 0x00ff00),
    ("limegreen", 0x32cd32),
    ("linen", 0xfaf0e6),
    ("magenta", 0xff00ff),
    ("maroon", 0x800000),
    ("mediumaquamarine", 0x66cdaa),
    ("mediumblue", 0x0000cd),
    ("mediumorchid", 0xba55d3),
    ("mediumpurple", 0x9370db),
    ("mediumseagreen", 0x3cb371),
    ("mediumslateblue", 0x7b68ee),
    ("mediumspringgreen", 0x00fa9a),
    ("mediumturquoise", 0x48d1cc),
    ("mediumvioletred", 0xc71585),
    ("midnightblue", 0x191970),
    ("mintcream", 0xf5fffa),
    ("mistyrose", 0xffe4e1),
    ("moccasin", 0xffe4b5),
    ("navajowhite", 0xffdead),
    ("navy", 0x000080),
    ("oldlace", 0xfdf5e6),
    ("olive", 0x808000),
    ("olivedrab", 0x6b8e23),
    ("orange", 0xffa500),
    ("orangered", 0xff4500),
    ("orchid", 0xda70d6),
    ("palegoldenrod", 0xeee8aa),
    ("palegreen", 0x98fb98),
    ("paleturquoise", 0xafeeee),
    ("palevioletred", 0xdb7093),
    ("papayawhip", 0xffefd5),
    ("peachpuff", 0xffdab9),
    ("peru", 0xcd853f),
    ("pink", 0xffc0cb),
    ("plum", 0xdda0dd),
    ("powderblue", 0xb0e0e6),
    ("purple", 0x800080),
    ("rebeccapurple", 0x663399),
    ("red", 0xff0000),
    ("rosybrown", 0xbc8f8f),
    ("royalblue", 0x4169e1),
    ("saddlebrown", 0x8b4513),
    ("salmon", 0xfa8072),
    ("sandybrown", 0xf4a460),
    ("seagreen", 0x2e8b57),
    ("seashell", 0xfff5ee),
    ("sienna", 0xa0522d),
    ("silver", 0xc0c0c0),
    ("skyblue", 0x87ceeb),
    ("slateblue", 0x6a5acd),
    ("slategray", 0x708090),
    ("slategrey", 0x708090),
    ("snow", 0xfffafa),
    ("springgreen", 0x00ff7f),
    ("steelblue", 0x4682b4),
    ("tan", 0xd2b48c),
    ("teal", 0x008080),
    ("thistle", 0xd8bfd8),
    ("tomato", 0xff6347),
    ("turquoise", 0x40e0d0),
    ("violet", 0xee82ee),
    ("wheat", 0xf5deb3),
    ("white", 0xffffff),
    ("whitesmoke", 0xf5f5f5),
    ("yellow", 0xffff00),
    ("yellowgreen", 0x9acd32),
];
