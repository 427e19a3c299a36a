//! AVIF's boxes: which parts of the file make the picture, which way up it stands, and what is said beside it. Decodes
//! nothing.
//!
//! Source: ISO/IEC 14496-12 (boxes), 23008-12 (items and their properties), AV1 Image File Format 1.1.

use std::ops::Range;

use super::{Found, Sources};
use crate::credits::{Credits, exif, xmp};
use crate::fault::Fault;

/// Items of a file that are looked at; a grid's tiles are items.
const MOST_ITEMS: usize = 4_096;

/// Where a picture's data lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// As it lies in the file.
    pub width: u32,
    pub height: u32,
    pub tiles: Tiles,
    /// A picture of grey that says how much is seen; of the same measures.
    pub alpha: Option<Tiles>,
    /// Whether the colours are multiplied by it.
    pub premultiplied: bool,
    /// How colours are written, where the file says it: the matrix's number in ISO/IEC 23091-2, and whether the full
    /// range is used. Holds before what the data say.
    pub colours: Option<(u16, bool)>,
}

/// A picture's parts: one, or a grid of equal ones, row by row; the last of a row or column may reach beyond the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiles {
    pub columns: u32,
    pub rows: u32,
    /// Measures of each.
    pub width: u32,
    pub height: u32,
    /// Each one's pieces within the file.
    pub data: Vec<Vec<Range<usize>>>,
}

/// Whether these bytes begin as an AVIF file.
pub fn begins(bytes: &[u8]) -> bool {
    let Some((name, body, _)) = boxes(bytes, 0..bytes.len()).next() else { return false };
    let mut brands = bytes[body].chunks_exact(4);
    name == *b"ftyp" && brands.any(|brand| brand == b"avif" || brand == b"avis")
}

/// Width and height that the file claims, as it lies; its data need not be there.
pub fn measures(bytes: &[u8]) -> Option<(u32, u32)> {
    let file = File::read(bytes)?;
    file.measures(file.primary)
}

/// What makes the picture, and what stands beside it.
///
/// Errors: boxes that break off or contradict each other; what is not read here: cut frames, layers, other codecs.
pub fn open(bytes: &[u8]) -> Result<(Picture, Found), Fault> {
    let file = File::read(bytes).ok_or_else(|| broken("its boxes break off"))?;
    let primary = file.primary;
    let (width, height) = file.measures(primary).ok_or_else(|| broken("it has no measures"))?;
    let tiles = file.tiles(primary, (width, height))?;
    let alpha = file.referring(b"auxl", primary).find(|id| file.is_alpha(*id));
    let alpha = match alpha {
        Some(id) if file.measures(id) == Some((width, height)) => {
            Some((id, file.tiles(id, (width, height))?))
        }
        Some(_) => return Err(broken("its transparency has other measures")),
        None => None,
    };
    let premultiplied =
        alpha.as_ref().is_some_and(|(id, _)| file.references(b"prem", primary).any(|to| to == *id));
    // A grid may leave it to its tiles to say how colours are written.
    let told = [Some(primary), file.references(b"dimg", primary).next()];
    let (mut colours, mut profile) = (None, None);
    for (name, body) in told.iter().flatten().flat_map(|id| file.properties(*id)) {
        match (name, body.get(..4)) {
            (b"colr", Some(b"nclx")) => {
                colours = colours.or_else(|| Some((short(body, 8)?, body.get(10)? & 0x80 != 0)));
            }
            (b"colr", Some(b"prof" | b"rICC")) => profile = profile.or_else(|| Some(body[4..].to_vec())),
            (b"clap", _) => return Err(broken("it is cut by its file (clap), which is not read")),
            (b"lsel" | b"a1op", _) => return Err(broken("it has layers, which are not read")),
            _ => {}
        }
    }
    let mut found = file.sources().into_found(profile);
    // What EXIF says of it counts for nothing here: the file's own word does.
    found.orientation = file.orientation();
    let picture =
        Picture { width, height, tiles, alpha: alpha.map(|(_, tiles)| tiles), premultiplied, colours };
    Ok((picture, found))
}

pub fn found(bytes: &[u8]) -> Found {
    let Some(file) = File::read(bytes) else { return Found::default() };
    Found { orientation: file.orientation(), ..file.sources().into_found(None) }
}

