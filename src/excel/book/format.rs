//! Number formats of cells: how many decimals a cell shows, whether it is a per cent or a date, and which words stand
//! around the digits.
//!
//! A format that sets a number in digits of its own leaves the number what it is. One that shows it in thousands or 万,
//! or with words, says something else: what is shown counts, as if somebody had typed it.

use rust_decimal::Decimal;

use super::code::{Parsed, Piece, sections};
use super::moment::Moment;
use super::{face, number};
use crate::zh::number::half_up;

/// What a cell with this format shows of its number. The common one shows it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberFormat {
    sections: Vec<Section>,
    /// What a program wrote beside the number as what is shown, where it keeps that and no code.
    shown: Option<String>,
}

/// Numbers or dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FormatKind {
    /// The number as it is: 常规, scientific, fractions, Chinese digits.
    #[default]
    General,
    /// So many decimals.
    Fixed(u32),
    /// A per cent with so many decimals.
    Percent(u32),
    /// Digits with words before or among them, or of so many thousands: they say what they show.
    Words,
    /// Nothing is shown.
    Hidden,
    /// A date that shows these parts.
    #[allow(missing_docs, reason = "the comment of the variant names its fields")]
    Date { year: bool, month: bool, day: bool, clock: Clock },
    /// A time of day, hours that go on beyond a day, or a day of the week.
    Time,
}

/// What is shown of the time behind a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// Nothing.
    #[default]
    Nothing,
    /// Hours and minutes.
    Minutes,
    /// Seconds too.
    Seconds,
}

/// What is shown of the numbers of one kind: all, those below zero, zero, those that a condition holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    parsed: Parsed,
    kind: FormatKind,
    /// Words behind the number: the 万元 of `0.0"万元"`.
    unit: String,
    /// Whether it is for numbers below zero alone, whose sign it says in its own way.
    negative: bool,
}

/// Signs by which a section for numbers below zero says that they are.
const MINUS: [char; 8] = ['-', '−', '(', ')', '（', '）', '△', '▲'];
/// What may stand before a number without a word of its own.
const CURRENCY: [char; 2] = ['¥', '￥'];

/// Codes that a file may name without writing them; others that it does not write are 常规.
const BUILT_IN: [(u32, &str); 39] = [
    (1, "0"),
    (2, "0.00"),
    (3, "#,##0"),
    (4, "#,##0.00"),
    (5, "¥#,##0"),
    (6, "¥#,##0"),
    (7, "¥#,##0.00"),
    (8, "¥#,##0.00"),
    (9, "0%"),
    (10, "0.00%"),
    (14, "yyyy/m/d"),
    (15, "d-mmm-yy"),
    (16, "d-mmm"),
    (17, "mmm-yy"),
    (18, "h:mm"),
    (19, "h:mm:ss"),
    (20, "h:mm"),
    (21, "h:mm:ss"),
    (22, "yyyy/m/d h:mm"),
    (27, "yyyy\"年\"m\"月\""),
    (28, "m\"月\"d\"日\""),
    (29, "m\"月\"d\"日\""),
    (30, "m-d-yy"),
    (31, "yyyy\"年\"m\"月\"d\"日\""),
    (32, "h\"时\"mm\"分\""),
    (33, "h\"时\"mm\"分\"ss\"秒\""),
    (34, "h\"时\"mm\"分\""),
    (35, "h\"时\"mm\"分\"ss\"秒\""),
    (36, "yyyy\"年\"m\"月\""),
    (37, "#,##0"),
    (38, "#,##0"),
    (39, "#,##0.00"),
    (40, "#,##0.00"),
    (43, "#,##0.00"),
    (44, "#,##0.00"),
    (45, "mm:ss"),
    (47, "mm:ss.0"),
    (55, "h\"时\"mm\"分\""),
    (56, "h\"时\"mm\"分\"ss\"秒\""),
];

/// Codes 50 to 58 are dates in Chinese workbooks: 年月 or 月日.
const YEAR_MONTH: [u32; 3] = [50, 52, 57];
const MONTH_DAY: [u32; 4] = [51, 53, 54, 58];

impl NumberFormat {
    /// The format that a workbook names by its number alone.
    pub fn built_in(id: u32) -> NumberFormat {
        match BUILT_IN.iter().find(|(known, _)| *known == id) {
            Some((_, code)) => NumberFormat::parse(code),
            None if YEAR_MONTH.contains(&id) => NumberFormat::parse("yyyy\"年\"m\"月\""),
            None if MONTH_DAY.contains(&id) => NumberFormat::parse("m\"月\"d\"日\""),
            None => NumberFormat::default(),
        }
    }

