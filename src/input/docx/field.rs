//! Fields that show something without holding it as text (ECMA-376 Part 1, 17.16): formulas, readings and signs
//! of the older kind, check boxes and lists to choose from.

use roxmltree::Node;

use super::xml::{attribute, child, is_on, is_word, value};
use super::{math, symbol};
use crate::zh::private::UNREADABLE;

/// A field that has begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Field {
    /// What it is told to do.
    pub told: String,
    /// What stands in it is what it shows.
    pub shows: bool,
    /// It has shown words.
    pub filled: bool,
    /// What its form shows, where it is a form.
    pub form: Option<String>,
}

/// What a field shows of itself, and a reading that stood above it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub words: String,
    pub reading: String,
}

impl Field {
    /// A field that begins with this mark.
    pub fn begun(mark: &Node<'_, '_>) -> Field {
        Field { form: child(mark, "ffData").and_then(|data| form(&data)), ..Field::default() }
    }

    /// Its first word in capitals: `EQ`, `TOC`, `PAGE`.
    pub fn kind(&self) -> String {
        self.told.split_whitespace().next().unwrap_or_default().to_uppercase()
    }

    /// Whether it counts paragraphs by itself (17.16.5.4, .5, .6, .32).
    pub fn counts(&self) -> bool {
        matches!(self.kind().as_str(), "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" | "LISTNUM")
    }

    /// What it shows where it holds no text.
    pub fn own(&self) -> Shown {
        let words = |words: String| Shown { words, ..Shown::default() };
        match (self.kind().as_str(), &self.form) {
            ("EQ", _) => equation(&self.told),
            ("SYMBOL", _) => words(sign(&self.told)),
            // What there is to click on stands behind what the click does (17.16.5.33, .23).
            ("MACROBUTTON" | "GOTOBUTTON", _) => words(behind(&self.told, 2)),
            (_, Some(form)) => words(form.clone()),
            _ => Shown::default(),
        }
    }
}

/// The words behind so many first ones.
fn behind(told: &str, skip: usize) -> String {
    let next = |rest: &str| {
        rest.trim_start().split_once(char::is_whitespace).map_or("", |(_, rest)| rest).to_owned()
    };
    (0..skip).fold(told.to_owned(), |rest, _| next(&rest)).trim().to_owned()
}

/// What a form of the older kind shows: a box, or the entry that was chosen (17.16.7, .9).
fn form(data: &Node<'_, '_>) -> Option<String> {
    if let Some(list) = child(data, "ddList") {
        let chosen: usize =
            value(&list, "result").or(value(&list, "default")).unwrap_or("0").parse().unwrap_or(0);
        let mut entries = list.children().filter(|node| is_word(node, "listEntry"));
        return entries.nth(chosen).map(|entry| attribute(&entry, "val").to_owned());
    }
    let tick = child(data, "checkBox")?;
    let state = child(&tick, "checked").or(child(&tick, "default"));
    Some(if state.is_some_and(|state| is_on(&state)) { "☑" } else { "□" }.to_owned())
}

/// `SYMBOL 82 \f "Wingdings 2"` (17.16.5.60).
fn sign(told: &str) -> String {
    let mut words = told.split_whitespace().skip(1);
    let code = words.next().unwrap_or_default();
    let number = match code.strip_prefix("0x").or(code.strip_prefix("0X")) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => code.parse().ok(),
    };
    let font = told.split_once("\\f").map(|(_, rest)| rest.trim()).unwrap_or_default();
    let font = match font.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => font.split_whitespace().next().unwrap_or_default(),
    };
    number.map(|code| symbol::of(font, code).unwrap_or(UNREADABLE).to_string()).unwrap_or_default()
}

/// What an EQ field shows (17.16.5.17): its switches are written by their arguments.
fn equation(told: &str) -> Shown {
    let told = told.trim_start();
    let mut reader = Reader { rest: told.get(2..).unwrap_or_default(), reading: String::new(), depth: 0 };
    let words = reader.sequence(&[]);
    Shown { words: words.trim().to_owned(), reading: reader.reading }
}

/// Deepest nesting of switches that is read; what is deeper is read as it is written.
const DEEPEST: usize = 30;

