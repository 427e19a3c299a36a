//! The machine's fonts, for letters in drawings: looked for once, when the first drawing with letters is painted. Nothing
//! is fetched, and a drawing names no file of its own.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use resvg::usvg::fontdb::{Database, Family, ID, Query, Stretch, Style, Weight};
use resvg::usvg::{Font, FontFamily, FontResolver, FontStretch, FontStyle};

/// Letters of one drawing for which another font than the wanted one is looked for: each asks every font.
const MOST_LOOKED_FOR: usize = 64;

/// Families that are taken for the three kinds where the machine does not say which; the first that is there.
const SANS: &[&str] = &["DejaVu Sans", "Liberation Sans", "Noto Sans", "Arial", "Helvetica", "FreeSans"];
const SERIF: &[&str] = &["DejaVu Serif", "Liberation Serif", "Noto Serif", "Times New Roman", "FreeSerif"];
const MONOSPACE: &[&str] =
    &["DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono", "Courier New", "FreeMono"];

/// The machine's fonts.
#[derive(Default)]
pub struct Fonts(OnceLock<Arc<Database>>);

/// The fonts as one drawing uses them.
pub struct InUse<'f> {
    fonts: &'f Fonts,
    n_looked_for: AtomicUsize,
    absent: Mutex<BTreeSet<String>>,
}

impl Fonts {
    fn database(&self) -> &Arc<Database> {
        self.0.get_or_init(|| {
            let mut database = Database::new();
            database.load_system_fonts();
            if database.is_empty() {
                tracing::warn!("no fonts on this machine: letters in drawings (SVG) are left out when a picture is made of one");
            }
            choose(&mut database);
            Arc::new(database)
        })
    }
}

/// Settles which families stand for the three kinds.
fn choose(database: &mut Database) {
    let first = |database: &Database, names: &[&str]| {
        let there = names.iter().find(|name| is_there(database, Family::Name(name)));
        there.map(|name| (*name).to_owned())
    };
    let any = database.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
    if let Some(name) = first(database, SANS).or_else(|| any.clone()) {
        database.set_sans_serif_family(name);
    }
    if let Some(name) = first(database, SERIF).or_else(|| any.clone()) {
        database.set_serif_family(name);
    }
    if let Some(name) = first(database, MONOSPACE).or(any) {
        database.set_monospace_family(name);
    }
}

fn is_there(database: &Database, family: Family<'_>) -> bool {
    database.query(&Query { families: &[family], ..Query::default() }).is_some()
}

impl<'f> InUse<'f> {
    pub fn new(fonts: &'f Fonts) -> Self {
        InUse { fonts, n_looked_for: AtomicUsize::new(0), absent: Mutex::default() }
    }

    /// Fonts for a drawing with letters.
    pub fn database(&self) -> Arc<Database> {
        Arc::clone(self.fonts.database())
    }

    /// Families that the drawing names and the machine does not have.
    pub fn absent(&self) -> Vec<String> {
        self.absent.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Chooses fonts: a family that is not there is noted, and the plain one takes its place.
    pub fn resolver(&self) -> FontResolver<'_> {
        let other = FontResolver::default_fallback_selector();
        FontResolver {
            select_font: Box::new(|font, database| self.select(font, database)),
            select_fallback: Box::new(move |letter, used, database| {
                let n_before = self.n_looked_for.fetch_add(1, Ordering::Relaxed);
                if n_before < MOST_LOOKED_FOR { other(letter, used, database) } else { None }
            }),
        }
    }

    fn select(&self, font: &Font, database: &Database) -> Option<ID> {
        let mut families: Vec<Family<'_>> = Vec::new();
        for family in font.families() {
            families.push(match family {
                FontFamily::Serif => Family::Serif,
                FontFamily::SansSerif => Family::SansSerif,
                FontFamily::Cursive => Family::Cursive,
                FontFamily::Fantasy => Family::Fantasy,
                FontFamily::Monospace => Family::Monospace,
                FontFamily::Named(name) => {
                    if !is_there(database, Family::Name(name)) {
                        let mut absent = self.absent.lock().unwrap_or_else(PoisonError::into_inner);
                        absent.insert(name.clone());
                    }
                    Family::Name(name)
                }
            });
        }
        families.push(Family::SansSerif);
        let stretch = match font.stretch() {
            FontStretch::UltraCondensed => Stretch::UltraCondensed,
            FontStretch::ExtraCondensed => Stretch::ExtraCondensed,
            FontStretch::Condensed => Stretch::Condensed,
            FontStretch::SemiCondensed => Stretch::SemiCondensed,
            FontStretch::Normal => Stretch::Normal,
            FontStretch::SemiExpanded => Stretch::SemiExpanded,
            FontStretch::Expanded => Stretch::Expanded,
            FontStretch::ExtraExpanded => Stretch::ExtraExpanded,
            FontStretch::UltraExpanded => Stretch::UltraExpanded,
        };
        let style = match font.style() {
            FontStyle::Normal => Style::Normal,
            FontStyle::Italic => Style::Italic,
            FontStyle::Oblique => Style::Oblique,
        };
        database.query(&Query { families: &families, weight: Weight(font.weight()), stretch, style })
    }
}
