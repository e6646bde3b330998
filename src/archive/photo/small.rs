//! A small picture: decoded within limits, turned upright, on white, as JPEG in a `data:` URL.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use std::io::Cursor;

use super::Small;

/// The longest side, in pixels.
const SIDE: u32 = 240;
/// The most pixels a picture may have to be opened: a decoder needs some ten bytes for each.
const PIXELS: u64 = 24_000_000;
/// The most memory a decoder is allowed.
const MEMORY: u64 = 192 << 20;
/// Of 100: enough to recognise what is on it.
const QUALITY: u8 = 75;

/// See [`super::small`].
pub fn small(bytes: &[u8], ending: &str) -> Option<Small> {
    let format = match ending {
        "png" => ImageFormat::Png,
        "jpg" => ImageFormat::Jpeg,
        "gif" => ImageFormat::Gif,
        "webp" => ImageFormat::WebP,
        _ => return None,
    };
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS || decoder.total_bytes() > MEMORY {
        return None;
    }
    let side_up = decoder.orientation().ok();
    let picture = DynamicImage::from_decoder(decoder).ok()?;
    let mut picture = if width > SIDE || height > SIDE { picture.thumbnail(SIDE, SIDE) } else { picture };
    if let Some(side_up) = side_up {
        picture.apply_orientation(side_up);
    }
    let picture = on_white(&picture);
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY).encode_image(&picture).ok()?;
    let url = format!("data:image/jpeg;base64,{}", BASE64.encode(out));
    Some(Small { url, width: picture.width(), height: picture.height() })
}

/// What is see-through becomes white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let mut out = RgbImage::new(picture.width(), picture.height());
    for (from, to) in picture.to_rgba8().pixels().zip(out.pixels_mut()) {
        let [red, green, blue, seen] = from.0;
        let mix = |colour: u8| {
            let mixed = (u16::from(colour) * u16::from(seen) + 255 * (255 - u16::from(seen))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        *to = Rgb([mix(red), mix(green), mix(blue)]);
    }
    out
}
