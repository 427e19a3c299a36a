//! WebP's chunks: read, cleaned, and put together to extended files with credits and frames.

use super::{Found, Sources};
use crate::credits::{exif, xmp};

const HAS_ANIMATION: u8 = 0x02;
const HAS_XMP: u8 = 0x04;
const HAS_EXIF: u8 = 0x08;
const HAS_ALPHA: u8 = 0x10;

/// Chunks' names and data, up to the end or to where the file breaks off.
pub fn chunks(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes.get(12..).unwrap_or_default();
    std::iter::from_fn(move || {
        let name: [u8; 4] = rest.get(..4)?.try_into().ok()?;
        let length = rest.get(4..8)?;
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let data = rest.get(8..)?.get(..length)?;
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
        Some((name, data))
    })
}

pub fn found(bytes: &[u8]) -> Found {
    let mut sources = Sources::default();
    for (name, data) in chunks(bytes) {
        match &name {
            b"EXIF" => {
                // Some writers keep JPEG's signature.
                let block = data.strip_prefix(b"Exif\0\0").unwrap_or(data);
                sources.exif = sources.exif.or_else(|| Some(exif::read(block)));
            }
            b"XMP " => sources.xmp.fill_from(xmp::read(data)),
            _ => {}
        }
    }
    sources.into_found(None)
}

pub fn cleaned(bytes: &[u8], found: &Found) -> Option<Vec<u8>> {
    let mut file = File::default();
    let mut extended = None;
    for (name, data) in chunks(bytes) {
        match &name {
            b"VP8X" => extended = Some(data.get(..10)?),
            b"EXIF" | b"XMP " => {}
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => file.chunk(name, data),
            _ => {}
        }
    }
    if file.body.is_empty() {
        return None;
    }
    let Some(extended) = extended else {
        // The simple form has no room for anything beside the pixels.
        return Some(file.finish(None));
    };
    file.says(found);
    let flags = extended[0] & !(HAS_EXIF | HAS_XMP);
    Some(file.finish(Some((
        flags,
        [extended[4], extended[5], extended[6], extended[7], extended[8], extended[9]],
    ))))
}

/// A picture of one or many frames, each a WebP file of its own as the encoder gave it.
pub struct Frames {
    pub width: u32,
    pub height: u32,
    /// Times an animation is shown; 0 is for ever.
    pub loops: u16,
    /// Files and how long each is shown, in milliseconds.
    pub frames: Vec<(Vec<u8>, u32)>,
}

impl Frames {
    /// The whole file with credits.
    pub fn together(mut self, found: &Found) -> Vec<u8> {
        if self.frames.len() == 1 && found.credits.is_empty() {
            return self.frames.remove(0).0;
        }
        let mut file = File::default();
        let mut flags = 0;
        let single = self.frames.len() == 1;
        if !single {
            flags |= HAS_ANIMATION;
            let mut anim = vec![0; 4];
            anim.extend(self.loops.to_le_bytes());
            file.chunk(*b"ANIM", &anim);
        }
        for (frame, delay_ms) in &self.frames {
            let mut body = File::default();
            for (name, data) in chunks(frame) {
                if matches!(&name, b"ALPH" | b"VP8 " | b"VP8L") {
                    // The lossless form may hold alpha without a chunk of its own.
                    if name != *b"VP8 " {
                        flags |= HAS_ALPHA;
                    }
                    body.chunk(name, data);
                }
            }
            if single {
                file.body.extend(body.body);
                continue;
            }
            let mut data = vec![0; 6];
            data.extend(less_one(self.width));
            data.extend(less_one(self.height));
            data.extend(&(*delay_ms).min(0xff_ffff).to_le_bytes()[..3]);
            // Each frame is a whole picture: nothing shines through from the one before.
            data.push(0x02);
            data.extend(body.body);
            file.chunk(*b"ANMF", &data);
        }
        file.says(found);
        let mut canvas = [0; 6];
        canvas[..3].copy_from_slice(&less_one(self.width));
        canvas[3..].copy_from_slice(&less_one(self.height));
        file.finish(Some((flags, canvas)))
    }
}

fn less_one(side: u32) -> [u8; 3] {
    let [one, two, three, _] = side.saturating_sub(1).to_le_bytes();
    [one, two, three]
}

#[derive(Default)]
struct File {
    body: Vec<u8>,
    flags: u8,
}

impl File {
    fn chunk(&mut self, name: [u8; 4], data: &[u8]) {
        self.body.extend(name);
        self.body.extend((data.len() as u32).to_le_bytes());
        self.body.extend(data);
        if data.len() % 2 == 1 {
            self.body.push(0);
        }
    }

    fn says(&mut self, found: &Found) {
        if let Some(block) = exif::write(found.orientation, &found.credits) {
            self.chunk(*b"EXIF", &block);
            self.flags |= HAS_EXIF;
        }
        if let Some(packet) = xmp::write(&found.credits) {
            self.chunk(*b"XMP ", packet.as_bytes());
            self.flags |= HAS_XMP;
        }
    }

    /// The file; in the extended form with its flags and canvas.
    fn finish(self, extended: Option<(u8, [u8; 6])>) -> Vec<u8> {
        let mut inner = b"WEBP".to_vec();
        if let Some((flags, canvas)) = extended {
            inner.extend(b"VP8X\x0a\0\0\0");
            inner.extend([flags | self.flags, 0, 0, 0]);
            inner.extend(canvas);
        }
        inner.extend(self.body);
        let mut out = b"RIFF".to_vec();
        out.extend((inner.len() as u32).to_le_bytes());
        out.extend(inner);
        out
    }
}
