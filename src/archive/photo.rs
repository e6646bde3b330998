//! Pictures among the files of records: a small one for the page, and one without what a camera noted.
//!
//! They come from anybody and are taken for hostile: what is damaged, larger than the limits or makes a decoder fail has no
//! small picture, and is never taken for clean. The file itself is not touched unless that is asked for. Built without the
//! feature `pictures` nothing is made small and nothing is clean.

#[cfg(feature = "pictures")]
mod clean;
#[cfg(feature = "pictures")]
mod small;

use serde::Serialize;

/// A small picture, for the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Small {
    /// The picture itself, as a URL that loads nothing.
    pub url: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// The picture in these bytes, small; `None` where they are none, or none that may be opened.
pub fn small(bytes: &[u8], ending: &str) -> Option<Small> {
    #[cfg(feature = "pictures")]
    return guarded(|| small::small(bytes, ending));
    #[cfg(not(feature = "pictures"))]
    {
        let _ = (bytes, ending);
        None
    }
}

/// The same picture without what was noted beside it (Exif, XMP, IPTC, comments, places, pictures inside it, bytes after
/// its end), but for which side is up; its pixels are not touched. `None` where that cannot be promised.
pub fn clean(bytes: &[u8], ending: &str) -> Option<Vec<u8>> {
    #[cfg(feature = "pictures")]
    return guarded(|| clean::clean(bytes, ending));
    #[cfg(not(feature = "pictures"))]
    {
        let _ = (bytes, ending);
        None
    }
}

/// A decoder that fails on what somebody made to break it costs the small picture, not the archive.
#[cfg(feature = "pictures")]
fn guarded<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).ok().flatten()
}
