//! Pictures: small ones on the page, clean ones on request, and nothing that a hostile one can do.

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, RgbImage};
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF as _};
use proptest::prelude::*;
use std::io::Cursor;

use super::firm::*;
use super::programs::others::every_program_accepts;
use crate::archive::photo::{clean, small};
use crate::archive::{Cover, Signer as _, Written, write};
use crate::map::Role;
use crate::record::Value;

/// What must not be left of a picture: it stands in every kind of note.
const NOTE: &[u8] = b"GPS 1.2903 N 103.8519 E, Bo Tan";

fn holds_note(bytes: &[u8]) -> bool {
    bytes.windows(NOTE.len()).any(|w| w == NOTE)
}

/// A picture with something to see.
fn encoded(format: ImageFormat) -> Vec<u8> {
    let colour = |x: u32, y: u32| image::Rgb([(x * 3) as u8, (y * 5) as u8, (x * y) as u8]);
    let picture = DynamicImage::ImageRgb8(RgbImage::from_fn(60, 40, colour));
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// Exif that says the picture lies on its side, and the note.
fn exif() -> Vec<u8> {
    let head = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    [head.as_slice(), NOTE].concat()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = (content.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker], length.as_slice(), content].concat()
}

/// A JPEG as a telephone writes it: notes before and between, a second picture with notes of its own after the end.
fn jpeg() -> Vec<u8> {
    let plain = encoded(ImageFormat::Jpeg);
    let noted = |parts: &[Vec<u8>]| [&plain[..2], &parts.concat(), &plain[2..]].concat();
    let parts = [
        segment(0xe1, &[b"Exif\0\0", exif().as_slice()].concat()),
        segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", NOTE].concat()),
        segment(0xe0, &[b"JFXX\0\x10", NOTE].concat()),
        segment(0xed, &[b"Photoshop 3.0\0", NOTE].concat()),
        segment(0xfe, NOTE),
    ];
    [noted(&parts), noted(&parts)].concat()
}

fn png() -> Vec<u8> {
    let mut png = img_parts::png::Png::from_bytes(encoded(ImageFormat::Png).into()).unwrap();
    png.set_exif(Some(exif().into()));
    for kind in [*b"tEXt", *b"iTXt", *b"zTXt", *b"prVt"] {
        let chunk = img_parts::png::PngChunk::new(kind, Bytes::from_static(NOTE));
        png.chunks_mut().insert(1, chunk);
    }
    [&png.encoder().bytes(), NOTE].concat()
}

fn webp() -> Vec<u8> {
    let mut webp = WebP::from_bytes(encoded(ImageFormat::WebP).into()).unwrap();
    webp.set_exif(Some(exif().into()));
    let note = img_parts::riff::RiffContent::Data(Bytes::from_static(NOTE));
    webp.chunks_mut().push(img_parts::riff::RiffChunk::new(*b"XMP ", note));
    webp.encoder().bytes().to_vec()
}

