//! The records of a BIFF8 stream: what `.xls` files are made of. Every read is checked, so that no file can
//! make it reach beyond its end.

/// A record with the records that continue it.
#[derive(Debug, Clone)]
pub(super) struct Record<'s> {
    /// What it is.
    pub kind: u16,
    /// Its bytes, then those of its continuations.
    pub parts: Vec<&'s [u8]>,
}

/// What continues the record before it.
const CONTINUE: u16 = 0x003C;

impl<'s> Record<'s> {
    /// The bytes of the record itself.
    pub fn data(&self) -> &'s [u8] {
        self.parts.first().copied().unwrap_or_default()
    }

    /// How many bytes it has with what continues it.
    pub fn length(&self) -> usize {
        self.parts.iter().map(|part| part.len() + 4).sum()
    }
}

/// The records of a stream from a place on.
pub(super) fn records(stream: &[u8], from: usize) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream.get(from..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, data, behind) = take(rest)?;
        rest = behind;
        let mut record = Record { kind, parts: vec![data] };
        while let Some((CONTINUE, data, behind)) = take(rest) {
            record.parts.push(data);
            rest = behind;
        }
        Some(record)
    })
}

fn take(stream: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let kind = u16_at(stream, 0)?;
    let end = 4 + usize::from(u16_at(stream, 2)?);
    Some((kind, stream.get(4..end)?, &stream[end..]))
}

/// Two bytes as a number.
pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

/// Four bytes as a number.
pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

/// Reads strings that may run over several parts of a record.
pub(super) struct Strings<'r, 's> {
    parts: &'r [&'s [u8]],
    part: usize,
    at: usize,
}

impl<'r, 's> Strings<'r, 's> {
    /// From a byte of the first part on.
    pub fn new(parts: &'r [&'s [u8]], at: usize) -> Strings<'r, 's> {
        Strings { parts, part: 0, at }
    }

    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.part += 1;
            self.at = 0;
        }
        let byte = self.parts[self.part][self.at];
        self.at += 1;
        Some(byte)
    }

    fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, count: u32) -> Option<()> {
        (0..count).try_for_each(|_| self.byte().map(drop))
    }

    /// A string with its length before it, in one byte or in two.
    pub fn next(&mut self, short: bool) -> Option<String> {
        let length = if short { u16::from(self.byte()?) } else { self.word()? };
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { u32::from(self.word()?) } else { 0 };
        let extra = if flags & 4 != 0 { self.double()? } else { 0 };
        let text = self.characters(length, flags & 1 != 0)?;
        // What is formatted inside a text, and how it is read aloud, is passed over.
        self.skip(runs.checked_mul(4)?.checked_add(extra)?)?;
        Some(text)
    }

    fn double(&mut self) -> Option<u32> {
        Some(u32::from(self.word()?) | u32::from(self.word()?) << 16)
    }

    /// Characters; where they go on in the next part, that part says anew how wide they are.
    fn characters(&mut self, length: u16, mut wide: bool) -> Option<String> {
        let mut units = Vec::new();
        for _ in 0..length {
            if self.at >= self.parts.get(self.part)?.len() {
                self.part += 1;
                self.at = 0;
                wide = self.byte()? & 1 != 0;
            }
            units.push(if wide { self.word()? } else { u16::from(self.byte()?) });
        }
        Some(String::from_utf16_lossy(&units))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn strings_go_on_in_the_next_part() {
        // Three characters: the first two narrow, the last wide in the part that continues.
        let parts: [&[u8]; 2] = [&[3, 0, 0, b'a', b'b'], &[1, 0x32, 0x75]];
        assert_eq!(Strings::new(&parts, 0).next(false).as_deref(), Some("ab甲"));
        // Rich runs and readings stand around the words.
        let parts: [&[u8]; 1] = [&[1, 0, 0x0D, 1, 0, 2, 0, 0, 0, 0x32, 0x75, 9, 9, 9, 9, 8, 8, 1, 0, b'x']];
        let mut strings = Strings::new(&parts, 0);
        assert_eq!(strings.next(false).as_deref(), Some("甲"));
        assert_eq!(strings.next(true).as_deref(), Some("x"));
        assert_eq!(strings.next(true), None);
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes: Vec<u8>, from in 0usize..40) {
            for record in records(&bytes, from) {
                let mut strings = Strings::new(&record.parts, 0);
                while strings.next(false).is_some() {}
            }
        }
    }
}
