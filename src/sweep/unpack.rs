//! What is inside packed files: gzip, and ZIP, which office documents are too. Other packings are named, not passed over.

use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{BufReader, Read, Result, Seek as _, SeekFrom};
use zip::ZipArchive;

/// What is given to whoever reads: what it is called inside (empty: the file itself), and its bytes.
pub type Part<'p> = &'p mut dyn FnMut(&str, &mut dyn Read) -> Result<()>;

/// How files of a kind begin that cannot be looked into, and what they are.
const CLOSED: [(&[u8], &str); 5] = [
    (b"\x28\xB5\x2F\xFD", "compressed with zstd"),
    (b"\xFD7zXZ\0", "compressed with xz"),
    (b"BZh", "compressed with bzip2"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
];

/// Gives `part` the file and what is packed in it; says why some of it could not be looked into.
pub fn each(mut file: File, part: Part<'_>) -> Result<Option<String>> {
    let mut head = [0; 6];
    let length = (&mut file).take(6).read(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    let head = &head[..length];
    part("", &mut file)?;
    file.seek(SeekFrom::Start(0))?;
    if head.starts_with(b"\x1F\x8B") {
        return match part("unpacked", &mut MultiGzDecoder::new(BufReader::new(file))) {
            Err(e) if e.kind() != std::io::ErrorKind::Other => Ok(Some("damaged gzip".to_owned())),
            outcome => outcome.map(|()| None),
        };
    }
    if head.starts_with(b"PK\x03\x04") {
        return zip(file, part);
    }
    Ok(CLOSED.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| (*what).to_owned()))
}

/// No byte of a ZIP archive can stand for more, unless files share it.
const WIDEST: u64 = 1100;

fn zip(file: File, part: Part<'_>) -> Result<Option<String>> {
    let length = file.metadata()?.len();
    let Ok(mut zip) = ZipArchive::new(BufReader::new(file)) else {
        return Ok(Some("a damaged ZIP archive".to_owned()));
    };
    let (mut closed, mut room) = (None, length.saturating_mul(WIDEST));
    for n in 0..zip.len() {
        match zip.by_index(n) {
            Ok(entry) => {
                let name = entry.name().map(|name| name.into_owned()).unwrap_or_default();
                let mut bounded = entry.take(room);
                if part(&name, &mut bounded).is_err() {
                    closed = Some("a damaged ZIP archive".to_owned());
                }
                room = bounded.limit();
                if room == 0 {
                    return Ok(Some(
                        "a ZIP archive whose files lie over each other, made to unpack without end".to_owned(),
                    ));
                }
            }
            Err(_) => closed = Some("a ZIP archive with encrypted or damaged files".to_owned()),
        }
    }
    Ok(closed)
}
