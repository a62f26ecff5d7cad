//! `.csv` and its kin: words parted by commas, tabs or semicolons.

use std::borrow::Cow;

use super::place::Address;
use super::{Book, Builder, Content, trouble};
use crate::diag::{Diagnostic, Level};

/// Lines that are looked at to find out what parts the columns.
const LOOKED_AT: usize = 20;
/// What may part the columns.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Reads a text as one sheet that bears the name of the file, and what kind of file it is; `encoding` is that in which
/// it was written, where it is not UTF-8.
pub(super) fn read(
    text: &str,
    encoding: Option<&'static str>,
    name: &str,
) -> Result<(Book, &'static str), Diagnostic> {
    let (text, separator) = parted(text);
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
            builder.add(Address { row, column }, Content::Text(shown(words).into()), name)?;
        }
    }
    let hint = |encoding| {
        Diagnostic::new("not-utf8", Level::Hint, format!("“{name}”按{encoding}编码读取"))
            .hint("请核对汉字有没有乱码")
    };
    let notes = encoding.map(hint).into_iter().collect();
    let book = Book { name: name.to_owned(), sheets: vec![builder.finish()], notes };
    Ok((book, if separator == b'\t' { "txt" } else { "csv" }))
}

/// Whether a text is a table though its name does not say so: at least two lines are parted.
pub(super) fn is_table(text: &str) -> bool {
    let (text, separator) = parted(text);
    text.lines().filter(|line| line.contains(char::from(separator))).nth(1).is_some()
}

/// The words that a spreadsheet shows of a field: `="001"` is how systems keep it from becoming a number.
fn shown(field: &str) -> Cow<'_, str> {
    let inside = field.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    match inside {
        Some(inside) if !inside.replace("\"\"", "").contains('"') => Cow::Owned(inside.replace("\"\"", "\"")),
        _ => Cow::Borrowed(field),
    }
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

    fn cells(text: &str) -> Vec<(String, String)> {
        let (book, _) = read(text, None, "a/台账.csv").unwrap();
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
            cells("企业,投资\r\n\"甲,厂\",\"1\n2\"\r\n"),
            wanted(&[("A1", "企业"), ("B1", "投资"), ("A2", "甲,厂"), ("B2", "1\n2")])
        );
        assert_eq!(
            cells("企业\t投资\n甲厂\t1"),
            wanted(&[("A1", "企业"), ("B1", "投资"), ("A2", "甲厂"), ("B2", "1")])
        );
        assert_eq!(
            cells("企业,投资\n\n\n\"甲\n厂\",1\n\n乙厂,2")
                .iter()
                .map(|(at, _)| at.as_str())
                .collect::<Vec<_>>(),
            ["A1", "B1", "A4", "B4", "A6", "B6"]
        );
        assert_eq!(cells("sep=;\n甲;乙\n"), wanted(&[("A1", "甲"), ("B1", "乙")]));
    }

    #[test]
    fn a_formula_that_is_a_text_is_that_text() {
        for (field, words) in [
            ("=\"001\"", "001"),
            ("\"=\"\"甲,厂\"\"\"", "甲,厂"),
            ("=\"甲\"\"乙\"", "甲\"乙"),
            ("=\"\"", ""),
            ("=1+1", "=1+1"),
            ("=\"甲\"&\"乙\"", "=\"甲\"&\"乙\""),
        ] {
            let read = cells(&format!("企业,投资\n{field},1\n"));
            let found = read.iter().find(|(at, _)| at == "A2").map_or("", |(_, words)| words);
            assert_eq!(found, words, "{field}");
        }
    }

    #[test]
    fn a_table_is_told_by_its_lines() {
        for (text, table) in [("企业\t投资\n甲厂\t5", true), ("你好，世界\n好", false), ("a,b", false)]
        {
            assert_eq!(is_table(text), table, "{text}");
        }
    }
}