/// The same file, of the same length: what makes no part of the picture is overwritten, and the credits stand where
/// they fit. None for films, where a part's place is not told, and where there is no room for the credits.
pub fn cleaned(bytes: &[u8], found: &Found) -> Option<Vec<u8>> {
    let file = File::read(bytes)?;
    let (picture, _) = open(bytes).ok()?;
    let tiles = picture.tiles.data.iter().chain(picture.alpha.iter().flat_map(|tiles| &tiles.data));
    let mut kept: Vec<Range<usize>> = tiles.flatten().cloned().collect();
    kept.extend(file.grids.iter().cloned());
    let mut out = bytes.to_vec();
    for (name, body, whole) in boxes(bytes, 0..bytes.len()) {
        match &name {
            b"ftyp" | b"meta" => {}
            b"moov" => return None,
            b"mdat" => blank(&mut out, body, &kept),
            _ => {
                out.get_mut(whole.start + 4..whole.start + 8)?.copy_from_slice(b"free");
                out.get_mut(body)?.fill(0);
            }
        }
    }
    // What stands behind the last whole box.
    let end = boxes(bytes, 0..bytes.len()).map(|(_, _, whole)| whole.end).max()?;
    out.get_mut(end..)?.fill(0);
    if let Some(idat) = &file.idat {
        blank(&mut out, idat.clone(), &kept);
    }
    for item in &file.items {
        let (padding, text) = match (&item.kind, &item.place[..]) {
            (b"Exif", [_]) => (0, exif::write(1, &found.credits).map(|block| [&[0; 4], &block[..]].concat())),
            (b"mime", [_]) => (b' ', xmp::write(&found.credits).map(String::into_bytes)),
            _ => continue,
        };
        let Some(text) = text else { continue };
        let room = out.get_mut(item.place[0].clone())?;
        if room.len() >= text.len() {
            room.fill(padding);
            room[..text.len()].copy_from_slice(&text);
        }
    }
    // Where there was no room for the credits, the file cannot stay.
    (self::found(&out).credits == found.credits).then_some(out)
}

/// Overwrites a part, but for what lies in `kept`.
fn blank(bytes: &mut [u8], part: Range<usize>, kept: &[Range<usize>]) {
    let mut kept: Vec<_> =
        kept.iter().filter(|kept| kept.start < part.end && kept.end > part.start).collect();
    kept.sort_by_key(|kept| kept.start);
    let mut at = part.start;
    for kept in kept {
        if kept.start > at {
            bytes[at..kept.start].fill(0);
        }
        at = at.max(kept.end);
    }
    if at < part.end {
        bytes[at..part.end].fill(0);
    }
}

fn broken(text: &str) -> Fault {
    Fault::Broken(text.to_owned())
}

type Id = u32;

struct Item {
    id: Id,
    kind: [u8; 4],
    /// Pieces within the file, in order; empty when they are elsewhere or not told.
    place: Vec<Range<usize>>,
}

/// The box `meta`, taken apart.
struct File<'b> {
    bytes: &'b [u8],
    primary: Id,
    items: Vec<Item>,
    /// Kind, from, to.
    references: Vec<([u8; 4], Id, Id)>,
    /// Kind and body of each property, and which item has which (counting from 1).
    properties: Vec<([u8; 4], Range<usize>)>,
    has: Vec<(Id, usize)>,
    idat: Option<Range<usize>>,
    /// Where the descriptions of grids lie.
    grids: Vec<Range<usize>>,
}

impl<'b> File<'b> {
    fn read(bytes: &'b [u8]) -> Option<Self> {
        if !begins(bytes) {
            return None;
        }
        let meta = boxes(bytes, 0..bytes.len()).find(|(name, ..)| name == b"meta")?.1;
        let mut file = File {
            bytes,
            primary: 0,
            items: Vec::new(),
            references: Vec::new(),
            properties: Vec::new(),
            has: Vec::new(),
            idat: None,
            grids: Vec::new(),
        };
        let inner = meta.start + 4..meta.end;
        file.idat = boxes(bytes, inner.clone()).find(|(name, ..)| name == b"idat").map(|(_, body, _)| body);
        for (name, body, _) in boxes(bytes, inner.clone()) {
            let mut cursor = Cursor::new(bytes, body.clone());
            match &name {
                b"pitm" => {
                    let (version, _) = cursor.version()?;
                    file.primary = cursor.id(version > 0)?;
                }
                b"iinf" => file.read_names(cursor)?,
                b"iref" => file.read_references(cursor)?,
                b"iprp" => file.read_properties(body)?,
                _ => {}
            }
        }
        // Places need the items' names.
        let places = boxes(bytes, inner).find(|(name, ..)| name == b"iloc")?.1;
        file.read_places(Cursor::new(bytes, places))?;
        let grids = file.items.iter().filter(|item| &item.kind == b"grid");
        file.grids = grids.flat_map(|item| item.place.clone()).collect();
        Some(file)
    }

