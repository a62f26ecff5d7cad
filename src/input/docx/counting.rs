//! A count in the formats of Word's lists (ECMA-376 Part 1, 17.18.59).

use rust_decimal::Decimal;

use crate::zh::number::numeral;

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// The count as the format writes it; digits where the format has no such number.
pub(super) fn written(count: u32, format: &str) -> String {
    known(count, format).unwrap_or_else(|| count.to_string())
}

fn known(count: u32, format: &str) -> Option<String> {
    Some(match format {
        "none" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => numeral::count(u64::from(count)),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            numeral::digits(&count.to_string())
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            numeral::financial(Decimal::from(count)).strip_suffix("元整")?.to_owned()
        }
        "ideographTraditional" => one_of(STEMS, count)?,
        "ideographZodiac" => one_of(BRANCHES, count)?,
        "ideographZodiacTraditional" => pair(count)?,
        "ideographEnclosedCircle" => from(0x3220, 10, count)?,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            from(0x2460, 20, count).or_else(|| from(0x3251, 15, count.checked_sub(20)?))?
        }
        "decimalEnclosedParen" => from(0x2474, 20, count)?,
        "decimalEnclosedFullstop" => from(0x2488, 20, count)?,
        "decimalFullWidth" | "decimalFullWidth2" => {
            count.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect()
        }
        "numberInDash" => format!("- {count} -"),
        "lowerLetter" => letter(count, b'a')?,
        "upperLetter" => letter(count, b'A')?,
        "upperRoman" => roman(count)?,
        "lowerRoman" => roman(count)?.to_lowercase(),
        "hex" => format!("{count:X}"),
        "decimalZero" => format!("{count:02}"),
        own => padded(count, own)?,
    })
}

fn one_of(signs: &str, count: u32) -> Option<String> {
    signs.chars().nth(count.checked_sub(1)? as usize).map(String::from)
}

/// A character of a row that stands together in Unicode, the first of which is 1.
fn from(first: u32, most: u32, count: u32) -> Option<String> {
    (1..=most).contains(&count).then(|| char::from_u32(first + count - 1)).flatten().map(String::from)
}

/// 甲子, 乙丑: the cycle of sixty.
fn pair(count: u32) -> Option<String> {
    let at = count.checked_sub(1)?;
    Some(one_of(STEMS, at % 10 + 1)? + &one_of(BRANCHES, at % 12 + 1)?)
}

fn letter(count: u32, first: u8) -> Option<String> {
    // Word doubles the letter after 26: aa, bb; longer rows are no numbers that anybody sets.
    let index = count.checked_sub(1)? as usize % (26 * 30);
    let letter = char::from(first + u8::try_from(index % 26).ok()?);
    Some(String::from(letter).repeat(index / 26 + 1))
}

fn roman(count: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = count;
    let mut written = String::new();
    for (value, sign) in SIGNS {
        written.push_str(&sign.repeat((rest / value) as usize));
        rest %= value;
    }
    (1..4000).contains(&count).then_some(written)
}

/// A format that a list describes by its first numbers, `001, 002, 003, ...`: so many digits.
fn padded(count: u32, own: &str) -> Option<String> {
    let first = own.split(',').next()?.trim();
    let zeros = first.strip_suffix('1').filter(|zeros| !zeros.is_empty())?;
    zeros.chars().all(|c| c == '0').then(|| format!("{count:0width$}", width = first.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_in_every_format() {
        for (format, count, wanted) in [
            ("decimal", 12, "12"),
            ("chineseCounting", 12, "十二"),
            ("chineseLegalSimplified", 3, "叁"),
            ("ideographDigital", 10, "一〇"),
            ("ideographTraditional", 3, "丙"),
            ("ideographTraditional", 11, "11"),
            ("ideographZodiac", 12, "亥"),
            ("ideographZodiacTraditional", 12, "乙亥"),
            ("ideographEnclosedCircle", 2, "㈡"),
            ("decimalEnclosedCircle", 12, "⑫"),
            ("decimalEnclosedCircleChinese", 21, "㉑"),
            ("decimalEnclosedParen", 3, "⑶"),
            ("decimalEnclosedFullstop", 3, "⒊"),
            ("decimalFullWidth", 12, "１２"),
            ("numberInDash", 3, "- 3 -"),
            ("lowerLetter", 28, "bb"),
            ("upperLetter", 2, "B"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("decimalZero", 7, "07"),
            ("001, 002, 003, ...", 7, "007"),
            ("none", 7, ""),
            ("chineseCounting", 0, "零"),
            ("lowerLetter", 0, "0"),
        ] {
            assert_eq!(written(count, format), wanted, "{format}");
        }
    }
}