    /// Reads a format code; every text is one.
    pub fn parse(code: &str) -> NumberFormat {
        if code.is_empty() {
            return NumberFormat::default();
        }
        let parsed = sections(code);
        let conditional = parsed.iter().any(|section| section.condition.is_some());
        let section = |(at, parsed): (usize, Parsed)| {
            let negative = match parsed.condition {
                Some(condition) => !condition.orders[2] && condition.than <= Decimal::ZERO,
                None => at == 1 && !conditional,
            };
            Section::of(parsed, negative, at == 2)
        };
        NumberFormat { sections: parsed.into_iter().enumerate().map(section).collect(), shown: None }
    }

    /// The format of a number whose shown words are known, as ODF keeps them: `8.3%`, `12.50亩`.
    pub fn of_words(words: &str, number: Decimal) -> NumberFormat {
        let section = Section::of_words(words.trim(), number);
        NumberFormat { sections: vec![section], shown: Some(words.trim().to_owned()) }
    }

    /// The section that shows a number; nothing where it is shown as it is.
    fn section(&self, number: Decimal) -> Option<&Section> {
        // The fourth is for words, and so is the last one that takes some.
        let worded = |section: &Section| section.parsed.has(|piece| *piece == Piece::Typed);
        let count = match self.sections.split_last() {
            Some((last, others)) if !others.is_empty() && worded(last) => others.len(),
            _ => self.sections.len(),
        };
        let sections = &self.sections[..count.min(3)];
        if sections.iter().all(|section| section.parsed.condition.is_none()) {
            let below = number < Decimal::ZERO;
            let at = match sections.len() {
                3 if number.is_zero() => 2,
                2 | 3 if below => 1,
                _ => 0,
            };
            return sections.get(at);
        }
        let fits = |(at, section): &(usize, &Section)| match section.parsed.condition {
            Some(condition) => condition.holds(number),
            None => at + 1 == sections.len() || number < Decimal::ZERO,
        };
        sections.iter().enumerate().find(fits).map(|(_, section)| section).or(sections.last())
    }

    /// What a number is shown as.
    pub fn kind(&self, number: Decimal) -> FormatKind {
        match self.section(number) {
            Some(section) if section.hides(number) && section.unit.is_empty() => FormatKind::Hidden,
            Some(section) if section.hides(number) => FormatKind::Words,
            Some(section) => section.kind,
            None => FormatKind::General,
        }
    }

    /// Words that stand behind a number: the 万元 of `0.0"万元"`. Empty mostly.
    pub fn unit(&self, number: Decimal) -> &str {
        self.section(number).map_or("", |section| section.unit.as_str())
    }

    /// Whether a number is shown as a per cent.
    pub fn is_percent(&self, number: Decimal) -> bool {
        matches!(self.kind(number), FormatKind::Percent(_))
    }

    /// Whether a number has zeros before it that a number does not have: it is a code.
    pub fn is_code(&self, number: Decimal) -> bool {
        match (&self.shown, self.section(number)) {
            (Some(shown), _) => {
                let digits = shown.trim_start_matches(|c: char| !c.is_ascii_digit());
                digits.starts_with('0') && digits[1..].starts_with(|c: char| c.is_ascii_digit())
            }
            (None, Some(section)) => {
                let whole = section.parsed.pieces.iter().take_while(|piece| **piece != Piece::Point);
                whole.filter(|piece| **piece == Piece::Digit('0')).count() > 1
            }
            (None, None) => false,
        }
    }

    /// The number that a cell shows: the shortest decimal that looks the same, in per cent where the format says so; and
    /// whether that is all of the number.
    pub fn shown(&self, number: Decimal) -> (Decimal, bool) {
        let (number, decimals) = match self.kind(number) {
            FormatKind::Fixed(decimals) => (number, decimals),
            FormatKind::Percent(decimals) => match number.checked_mul(Decimal::ONE_HUNDRED) {
                Some(percent) => (percent, decimals),
                None => return (number, true),
            },
            _ => return (number.normalize(), true),
        };
        let shown = half_up(number, decimals.min(Decimal::MAX_SCALE)).normalize();
        (shown, shown == number)
    }

