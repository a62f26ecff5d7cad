//! A font that was cut down for PDF, which looks glyphs up by number, made a font again that is looked up by
//! character: it gets its `cmap` and `OS/2` tables back (ISO/IEC 14496-22, 4.3 and 5.1).

use std::collections::BTreeMap;

type Tag = [u8; 4];

/// The font with tables that lead from characters to glyphs; none where it is no font.
pub(super) fn with_characters(
    font: &[u8],
    glyphs: &BTreeMap<char, u16>,
    metrics: Option<&[u8]>,
) -> Option<Vec<u8>> {
    let count = usize::from(u16::from_be_bytes(font.get(4..6)?.try_into().ok()?));
    let mut tables: BTreeMap<Tag, Vec<u8>> = BTreeMap::new();
    for record in font.get(12..12 + 16 * count)?.chunks_exact(16) {
        let number = |at: usize| Some(u32::from_be_bytes(record.get(at..at + 4)?.try_into().ok()?) as usize);
        let (from, length) = (number(8)?, number(12)?);
        tables.insert(record.get(..4)?.try_into().ok()?, font.get(from..from.checked_add(length)?)?.to_vec());
    }
    tables.insert(*b"cmap", cmap(glyphs));
    if let Some(metrics) = metrics {
        tables.insert(*b"OS/2", metrics.to_vec());
    }
    // The sum of the whole file is set when everything else stands (5.2, head).
    tables.get_mut(b"head")?.get_mut(8..12)?.fill(0);
    let mut file = written(font.get(..4)?, &tables);
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(sum(&file));
    let head = 12
        + 16 * tables.len()
        + tables.range(..*b"head").map(|(_, table)| table.len().next_multiple_of(4)).sum::<usize>();
    file.get_mut(head + 8..head + 12)?.copy_from_slice(&adjustment.to_be_bytes());
    Some(file)
}

/// The directory and the tables, in the order of their tags.
fn written(kind: &[u8], tables: &BTreeMap<Tag, Vec<u8>>) -> Vec<u8> {
    let count = tables.len() as u16;
    let range = 1 << count.ilog2();
    let mut file = kind.to_vec();
    for number in [count, range * 16, range.ilog2() as u16, (count - range) * 16] {
        file.extend(number.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (tag, table) in tables {
        file.extend(tag);
        for number in [sum(table), offset as u32, table.len() as u32] {
            file.extend(number.to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for table in tables.values() {
        file.extend(table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

/// The sum of a table as big-endian words.
fn sum(table: &[u8]) -> u32 {
    let word = |bytes: &[u8]| {
        let mut word = [0; 4];
        word[..bytes.len()].copy_from_slice(bytes);
        u32::from_be_bytes(word)
    };
    table.chunks(4).map(word).fold(0, u32::wrapping_add)
}

/// Characters in two forms: that of all readers, and the one that has room for all characters.
fn cmap(glyphs: &BTreeMap<char, u16>) -> Vec<u8> {
    let (short, long) = (segments(glyphs), groups(glyphs));
    let mut table = Vec::new();
    let subtables = [(3u16, 1u16, 20u32), (3, 10, 20 + short.len() as u32)];
    table.extend(0u16.to_be_bytes());
    table.extend((subtables.len() as u16).to_be_bytes());
    for (platform, encoding, offset) in subtables {
        table.extend(platform.to_be_bytes());
        table.extend(encoding.to_be_bytes());
        table.extend(offset.to_be_bytes());
    }
    table.extend(short);
    table.extend(long);
    table
}

/// Format 4 has at most so many segments; characters beyond them stand in format 12 alone.
const MOST: usize = 8_000;

/// Format 4: a segment for each character of the basic plane.
fn segments(glyphs: &BTreeMap<char, u16>) -> Vec<u8> {
    let basic = glyphs.iter().filter_map(|(c, glyph)| Some((u16::try_from(u32::from(*c)).ok()?, *glyph)));
    let mut codes: Vec<(u16, u16)> = basic.filter(|(code, _)| *code < u16::MAX).take(MOST).collect();
    // The last segment has to be the last code, without a glyph.
    codes.push((u16::MAX, 0));
    let count = codes.len() as u16;
    let range = 1u16 << count.ilog2();
    let length = 16 + 8 * count;
    let mut numbers = vec![4, length, 0, count * 2, range * 2, range.ilog2() as u16, (count - range) * 2];
    numbers.extend(codes.iter().map(|(code, _)| *code));
    numbers.push(0);
    numbers.extend(codes.iter().map(|(code, _)| *code));
    numbers.extend(codes.iter().map(|(code, glyph)| glyph.wrapping_sub(*code)));
    numbers.extend(codes.iter().map(|_| 0));
    numbers.into_iter().flat_map(u16::to_be_bytes).collect()
}

/// Format 12: a group for each character.
fn groups(glyphs: &BTreeMap<char, u16>) -> Vec<u8> {
    let count = glyphs.len() as u32;
    let mut table: Vec<u8> = [12u16, 0].into_iter().flat_map(u16::to_be_bytes).collect();
    let head = [16 + 12 * count, 0, count];
    let groups = glyphs.iter().flat_map(|(c, glyph)| [u32::from(*c), u32::from(*c), u32::from(*glyph)]);
    table.extend(head.into_iter().chain(groups).flat_map(u32::to_be_bytes));
    table
}

#[cfg(test)]
mod tests {
    use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};

    use super::*;

    #[test]
    fn characters_lead_to_their_glyphs_and_the_sums_are_right() {
        let tables = BTreeMap::from([(*b"head", vec![7; 54]), (*b"maxp", vec![0, 0, 0x50, 0, 0, 9])]);
        let font = written(b"OTTO", &tables);
        let glyphs = BTreeMap::from([('7', 4), ('国', 1), ('\u{FFFF}', 2), ('𠮷', 3)]);
        let file = with_characters(&font, &glyphs, Some(&[5; 96])).expect("a font");
        let read = FontRef::new(&file).expect("a font");
        for (c, glyph) in glyphs {
            assert_eq!(read.charmap().map(c), Some(GlyphId::new(glyph.into())), "{c}");
        }
        assert_eq!(read.charmap().map('甲'), None);
        assert_eq!(read.table_data(Tag::new(b"OS/2")).expect("a table").as_bytes(), [5; 96]);
        assert_eq!(sum(&file), 0xB1B0_AFBA);
        // The form that all readers know: every character of the basic plane, and the last code.
        let short = segments(&BTreeMap::from([('7', 4), ('𠮷', 3)]));
        assert_eq!(short.len(), 16 + 8 * 2);
        assert_eq!(short[14..18], [0, 0x37, 0xFF, 0xFF]);
    }

    #[test]
    fn what_is_no_font_is_refused() {
        for broken in [&b""[..], b"OTTO", b"OTTO\0\x01\0\0\0\0\0\0head\0\0\0\0\0\0\0\x1C\xFF\xFF\xFF\xFF"] {
            assert_eq!(with_characters(broken, &BTreeMap::new(), None), None);
        }
    }
}