struct Reader<'t> {
    rest: &'t str,
    reading: String,
    depth: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    /// Words and switches up to one of these, which is left.
    fn sequence(&mut self, ends: &[char]) -> String {
        let mut words = String::new();
        let mut seam = false;
        while let Some(c) = self.rest.chars().next().filter(|c| !ends.contains(c)) {
            self.next();
            match c {
                c if std::mem::take(&mut seam) && c.is_alphanumeric() => {
                    math::append(&mut words, c.encode_utf8(&mut [0; 4]))
                }
                '\\' if self.rest.starts_with(['\\', '(', ')', ',', ';']) => words.extend(self.next()),
                '\\' if self.depth < DEEPEST => {
                    self.depth += 1;
                    let shown = self.switch();
                    math::append(&mut words, &shown);
                    seam = !shown.is_empty();
                    self.depth -= 1;
                }
                // Brackets that no switch opened belong to the words.
                '(' if !ends.is_empty() && self.depth < DEEPEST => {
                    self.depth += 1;
                    words.push('(');
                    words.push_str(&self.sequence(&[')']));
                    words.extend(self.next());
                    self.depth -= 1;
                }
                c => words.push(c),
            }
        }
        words
    }

    /// A switch with its options and arguments; the backslash has been read.
    fn switch(&mut self) -> String {
        let first = self.name();
        // `\* jc2`, `\* "Font:宋体"`: how it looks.
        if first == "*" {
            return String::new();
        }
        let mut names = vec![first];
        while self.rest.trim_start().starts_with('\\') {
            self.rest = &self.rest.trim_start()[1..];
            names.push(self.name());
        }
        let start = self.rest.trim_start();
        if !start.starts_with('(') {
            return String::new();
        }
        self.rest = &start[1..];
        let mut arguments = vec![self.sequence(&[',', ';', ')'])];
        while self.next().is_some_and(|c| c != ')') {
            arguments.push(self.sequence(&[',', ';', ')']));
        }
        self.shown(&names, arguments)
    }

    /// The letters of a switch with its number, or a format with what it is given.
    fn name(&mut self) -> String {
        if let Some(rest) = self.rest.strip_prefix('*') {
            self.rest = rest.trim_start();
            let quoted = self.rest.strip_prefix('"').and_then(|inner| inner.find('"')).map(|end| end + 2);
            let plain = self.rest.find([' ', '\\', '(']).unwrap_or(self.rest.len());
            self.rest = &self.rest[quoted.unwrap_or(plain)..];
            return "*".to_owned();
        }
        let end = self.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let name = self.rest[..end].to_lowercase();
        self.rest = &self.rest[end..];
        let blank = self.rest.trim_start_matches(' ');
        let digits = blank.trim_start_matches(|c: char| c.is_ascii_digit());
        // A bracket's own sign stands behind its switch: `\lc\{`.
        self.rest = if matches!(name.as_str(), "lc" | "rc" | "bc") && blank.starts_with('\\') {
            let sign = blank[1..].chars().next().map_or(0, char::len_utf8);
            &blank[1 + sign..]
        } else if digits.trim_start().starts_with(['(', '\\']) {
            digits
        } else {
            self.rest
        };
        name
    }

    fn shown(&mut self, names: &[String], mut arguments: Vec<String>) -> String {
        let has = |name: &str| names.iter().any(|one| one == name);
        match names[0].as_str() {
            "f" if arguments.len() == 2 => {
                format!("{}/{}", math::grouped(&arguments[0]), math::grouped(&arguments[1]))
            }
            "r" => match arguments.pop() {
                Some(under) => math::root(&arguments.concat(), &under),
                None => String::new(),
            },
            "b" => format!("({})", arguments.concat()),
            "l" | "a" => arguments.join("，"),
            "i" => format!("∫{}", arguments.concat()),
            // Raised above the words it stands with: how they are read.
            "s" if has("up") && self.depth > 1 => {
                self.reading.push_str(&arguments.concat());
                String::new()
            }
            "s" if has("up") => math::raised(&arguments.concat()),
            "s" if has("do") => math::lowered(&arguments.concat()),
            "o" => enclosed(&arguments).unwrap_or_else(|| arguments.concat()),
            _ => arguments.concat(),
        }
    }
}

/// ① of ○ and 1: a sign in a ring.
fn enclosed(arguments: &[String]) -> Option<String> {
    let [ring, inner] = arguments else { return None };
    if !matches!(ring.trim(), "○" | "〇" | "◯" | "O") {
        return None;
    }
    let inner = inner.trim();
    let number = inner.parse().ok().filter(|number| (1..=20).contains(number));
    let ideograph = "一二三四五六七八九十".chars().position(|c| inner.chars().eq([c]));
    let code = number.map(|number: u32| 0x245F + number).or(ideograph.map(|at| 0x3280 + at as u32));
    Some(code.and_then(char::from_u32).map_or(inner.to_owned(), String::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(told: &str) -> Shown {
        Field { told: told.to_owned(), ..Field::default() }.own()
    }

    #[test]
    fn equations_are_read_by_their_arguments() {
        for (told, words, reading) in [
            (r#"EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(yǎn),䶮)"#, "䶮", "yǎn"),
            (r#" eq \* jc0 \* "Font:等线" \* hps10 \o \ad(\s \up 9(yún),云)"#, "云", "yún"),
            (r" eq \o\ac(○,3)", "③", ""),
            (r" eq \o\ac(○,三)", "㊂", ""),
            (r" EQ \f(3,4) ", "3/4", ""),
            (r"EQ \r(,2)", "√2", ""),
            (r"EQ \r(3,x)", "³√x", ""),
            (r"EQ x\s\up5(2)", "x²", ""),
            (r"EQ \b\lc\{\rc\}(a)", "(a)", ""),
            (r"EQ \f(\r(,4),\f(1,2))", "√4/(1/2)", ""),
            (r"EQ 3\f(1,2)4", "3又1/2\u{3000}4", ""),
            (r"EQ \x(重点)", "重点", ""),
            (r"EQ a\,b", "a,b", ""),
            (r"EQ \f(1", "1", ""),
            ("EQ", "", ""),
        ] {
            let shown = field(told);
            assert_eq!((shown.words.as_str(), shown.reading.as_str()), (words, reading), "{told}");
        }
    }

    #[test]
    fn signs_are_named_by_their_code_and_typeface() {
        for (told, wanted) in [
            (r#"SYMBOL 82 \f "Wingdings 2" \s 12"#, "☑"),
            (r"SYMBOL 0xA8 \f Wingdings", "□"),
            (r"SYMBOL 177", "±"),
            (r"SYMBOL x", ""),
            (r#"SYMBOL 255 \f "Wingdings""#, "〓"),
        ] {
            assert_eq!(field(told).words, wanted, "{told}");
        }
    }

    #[test]
    fn no_depth_is_too_deep() {
        let deep = format!("EQ {}7", r"\o(".repeat(50_000));
        assert!(field(&deep).words.contains('7'));
    }
}
