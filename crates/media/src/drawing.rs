//! Drawings (SVG) painted as pixels. Nothing outside of the drawing's own text is looked at but the machine's fonts: no
//! files, no network, no embedded pictures.

use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Group, ImageHrefResolver, Node, Tree, filter};
use roxmltree::{Document, NodeId, ParsingOptions};

use crate::fault::Fault;
use crate::fonts::{Fonts, InUse};
use crate::limits::Limits;
use crate::pixels::{Layout, Pixels};
use crate::size::Size;

/// Bytes of style sheets in a drawing: each of their rules is held against each element.
const MOST_STYLES: u64 = 64 * 1024;
/// Bytes of a drawing that declares entities: they multiply its text.
const MOST_WITH_ENTITIES: u64 = 64 * 1024;
/// What a layer costs beside a plain surface of its size, and what a filter's step costs.
const LAYER: f64 = 4.0;
const STEP: f64 = 10.0;

/// Paints a drawing (plain or packed) at a size; `enlarge` as in [`Size::plan`].
///
/// Errors: no drawing; one that is larger, deeper or dearer than the limits say.
pub fn painted(
    bytes: &[u8],
    size: Size,
    enlarge: bool,
    limits: &Limits,
    fonts: &Fonts,
) -> Result<Pixels, Fault> {
    let text = text_of(bytes, limits)?;
    let broken = |error: &dyn std::fmt::Display| Fault::Broken(error.to_string());
    let nodes_limit = u32::try_from(limits.drawing_elements.saturating_mul(4)).unwrap_or(u32::MAX);
    let options = ParsingOptions { allow_dtd: true, nodes_limit, entity_resolver: None };
    let document = Document::parse_with_options(&text, options).map_err(|error| broken(&error))?;
    check_text(&document, limits)?;
    let fonts = InUse::new(fonts);
    let has_letters = document.descendants().any(|node| node.tag_name().name() == "text");
    let options = usvg::Options {
        resources_dir: None,
        fontdb: if has_letters { fonts.database() } else { Arc::default() },
        font_resolver: fonts.resolver(),
        font_family: "sans-serif".to_owned(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = Tree::from_xmltree(&document, &options).map_err(|error| broken(&error))?;
    let absent = fonts.absent();
    if !absent.is_empty() {
        tracing::warn!(fonts = absent.join(", "), "a drawing names fonts that are not on this machine");
    }
    let own = (tree.size().width().round().max(1.0), tree.size().height().round().max(1.0));
    let plan = size.plan((own.0 as u32, own.1 as u32), enlarge);
    let (width, height) = plan.scaled;
    let canvas = u64::from(width) * u64::from(height);
    Fault::unless_within("pixels", canvas, limits.drawing_pixels)?;
    let scale = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
    let mut bill = Bill {
        canvas: canvas as f64,
        scale: f64::from(scale.0) * f64::from(scale.1),
        painted: 0.0,
        most: limits.drawing_painted as f64,
    };
    bill.group(tree.root(), limits.drawing_depth)?;
    let mut pixmap =
        Pixmap::new(width, height).ok_or_else(|| Fault::Broken("it has no measures".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(scale.0, scale.1), &mut pixmap.as_mut());
    let bytes = pixmap
        .pixels()
        .iter()
        .map(|pixel| pixel.demultiply())
        .flat_map(|colour| [colour.red(), colour.green(), colour.blue(), colour.alpha()])
        .collect();
    Pixels { width, height, layout: Layout::Rgba, bytes }.fitted(&plan, 1)
}

fn text_of(bytes: &[u8], limits: &Limits) -> Result<String, Fault> {
    let mut unpacked = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes)
            .take(limits.drawing_bytes + 1)
            .read_to_end(&mut unpacked)
            .map_err(|error| Fault::Broken(error.to_string()))?;
    } else {
        Fault::unless_within("bytes", bytes.len() as u64, limits.drawing_bytes)?;
        unpacked.extend_from_slice(bytes);
    }
    Fault::unless_within("bytes when unpacked", unpacked.len() as u64, limits.drawing_bytes)?;
    let text = String::from_utf8(unpacked).map_err(|error| Fault::Broken(error.to_string()))?;
    if text.contains("<!ENTITY") {
        Fault::unless_within("bytes with entities", text.len() as u64, MOST_WITH_ENTITIES)?;
    }
    Ok(text)
}

/// Holds elements, letters and depth against the limits, counting what is used (`use`, `url(#…)`) as often as it is used.
fn check_text(document: &Document<'_>, limits: &Limits) -> Result<(), Fault> {
    let mut by_name = HashMap::new();
    let mut in_styles = Vec::new();
    let mut n_styles = 0;
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        if let Some(name) = node.attribute("id") {
            by_name.entry(name).or_insert_with(|| node.id());
        }
        if node.tag_name().name() == "style" {
            for text in node.descendants().filter_map(|node| node.text()) {
                n_styles += text.len() as u64;
                in_styles.extend(references(text));
            }
        }
    }
    Fault::unless_within("bytes of styles", n_styles, MOST_STYLES)?;
    in_styles.sort_unstable();
    in_styles.dedup();
    let mut count = Count { document, by_name, in_styles, limits, known: HashMap::new() };
    let all = count.elements(document.root_element().id(), 0, true)?;
    Fault::unless_within("elements", all, limits.drawing_elements)
}

