//! Number formats of cells: how many decimals a cell shows, whether it is a per cent or a date.

use rust_decimal::Decimal;

use crate::zh::number::half_up;

/// What a cell with this format shows of its number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberFormat {
    /// Numbers or dates.
    pub kind: FormatKind,
    /// Words that the format sets behind the number: the 万元 of `0.0"万元"`. Empty mostly.
    pub unit: String,
}

/// Numbers or dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FormatKind {
    /// The number as it is: 常规, scientific, fractions, and formats that show thousands or 万 of it.
    #[default]
    General,
    /// So many decimals.
    Fixed(u32),
    /// A per cent with so many decimals.
    Percent(u32),
    /// A date that shows these parts.
    #[allow(missing_docs, reason = "the comment of the variant names its fields")]
    Date { year: bool, month: bool, day: bool },
    /// A time of day.
    Time,
}

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

    /// Reads a format code. Only its first part counts, that for positive numbers; every text is a code.
    pub fn parse(code: &str) -> NumberFormat {
        let mut scan = Scan::default();
        scan.run(code);
        scan.format()
    }

    /// The format of a number whose shown words are known, as ODF keeps them: `8.3%`, `12.50亩`.
    pub fn of_words(words: &str) -> NumberFormat {
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let words = words.trim();
        let start = words.find(digits).unwrap_or(words.len());
        let end = words[start..].find(|c| !digits(c)).map_or(words.len(), |at| start + at);
        let decimals = words[start..end].split_once('.').map_or(0, |(_, behind)| behind.len());
        let (kind, unit) = match (u32::try_from(decimals), words[end..].trim()) {
            (_, unit) if unit.starts_with(['E', 'e', '/']) => (FormatKind::General, ""),
            (Ok(decimals), "%") => (FormatKind::Percent(decimals), ""),
            (Ok(decimals), unit) => (FormatKind::Fixed(decimals), unit),
            (Err(_), _) => (FormatKind::General, ""),
        };
        NumberFormat { kind, unit: unit.to_owned() }
    }

    /// What the cell shows: the shortest decimal that looks the same, in per cent where the format says so; and
    /// whether that is all of the number.
    pub fn shown(&self, number: Decimal) -> (Decimal, bool) {
        let (number, decimals) = match self.kind {
            FormatKind::Fixed(decimals) => (number, decimals),
            FormatKind::Percent(decimals) => match number.checked_mul(Decimal::ONE_HUNDRED) {
                Some(percent) => (percent, decimals),
                None => return (number, true),
            },
            FormatKind::General | FormatKind::Date { .. } | FormatKind::Time => {
                return (number.normalize(), true);
            }
        };
        let shown = half_up(number, decimals.min(Decimal::MAX_SCALE)).normalize();
        (shown, shown == number)
    }

    /// Whether the number is a per cent.
    pub fn is_percent(&self) -> bool {
        matches!(self.kind, FormatKind::Percent(_))
    }
}

/// What a format code holds.
#[derive(Default)]
struct Scan {
    digits: usize,
    decimals: u32,
    point: bool,
    percent: bool,
    /// Scientific, a fraction, elapsed time, or scaled by a comma: the number is not shown as it is.
    other: bool,
    comma: bool,
    year: bool,
    month: bool,
    day: bool,
    time: bool,
    general: bool,
    behind: String,
}

