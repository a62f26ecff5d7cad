//! The line of a template that asks for a picture.

use super::{NARROWEST, WIDEST};
use crate::diag::Diagnostic;

const OPENING: &str = "图片（";
const CLOSING: &str = "）：";
const WIDTH: &str = "宽";
/// Endings that tell a slip in such a line from words about pictures.
const ENDINGS: [&str; 12] =
    ["jpg", "jpeg", "png", "bmp", "gif", "webp", "heic", "tif", "tiff", "svg", "docx", "pdf"];

/// What a line says of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks<'l> {
    /// The name of the file, as written.
    pub name: &'l str,
    /// The width that is asked for, in millimetres; what was written, where it is none.
    pub width: Result<Option<usize>, &'l str>,
    /// What stands behind.
    pub caption: &'l str,
}

impl<'l> Marks<'l> {
    /// Reads a line; nothing where it asks for no picture.
    pub fn read(line: &'l str) -> Option<Marks<'l>> {
        let (inside, caption) = line.strip_prefix(OPENING)?.split_once(CLOSING)?;
        let asked = inside.rsplit_once('，').and_then(|(name, mark)| {
            let words = mark.trim().strip_prefix(WIDTH)?.trim();
            Some((name, millimetres(words).map(Some).ok_or(words)))
        });
        let (name, width) = asked.unwrap_or((inside, Ok(None)));
        Some(Marks { name: name.trim(), width, caption: caption.trim() })
    }
}

/// The line of a picture up to its caption.
pub(super) fn written(name: &str, width: Option<usize>) -> String {
    let width = width.map_or(String::new(), |millimetres| match (millimetres / 10, millimetres % 10) {
        (whole, 0) => format!("，{WIDTH} {whole}厘米"),
        (whole, rest) => format!("，{WIDTH} {whole}.{rest}厘米"),
    });
    format!("{OPENING}{name}{width}{CLOSING}")
}

/// Whole millimetres of a width: `10厘米`, `8.5厘米`, `85毫米`.
fn millimetres(words: &str) -> Option<usize> {
    let length = |unit: &str| words.strip_suffix(unit).map(str::trim_end);
    let found = match length("厘米").or(length("公分")) {
        Some(number) => {
            let (whole, tenth) = number.split_once('.').unwrap_or((number, "0"));
            (tenth.len() == 1).then_some(())?;
            digits(whole)? * 10 + digits(tenth)?
        }
        None => digits(length("毫米")?)?,
    };
    (NARROWEST..=WIDEST).contains(&found).then_some(found)
}

fn digits(words: &str) -> Option<usize> {
    let plain = !words.is_empty() && words.len() < 5 && words.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| words.parse().ok()).flatten()
}

/// What is wrong with the width of a picture.
pub fn wrong_width(name: &str, words: &str) -> Diagnostic {
    Diagnostic::error("picture-width", format!("图片“{name}”的宽“{words}”看不懂，或者超出了版心"))
        .hint(format!("请写成“宽 10厘米”的样子，{}到{WIDEST}毫米之间；不写就按图片自己的大小", NARROWEST))
}

/// What is wrong with a line that seems to ask for a picture, but does not do it as it has to be written.
pub fn slip(line: &str) -> Option<Diagnostic> {
    let inside = line.strip_prefix("图片")?.trim_start().strip_prefix(['（', '('])?;
    let (inside, behind) = inside.split_once(['）', ')'])?;
    let name = inside.split(['，', ',']).next().unwrap_or(inside).trim().to_lowercase();
    let is_file = name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending));
    let colon = behind.trim_start().is_empty() || behind.trim_start().starts_with(['：', ':']);
    (is_file && colon).then(|| {
        let start: String = line.chars().take(30).collect();
        Diagnostic::error("picture-line", format!("“{start}”像是要放图片，写法不对"))
            .hint("请写成“图片（村路.jpg）：题目”，括号和冒号都用全角；没有题目时冒号也要留着")
            .hint("只是一句话的，请在行首加一个反斜杠 \\")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read<'l> = (&'l str, Result<Option<usize>, &'l str>, &'l str);

    fn read(line: &str) -> Option<Read<'_>> {
        Marks::read(line).map(|marks| (marks.name, marks.width, marks.caption))
    }

    #[test]
    fn a_line_says_name_width_and_caption() {
        assert_eq!(read("图片（村路.jpg）：新路"), Some(("村路.jpg", Ok(None), "新路")));
        assert_eq!(read("图片（村路（1）.jpg，宽 8.5厘米）："), Some(("村路（1）.jpg", Ok(Some(85)), "")));
        assert_eq!(read("图片（a，b.png，宽85毫米）：题"), Some(("a，b.png", Ok(Some(85)), "题")));
        for width in ["10", "0厘米", "9毫米", "157毫米", "20厘米", "1.25厘米", "十厘米"] {
            let line = format!("图片（a.png，宽 {width}）：题");
            assert_eq!(read(&line), Some(("a.png", Err(width), "题")), "{width}");
        }
        assert_eq!(read("图片如下"), None);
    }

    #[test]
    fn what_is_written_is_read() {
        for width in [None, Some(10), Some(85), Some(100), Some(156)] {
            let line = written("村路.jpg", width) + "题";
            assert_eq!(read(&line), Some(("村路.jpg", Ok(width), "题")));
        }
    }

    #[test]
    fn a_slip_is_told_from_words() {
        for line in ["图片(村路.jpg)：题", "图片（村路.JPG）", "图片（村路.png，宽10厘米） 题"]
        {
            assert_eq!(slip(line).is_some(), !line.ends_with(" 题"), "{line}");
        }
        for line in ["图片（见附件）：题", "图片档案整理完毕。", "图片（共3张.其中2张）"]
        {
            assert!(slip(line).is_none(), "{line}");
        }
    }
}