struct Count<'d, 't> {
    document: &'d Document<'t>,
    by_name: HashMap<&'d str, NodeId>,
    /// What the style sheets name: any element may use it.
    in_styles: Vec<&'d str>,
    limits: &'d Limits,
    /// None while it is being counted.
    known: HashMap<NodeId, Option<u64>>,
}

impl Count<'_, '_> {
    fn elements(&mut self, id: NodeId, depth: u64, with_styles: bool) -> Result<u64, Fault> {
        Fault::unless_within("levels", depth, self.limits.drawing_depth)?;
        match self.known.get(&id) {
            Some(Some(known)) => return Ok(*known),
            Some(None) => return Err(Fault::Broken("a part of the drawing uses itself".to_owned())),
            None => {}
        }
        self.known.insert(id, None);
        let Some(node) = self.document.get_node(id) else { return Ok(0) };
        // Each letter is a shape.
        let mut sum = match node.tag_name().name() {
            "text" | "tspan" | "textPath" | "a" | "tref" => {
                let texts = node.children().filter(|child| child.is_text()).filter_map(|child| child.text());
                1 + texts.map(|text| text.len() as u64).sum::<u64>()
            }
            _ => 1,
        };
        let mut add = |own: &mut Self, id| -> Result<(), Fault> {
            sum = sum.saturating_add(own.elements(id, depth + 1, with_styles)?);
            Ok(())
        };
        for child in node.children().filter(roxmltree::Node::is_element) {
            add(self, child.id())?;
        }
        let mut used: Vec<NodeId> = Vec::new();
        for attribute in node.attributes() {
            if attribute.name() == "href" {
                let name = attribute.value().trim().strip_prefix('#');
                used.extend(name.and_then(|name| self.by_name.get(name)));
            }
            used.extend(references(attribute.value()).filter_map(|name| self.by_name.get(name)));
        }
        for id in used {
            add(self, id)?;
        }
        if with_styles {
            // What styles name is counted by itself, so that it does not seem to use itself.
            for index in 0..self.in_styles.len() {
                let Some(id) = self.by_name.get(self.in_styles[index]).copied() else { continue };
                if self.known.get(&id) != Some(&None) {
                    sum = sum.saturating_add(self.elements(id, depth + 1, false)?);
                }
            }
        }
        self.known.insert(id, Some(sum));
        Ok(sum)
    }
}

/// The names in `url(#name)`.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split("url(").skip(1).filter_map(|rest| {
        let rest = rest.trim_start().trim_start_matches(['"', '\'']);
        let name = rest.strip_prefix('#')?;
        name.split([')', '"', '\'']).next().map(str::trim)
    })
}

/// What painting costs, in pixels touched.
struct Bill {
    canvas: f64,
    /// Pixels of the canvas for one square unit of the drawing.
    scale: f64,
    painted: f64,
    most: f64,
}

