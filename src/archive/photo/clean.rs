//! A picture without what was noted beside it: only parts that say how it looks are taken over, all others are left out, so
//! that a kind of note nobody has thought of goes too.
//!
//! JPEG is walked here, because the libraries leave all that follows the first scan as it is, and there a telephone puts
//! further pictures with places of their own.

use image::metadata::Orientation;
use img_parts::png::Png;
use img_parts::riff::RiffContent;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF as _};

/// See [`super::clean`].
pub fn clean(bytes: &[u8], ending: &str) -> Option<Vec<u8>> {
    match ending {
        "jpg" => jpeg(bytes),
        "png" => png(bytes),
        "webp" => webp(bytes),
        _ => None,
    }
}

/// What says which side is up, and nothing else: Exif with one entry. Nothing where it is upright.
fn side_up(exif: Option<&[u8]>) -> Option<Vec<u8>> {
    let side = Orientation::from_exif_chunk(exif?)?.to_exif();
    let head = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
    (side > 1).then(|| [head.as_slice(), &[side, 0, 0, 0], &[0; 4]].concat())
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8; 4]; 15] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs",
        b"acTL", b"fcTL", b"fdAT",
    ];
    let mut png = Png::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let side = side_up(png.exif().as_deref());
    png.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.kind()));
    png.chunks().last().filter(|chunk| chunk.kind() == *b"IEND")?;
    if let Some(side) = side {
        png.set_exif(Some(side.into()));
    }
    Some(png.encoder().bytes().to_vec())
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    /// Of the first byte of VP8X: that there is Exif, XMP.
    const NOTES: u8 = 0b1100;
    const KEPT: [&[u8; 4]; 5] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"];
    let mut webp = WebP::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    // The frames of an animation have parts of their own.
    if webp.has_chunk(*b"ANMF") {
        return None;
    }
    let side = side_up(webp.exif().as_deref());
    webp.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.id()));
    for chunk in webp.chunks_mut().iter_mut().filter(|chunk| chunk.id() == *b"VP8X") {
        if let RiffContent::Data(data) = chunk.content_mut() {
            let mut flags = data.to_vec();
            *flags.first_mut()? &= !NOTES;
            *data = flags.into();
        }
    }
    if let Some(side) = side {
        webp.set_exif(Some(side.into()));
    }
    Some(webp.encoder().bytes().to_vec())
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    const EXIF: &[u8] = b"Exif\0\0";
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    let (mut parts, mut exif) = (Vec::new(), None);
    loop {
        // Any number of fill bytes may stand before a marker.
        let fill = rest.iter().take_while(|b| **b == 0xff).count();
        let marker = *rest.get(fill).filter(|_| fill > 0)?;
        rest = &rest[fill + 1..];
        match marker {
            0xd9 => break,
            0x01 | 0xd0..=0xd7 => parts.extend_from_slice(&[0xff, marker]),
            _ => {
                let length = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
                let content = rest.get(2..length)?;
                rest = &rest[length..];
                if marker == 0xe1 && exif.is_none() {
                    exif = content.strip_prefix(EXIF);
                }
                part(&mut parts, marker, content);
                if marker == 0xda {
                    let end = scan(rest)?;
                    parts.extend_from_slice(&rest[..end]);
                    rest = &rest[end..];
                }
            }
        }
    }
    let mut out = b"\xff\xd8".to_vec();
    if let Some(side) = side_up(exif) {
        segment(&mut out, 0xe1, &[EXIF, &side].concat());
    }
    out.extend_from_slice(&parts);
    out.extend_from_slice(b"\xff\xd9");
    Some(out)
}

/// Takes a part over where it says how the picture looks.
fn part(out: &mut Vec<u8>, marker: u8, content: &[u8]) {
    match marker {
        // How dense the pixels are; the small picture that may follow is left out.
        0xe0 if content.starts_with(b"JFIF\0") && content.len() >= 14 => {
            segment(out, marker, &[&content[..12], &[0, 0]].concat());
        }
        0xe2 if content.starts_with(b"ICC_PROFILE\0") => segment(out, marker, content),
        0xee if content.starts_with(b"Adobe") => segment(out, marker, content),
        // Frames, tables, scans and what belongs to them (ITU-T T.81, table B.1); whatever else there is may be a note.
        0xc0..=0xc7 | 0xc9..=0xcf | 0xda..=0xdf => segment(out, marker, content),
        _ => {}
    }
}

fn segment(out: &mut Vec<u8>, marker: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    out.extend_from_slice(&[0xff, marker]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(content);
}

/// Where a scan ends: at the first marker that does not belong into it.
fn scan(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(0xff, bytes)
        .find(|at| !matches!(bytes.get(at + 1), Some(0 | 0xd0..=0xd7 | 0xff)))
        .filter(|at| at + 1 < bytes.len())
}
