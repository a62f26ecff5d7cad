//! A count in the formats of Word's lists (ECMA-376 Part 1, 17.18.59).

use rust_decimal::Decimal;

use crate::zh::number::numeral;

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const SYLLABLES: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const IROHA: &str =
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン";
/// No number is set with more signs.
const MOST_SIGNS: usize = 30;
const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The count as the format writes it; digits where the format has no such number.
pub(super) fn written(count: u32, format: &str) -> String {
    known(count, format).unwrap_or_else(|| count.to_string())
}

fn known(count: u32, format: &str) -> Option<String> {
    Some(match format {
        "none" => String::new(),
        "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting" | "taiwaneseCountingThousand" => {
            numeral::count(u64::from(count))
        }
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            numeral::digits(&count.to_string())
        }
        "japaneseCounting" => japanese(&numeral::count(u64::from(count))),
        "chineseLegalSimplified" => financial(count)?,
        "ideographLegalTraditional" => replaced(&financial(count)?, "贰貳叁參陆陸万萬亿億"),
        "japaneseLegal" => replaced(&financial(count)?, "壹壱贰弐叁参肆四陆六柒七捌八玖九佰百仟阡万萬亿億"),
        "koreanDigital" | "koreanDigital2" => {
            replaced(&numeral::digits(&count.to_string()), "〇영一일二이三삼四사五오六육七칠八팔九구")
        }
        "aiueo" | "aiueoFullWidth" => one_of(SYLLABLES, count)?,
        "iroha" | "irohaFullWidth" => one_of(IROHA, count)?,
        "ganada" => one_of("가나다라마바사아자차카타파하", count)?,
        "chosung" => one_of("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", count)?,
        "chicago" => {
            let index = count.checked_sub(1)? as usize;
            one_of("*†‡§", index as u32 % 4 + 1)?.repeat((index / 4 + 1).min(MOST_SIGNS))
        }
        "ordinal" => format!("{count}{}", ending(count)),
        "cardinalText" => capital(&english(count)?),
        "ordinalText" => capital(&ordinal(&english(count)?)),
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

/// 壹, 贰: as amounts are written on bills.
fn financial(count: u32) -> Option<String> {
    numeral::financial(Decimal::from(count)).strip_suffix("元整").map(str::to_owned)
}

/// Every character of a pair as the other one.
fn replaced(words: &str, pairs: &str) -> String {
    let pairs: Vec<char> = pairs.chars().collect();
    let other = |c: char| pairs.chunks(2).find(|pair| pair[0] == c).map_or(c, |pair| pair[1]);
    words.chars().map(other).collect()
}

/// 百一: no zero is said, and no one before a ten, a hundred or a thousand.
fn japanese(chinese: &str) -> String {
    if chinese == "零" {
        return "〇".to_owned();
    }
    let short = [("一十", "十"), ("一百", "百"), ("一千", "千"), ("零", "")];
    short.iter().fold(chinese.to_owned(), |words, (long, short)| words.replace(long, short))
}

/// The ending of 1st, 2nd, 3rd, 11th.
fn ending(count: u32) -> &'static str {
    match (count % 100, count % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// A count below a hundred in English; no report counts further in words.
fn english(count: u32) -> Option<String> {
    let count = count as usize;
    if let Some(word) = SMALL.get(count) {
        return Some((*word).to_owned());
    }
    let tens = TENS.get(count / 10 - 2)?;
    Some(if count.is_multiple_of(10) { (*tens).to_owned() } else { format!("{tens}-{}", SMALL[count % 10]) })
}

/// twenty-one → twenty-first.
fn ordinal(cardinal: &str) -> String {
    const ODD: [(&str, &str); 7] = [
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("five", "fifth"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("twelve", "twelfth"),
    ];
    let last = cardinal.rsplit('-').next().unwrap_or(cardinal);
    let first = &cardinal[..cardinal.len() - last.len()];
    let odd = ODD.iter().find(|(plain, _)| *plain == last).map(|(_, odd)| (*odd).to_owned());
    let regular = || last.strip_suffix('y').map_or(format!("{last}th"), |stem| format!("{stem}ieth"));
    format!("{first}{}", odd.unwrap_or_else(regular))
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1.min(word.len()));
    first.to_uppercase() + rest
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
            ("ideographLegalTraditional", 23, "貳拾參"),
            ("japaneseLegal", 12, "壱拾弐"),
            ("japaneseCounting", 101, "百一"),
            ("japaneseCounting", 10, "十"),
            ("japaneseCounting", 2110, "二千百十"),
            ("koreanDigital", 10, "일영"),
            ("aiueoFullWidth", 2, "イ"),
            ("chicago", 6, "††"),
            ("ordinal", 12, "12th"),
            ("ordinal", 22, "22nd"),
            ("ordinalText", 20, "Twentieth"),
            ("ordinalText", 41, "Forty-first"),
            ("cardinalText", 15, "Fifteen"),
            ("cardinalText", 100, "100"),
            ("chineseCounting", 0, "零"),
            ("lowerLetter", 0, "0"),
        ] {
            assert_eq!(written(count, format), wanted, "{format}");
        }
    }
}
