//! Fonts that a publisher can choose instead of the theme's own, for headings and for text.

use super::HeadContext;

/// A font on offer. Its class and file name is its name in small letters with hyphens.
struct Font {
    name: &'static str,
    weights: &'static str,
    /// Offered for text, not for headings alone.
    for_text: bool,
}

const fn heading(name: &'static str, weights: &'static str) -> Font {
    Font { name, weights, for_text: false }
}

const fn text(name: &'static str, weights: &'static str) -> Font {
    Font { name, weights, for_text: true }
}

const FONTS: [Font; 21] = [
    heading("Cardo", "400,700"),
    heading("Chakra Petch", "400"),
    text("Fira Mono", "400,700"),
    text("Fira Sans", "400,500,600"),
    text("IBM Plex Serif", "400,500,600"),
    text("Inter", "400,500,600"),
    text("JetBrains Mono", "400,700"),
    heading("Libre Baskerville", "700"),
    text("Lora", "400,700"),
    text("Manrope", "300,500,700"),
    text("Merriweather", "300,700"),
    text("Noto Sans", "400,700"),
    text("Noto Serif", "400,700"),
    text("Nunito", "400,600,700"),
    heading("Old Standard TT", "400,700"),
    text("Poppins", "400,500,600"),
    text("Roboto", "400,500,700"),
    heading("Rufina", "400,500,700"),
    heading("Space Grotesk", "700"),
    text("Space Mono", "400,700"),
    heading("Tenor Sans", "400"),
];

impl Font {
    fn slug(&self) -> String {
        self.name.to_ascii_lowercase().replace(' ', "-")
    }

    fn family(&self) -> String {
        format!("{}:{}", self.slug(), self.weights)
    }
}

/// The fonts chosen, for headings and for text. A name that is not on offer counts as not chosen.
pub(super) struct Chosen {
    heading: Option<&'static Font>,
    text: Option<&'static Font>,
}

impl Chosen {
    /// The saved choice; in a site preview that of the preview, even if it is none.
    pub(super) fn of(ctx: &HeadContext<'_>) -> Option<Chosen> {
        let preview = ctx.is_site_preview();
        let named = |setting: &str| {
            let value = if preview { ctx.page.site.get(setting, ctx.arena) } else { ctx.setting(setting) };
            value.as_str().and_then(|name| FONTS.iter().find(|font| font.name == name))
        };
        let chosen = Chosen { heading: named("heading_font"), text: named("body_font") };
        let counts = chosen.heading.is_some() || chosen.text.is_some_and(|font| font.for_text);
        counts.then_some(chosen)
    }

    /// Links to the fonts' files, and the two variables by which a theme finds their names.
    pub(super) fn push_links(&self, out: &mut String) {
        let mut families: Vec<String> =
            [self.heading, self.text].into_iter().flatten().map(Font::family).collect();
        families.dedup();
        out.push_str("<link rel=\"preconnect\" href=\"https://fonts.bunny.net\">");
        out.push_str("<link rel=\"stylesheet\" href=\"https://fonts.bunny.net/css?family=");
        out.push_str(&families.join("|"));
        out.push_str("\"><style>:root {");
        for (variable, font) in [("--gh-font-heading", self.heading), ("--gh-font-body", self.text)] {
            if let Some(font) = font {
                out.push_str(&format!("{variable}: {};", font.name));
            }
        }
        out.push_str("}</style>");
    }

    /// Classes for the page's body.
    pub(super) fn classes(&self) -> impl Iterator<Item = String> {
        let heading = self.heading.map(|font| format!("gh-font-heading-{}", font.slug()));
        let text = self.text.map(|font| format!("gh-font-body-{}", font.slug()));
        heading.into_iter().chain(text)
    }
}