    /// What a cell shows of a number to the letter, and whether that is the number itself and all of it; nothing where
    /// the program does not know it, as of Chinese digits.
    pub fn displayed(&self, number: Decimal) -> Option<(String, bool)> {
        let Some(section) = self.section(number) else { return Some((general(number), true)) };
        if let Some(shown) = &self.shown {
            return Some((shown.clone(), section.kind != FormatKind::Words || section.parsed.thousands == 0));
        }
        if section.parsed.strange {
            return None;
        }
        let (digits, whole) = face::digits(&section.parsed, number)?;
        let signed = number < Decimal::ZERO && !section.negative && !digits.is_empty();
        Some((if signed { format!("-{digits}") } else { digits }, whole))
    }

    /// What a cell shows of a text; nothing where that is the text itself.
    pub fn worded(&self, text: &str) -> Option<String> {
        let section =
            self.sections.iter().rev().find(|section| section.parsed.has(|piece| *piece == Piece::Typed))?;
        let shown = |piece: &Piece| match piece {
            Piece::Typed => text.to_owned(),
            Piece::Words(words) => words.clone(),
            _ => String::new(),
        };
        let words = |piece: &Piece| matches!(piece, Piece::Words(words) if !words.trim().is_empty());
        section.parsed.has(words).then(|| section.parsed.pieces.iter().map(shown).collect())
    }

    /// What a cell shows of a time.
    pub(super) fn clock(&self, moment: Moment, number: Decimal, from_1904: bool) -> String {
        self.section(number)
            .map_or_else(String::new, |section| face::clock(&section.parsed, moment, from_1904))
    }
}

/// A number as it is.
fn general(number: Decimal) -> String {
    number.normalize().to_string()
}

impl Section {
    /// Whether places of `#` alone leave nothing of a number: `#,###` shows no zero.
    fn hides(&self, number: Decimal) -> bool {
        let FormatKind::Fixed(decimals) = self.kind else { return false };
        let mut places = self.parsed.digits().peekable();
        places.peek().is_some()
            && places.all(|place| place != '0')
            && half_up(number, decimals.min(28)).is_zero()
            && !is_dash(&words(&self.parsed.pieces))
    }

    fn of(parsed: Parsed, negative: bool, zero: bool) -> Section {
        let is_number =
            |piece: &Piece| matches!(piece, Piece::Digit(_) | Piece::Point | Piece::General | Piece::Typed);
        let first = parsed.pieces.iter().position(is_number);
        let last = parsed.pieces.iter().rposition(is_number);
        // Accounts show zero as a dash where no digit must stand.
        let dash = zero && parsed.digits().all(|place| place == '?') && is_dash(&words(&parsed.pieces));
        let (kind, unit) = match first.zip(last) {
            _ if dash => (FormatKind::Fixed(0), String::new()),
            Some((first, last)) => {
                let around = Around {
                    before: words(&parsed.pieces[..first]),
                    among: words(&parsed.pieces[first..=last]),
                    behind: words(&parsed.pieces[last + 1..]),
                    negative,
                };
                (around.kind(&parsed), around.unit())
            }
            None => (without_digits(&parsed, zero), String::new()),
        };
        let unit =
            if matches!(kind, FormatKind::General | FormatKind::Fixed(_)) { unit } else { String::new() };
        Section { parsed, kind, unit, negative }
    }

    /// What words show of a number: it is the number where its digits are among them, else something of their own.
    fn of_words(words: &str, number: Decimal) -> Section {
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let start = words.find(|c: char| c.is_ascii_digit()).unwrap_or(words.len());
        let end = words[start..].find(|c| !digits(c)).map_or(words.len(), |at| start + at);
        let (before, shown, behind) = (&words[..start], words[start..end].replace(',', ""), &words[end..]);
        let negative = number < Decimal::ZERO;
        let section =
            |kind, unit: &str| Section { parsed: Parsed::default(), kind, unit: unit.to_owned(), negative };
        if shown.is_empty() {
            let dashes = number.is_zero() && is_dash(words);
            let kind = if words.is_empty() { FormatKind::Hidden } else { FormatKind::Words };
            return section(if dashes { FormatKind::Fixed(0) } else { kind }, "");
        }
        if behind.starts_with(['E', 'e', '/']) {
            return section(FormatKind::General, "");
        }
        let around = Around {
            before: before.to_owned(),
            among: String::new(),
            behind: behind.replacen('%', "", 1),
            negative,
        };
        let decimals = shown.split_once('.').map_or(0, |(_, behind)| behind.len() as u32);
        let percent = behind.trim_start().starts_with('%');
        let whole = if percent { number.checked_mul(Decimal::ONE_HUNDRED) } else { Some(number) };
        let same = number::written(&shown) == whole.map(|whole| half_up(whole.abs(), decimals.min(28)));
        let unit = around.unit();
        match (same && around.is_bare(), percent) {
            (true, true) if unit.is_empty() => section(FormatKind::Percent(decimals), ""),
            (true, false) if !unit.contains(|c: char| c.is_ascii_digit()) => {
                section(FormatKind::Fixed(decimals), &unit)
            }
            _ => {
                let mut words = section(FormatKind::Words, "");
                words.parsed.thousands = u32::from(!same);
                words
            }
        }
    }
}

