//! The ZIP file itself, written from front to back from files that are compressed already.
//!
//! Only what an archive needs: deflated plain files with ASCII names, their true lengths in front of them, ZIP64 where
//! something is too large for the old fields, nothing that depends on when or where it is made. The `zip` crate reads
//! archives in `check`; it can copy compressed files only from another ZIP file, and marks small ones as ZIP64 then.

use std::io::{self, Read, Write};

use super::deflate::Entry;

/// What stands in an old field whose number is in a ZIP64 field; numbers from here on need one.
const LARGE: u64 = 0xffff_ffff;
/// From here on the number of files is.
const MANY: u64 = 0xffff;
/// Deflate needs version 2.0, ZIP64 4.5.
const PLAIN: u16 = 20;
const ZIP64: u16 = 45;
/// Made on Unix, so that the mode counts: a plain file, `rw-r--r--`.
const UNIX: u16 = 3 << 8;
const MODE: u32 = 0o100_644 << 16;

/// The moment of every file inside, as ZIP writes it: two seconds are the finest it knows.
#[derive(Clone, Copy)]
pub struct Moment {
    date: u16,
    time: u16,
}

impl Moment {
    /// A time point in UTC, as near as ZIP can say it: from 1980 to 2107.
    pub fn of(timestamp: jiff::Timestamp) -> Moment {
        let at = jiff::tz::TimeZone::UTC.to_datetime(timestamp);
        let part = |n: i8| u16::try_from(n).unwrap_or_default();
        match at.year() {
            ..1980 => Moment { date: 1 << 5 | 1, time: 0 },
            2108.. => Moment { date: 127 << 9 | 12 << 5 | 31, time: 23 << 11 | 59 << 5 | 29 },
            year => Moment {
                date: u16::try_from(year - 1980).unwrap_or_default() << 9 | part(at.month()) << 5 | part(at.day()),
                time: part(at.hour()) << 11 | part(at.minute()) << 5 | (part(at.second()) / 2),
            },
        }
    }
}

/// A ZIP file that is being written.
pub struct ZipFile<W> {
    out: W,
    at: u64,
    moment: Moment,
    /// From here on a length or place is written in ZIP64 fields.
    large: u64,
    files: u64,
}

impl<W: Write> ZipFile<W> {
    /// Begins a ZIP file.
    pub fn new(out: W, moment: Moment) -> Self {
        ZipFile::with_limit(out, moment, LARGE)
    }

    /// The same with ZIP64 fields from another size on, which is as valid: tests need no 4 GiB.
    pub fn with_limit(out: W, moment: Moment, large: u64) -> Self {
        ZipFile { out, at: 0, moment, large, files: 0 }
    }

    /// Adds a file; `packed` gives as many compressed bytes as the entry says.
    pub fn add(&mut self, entry: &Entry, packed: &mut dyn Read) -> io::Result<()> {
        let head = self.head(entry)?;
        self.out.write_all(&head)?;
        let copied = io::copy(&mut packed.take(entry.packed), &mut self.out)?;
        if copied != entry.packed {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at += head.len() as u64 + entry.packed;
        self.files += 1;
        Ok(())
    }

    /// What stands before a file.
    fn head(&self, entry: &Entry) -> io::Result<Vec<u8>> {
        let large = self.is_large(entry);
        let mut head = Bytes::default();
        head.u32(0x0403_4b50);
        self.common(&mut head, entry, large, large, name_length(entry)?);
        let extra = sizes(entry, large, None);
        head.u16(extra.len() as u16);
        head.0.extend_from_slice(entry.path.as_bytes());
        head.0.extend_from_slice(&extra);
        Ok(head.0)
    }

    fn is_large(&self, entry: &Entry) -> bool {
        entry.bytes >= self.large || entry.packed >= self.large
    }

    /// Ends the ZIP file with the list of its files: those that were added, once more and in the same order.
    pub fn finish(mut self, entries: &mut dyn Iterator<Item = &Entry>) -> io::Result<W> {
        let (start, mut length, mut at) = (self.at, 0, 0);
        for entry in entries {
            let line = self.line(entry, at)?;
            self.out.write_all(&line)?;
            length += line.len() as u64;
            at += self.head(entry)?.len() as u64 + entry.packed;
        }
        if at != start {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut end = Bytes::default();
        if self.files >= MANY || start >= self.large || length >= self.large {
            end.u32(0x0606_4b50);
            end.u64(44);
            end.u16(UNIX | ZIP64);
            end.u16(ZIP64);
            end.u32(0);
            end.u32(0);
            end.u64(self.files);
            end.u64(self.files);
            end.u64(length);
            end.u64(start);
            end.u32(0x0706_4b50);
            end.u32(0);
            end.u64(start + length);
            end.u32(1);
        }
        end.u32(0x0605_4b50);
        end.u32(0);
        end.u16(self.files.min(MANY) as u16);
        end.u16(self.files.min(MANY) as u16);
        end.u32(if length >= self.large { LARGE } else { length } as u32);
        end.u32(if start >= self.large { LARGE } else { start } as u32);
        end.u16(0);
        self.out.write_all(&end.0)?;
        Ok(self.out)
    }

    /// What stands before a file and in the list alike.
    fn common(&self, to: &mut Bytes, entry: &Entry, zip64: bool, large: bool, name_length: u16) {
        to.u16(if zip64 { ZIP64 } else { PLAIN });
        to.u16(0);
        to.u16(8);
        to.u16(self.moment.time);
        to.u16(self.moment.date);
        to.u32(entry.crc);
        to.u32(if large { LARGE } else { entry.packed } as u32);
        to.u32(if large { LARGE } else { entry.bytes } as u32);
        to.u16(name_length);
    }

    /// The line of a file that begins at `at`, in the list of files.
    fn line(&self, entry: &Entry, at: u64) -> io::Result<Vec<u8>> {
        let mut line = Bytes::default();
        let (large, far) = (self.is_large(entry), at >= self.large);
        let extra = sizes(entry, large, far.then_some(at));
        line.u32(0x0201_4b50);
        line.u16(UNIX | ZIP64);
        self.common(&mut line, entry, large || far, large, name_length(entry)?);
        line.u16(extra.len() as u16);
        line.u16(0);
        line.u16(0);
        line.u16(0);
        line.u32(MODE);
        line.u32(if far { LARGE } else { at } as u32);
        line.0.extend_from_slice(entry.path.as_bytes());
        line.0.extend_from_slice(&extra);
        Ok(line.0)
    }
}

fn name_length(entry: &Entry) -> io::Result<u16> {
    u16::try_from(entry.path.len()).map_err(|_| io::ErrorKind::InvalidInput.into())
}

/// The ZIP64 field, with what is too large for the old ones.
fn sizes(entry: &Entry, large: bool, at: Option<u64>) -> Vec<u8> {
    let mut content = Bytes::default();
    if large {
        content.u64(entry.bytes);
        content.u64(entry.packed);
    }
    if let Some(at) = at {
        content.u64(at);
    }
    let mut field = Bytes::default();
    if !content.0.is_empty() {
        field.u16(1);
        field.u16(content.0.len() as u16);
        field.0.extend_from_slice(&content.0);
    }
    field.0
}

/// Little-endian bytes.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn u16(&mut self, n: u16) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    fn u32(&mut self, n: u32) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    fn u64(&mut self, n: u64) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }
}
