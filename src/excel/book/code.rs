//! Codes of number formats as pieces: `0.0"万元"`, `[>=10000]0!.0,"万";0`, `yyyy"年"m"月"`.

use rust_decimal::Decimal;

use super::number;

/// A piece of what a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words as they are.
    Words(String),
    /// A place for a digit: `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// The number in hundredths.
    Percent,
    /// The number as it is.
    General,
    /// What was typed, where that is a text.
    Typed,
    /// Hours, with a zero before a single digit or without.
    Hour(usize),
    /// Minutes, or months in a date.
    Minute(usize),
    /// Seconds.
    Second(usize),
    /// So many digits of a second.
    Part(usize),
    /// Hours, minutes or seconds that go on beyond a day.
    Elapsed(char, usize),
    /// 上午 or 下午; in letters or in Chinese.
    Noon { chinese: bool },
    /// The day of the week.
    Weekday(Week),
}

/// How a day of the week is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Week {
    /// 一
    Bare,
    /// 周一
    Short,
    /// 星期一
    Long,
    /// Mon
    English(usize),
}

/// Which numbers a section is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Condition {
    /// Below, equal, above; several of them.
    pub orders: [bool; 3],
    pub than: Decimal,
}

impl Condition {
    /// Reads `>=10000`; nothing where a bracket holds something else.
    fn read(inside: &str) -> Option<Condition> {
        let sign = inside.trim_end_matches(|c: char| !matches!(c, '<' | '>' | '='));
        let orders = match sign {
            "<" => [true, false, false],
            "<=" => [true, true, false],
            "=" => [false, true, false],
            ">=" => [false, true, true],
            ">" => [false, false, true],
            "<>" => [true, false, true],
            _ => return None,
        };
        Some(Condition { orders, than: number::written(&inside[sign.len()..])? })
    }

    /// Whether it holds for a number.
    pub fn holds(&self, number: Decimal) -> bool {
        self.orders[match number.cmp(&self.than) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        }]
    }
}

/// A section of a code, between semicolons.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parsed {
    pub condition: Option<Condition>,
    pub pieces: Vec<Piece>,
    /// How many thousands the number is shown in.
    pub thousands: u32,
    /// Whether digits are parted by threes.
    pub grouped: bool,
    /// Scientific, a fraction, or in Chinese digits: not shown in digits of its own.
    pub strange: bool,
    pub year: bool,
    pub day: bool,
    /// Commas behind the last digit: they part digits where another follows, else they scale.
    commas: u32,
    /// The brackets name the Chinese of the mainland.
    chinese: bool,
}