fn pictures() -> [(&'static str, ImageFormat, Vec<u8>); 3] {
    [("jpg", ImageFormat::Jpeg, jpeg()), ("png", ImageFormat::Png, png()), ("webp", ImageFormat::WebP, webp())]
}

/// What is to be seen, and which side is up.
fn seen(bytes: &[u8], format: ImageFormat) -> (Vec<u8>, Orientation) {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().unwrap();
    let side = decoder.orientation().unwrap();
    (DynamicImage::from_decoder(decoder).unwrap().to_rgba8().into_raw(), side)
}

#[test]
fn a_clean_picture_shows_the_same_and_says_nothing_else() {
    for (ending, format, noted) in pictures() {
        assert!(holds_note(&noted), "{ending}");
        let cleaned = clean(&noted, ending).unwrap_or_else(|| panic!("{ending}"));
        assert!(!holds_note(&cleaned), "{ending}");
        assert!(seen(&noted, format) == seen(&cleaned, format), "{ending}: pixels, and which side is up");
        assert_eq!(seen(&cleaned, format).1, Orientation::Rotate90, "{ending}");
        assert!(clean(&cleaned, ending).as_deref() == Some(cleaned.as_slice()), "{ending}: clean is clean");
        let plain = encoded(format);
        let (before, after) = (seen(&plain, format), seen(&clean(&plain, ending).unwrap(), format));
        assert!(before == after && after.1 == Orientation::NoTransforms, "{ending}");
    }
}

#[test]
fn a_note_under_a_marker_that_means_nothing_is_left_out() {
    for marker in [0x02, 0x10, 0xbf, 0xc8, 0xf0, 0xfd] {
        let plain = encoded(ImageFormat::Jpeg);
        let noted = [&plain[..2], &segment(marker, NOTE), &plain[2..]].concat();
        assert!(clean(&noted, "jpg").is_none_or(|cleaned| !holds_note(&cleaned)), "{marker:02x}");
    }
}

#[test]
fn what_cannot_be_promised_is_not_clean() {
    for (ending, _, noted) in pictures() {
        assert_eq!(clean(&noted[..noted.len() / 4], ending), None, "{ending}");
        assert_eq!(clean(b"", ending), None);
        assert_eq!(clean(&[0; 90], ending), None);
    }
    for ending in ["gif", "pdf", "tiff", "mp4", "bin"] {
        assert_eq!(clean(&encoded(ImageFormat::Gif), ending), None, "{ending}");
    }
}

#[test]
fn small_pictures_are_upright_and_small() {
    for (ending, _, noted) in pictures() {
        let small = small(&noted, ending).unwrap();
        assert_eq!((small.width, small.height), (40, 60), "{ending}: it lay on its side");
        assert!(small.url.starts_with("data:image/jpeg;base64,") && small.url.len() < 20_000);
    }
    let wide = DynamicImage::ImageRgb8(RgbImage::new(2000, 100));
    let mut out = Cursor::new(Vec::new());
    wide.write_to(&mut out, ImageFormat::Png).unwrap();
    let small = small(&out.into_inner(), "png").unwrap();
    assert_eq!((small.width, small.height), (240, 12));
}

/// Pictures that claim to be huge are not opened; what they hold besides is small.
#[test]
fn a_bomb_is_not_opened() {
    let mut png = img_parts::png::Png::from_bytes(encoded(ImageFormat::Png).into()).unwrap();
    let mut head = png.chunks()[0].contents().to_vec();
    head[..8].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    png.chunks_mut()[0] = img_parts::png::PngChunk::new(*b"IHDR", head.into());
    assert_eq!(small(&png.encoder().bytes(), "png"), None);
    let mut jpeg = encoded(ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert_eq!(small(&jpeg, "jpg"), None);
    let mut gif = encoded(ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert_eq!(small(&gif, "gif"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_pictures_do_no_harm(which in 0..3usize, cut in 0.0..1.0f64, at in 0.0..1.0f64, byte in any::<u8>()) {
        let (ending, _, mut bytes) = pictures().into_iter().nth(which).unwrap();
        let at = (bytes.len() as f64 * at) as usize;
        bytes[at] ^= byte;
        bytes.truncate((bytes.len() as f64 * (0.3 + cut)) as usize);
        let _ = small(&bytes, ending);
        // Whatever was damaged: where it is called clean, it is. A changed note is no longer the note.
        if let Some(cleaned) = clean(&bytes, ending) {
            prop_assert!(!holds_note(&cleaned));
        }
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300), jpeg in any::<bool>()) {
        let bytes = if jpeg { [b"\xff\xd8".as_slice(), &bytes].concat() } else { bytes };
        for ending in ["jpg", "png", "gif", "webp"] {
            let _ = (small(&bytes, ending), clean(&bytes, ending));
        }
    }
}

/// An archive of her account with this picture.
fn archive_with(picture: Vec<u8>, clean: bool) -> (tempfile::TempDir, std::path::PathBuf, Written, TestSigner) {
    let (dir, map, signer) = (tempfile::tempdir().unwrap(), map(), TestSigner::new());
    let out = dir.path().join("a.zip");
    let names = names(&["id", "name", "email", "photo"]);
    let values = vec![Value::Int(7), text("Ana"), text("ana@example.com"), Value::Bytes(picture)];
    let mut rows = Memory::default();
    rows.add("shop", "accounts", vec![held(&names, values, Role::Owner, &[])]);
    let written = write(&Cover { clean, ..cover(&map) }, &rows, &signer, &out).unwrap();
    (dir, out, written, signer)
}

fn bytes_of(archive: &std::path::Path, ending: &str) -> Vec<u8> {
    let path = format!("data/shop/files/accounts/1.{ending}");
    unpack(archive).into_iter().find(|(name, _)| *name == path).unwrap().1
}

#[test]
fn the_page_shows_pictures_and_loads_none() {
    for (ending, _, noted) in pictures() {
        let (_dir, out, written, signer) = archive_with(noted.clone(), false);
        assert!(bytes_of(&out, ending) == noted, "the file is as it was");
        assert_eq!((written.cleaned, written.noted.len()), (0, 0));
        let page = file(&out, "START-HERE.html");
        assert!(page.contains("<img src=\"data:image/jpeg;base64,") && page.contains("img-src data:;"), "{ending}");
        assert_eq!(page.matches("src=").count(), 1);
        every_program_accepts(&out, &signer.public_key());
    }
    let (_dir, out, ..) = archive_with(png()[..200].to_vec(), false);
    let page = file(&out, "START-HERE.html");
    assert!(!page.contains("<img") && !page.contains("img-src"), "what is damaged is a link alone");
}

#[test]
fn on_request_notes_are_left_out_and_the_person_is_told() {
    let (_dir, out, written, _) = archive_with(jpeg(), true);
    assert_eq!((written.cleaned, written.noted.len()), (1, 0));
    assert!(!holds_note(&bytes_of(&out, "jpg")));
    assert!(file(&out, "START-HERE.html").contains("From 1 picture was left out what a camera"));
    let (_dir, out, written, _) = archive_with(encoded(ImageFormat::Gif), true);
    assert_eq!((written.cleaned, written.noted), (0, vec![("shop".to_owned(), "accounts".to_owned(), 1)]));
    assert!(!file(&out, "START-HERE.html").contains("was left out what a camera"));
}
