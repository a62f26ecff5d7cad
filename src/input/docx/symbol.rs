//! Characters of the typefaces that hold signs instead of letters: what a sign is in Unicode.

use crate::zh::private::{UNREADABLE, is_private, unicode};

/// Symbol from 0x20 to 0x7E, and from 0xA0 to 0xEF.
const SYMBOL: [(u32, &str); 3] = [
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…│─↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"),
    (0xF1, "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
];

/// Signs of the Wingdings that have a place in Unicode, each from its code on.
const WINGDINGS: [(u32, &str); 34] = [
    (0x21, "✏✂✁"),
    (0x28, "☎✆✉"),
    (0x36, "⌛"),
    (0x3F, "✍"),
    (0x41, "✌"),
    (0x45, "☜☞☝☟"),
    (0x4A, "☺"),
    (0x4C, "☹"),
    (0x4F, "⚐"),
    (0x51, "✈☼"),
    (0x54, "❄"),
    (0x58, "✠✡☪☯"),
    (0x5D, "☸♈♉♊♋♌♍♎♏♐♑♒♓"),
    (0x6C, "●❍■□□❑❒"),
    (0x75, "◆❖"),
    (0x78, "☒"),
    (0x7B, "❀✿❝❞"),
    (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    (0x9E, "·•"),
    (0xA1, "○"),
    (0xA4, "◉◎"),
    (0xA7, "▪□"),
    (0xAB, "★"),
    (0xB6, "☆"),
    (0xD8, "➢"),
    (0xDC, "➲"),
    (0xDF, "←→↑↓↖↗↙↘"),
    (0xE8, "➔"),
    (0xEF, "⇦⇨⇧⇩"),
    (0xFB, "✗"),
    (0xFC, "✓"),
    (0xFD, "☒"),
    (0xFE, "☑"),
    (0x20, " "),
];
const WINGDINGS_2: [(u32, &str); 5] = [(0x20, " "), (0x4F, "✗✓☒☑☒☒"), (0x97, "•●"), (0xA2, "■"), (0xA3, "□")];
const WINGDINGS_3: [(u32, &str); 3] = [(0x20, " "), (0x70, "▲▼△▽◀▶◁▷"), (0x7D, "▶")];
const WEBDINGS: [(u32, &str); 7] =
    [(0x20, " "), (0x33, "◀▶▲▼"), (0x61, "✓"), (0x63, "□"), (0x67, "■"), (0x6E, "●"), (0x72, "✗")];

/// The rows of a typeface of signs; nothing where its characters are what they are.
fn rows(font: &str) -> Option<&'static [(u32, &'static str)]> {
    match font.to_ascii_lowercase().as_str() {
        "symbol" => Some(&SYMBOL),
        "wingdings" => Some(&WINGDINGS),
        "wingdings 2" => Some(&WINGDINGS_2),
        "wingdings 3" => Some(&WINGDINGS_3),
        "webdings" => Some(&WEBDINGS),
        _ => None,
    }
}

/// Whether the characters of a typeface are signs.
pub(super) fn is_symbolic(font: &str) -> bool {
    rows(font).is_some()
}

/// The sign with a code of a typeface, which may stand at its place in the private use area (17.3.3.30).
pub(super) fn of(font: &str, code: u32) -> Option<char> {
    match rows(font) {
        Some(rows) => {
            let code = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
            let sign = |(first, signs): &(u32, &str)| {
                signs.chars().nth(usize::try_from(code.checked_sub(*first)?).ok()?)
            };
            rows.iter().find_map(sign)
        }
        None => char::from_u32(code).filter(|c| !is_private(*c) && !c.is_control()),
    }
}

/// What a character of a typeface shows; the sign for an unreadable one where nobody can tell.
pub(super) fn shown(font: &str, c: char) -> char {
    let code = u32::from(c);
    if is_symbolic(font) && (code < 0x100 || is_private(c)) {
        of(font, code).unwrap_or(UNREADABLE)
    } else if font.eq_ignore_ascii_case("Courier New") && c == 'o' {
        // Word's own round bullet.
        '○'
    } else {
        unicode(c).unwrap_or(if is_private(c) { UNREADABLE } else { c })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_by_their_typeface() {
        for (font, code, wanted) in [
            ("Wingdings 2", 0xF052, Some('☑')),
            ("Wingdings 2", 0xF0A3, Some('□')),
            ("Wingdings", 0xFE, Some('☑')),
            ("Wingdings", 0xF0A8, Some('□')),
            ("wingdings", 0xF06C, Some('●')),
            ("Symbol", 0xF0B7, Some('•')),
            ("Symbol", 0x61, Some('α')),
            ("Symbol", 0xF0B3, Some('≥')),
            ("Symbol", 0xF0FE, Some('⎭')),
            ("宋体", 0x2611, Some('☑')),
            ("宋体", 0xF052, None),
            ("Wingdings", 0xF0FF, None),
        ] {
            assert_eq!(of(font, code), wanted, "{font} {code:X}");
        }
        assert_eq!(shown("Courier New", 'o'), '○');
        assert_eq!(shown("", '\u{E863}'), '䶮');
        assert_eq!(shown("", '\u{E123}'), UNREADABLE);
    }
}
