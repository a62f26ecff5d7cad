//! `.csv` in UTF-8 or GB18030, parted by commas, tabs or semicolons.

use super::place::Address;
use super::{Book, Builder, Content, trouble};
use crate::diag::{Diagnostic, Level};
use crate::zh::encoding;

/// Lines that are looked at to find out what parts the columns.
const LOOKED_AT: usize = 20;
/// What may part the columns.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Reads a text as one sheet that bears the name of the file.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Book, Diagnostic> {
    let decoded = encoding::decode(bytes).filter(|(text, _)| !text.contains('\0'));
    let (text, encoding) = decoded.ok_or_else(|| trouble::not_a_workbook(name))?;
    let (text, separator) = parted(&text);
    // Of one kind of line end, so that lines can be counted.
    let text = format!("{}\n", text.replace("\r\n", "\n").trim_end_matches(['\r', '\n']));
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let sheet = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut builder = Builder::new(sheet.rsplit_once('.').map_or(sheet, |(stem, _)| stem), false);
    let mut record = ::csv::StringRecord::new();
    let (mut row, mut line) = (0, 1);
    while reader.read_record(&mut record).map_err(|_| trouble::broken(name))? {
        // Lines without anything are rows too, though the reader passes over them.
        let inside = record.iter().flat_map(str::chars).filter(|c| *c == '\n').count() as u64;
        let lines = reader.position().line().saturating_sub(line);
        row += 1 + u32::try_from(lines.saturating_sub(1 + inside)).unwrap_or(0);
        line = reader.position().line();
        for (column, words) in (0..).zip(record.iter()) {
            builder.add(Address { row, column }, Content::Text(words.into()), name)?;
        }
    }
    let hint = |encoding| {
        Diagnostic::new("not-utf8", Level::Hint, format!("“{name}”按{encoding}编码读取"))
            .hint("请核对汉字有没有乱码")
    };
    Ok(Book {
        name: name.to_owned(),
        sheets: vec![builder.finish()],
        notes: encoding.map(hint).into_iter().collect(),
    })
}

/// The text without a line `sep=;`, and what parts its columns: what that line says, else what is there most often.
fn parted(text: &str) -> (&str, u8) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some(separator) = rest.bytes().next().filter(|one| SEPARATORS.contains(one))
    {
        return (rest.split_once('\n').map_or("", |(_, rest)| rest), separator);
    }
    let count = |separator: u8| {
        let lines = text.lines().take(LOOKED_AT);
        lines.map(|line| line.bytes().filter(|byte| *byte == separator).count()).sum::<usize>()
    };
    let most = SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator));
    (text, most.unwrap_or(b','))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<(String, String)> {
        let book = read(bytes, "a/台账.csv").unwrap();
        assert_eq!(book.sheets[0].name, "台账");
        let cells = book.sheets[0].rows().flatten();
        cells
            .map(|cell| match &cell.content {
                Content::Text(text) => (cell.at.to_string(), text.to_string()),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn commas_tabs_and_quotes_part_columns() {
        let wanted = |cells: &[(&str, &str)]| -> Vec<(String, String)> {
            cells.iter().map(|(at, text)| ((*at).to_owned(), (*text).to_owned())).collect()
        };
        assert_eq!(
            cells("\u{FEFF}企业,投资\r\n\"甲,厂\",\"1\n2\"\r\n".as_bytes()),
            wanted(&[("A1", "企业"), ("B1", "投资"), ("A2", "甲,厂"), ("B2", "1\n2")])
        );
        assert_eq!(
            cells("企业\t投资\n甲厂\t1".as_bytes()),
            wanted(&[("A1", "企业"), ("B1", "投资"), ("A2", "甲厂"), ("B2", "1")])
        );
        assert_eq!(
            cells("企业,投资\n\n\n\"甲\n厂\",1\n\n乙厂,2".as_bytes())
                .iter()
                .map(|(at, _)| at.as_str())
                .collect::<Vec<_>>(),
            ["A1", "B1", "A4", "B4", "A6", "B6"]
        );
        assert_eq!(cells("sep=;\n甲;乙\n".as_bytes()), wanted(&[("A1", "甲"), ("B1", "乙")]));
        let (gbk, _, _) = encoding_rs::GB18030.encode("企业,投资\n");
        assert_eq!(cells(&gbk), wanted(&[("A1", "企业"), ("B1", "投资")]));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(read(&[0xFF, 0xFF, 0x00], "a.csv").unwrap_err().rule, "not-a-workbook");
    }
}