impl Scan {
    fn run(&mut self, code: &str) {
        let mut rest = code;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                ';' => break,
                '"' => {
                    let end = rest.find('"').unwrap_or(rest.len());
                    self.words(&rest[..end]);
                    rest = rest.get(end + 1..).unwrap_or_default();
                }
                '[' => {
                    let end = rest.find(']').unwrap_or(rest.len());
                    self.bracket(&rest[..end]);
                    rest = rest.get(end + 1..).unwrap_or_default();
                }
                '\\' | '!' | '_' | '*' => {
                    let literal = rest.chars().next().unwrap_or(' ');
                    rest = &rest[literal.len_utf8().min(rest.len())..];
                    if matches!(c, '\\' | '!') {
                        self.words(literal.encode_utf8(&mut [0; 4]));
                    }
                }
                'G' | 'g' if self.take_general(&mut rest) => {}
                _ => self.symbol(c),
            }
        }
    }

    /// `General`, and `G/通用格式` as Chinese programs write it.
    fn take_general(&mut self, rest: &mut &str) -> bool {
        let lower = rest.to_lowercase();
        let taken = ["eneral", "/通用格式"].into_iter().find(|word| lower.starts_with(word));
        if let Some(word) = taken {
            self.general = true;
            *rest = &rest[word.len()..];
        }
        taken.is_some()
    }

    /// Literal words; a literal point among the digits is the trick that shows 万 (`0!.0,`).
    fn words(&mut self, words: &str) {
        if words == "." && self.digits > 0 {
            self.other = true;
        } else if self.digits > 0 || self.general {
            self.behind.push_str(words);
        }
    }

    fn bracket(&mut self, inside: &str) {
        let elapsed = !inside.is_empty() && inside.chars().all(|c| "hHmMsS".contains(c));
        self.other |= elapsed;
    }

    fn symbol(&mut self, c: char) {
        match c {
            // Behind hours and seconds they are parts of a second: `ss.000`.
            '0' | '#' | '?' if self.time && self.digits == 0 => {}
            '0' | '#' | '?' => {
                // A comma among the digits parts thousands, one behind them scales.
                self.comma = false;
                self.digits += 1;
                self.decimals += u32::from(self.point);
            }
            '.' if self.digits > 0 => {
                self.other |= self.comma;
                self.point = true;
            }
            ',' => self.comma = self.digits > 0,
            '%' => self.percent = true,
            'y' | 'Y' | 'e' if self.digits == 0 => self.year = true,
            'd' | 'D' => self.day = true,
            'm' | 'M' => self.month = true,
            'h' | 'H' | 's' | 'S' => self.time = true,
            'E' | 'e' | '/' if self.digits > 0 => self.other = true,
            '@' => self.general = true,
            c if c.is_alphanumeric() => self.words(c.encode_utf8(&mut [0; 4])),
            _ => {}
        }
    }

    fn format(self) -> NumberFormat {
        let unit = self.behind.trim().to_owned();
        let with = |kind, unit| NumberFormat { kind, unit };
        if self.digits == 0 && !self.general {
            // An m beside hours or seconds is a minute.
            let month = self.month && (self.year || self.day || !self.time);
            return match (self.other, self.year || self.day || month) {
                (true, _) => with(FormatKind::General, String::new()),
                (false, true) => {
                    with(FormatKind::Date { year: self.year, month, day: self.day }, String::new())
                }
                (false, false) if self.time => with(FormatKind::Time, String::new()),
                (false, false) => with(FormatKind::General, String::new()),
            };
        }
        match (self.other || self.comma, self.percent) {
            // What follows a scaled number, 万 as a rule, belongs to what is shown and not to the number.
            (true, _) => with(FormatKind::General, String::new()),
            _ if self.general => with(FormatKind::General, unit),
            (false, true) => with(FormatKind::Percent(self.decimals), String::new()),
            (false, false) => with(FormatKind::Fixed(self.decimals), unit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: bool, month: bool, day: bool) -> FormatKind {
        FormatKind::Date { year, month, day }
    }

    #[test]
    fn codes_are_read_as_programs_write_them() {
        for (code, kind, unit) in [
            ("General", FormatKind::General, ""),
            ("G/通用格式", FormatKind::General, ""),
            ("General\"人\"", FormatKind::General, "人"),
            ("G/通用格式\"人\"", FormatKind::General, "人"),
            ("@", FormatKind::General, ""),
            ("0", FormatKind::Fixed(0), ""),
            ("#,##0.00", FormatKind::Fixed(2), ""),
            ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", FormatKind::Fixed(2), ""),
            ("_ * #,##0.0_ ;_ * -#,##0.0_ ;_ * \"-\"?_ ;_ @_ ", FormatKind::Fixed(1), ""),
            ("0.0%", FormatKind::Percent(1), ""),
            ("0.00\"万元\"", FormatKind::Fixed(2), "万元"),
            ("0.0亩", FormatKind::Fixed(1), "亩"),
            ("¥#,##0.00", FormatKind::Fixed(2), ""),
            ("[$¥-804]#,##0.00", FormatKind::Fixed(2), ""),
            ("0!.0,\"万\"", FormatKind::General, ""),
            ("0.00,,", FormatKind::General, ""),
            ("0.0,", FormatKind::General, ""),
            ("0.00E+00", FormatKind::General, ""),
            ("# ?/?", FormatKind::General, ""),
            ("yyyy/m/d", date(true, true, true), ""),
            ("yyyy\"年\"m\"月\"", date(true, true, false), ""),
            ("yyyy\"年\"", date(true, false, false), ""),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", date(true, true, true), ""),
            ("m\"月\"d\"日\"", date(false, true, true), ""),
            ("yyyy-mm-dd hh:mm:ss", date(true, true, true), ""),
            ("yyyy-mm-dd hh:mm:ss.000", date(true, true, true), ""),
            ("yyyy/m/d\\ hh:mm:ss.0;@", date(true, true, true), ""),
            ("mm:ss.0", FormatKind::Time, ""),
            ("h:mm", FormatKind::Time, ""),
            ("[h]:mm", FormatKind::General, ""),
            ("[DBNum1][$-804]General", FormatKind::General, ""),
            ("", FormatKind::General, ""),
            ("\"", FormatKind::General, ""),
            ("[", FormatKind::General, ""),
            ("\\", FormatKind::General, ""),
        ] {
            let format = NumberFormat::parse(code);
            assert_eq!((format.kind, format.unit.as_str()), (kind, unit), "{code}");
        }
        assert_eq!(NumberFormat::built_in(57).kind, date(true, true, false));
        assert_eq!(NumberFormat::built_in(10).kind, FormatKind::Percent(2));
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
            ("0!.0,", "12345", "12345", true),
        ] {
            let (found, all) = NumberFormat::parse(code).shown(number.parse().unwrap());
            assert_eq!((found.to_string().as_str(), all), (shown, whole), "{code} {number}");
        }
        assert_eq!(NumberFormat::parse("0%").shown(Decimal::MAX), (Decimal::MAX, true));
    }

    #[test]
    fn shown_words_tell_their_format() {
        for (words, kind, unit) in [
            ("8.3%", FormatKind::Percent(1), ""),
            ("1,286.50", FormatKind::Fixed(2), ""),
            ("￥1,286.50", FormatKind::Fixed(2), ""),
            ("12.50亩", FormatKind::Fixed(2), "亩"),
            ("-3", FormatKind::Fixed(0), ""),
            ("1.2E+05", FormatKind::General, ""),
            ("", FormatKind::Fixed(0), ""),
        ] {
            let format = NumberFormat::of_words(words);
            assert_eq!((format.kind, format.unit.as_str()), (kind, unit), "{words}");
        }
    }
}