    fn read_names(&mut self, mut cursor: Cursor<'_>) -> Option<()> {
        let (version, _) = cursor.version()?;
        let _n_items = cursor.number(if version == 0 { 2 } else { 4 })?;
        for (name, body, _) in boxes(cursor.bytes, cursor.left.clone()).take(MOST_ITEMS) {
            let mut entry = Cursor::new(cursor.bytes, body);
            let (version, _) = entry.version()?;
            if name != *b"infe" || version < 2 {
                continue;
            }
            let id = entry.id(version > 2)?;
            entry.number(2)?;
            let kind = entry.name()?;
            self.items.push(Item { id, kind, place: Vec::new() });
        }
        Some(())
    }

    fn read_references(&mut self, mut cursor: Cursor<'_>) -> Option<()> {
        let (version, _) = cursor.version()?;
        for (name, body, _) in boxes(cursor.bytes, cursor.left.clone()) {
            let mut entry = Cursor::new(cursor.bytes, body);
            let from = entry.id(version > 0)?;
            for _ in 0..entry.number(2)? {
                if self.references.len() >= MOST_ITEMS {
                    return None;
                }
                self.references.push((name, from, entry.id(version > 0)?));
            }
        }
        Some(())
    }

    fn read_properties(&mut self, body: Range<usize>) -> Option<()> {
        for (name, body, _) in boxes(self.bytes, body) {
            if name == *b"ipco" {
                let all = boxes(self.bytes, body).take(MOST_ITEMS);
                self.properties.extend(all.map(|(name, body, _)| (name, body)));
            } else if name == *b"ipma" {
                let mut cursor = Cursor::new(self.bytes, body);
                let (version, flags) = cursor.version()?;
                for _ in 0..cursor.number(4)? {
                    let id = cursor.id(version > 0)?;
                    for _ in 0..cursor.number(1)? {
                        let index = match flags & 1 {
                            0 => cursor.number(1)? & 0x7f,
                            _ => cursor.number(2)? & 0x7fff,
                        };
                        if self.has.len() >= MOST_ITEMS * 8 {
                            return None;
                        }
                        self.has.push((id, usize::try_from(index).ok()?));
                    }
                }
            }
        }
        Some(())
    }

    fn read_places(&mut self, mut cursor: Cursor<'_>) -> Option<()> {
        let (version, _) = cursor.version()?;
        let sizes = cursor.number(2)?;
        let [offset, length, base, index] = [12, 8, 4, 0].map(|shift| (sizes >> shift & 15) as usize);
        let n_items = cursor.number(if version < 2 { 2 } else { 4 })?;
        let mut n_pieces = 0;
        for _ in 0..n_items {
            let id = cursor.id(version > 1)?;
            let within = if version > 0 { cursor.number(2)? & 15 } else { 0 };
            let elsewhere = cursor.number(2)? != 0;
            let base = cursor.number(base)?;
            let (from, end) = match (within, &self.idat) {
                (0, _) => (0, self.bytes.len()),
                (1, Some(idat)) => (idat.start, idat.end),
                _ => (0, 0),
            };
            let mut place = Vec::new();
            for _ in 0..cursor.number(2)? {
                if version > 0 {
                    cursor.number(index)?;
                }
                let start = base.checked_add(cursor.number(offset)?)?;
                let length = cursor.number(length)?;
                let start = from.checked_add(usize::try_from(start).ok()?)?;
                // Without a length it goes to the end.
                let stop = match usize::try_from(length).ok()? {
                    0 => end,
                    length => start.checked_add(length)?,
                };
                n_pieces += 1;
                if n_pieces > MOST_ITEMS {
                    return None;
                }
                place.push(start..stop);
            }
            let whole = !elsewhere && place.iter().all(|piece| piece.start < piece.end && piece.end <= end);
            if let Some(item) = self.items.iter_mut().find(|item| item.id == id)
                && whole
            {
                item.place = place;
            }
        }
        Some(())
    }

    fn item(&self, id: Id) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    fn properties(&self, id: Id) -> impl Iterator<Item = (&[u8; 4], &'b [u8])> {
        let indices = self.has.iter().filter(move |(of, _)| *of == id).map(|(_, index)| *index);
        indices.filter_map(|index| {
            let (name, body) = self.properties.get(index.checked_sub(1)?)?;
            Some((name, &self.bytes[body.clone()]))
        })
    }