impl Parsed {
    /// Places for digits.
    pub fn digits(&self) -> impl Iterator<Item = char> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Digit(c) => Some(*c),
            _ => None,
        })
    }

    /// Places for digits behind the point.
    pub fn decimals(&self) -> u32 {
        let behind = self.pieces.iter().skip_while(|piece| **piece != Piece::Point);
        behind.map(|piece| u32::from(matches!(piece, Piece::Digit(_)))).sum()
    }

    /// How many times it is shown in hundredths.
    pub fn percents(&self) -> usize {
        self.pieces.iter().filter(|piece| **piece == Piece::Percent).count()
    }

    /// Whether it holds a piece.
    pub fn has(&self, wanted: impl Fn(&Piece) -> bool) -> bool {
        self.pieces.iter().any(wanted)
    }

    fn numeric(&self) -> bool {
        self.has(|piece| matches!(piece, Piece::Digit(_) | Piece::General))
    }

    fn timed(&self) -> bool {
        self.has(|piece| matches!(piece, Piece::Second(_) | Piece::Elapsed(..) | Piece::Hour(_)))
    }

    fn words(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(Piece::Words(before)) => before.push_str(words),
            _ => self.pieces.push(Piece::Words(words.to_owned())),
        }
    }

    fn bracket(&mut self, inside: &str) {
        let lower = inside.to_lowercase();
        let first = lower.chars().next();
        if let Some(symbol) = inside.strip_prefix('$') {
            self.chinese |= lower.ends_with("804");
            self.words(symbol.split('-').next().unwrap_or_default());
        } else if lower.starts_with("dbnum") {
            self.strange = true;
        } else if let Some(c) =
            first.filter(|first| "hms".contains(*first) && lower.chars().all(|c| c == *first))
        {
            self.pieces.push(Piece::Elapsed(c, lower.len()));
        } else if let Some(condition) = Condition::read(inside.trim()) {
            self.condition = Some(condition);
        }
    }

    /// A run of one letter, so many of it.
    fn letters(&mut self, c: char, count: usize) {
        let week = |chinese: Week| if self.chinese { chinese } else { Week::English(count) };
        let piece = match (c.to_ascii_lowercase(), count) {
            _ if self.numeric() => Piece::Words(c.to_string().repeat(count)),
            ('y' | 'e', _) => return self.year = true,
            ('d', 1 | 2) => return self.day = true,
            ('d', 3) => Piece::Weekday(week(Week::Short)),
            ('d', _) => Piece::Weekday(week(Week::Long)),
            ('a', 3) => Piece::Weekday(Week::Bare),
            ('a', 4..) => Piece::Weekday(Week::Long),
            ('m', _) => Piece::Minute(count),
            ('h', _) => Piece::Hour(count),
            ('s', _) => Piece::Second(count),
            _ => Piece::Words(c.to_string().repeat(count)),
        };
        match piece {
            Piece::Words(words) => self.words(&words),
            piece => self.pieces.push(piece),
        }
    }

    fn digit(&mut self, c: char) {
        // Behind seconds they are parts of one: `ss.000`.
        if self.timed() && !self.numeric() {
            match self.pieces.last_mut() {
                Some(Piece::Part(count)) => *count += 1,
                _ => self.pieces.push(Piece::Part(1)),
            }
            return;
        }
        self.grouped |= std::mem::take(&mut self.commas) > 0;
        self.pieces.push(Piece::Digit(c));
    }

    fn sign(&mut self, c: char) {
        match c {
            '0' | '#' | '?' => self.digit(c),
            '.' if self.timed() && !self.numeric() => {}
            '.' if !self.pieces.contains(&Piece::Point) => {
                self.thousands += std::mem::take(&mut self.commas);
                self.pieces.push(Piece::Point);
            }
            ',' if self.numeric() => self.commas += 1,
            '%' => self.pieces.push(Piece::Percent),
            '@' => self.pieces.push(Piece::Typed),
            '/' if self.numeric() => self.strange = true,
            c => self.words(c.encode_utf8(&mut [0; 4])),
        }
    }
}

/// The sections of a code; every text is one.
pub(super) fn sections(code: &str) -> Vec<Parsed> {
    let mut sections = vec![Parsed::default()];
    let mut rest = code;
    while let (Some(c), Some(section)) = (rest.chars().next(), sections.last_mut()) {
        rest = &rest[c.len_utf8()..];
        match c {
            ';' => sections.push(Parsed::default()),
            '"' => section.words(until('"', &mut rest)),
            '[' => section.bracket(until(']', &mut rest)),
            '\\' | '!' | '_' | '*' => {
                let literal = rest.chars().next().unwrap_or(' ');
                rest = &rest[literal.len_utf8().min(rest.len())..];
                match c {
                    '_' => section.words(" "),
                    '*' => {}
                    _ => section.words(literal.encode_utf8(&mut [0; 4])),
                }
            }
            'G' | 'g' if begins(&mut rest, &["eneral", "/通用格式"]) => {
                section.pieces.push(Piece::General)
            }
            'A' | 'a' if begins(&mut rest, &["m/pm", "/p"]) => {
                section.pieces.push(Piece::Noon { chinese: false });
            }
            '上' if begins(&mut rest, &["午/下午"]) => section.pieces.push(Piece::Noon { chinese: true }),
            'E' | 'e' if section.numeric() => section.strange = true,
            c if c.is_ascii_alphabetic() => {
                let more = rest.len() - rest.trim_start_matches(c).len();
                rest = &rest[more..];
                section.letters(c, more + 1);
            }
            c => section.sign(c),
        }
    }
    for section in &mut sections {
        section.thousands += std::mem::take(&mut section.commas);
    }
    sections
}

/// What stands before a sign, which is taken too.
fn until<'c>(end: char, rest: &mut &'c str) -> &'c str {
    let (inside, behind) = rest.split_once(end).unwrap_or((rest, ""));
    *rest = behind;
    inside
}

/// Takes one of some words from the front, in capitals or not.
fn begins(rest: &mut &str, words: &[&str]) -> bool {
    let found = words
        .iter()
        .find(|word| rest.get(..word.len()).is_some_and(|front| front.eq_ignore_ascii_case(word)));
    if let Some(word) = found {
        *rest = &rest[word.len()..];
    }
    found.is_some()
}