/// Words around the digits of a section.
struct Around {
    before: String,
    among: String,
    behind: String,
    /// Whether the section is for numbers below zero.
    negative: bool,
}

impl Around {
    /// Whether nothing is said by the words before and among the digits.
    fn is_bare(&self) -> bool {
        let kept = self.before.replace(CURRENCY, "");
        let kept = kept.trim();
        let sign = self.negative && kept.chars().all(|c| MINUS.contains(&c));
        (kept.is_empty() || kept == "+" || sign) && self.among.is_empty()
    }

    /// The words behind the digits without the signs that say that the number is below zero.
    fn unit(&self) -> String {
        let unit = self.behind.trim();
        let unit = if self.negative { unit.trim_matches(MINUS) } else { unit };
        unit.trim_matches(|c: char| CURRENCY.contains(&c) || c.is_whitespace()).to_owned()
    }

    fn kind(&self, parsed: &Parsed) -> FormatKind {
        if parsed.strange {
            let bare = self.before.trim().is_empty() && self.behind.trim().is_empty();
            return if bare { FormatKind::General } else { FormatKind::Words };
        }
        match parsed.percents() {
            _ if parsed.thousands > 0 || !self.is_bare() => FormatKind::Words,
            0 if parsed.digits().next().is_none() => FormatKind::General,
            0 => FormatKind::Fixed(parsed.decimals()),
            1 if self.unit().is_empty() => FormatKind::Percent(parsed.decimals()),
            _ => FormatKind::Words,
        }
    }
}

/// What a section without places for digits shows.
fn without_digits(parsed: &Parsed, zero: bool) -> FormatKind {
    let any = |wanted: fn(&Piece) -> bool| parsed.has(wanted);
    let hours = any(|piece| matches!(piece, Piece::Hour(_)));
    let seconds = any(|piece| matches!(piece, Piece::Second(_)));
    let elapsed = any(|piece| matches!(piece, Piece::Elapsed(..)));
    let minutes = any(|piece| matches!(piece, Piece::Minute(_)));
    // An m beside hours or seconds is a minute.
    let month = minutes && (parsed.year || parsed.day || !(hours || seconds || elapsed));
    let clock = match (hours, seconds) {
        (_, true) => Clock::Seconds,
        (true, false) => Clock::Minutes,
        (false, false) => Clock::Nothing,
    };
    let said = words(&parsed.pieces);
    if !elapsed && (parsed.year || parsed.day || month) {
        FormatKind::Date { year: parsed.year, month, day: parsed.day, clock }
    } else if elapsed || hours || seconds || any(|piece| matches!(piece, Piece::Weekday(_))) {
        FormatKind::Time
    } else if said.trim().is_empty() {
        FormatKind::Hidden
    } else if zero && is_dash(&said) {
        FormatKind::Fixed(0)
    } else {
        FormatKind::Words
    }
}

/// Whether words are the dash that accounts write for nothing.
fn is_dash(words: &str) -> bool {
    let words = words.replace(CURRENCY, "");
    !words.trim().is_empty() && words.trim().chars().all(|c| matches!(c, '-' | '—' | '–'))
}

