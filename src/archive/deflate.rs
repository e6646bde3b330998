//! One file of the archive, compressed as it passes: its digest, its checksum and its lengths are counted on the way.

use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};

use crate::record::Digest;

/// Measured: a third smaller than at level 1 for a tenth more time; level 6 is hardly smaller and takes half as much
/// again.
const LEVEL: u32 = 2;
/// How much compressed output is gathered before it is written.
const OUTPUT: usize = 64 << 10;

/// A file inside the archive: what the manifest and the ZIP file say of it.
///
/// There may be very many: it is kept small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path.
    pub path: Box<str>,
    /// Its SHA-256.
    pub sha256: Digest,
    /// Its length.
    pub bytes: u64,
    /// Its CRC-32.
    pub crc: u32,
    /// Its compressed length.
    pub packed: u64,
}

/// Compresses files one after another.
pub struct Deflater {
    compress: Compress,
    /// For what is compressed already: to look for repetitions in it costs most of the time and gains nothing.
    pass: Compress,
    is_packed: bool,
    output: Vec<u8>,
    hash: Sha256,
    crc: Crc,
    packed: u64,
}

impl Deflater {
    /// A compressor.
    pub fn new() -> Self {
        Deflater {
            compress: Compress::new(Compression::new(LEVEL), false),
            pass: Compress::new(Compression::none(), false),
            is_packed: false,
            output: Vec::with_capacity(OUTPUT),
            hash: Sha256::new(),
            crc: Crc::new(),
            packed: 0,
        }
    }

    /// Begins a file; whether its bytes are compressed already.
    pub fn begin(&mut self, is_packed: bool) {
        self.is_packed = is_packed;
    }

    /// Adds to the current file.
    pub fn add(&mut self, bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
        self.hash.update(bytes);
        self.crc.update(bytes);
        self.run(bytes, FlushCompress::None, out)
    }

    /// Ends the current file, and is ready for the next.
    pub fn end(&mut self, path: String, out: &mut dyn Write) -> io::Result<Entry> {
        self.run(&[], FlushCompress::Finish, out)?;
        let compress = if self.is_packed { &mut self.pass } else { &mut self.compress };
        let entry = Entry {
            path: path.into(),
            sha256: Digest(self.hash.finalize_reset().into()),
            bytes: compress.total_in(),
            crc: self.crc.sum(),
            packed: std::mem::take(&mut self.packed),
        };
        compress.reset();
        self.is_packed = false;
        self.crc.reset();
        Ok(entry)
    }

    fn run(&mut self, mut input: &[u8], flush: FlushCompress, out: &mut dyn Write) -> io::Result<()> {
        let compress = if self.is_packed { &mut self.pass } else { &mut self.compress };
        loop {
            self.output.clear();
            let before = compress.total_in();
            let status = compress.compress_vec(input, &mut self.output, flush).map_err(io::Error::other)?;
            let taken = usize::try_from(compress.total_in() - before).unwrap_or(input.len());
            input = &input[taken..];
            out.write_all(&self.output)?;
            self.packed += self.output.len() as u64;
            let full = self.output.len() == self.output.capacity();
            match flush {
                FlushCompress::Finish if status == Status::StreamEnd => return Ok(()),
                FlushCompress::None if input.is_empty() && !full => return Ok(()),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_went_in_comes_out() {
        let mut deflater = Deflater::new();
        let noise: Vec<u8> = (0..9000u64).flat_map(|i| crate::record::Digest::of(&i.to_be_bytes()).0).collect();
        let contents = [b"".as_slice(), b"a", &[7; 300_000], &noise];
        for (content, is_packed) in contents.into_iter().flat_map(|content| [(content, false), (content, true)]) {
            let mut packed = Vec::new();
            deflater.begin(is_packed);
            for chunk in content.chunks(70_000) {
                deflater.add(chunk, &mut packed).unwrap();
            }
            let entry = deflater.end("p".into(), &mut packed).unwrap();
            let mut back = Vec::new();
            flate2::read::DeflateDecoder::new(packed.as_slice()).read_to_end(&mut back).unwrap();
            assert!(back == content);
            assert_eq!((entry.bytes, entry.packed), (content.len() as u64, packed.len() as u64));
            assert_eq!(entry.sha256, Digest::of(content));
        }
    }
}