    fn references(&self, kind: &'static [u8; 4], from: Id) -> impl Iterator<Item = Id> {
        self.references.iter().filter(move |(name, of, _)| name == kind && *of == from).map(|(.., to)| *to)
    }

    fn referring(&self, kind: &'static [u8; 4], to: Id) -> impl Iterator<Item = Id> {
        self.references
            .iter()
            .filter(move |(name, _, of)| name == kind && *of == to)
            .map(|(_, from, _)| *from)
    }

    fn measures(&self, id: Id) -> Option<(u32, u32)> {
        let body = self.properties(id).find(|(name, _)| *name == b"ispe")?.1;
        Some((long(body, 4)?, long(body, 8)?)).filter(|(width, height)| *width > 0 && *height > 0)
    }

    fn is_alpha(&self, id: Id) -> bool {
        self.properties(id).any(|(name, body)| {
            let kind = body.get(4..).and_then(|text| text.split(|byte| *byte == 0).next());
            name == b"auxC"
                && matches!(
                    kind,
                    Some(b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha" | b"urn:mpeg:hevc:2015:auxid:1")
                )
        })
    }

    fn tiles(&self, id: Id, (width, height): (u32, u32)) -> Result<Tiles, Fault> {
        let item = self.item(id).filter(|item| !item.place.is_empty());
        let item = item.ok_or_else(|| broken("its data are not in it"))?;
        if &item.kind == b"av01" {
            return Ok(Tiles { columns: 1, rows: 1, width, height, data: vec![item.place.clone()] });
        }
        if &item.kind != b"grid" {
            return Err(broken("its main part is no AV1 picture"));
        }
        let told = item.place.iter().flat_map(|piece| &self.bytes[piece.clone()]).copied().take(12);
        let told: Vec<u8> = told.collect();
        let grid = || {
            let (rows, columns) = (u32::from(*told.get(2)?) + 1, u32::from(*told.get(3)?) + 1);
            let measures = match told.get(1)? & 1 {
                0 => (u32::from(short(&told, 4)?), u32::from(short(&told, 6)?)),
                _ => (long(&told, 4)?, long(&told, 8)?),
            };
            let parts: Vec<Id> = self.references(b"dimg", id).collect();
            let tile = self.measures(*parts.first()?)?;
            let covers = |side: u32, tile: u32, n: u32| {
                let (side, tile, n) = (u64::from(side), u64::from(tile), u64::from(n));
                tile * n >= side && tile * (n - 1) < side
            };
            let fits = measures == (width, height)
                && parts.len() as u64 == u64::from(rows) * u64::from(columns)
                && covers(width, tile.0, columns)
                && covers(height, tile.1, rows);
            let data = parts.iter().map(|id| {
                let part = self.item(*id).filter(|part| &part.kind == b"av01" && !part.place.is_empty())?;
                (self.measures(*id) == Some(tile)).then(|| part.place.clone())
            });
            let data = data.collect::<Option<Vec<_>>>().filter(|_| fits)?;
            Some(Tiles { columns, rows, width: tile.0, height: tile.1, data })
        };
        grid().ok_or_else(|| broken("its grid does not fit together"))
    }

    /// As EXIF numbers it: turned to the left first, then mirrored.
    fn orientation(&self) -> u8 {
        let mut orientation = 1;
        for (name, body) in self.properties(self.primary) {
            orientation = match (name, body.first(), orientation) {
                (b"irot", Some(quarters), 1) => [1, 8, 3, 6][usize::from(quarters & 3)],
                // Left and right change places.
                (b"imir", Some(axis), turned) if axis & 1 == 1 => match turned {
                    1 => 2,
                    8 => 7,
                    3 => 4,
                    _ => 5,
                },
                // Top and bottom do.
                (b"imir", Some(_), turned) => match turned {
                    1 => 4,
                    8 => 5,
                    3 => 2,
                    _ => 7,
                },
                (_, _, as_it_was) => as_it_was,
            };
        }
        orientation
    }

    fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        for item in &self.items {
            let text = || item.place.iter().flat_map(|piece| &self.bytes[piece.clone()]).copied().collect();
            match &item.kind {
                b"Exif" => {
                    let data: Vec<u8> = text();
                    let start = long(&data, 0).and_then(|start| usize::try_from(start).ok()?.checked_add(4));
                    let block = start.and_then(|start| data.get(start..)).unwrap_or_default();
                    let credits: Credits = exif::read(block).1;
                    sources.exif = sources.exif.or(Some((1, credits)));
                }
                b"mime" => {
                    let data: Vec<u8> = text();
                    sources.xmp.fill_from(xmp::read(&data));
                }
                _ => {}
            }
        }
        sources
    }
}