impl Bill {
    fn add(&mut self, pixels: f64) -> Result<(), Fault> {
        self.painted += pixels;
        Fault::unless_within("pixels to paint", self.painted as u64, self.most as u64)
    }

    fn group(&mut self, group: &Group, depth: u64) -> Result<(), Fault> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(Fault::Broken("its parts are nested too deeply".to_owned()));
        };
        if group.should_isolate() {
            self.add(self.canvas * LAYER)?;
        }
        for step in group.filters().iter().flat_map(|filter| filter.primitives()) {
            self.add(self.canvas * STEP)?;
            use filter::Kind;
            match step.kind() {
                Kind::Blend(_)
                | Kind::ColorMatrix(_)
                | Kind::ComponentTransfer(_)
                | Kind::Composite(_)
                | Kind::DropShadow(_)
                | Kind::Flood(_)
                | Kind::GaussianBlur(_)
                | Kind::Merge(_)
                | Kind::Offset(_)
                | Kind::Tile(_) => {}
                Kind::ConvolveMatrix(_)
                | Kind::DiffuseLighting(_)
                | Kind::DisplacementMap(_)
                | Kind::Image(_)
                | Kind::Morphology(_)
                | Kind::SpecularLighting(_)
                | Kind::Turbulence(_) => {
                    return Err(Fault::Broken("it has a filter whose cost has no bound".to_owned()));
                }
            }
        }
        for child in group.children() {
            match child {
                Node::Group(group) => self.group(group, depth)?,
                Node::Path(path) => {
                    let bounds = path.abs_stroke_bounding_box();
                    let area = f64::from(bounds.width()) * f64::from(bounds.height()) * self.scale;
                    // Setting out has its cost, too; dashes are many lines.
                    let lines = path.data().len() as f64 * 16.0;
                    let dashes = match path.stroke().map(|stroke| (stroke, stroke.dasharray())) {
                        Some((_, Some(dashes))) => {
                            let round =
                                dashes.iter().map(|dash| f64::from(dash.abs())).sum::<f64>().max(1e-6);
                            let side = f64::from(bounds.width()) + f64::from(bounds.height());
                            side * path.data().len() as f64 / round * 64.0
                        }
                        _ => 0.0,
                    };
                    self.add(area.clamp(0.0, self.canvas) + lines + dashes)?;
                }
                Node::Text(text) => {
                    // The letters' outlines; no layer of its own.
                    self.group(text.flattened(), depth)?;
                    continue;
                }
                Node::Image(_) => {}
            }
            let mut outcome = Ok(());
            child.subroots(|root| {
                if outcome.is_ok() {
                    outcome = self.add(self.canvas * LAYER).and_then(|()| self.group(root, depth));
                }
            });
            outcome?;
        }
        Ok(())
    }
}

/// Width and height that a drawing's first element claims, else those of its `viewBox`.
pub fn claimed(text: &str) -> Option<(u32, u32)> {
    let start = text.find("<svg")?;
    let element = text.get(start..)?.split('>').next()?;
    let attribute = |name: &str| {
        let value = element.split_once(&format!(" {name}="))?.1;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value.get(1..)?.split(quote).next()
    };
    let pixels = |value: &str| {
        let number: f64 = value.trim().trim_end_matches("px").parse().ok()?;
        (1.0..1e6).contains(&number).then_some(number.round() as u32)
    };
    match (attribute("width").and_then(pixels), attribute("height").and_then(pixels)) {
        (Some(width), Some(height)) => Some((width, height)),
        _ => {
            let mut numbers = attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
            Some((pixels(numbers.next()?)?, pixels(numbers.next()?)?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_say_their_size() {
        assert_eq!(claimed("<?xml version='1.0'?><svg width=\"100\" height='50px'>"), Some((100, 50)));
        assert_eq!(claimed("<svg viewBox=\"0 0 24 12\"></svg>"), Some((24, 12)));
        assert_eq!(claimed("<svg width=\"100%\"></svg>"), None);
        assert_eq!(claimed("not a drawing"), None);
    }

    #[test]
    fn names_in_styles() {
        let names: Vec<&str> = references("fill:url(#a);mask: url( '#b' ) x url(c)").collect();
        assert_eq!(names, ["a", "b"]);
    }
}
