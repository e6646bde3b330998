//! Bytes that become files of their own: which do, and with what ending.

/// Bytes longer than this, or of a known kind, become a file; shorter ones (binary ids, hashes) stay in the record.
const INLINE: usize = 32;

/// The ending of the file these bytes become; `None` where they stay in the record.
pub fn extension(bytes: &[u8]) -> Option<&'static str> {
    kind(bytes).or((bytes.len() > INLINE).then_some("bin"))
}

/// The kind of file, by its first bytes.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(usize, &[u8], &str); 18] = [
        (0, b"\x89PNG", "png"),
        (0, b"\xff\xd8\xff", "jpg"),
        (0, b"GIF87a", "gif"),
        (0, b"GIF89a", "gif"),
        (8, b"WEBP", "webp"),
        (8, b"WAVE", "wav"),
        (0, b"%PDF-", "pdf"),
        (0, b"PK\x03\x04", "zip"),
        (0, b"\x1f\x8b\x08", "gz"),
        (0, b"ID3", "mp3"),
        (0, b"OggS", "ogg"),
        (0, b"fLaC", "flac"),
        (4, b"ftypM4A", "m4a"),
        (4, b"ftyp", "mp4"),
        (0, b"II*\0", "tiff"),
        (0, b"MM\0*", "tiff"),
        (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (0, b"{\\rtf", "rtf"),
    ];
    let fits = |(at, magic, _): &&(usize, &[u8], &str)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic));
    KINDS.iter().find(fits).map(|(_, _, ending)| *ending)
}

/// Whether a file of that name is compressed by its kind.
pub fn is_packed(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(ending, "png" | "jpg" | "gif" | "webp" | "zip" | "gz" | "mp3" | "ogg" | "flac" | "m4a" | "mp4")
}

/// The media type of a file with that ending.
pub fn media_type(ending: &str) -> &'static str {
    match ending {
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "tiff" => "image/tiff",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "rtf" => "application/rtf",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "flac" => "audio/flac",
        "wav" => "audio/wav",
        "m4a" => "audio/mp4",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_kinds_and_long_bytes_are_files() {
        assert_eq!(extension(b"\x89PNG"), Some("png"));
        assert_eq!(extension(b"RIFF\0\0\0\0WEBPVP8 "), Some("webp"));
        assert_eq!(extension(&[7; 33]), Some("bin"));
        assert_eq!(extension(&[7; 32]), None);
        assert_eq!(extension(b""), None);
    }
}