fn words(pieces: &[Piece]) -> String {
    let words = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        _ => String::new(),
    };
    pieces.iter().map(words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: bool, month: bool, day: bool) -> FormatKind {
        FormatKind::Date { year, month, day, clock: Clock::Nothing }
    }

    #[test]
    fn codes_are_read_as_programs_write_them() {
        let timed = |clock| FormatKind::Date { year: true, month: true, day: true, clock };
        for (code, kind, unit) in [
            ("General", FormatKind::General, ""),
            ("G/通用格式", FormatKind::General, ""),
            ("General\"人\"", FormatKind::General, "人"),
            ("G/通用格式\"人\"", FormatKind::General, "人"),
            ("@", FormatKind::General, ""),
            ("0", FormatKind::Fixed(0), ""),
            ("000", FormatKind::Fixed(0), ""),
            ("#,##0.00", FormatKind::Fixed(2), ""),
            ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", FormatKind::Fixed(2), ""),
            ("_ * #,##0.0_ ;_ * -#,##0.0_ ;_ * \"-\"?_ ;_ @_ ", FormatKind::Fixed(1), ""),
            ("0.0%", FormatKind::Percent(1), ""),
            ("0.00\"万元\"", FormatKind::Fixed(2), "万元"),
            ("0.0亩", FormatKind::Fixed(1), "亩"),
            ("0\"余\"", FormatKind::Fixed(0), "余"),
            ("\"约\"0", FormatKind::Words, ""),
            ("0.0%\"左右\"", FormatKind::Words, ""),
            ("000-0000", FormatKind::Words, ""),
            ("$#,##0", FormatKind::Words, ""),
            ("¥#,##0.00", FormatKind::Fixed(2), ""),
            ("[$¥-804]#,##0.00", FormatKind::Fixed(2), ""),
            ("0!.0,\"万\"", FormatKind::Words, ""),
            ("0.00,,", FormatKind::Words, ""),
            ("0.0,", FormatKind::Words, ""),
            ("0.00E+00", FormatKind::General, ""),
            ("# ?/?", FormatKind::General, ""),
            ("yyyy/m/d", date(true, true, true), ""),
            ("yyyy\"年\"m\"月\"", date(true, true, false), ""),
            ("yyyy\"年\"", date(true, false, false), ""),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", date(true, true, true), ""),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", date(true, true, true), ""),
            ("m\"月\"d\"日\"", date(false, true, true), ""),
            ("yyyy-mm-dd aaaa", date(true, true, true), ""),
            ("yyyy-mm-dd hh:mm", timed(Clock::Minutes), ""),
            ("yyyy-mm-dd hh:mm:ss", timed(Clock::Seconds), ""),
            ("yyyy-mm-dd hh:mm:ss.000", timed(Clock::Seconds), ""),
            ("yyyy/m/d\\ hh:mm:ss.0;@", timed(Clock::Seconds), ""),
            ("mm:ss.0", FormatKind::Time, ""),
            ("h:mm", FormatKind::Time, ""),
            ("[h]:mm", FormatKind::Time, ""),
            ("aaaa", FormatKind::Time, ""),
            ("[DBNum1][$-804]General", FormatKind::General, ""),
            ("[DBNum2]0\"元整\"", FormatKind::Words, ""),
            (";;;", FormatKind::Hidden, ""),
            ("", FormatKind::General, ""),
            ("\"", FormatKind::Hidden, ""),
            ("[", FormatKind::Hidden, ""),
            ("\\", FormatKind::Hidden, ""),
        ] {
            let format = NumberFormat::parse(code);
            assert_eq!((format.kind(Decimal::ONE), format.unit(Decimal::ONE)), (kind, unit), "{code}");
        }
        assert_eq!(NumberFormat::built_in(57).kind(Decimal::ONE), date(true, true, false));
        assert_eq!(NumberFormat::built_in(10).kind(Decimal::ONE), FormatKind::Percent(2));
        assert_eq!(NumberFormat::built_in(0), NumberFormat::default());
    }

    #[test]
    fn a_number_becomes_the_shortest_decimal_that_is_shown() {
        for (code, number, shown, whole) in [
            ("0.0%", "0.083", "8.3", true),
            ("0.00%", "0.083", "8.3", true),
            ("0.0%", "0.08345", "8.3", false),
            ("General", "12.3", "12.3", true),
            ("0.00", "3333.333333", "3333.33", false),
            ("0.00", "2.675", "2.68", false),
            ("#,##0.00", "1286.5", "1286.5", true),
            ("0", "-12.5", "-13", false),
            ("#,##0_);(#,##0)", "-1286", "-1286", true),
            ("0;\"△\"0", "-5", "-5", true),
            ("_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", "0", "0", true),
        ] {
            let number: Decimal = number.parse().unwrap();
            let format = NumberFormat::parse(code);
            let (found, all) = format.shown(number);
            assert_eq!((found.to_string().as_str(), all), (shown, whole), "{code} {number}");
            let kind = format.kind(number);
            assert!(!matches!(kind, FormatKind::Words | FormatKind::Hidden), "{code} {number}: {kind:?}");
        }
        assert_eq!(NumberFormat::parse("0%").shown(Decimal::MAX), (Decimal::MAX, true));
    }

    /// What Excel and LibreOffice show of numbers.
    #[test]
    fn what_a_cell_shows_is_known_to_the_letter() {
        for (code, number, shown) in [
            ("General", "12.50", "12.5"),
            ("0.00", "12.5", "12.50"),
            ("#,##0.00", "-1286.5", "-1,286.50"),
            ("#,##0", "1234567", "1,234,567"),
            ("000", "12", "012"),
            ("00000", "-12", "-00012"),
            ("0.0%", "0.083", "8.3%"),
            ("0.##", "12", "12"),
            ("0.##", "12.5", "12.5"),
            (".00", "0.5", ".50"),
            (".00", "12.5", "12.50"),
            ("#", "0", ""),
            ("#,###", "-0.3", ""),
            ("#,###", "1286", "1,286"),
            ("0!.0,\"万\"", "12345", "1.2万"),
            ("0!.0,\"万\"", "950", "0.1万"),
            ("0!.0000", "12345", "1.2345"),
            ("#,##0,", "12000", "12"),
            ("#,##0,", "1234567890", "1,234,568"),
            ("0.00,,", "12345678", "12.35"),
            ("0.0,\"千\"", "12345", "12.3千"),
            ("\"约\"0", "12", "约12"),
            ("\"约\"0", "-12", "-约12"),
            ("0\"余\"", "12.4", "12余"),
            ("0\"户\"", "12", "12户"),
            ("\"第\"0\"组\"", "5", "第5组"),
            ("000-0000-0000", "13812345678", "138-1234-5678"),
            ("0000-00-00", "20240520", "2024-05-20"),
            ("[>=10000]0!.0,\"万\";0", "12345", "1.2万"),
            ("[>=10000]0!.0,\"万\";0", "950", "950"),
            ("[<1]0.0%;0.0", "0.5", "50.0%"),
            ("[<1]0.0%;0.0", "5", "5.0"),
            ("0.00_);(0.00)", "-5", "(5.00)"),
            ("0.00;[Red]0.00", "-5", "5.00"),
            ("0;-0;;@", "0", ""),
            ("0;-0;;@", "-5", "-5"),
            ("0;-0;\"无\"", "0", "无"),
            ("0;@", "-5", "-5"),
            (";;;", "5", ""),
            ("¥#,##0.00", "1286.5", "¥1,286.50"),
        ] {
            let found = NumberFormat::parse(code).displayed(number.parse().unwrap());
            assert_eq!(found.map(|(found, _)| found).as_deref(), Some(shown), "{code} {number}");
        }
        for code in ["0.00E+00", "# ?/?", "[DBNum1]0"] {
            assert_eq!(NumberFormat::parse(code).displayed(Decimal::ONE_HUNDRED), None, "{code}");
        }
        assert_eq!(NumberFormat::parse("@\"村\"").worded("东湾").as_deref(), Some("东湾村"));
        assert_eq!(NumberFormat::parse("0_ ;_ @_ ").worded("东湾"), None);
    }

    #[test]
    fn shown_words_tell_their_format() {
        for (words, number, kind, unit) in [
            ("8.3%", "0.083", FormatKind::Percent(1), ""),
            ("1,286.50", "1286.5", FormatKind::Fixed(2), ""),
            ("￥1,286.50", "1286.5", FormatKind::Fixed(2), ""),
            ("12.50亩", "12.5", FormatKind::Fixed(2), "亩"),
            ("-3", "-3", FormatKind::Fixed(0), ""),
            ("(3)", "-3", FormatKind::Fixed(0), ""),
            ("-3", "3", FormatKind::Words, ""),
            ("12", "12000", FormatKind::Words, ""),
            ("1.2万", "12345", FormatKind::Words, ""),
            ("约12", "12", FormatKind::Words, ""),
            ("138-1234", "1381234", FormatKind::Words, ""),
            ("1.2E+05", "120000", FormatKind::General, ""),
            ("-", "0", FormatKind::Fixed(0), ""),
            ("无", "0", FormatKind::Words, ""),
            ("", "5", FormatKind::Hidden, ""),
        ] {
            let number = number.parse().unwrap();
            let format = NumberFormat::of_words(words, number);
            assert_eq!((format.kind(number), format.unit(number)), (kind, unit), "{words}");
        }
    }
}