/// Names, bodies and whole extents of the boxes in a part of the file, up to its end or to where one breaks off.
fn boxes(
    bytes: &[u8],
    part: Range<usize>,
) -> impl Iterator<Item = ([u8; 4], Range<usize>, Range<usize>)> + '_ {
    let mut at = part.start;
    std::iter::from_fn(move || {
        let mut cursor = Cursor::new(bytes, at..part.end);
        let length = cursor.number(4)?;
        let name = cursor.name()?;
        let length = match length {
            0 => part.end.checked_sub(at)?,
            1 => usize::try_from(cursor.number(8)?).ok()?,
            length => usize::try_from(length).ok()?,
        };
        let end = at.checked_add(length)?;
        if end > part.end || end < cursor.left.start {
            return None;
        }
        let whole = at..end;
        at = end;
        Some((name, cursor.left.start..end, whole))
    })
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A place in the file, and the end of what may be read from it.
struct Cursor<'b> {
    bytes: &'b [u8],
    left: Range<usize>,
}

impl<'b> Cursor<'b> {
    fn new(bytes: &'b [u8], left: Range<usize>) -> Self {
        Cursor { bytes, left }
    }

    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let end = self.left.start.checked_add(n).filter(|end| *end <= self.left.end)?;
        let taken = self.bytes.get(self.left.start..end)?;
        self.left.start = end;
        Some(taken)
    }

    /// A number of so many bytes (at most eight), the highest first; of none it is 0.
    fn number(&mut self, n_bytes: usize) -> Option<u64> {
        let bytes = self.take(n_bytes).filter(|_| n_bytes <= 8)?;
        Some(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn id(&mut self, is_long: bool) -> Option<Id> {
        u32::try_from(self.number(if is_long { 4 } else { 2 })?).ok()
    }

    fn name(&mut self) -> Option<[u8; 4]> {
        self.take(4)?.try_into().ok()
    }

    fn version(&mut self) -> Option<(u8, u32)> {
        let both = self.number(4)?;
        Some(((both >> 24) as u8, (both & 0xff_ffff) as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITH_CREDITS: &[u8] = include_bytes!("../../tests/avif/credits.avif");

    fn has(bytes: &[u8], text: &str) -> bool {
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    }

    #[test]
    fn what_stands_beside_the_pixels_is_overwritten_in_its_place() {
        let (picture, found) = open(WITH_CREDITS).unwrap();
        assert!(has(WITH_CREDITS, "SECRET-PLACE") && has(WITH_CREDITS, "CAM"));
        let with_tail = [WITH_CREDITS, b"\0\0\0\x13uuidSECRET-FILM", b"SECRET-REST"].concat();
        for original in [WITH_CREDITS, &with_tail] {
            let made = cleaned(original, &found).unwrap();
            assert_eq!(made.len(), original.len());
            assert!(!has(&made, "SECRET") && !has(&made, "CAM"));
            let (same, told) = open(&made).unwrap();
            assert_eq!((&same, told.orientation), (&picture, 8));
            for piece in picture.tiles.data.iter().flatten() {
                assert_eq!(made[piece.clone()], original[piece.clone()]);
            }
            assert_eq!(told.credits, found.credits);
            assert_eq!(told.credits.creator.as_deref(), Some("Ana Mueller"));
            assert_eq!(told.credits.credit.as_deref(), Some("Pool"));
        }
    }

    #[test]
    fn without_room_for_the_credits_it_cannot_stay() {
        let tight = include_bytes!("../../tests/avif/tight.avif");
        assert_eq!(cleaned(tight, &found(tight)), None);
    }

    #[test]
    fn a_picture_with_nothing_beside_it_stays_as_it_is() {
        for original in [
            include_bytes!("../../tests/avif/grid.avif").as_slice(),
            include_bytes!("../../tests/avif/premultiplied.avif"),
        ] {
            assert_eq!(cleaned(original, &Found::default()).unwrap(), original);
        }
    }

    #[test]
    fn numbers_of_boxes_that_lie_are_no_panic() {
        for at in 0..WITH_CREDITS.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut bytes = WITH_CREDITS.to_vec();
                bytes[at] = value;
                drop((open(&bytes), cleaned(&bytes, &found(&bytes)), measures(&bytes)));
            }
        }
    }
}
