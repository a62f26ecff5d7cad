//! The ZIP container of Word and OFD files: static entries are deflated once, a report adds its own.
//!
//! Written by hand because the two things that make it fast, entries deflated beforehand and a
//! compressor that is used again, are what archive libraries do not offer. Names are UTF-8, times
//! are the format's zero (1 January 1980), so equal reports are equal files.

use std::borrow::Cow;
use std::io::{Error, ErrorKind, Result};
use std::sync::{Mutex, PoisonError};

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// Signatures of the format (PKWARE APPNOTE, 4.3).
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
/// Version 2.0; names in UTF-8; method; 00:00 on 1 January 1980.
const COMMON: [u8; 10] = [20, 0, 0x00, 0x08, STORED, 0, 0, 0, 0x21, 0];
const STORED: u8 = 0;
const DEFLATED: u8 = 8;

/// A compressor is 300 KB of tables: one that is done serves the next report.
static SPARE: Mutex<Vec<Compress>> = Mutex::new(Vec::new());

/// One entry, ready to be copied into an archive.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    name: Cow<'static, str>,
    crc: u32,
    size: u32,
    method: u8,
    data: Vec<u8>,
}

impl Entry {
    /// Deflates parts that serve every report: at the usual level.
    pub fn packed(parts: &[(&'static str, String)]) -> Result<Vec<Entry>> {
        let mut compress = Compress::new(Compression::default(), false);
        let entry = |(name, content): &(&'static str, String)| {
            let data = deflate(&mut compress, content.as_bytes())?;
            compress.reset();
            Ok(Entry { method: DEFLATED, data, ..Entry::stored(*name, content.as_bytes())? })
        };
        parts.iter().map(entry).collect()
    }

    /// Deflates a part of one report: fast, for two kilobytes more than the usual level.
    pub fn deflated(name: impl Into<Cow<'static, str>>, content: &[u8]) -> Result<Entry> {
        let spare = SPARE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut compress = spare.unwrap_or_else(|| Compress::new(Compression::fast(), false));
        let data = deflate(&mut compress, content)?;
        compress.reset();
        SPARE.lock().unwrap_or_else(PoisonError::into_inner).push(compress);
        Ok(Entry { method: DEFLATED, data, ..Entry::stored(name, content)? })
    }

    /// Takes a part that is too small to deflate.
    pub fn stored(name: impl Into<Cow<'static, str>>, content: &[u8]) -> Result<Entry> {
        let mut crc = Crc::new();
        crc.update(content);
        let size = u32::try_from(content.len()).map_err(|_| Error::from(ErrorKind::FileTooLarge))?;
        Ok(Entry { name: name.into(), crc: crc.sum(), size, method: STORED, data: content.to_vec() })
    }

    /// What local and central headers share.
    fn header(&self) -> [u8; 26] {
        let mut header = [0; 26];
        header[..10].copy_from_slice(&COMMON);
        header[4] = self.method;
        header[10..14].copy_from_slice(&self.crc.to_le_bytes());
        header[14..18].copy_from_slice(&(self.data.len() as u32).to_le_bytes());
        header[18..22].copy_from_slice(&self.size.to_le_bytes());
        header[22..24].copy_from_slice(&(self.name.len() as u16).to_le_bytes());
        header
    }
}

fn deflate(compress: &mut Compress, content: &[u8]) -> Result<Vec<u8>> {
    // The fastest level keeps to the fixed code, whose longest literal is nine bits (RFC 1951, 3.2.6).
    let mut data = Vec::with_capacity(content.len() + content.len() / 8 + 64);
    let status = compress.compress_vec(content, &mut data, FlushCompress::Finish).map_err(Error::other)?;
    if status != Status::StreamEnd {
        return Err(Error::from(ErrorKind::WriteZero));
    }
    Ok(data)
}

/// The archive of entries, in their order.
pub(super) fn archive<'e>(entries: impl Iterator<Item = &'e Entry> + Clone) -> Result<Vec<u8>> {
    let size: usize = entries.clone().map(|entry| entry.data.len() + 2 * entry.name.len() + 80).sum();
    let mut out = Vec::with_capacity(size + 32);
    let mut directory = Vec::with_capacity(1024);
    let mut count = 0u16;
    for entry in entries {
        let offset = u32::try_from(out.len()).map_err(|_| Error::from(ErrorKind::FileTooLarge))?;
        let header = entry.header();
        out.extend_from_slice(&LOCAL);
        out.extend_from_slice(&header);
        out.extend_from_slice(entry.name.as_bytes());
        out.extend_from_slice(&entry.data);
        directory.extend_from_slice(&CENTRAL);
        directory.extend_from_slice(&[20, 0]);
        directory.extend_from_slice(&header);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(entry.name.as_bytes());
        count = count.checked_add(1).ok_or(ErrorKind::FileTooLarge)?;
    }
    let start = u32::try_from(out.len()).map_err(|_| Error::from(ErrorKind::FileTooLarge))?;
    out.extend_from_slice(&directory);
    out.extend_from_slice(&END);
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&(directory.len() as u32).to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_library_reads_back_every_entry() {
        let long = "政协工作".repeat(10_000);
        let entries = [
            Entry::stored("[Content_Types].xml", b"<a/>").unwrap(),
            Entry::deflated("word/空.xml", b"").unwrap(),
            Entry::deflated("word/document.xml", long.as_bytes()).unwrap(),
        ];
        let file = archive(entries.iter()).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
        for (name, want) in
            [("[Content_Types].xml", "<a/>"), ("word/空.xml", ""), ("word/document.xml", &long)]
        {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, want);
        }
    }

    #[test]
    fn what_does_not_compress_fits_too() {
        let mut state = 1u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        let noise: Vec<u8> = (0..100_000).map(|_| next()).collect();
        let entry = Entry::deflated("a", &noise).unwrap();
        assert!(entry.data.len() > noise.len());
    }
}
