//! Patterns that are built when a text first holds what they cannot match without.
//!
//! A rule looks for what most texts do not hold. Building a pattern costs a thousand times more than looking whether
//! words stand in a text that every match of the pattern contains, and running it costs more, too. Those words are
//! read off the pattern.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::{Captures, Match, Regex};
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    Ast, ClassBracketed, ClassSet, ClassSetItem, Flag, Flags, FlagsItemKind, GroupKind, RepetitionKind,
    RepetitionRange,
};

/// No more words than these stand for a part of a pattern.
const MOST: usize = 16;

/// A pattern, mostly written down as a constant.
#[derive(Debug)]
pub struct Pattern {
    written: Written,
    need: OnceLock<Need>,
    built: OnceLock<Regex>,
}

#[derive(Debug)]
enum Written {
    Text(&'static str),
    Made(fn() -> String),
    Given(String),
}

impl Pattern {
    /// A pattern by its text.
    pub const fn new(text: &'static str) -> Pattern {
        Pattern::of(Written::Text(text))
    }

    /// A pattern whose text is put together at its first use.
    pub const fn made(make: fn() -> String) -> Pattern {
        Pattern::of(Written::Made(make))
    }

    /// A pattern that was read; it must be [sound](Pattern::is_sound) before it is used.
    pub fn given(text: String) -> Pattern {
        Pattern::of(Written::Given(text))
    }

    /// Whether it can be built.
    pub fn is_sound(&self) -> bool {
        Regex::new(&self.text()).is_ok()
    }

    const fn of(written: Written) -> Pattern {
        Pattern { written, need: OnceLock::new(), built: OnceLock::new() }
    }

    /// Whether it matches anywhere in the text.
    pub fn is_match(&self, text: &str) -> bool {
        self.within(text).is_some_and(|regex| regex.is_match(text))
    }

    /// Its first match.
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.find_at(text, 0)
    }

    /// Its first match at or behind a byte; what stands before is seen by `^` and the like.
    pub fn find_at<'t>(&self, text: &'t str, start: usize) -> Option<Match<'t>> {
        self.within(text)?.find_at(text, start)
    }

    /// Its matches from left to right.
    pub fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.within(text).into_iter().flat_map(move |regex| regex.find_iter(text))
    }

    /// Its first match with the groups.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.captures_at(text, 0)
    }

    /// The same for its first match at or behind a byte; what stands before is seen by `^` and the like.
    pub fn captures_at<'t>(&self, text: &'t str, start: usize) -> Option<Captures<'t>> {
        // To find nothing costs less than to make room for the groups.
        let regex = self.within(text)?;
        regex.is_match_at(text, start).then(|| regex.captures_at(text, start))?
    }

    /// Its matches with the groups, from left to right.
    pub fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.within(text).into_iter().flat_map(move |regex| regex.captures_iter(text))
    }

    /// The text with other words for its matches.
    pub fn replace_all<'t>(&self, text: &'t str, with: &str) -> Cow<'t, str> {
        self.within(text).map_or(Cow::Borrowed(text), |regex| regex.replace_all(text, with))
    }

    /// Whether the text holds what it needs; where it does not, nothing in the text is matched.
    pub fn may_match(&self, text: &str) -> bool {
        let may = self.need.get_or_init(|| Need::of(&self.text())).is_in(text);
        debug_assert!(may || !self.regex().is_match(text), "{:?} matches “{text}”", self.written);
        may
    }

    /// The built pattern, unless the text does not hold what it needs.
    fn within(&self, text: &str) -> Option<&Regex> {
        self.may_match(text).then(|| self.regex())
    }

    fn regex(&self) -> &Regex {
        self.built.get_or_init(|| Regex::new(&self.text()).expect("patterns are constants, or sound"))
    }

    /// Its text.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.written {
            Written::Text(text) => Cow::Borrowed(text),
            Written::Made(make) => Cow::Owned(make()),
            Written::Given(text) => Cow::Borrowed(text),
        }
    }
}

/// What stands in every text that a pattern matches.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Need {
    /// Nothing is known.
    Nothing,
    /// One of these words.
    Word(Vec<String>),
    /// Each of these.
    All(Vec<Need>),
    /// One of these.
    Any(Vec<Need>),
}

impl Need {
    fn of(pattern: &str) -> Need {
        if !pattern.contains(|c: char| c.is_ascii_punctuation() || c.is_ascii_whitespace()) {
            return Need::Word(vec![pattern.to_owned()]);
        }
        let read = Parser::new().parse(pattern).ok();
        read.and_then(|pattern| known(&pattern)).map_or(Need::Nothing, Known::need)
    }

    fn is_in(&self, text: &str) -> bool {
        match self {
            Need::Nothing => true,
            Need::Word(words) => words.iter().any(|word| text.contains(word.as_str())),
            Need::All(all) => all.iter().all(|need| need.is_in(text)),
            Need::Any(any) => any.iter().any(|need| need.is_in(text)),
        }
    }

    /// One of all words that something matches. That there is a digit tells nothing.
    fn word(words: Vec<String>) -> Need {
        let digit = |word: &String| word.len() == 1 && word.as_bytes()[0].is_ascii_digit();
        let nothing = words.iter().any(String::is_empty) || words.iter().all(digit);
        if nothing { Need::Nothing } else { Need::Word(words) }
    }

    /// How many words are looked for at most.
    fn cost(&self) -> usize {
        match self {
            Need::Nothing => 0,
            Need::Word(words) => words.len(),
            Need::All(needs) | Need::Any(needs) => needs.iter().map(Need::cost).sum(),
        }
    }
}

/// What is known of a part of a pattern.
enum Known {
    /// All that it matches.
    Words(Vec<String>),
    /// No more than what it needs.
    Needs(Need),
}

impl Known {
    fn need(self) -> Need {
        match self {
            Known::Words(words) => Need::word(words),
            Known::Needs(need) => need,
        }
    }
}

const UNKNOWN: Known = Known::Needs(Need::Nothing);

/// How often a part stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Often {
    Once,
    Perhaps,
    Many,
    Any,
}

/// A sequence as far as it is read: what it needs, and all that can stand at its end.
struct Sequence {
    all: Vec<Need>,
    end: Vec<String>,
    /// Nothing stands before the end.
    whole: bool,
}

impl Sequence {
    fn add(&mut self, known: Known, often: Often) {
        match (known, often) {
            (Known::Words(words), Often::Once) => self.join(words),
            (Known::Words(mut words), Often::Perhaps) => {
                words.push(String::new());
                self.join(words);
            }
            (Known::Words(words), Often::Many) => {
                if self.end != [""] {
                    self.join(words.clone());
                    self.cut(words);
                } else {
                    (self.end, self.whole) = (words, false);
                }
            }
            (known, Often::Once | Often::Many) => {
                self.cut(vec![String::new()]);
                self.all.push(known.need());
            }
            (_, Often::Perhaps | Often::Any) => self.cut(vec![String::new()]),
        }
    }

    fn join(&mut self, words: Vec<String>) {
        if self.end.len() * words.len() > MOST {
            return self.cut(words);
        }
        let with = |end: &String| words.iter().map(move |word| format!("{end}{word}")).collect::<Vec<_>>();
        self.end = self.end.iter().flat_map(with).collect();
    }

    fn cut(&mut self, end: Vec<String>) {
        self.all.push(Need::word(std::mem::replace(&mut self.end, end)));
        self.whole = false;
    }

    fn known(mut self) -> Known {
        if self.whole {
            return Known::Words(self.end);
        }
        self.cut(Vec::new());
        // The rarest are found among the few; those that are too many are left to the pattern.
        let mut left = MOST;
        self.all.sort_by_key(Need::cost);
        self.all.retain(|need| {
            let cheap = *need != Need::Nothing && need.cost() <= left;
            left -= if cheap { need.cost() } else { 0 };
            cheap
        });
        Known::Needs(if self.all.is_empty() { Need::Nothing } else { Need::All(self.all) })
    }
}

/// What is known of a part; nothing where letters of it may match other ones.
fn known(part: &Ast) -> Option<Known> {
    Some(match part {
        Ast::Empty(_) | Ast::Assertion(_) => Known::Words(vec![String::new()]),
        Ast::Flags(flags) if is_plain(&flags.flags) => Known::Words(vec![String::new()]),
        Ast::Flags(_) => return None,
        Ast::Literal(one) => Known::Words(vec![one.c.to_string()]),
        Ast::Dot(_) | Ast::ClassUnicode(_) | Ast::ClassPerl(_) => UNKNOWN,
        Ast::ClassBracketed(class) => members(class).map_or(UNKNOWN, Known::Words),
        Ast::Group(group) => match &group.kind {
            GroupKind::NonCapturing(flags) if !is_plain(flags) => return None,
            _ => known(&group.ast)?,
        },
        Ast::Repetition(_) => sequence(std::slice::from_ref(part))?,
        Ast::Concat(parts) => sequence(&parts.asts)?,
        Ast::Alternation(parts) => alternatives(&parts.asts)?,
    })
}

/// Flags that change nothing but how the pattern is written.
fn is_plain(flags: &Flags) -> bool {
    flags.items.iter().all(|item| item.kind == FlagsItemKind::Flag(Flag::IgnoreWhitespace))
}

/// The characters of a class, where they are few.
fn members(class: &ClassBracketed) -> Option<Vec<String>> {
    let ClassSet::Item(item) = &class.kind else { return None };
    let mut members = Vec::new();
    let known = !class.negated && collect(item, &mut members);
    (known && members.len() <= MOST).then(|| members.iter().map(char::to_string).collect())
}

fn collect(item: &ClassSetItem, members: &mut Vec<char>) -> bool {
    match item {
        ClassSetItem::Empty(_) => true,
        ClassSetItem::Literal(one) => {
            members.push(one.c);
            true
        }
        ClassSetItem::Range(range) => {
            members.extend((range.start.c..=range.end.c).take(MOST + 1));
            true
        }
        ClassSetItem::Union(union) => union.items.iter().all(|item| collect(item, members)),
        _ => false,
    }
}

fn sequence(parts: &[Ast]) -> Option<Known> {
    let mut sequence = Sequence { all: Vec::new(), end: vec![String::new()], whole: true };
    for part in parts {
        let (part, often) = match part {
            Ast::Repetition(repeated) => (&*repeated.ast, often(&repeated.op.kind)),
            once => (once, Often::Once),
        };
        sequence.add(known(part)?, often);
    }
    Some(sequence.known())
}

fn often(kind: &RepetitionKind) -> Often {
    match kind {
        RepetitionKind::ZeroOrOne => Often::Perhaps,
        RepetitionKind::ZeroOrMore
        | RepetitionKind::Range(
            RepetitionRange::Exactly(0) | RepetitionRange::AtLeast(0) | RepetitionRange::Bounded(0, _),
        ) => Often::Any,
        RepetitionKind::OneOrMore | RepetitionKind::Range(_) => Often::Many,
    }
}

fn alternatives(parts: &[Ast]) -> Option<Known> {
    let all = parts.iter().map(known).collect::<Option<Vec<_>>>()?;
    let words = |known: &Known| match known {
        Known::Words(words) => Some(words.clone()),
        Known::Needs(_) => None,
    };
    let joined = all.iter().map(words).collect::<Option<Vec<_>>>().map(|all| all.concat());
    if let Some(words) = joined.filter(|words| words.len() <= MOST) {
        return Some(Known::Words(words));
    }
    let any: Vec<Need> = all.into_iter().map(Known::need).collect();
    let told = !any.contains(&Need::Nothing);
    let any = Need::Any(any);
    Some(Known::Needs(if told && any.cost() <= MOST { any } else { Need::Nothing }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::string::string_regex;

    use super::*;

    /// A need in short: `增加了到|增加了至`, `(年)(月|日)`.
    fn shown(need: &Need) -> String {
        let each = |needs: &[Need], between| needs.iter().map(shown).collect::<Vec<_>>().join(between);
        match need {
            Need::Nothing => String::new(),
            Need::Word(words) => words.join("|"),
            Need::All(all) => all.iter().map(|need| format!("({})", shown(need))).collect(),
            Need::Any(any) => each(any, "|"),
        }
    }

    #[test]
    fn words_are_read_off_patterns() {
        for (pattern, words) in [
            ("截至", "截至"),
            ("特此(?:报告|汇报)$", "特此报告|特此汇报"),
            ("(?:增加|提高)了(?P<to>到|至)", "增加了到|增加了至|提高了到|提高了至"),
            ("(?:届|次)[^，]{2,}第", "(第)(届|次)"),
            ("[0-9]+元", "(0元|1元|2元|3元|4元|5元|6元|7元|8元|9元)"),
            ("[0-9][^，]", ""),
            ("(?:共)?有", "共有|有"),
            ("三年?来", "三年来|三来"),
            ("近三{1,2}年", "(近三)(三年)"),
            ("近{0,2}年", "(年)"),
            ("[-~]{2,}|…", "(-|~)|…"),
            (r"www\.[!-~]+", "(www.)"),
            ("[0-2]+[%％]{2}", "(%|％)(0%|0％|1%|1％|2%|2％)"),
            (r"\d{2}\.\p{Han}{2}倍", "(.)(倍)"),
            ("[1-3]月", "1月|2月|3月"),
            ("(?i)abc", ""),
            ("[^，。]+|年", ""),
            ("甲|", ""),
            (".*", ""),
            (r"(?x) 第 [12\ ]\ ?届 | 年", "第1 届|第1届|第2 届|第2届|第  届|第 届|年"),
            ("[a&&b]c", "(c)"),
        ] {
            assert_eq!(shown(&Need::of(pattern)), words, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_gives_what_its_expression_gives() {
        let dated = Pattern::new("([0-9]+)年([0-9]+)月");
        assert_eq!(dated.captures("2011年5月").map(|found| found[2].to_owned()), Some("5".to_owned()));
        assert_eq!(dated.find_iter("5月；2011年5月").count(), 1);
        assert!(dated.find_at("2011年5月", 1).is_some_and(|found| found.as_str() == "011年5月"));
        assert!(!dated.is_match("没有"));
    }

    /// Patterns of the kind that rules have.
    fn pattern() -> impl Strategy<Value = String> {
        let leaf = proptest::sample::select(
            &["甲", "乙丙", "a", r"\.", "[0-9]", "[甲乙-]", "[^甲]", r"[\]甲]", r"\p{Han}", ".", r"\d"][..],
        );
        leaf.prop_map(str::to_owned).prop_recursive(4, 32, 4, |inner| {
            let some = prop::collection::vec(inner, 1..4);
            let often =
                proptest::sample::select(&["", "", "?", "*", "+", "??", "{0,2}", "{1,2}", "{2}", "+?"][..]);
            let open = proptest::sample::select(&["(", "(?:", "(?P<n>"][..]);
            prop_oneof![
                some.clone().prop_map(|parts| parts.concat()),
                (open, some, often)
                    .prop_map(|(open, parts, often)| format!("{open}{}){often}", parts.join("|"))),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn what_a_pattern_needs_is_in_every_match(
            (pattern, text) in pattern().prop_filter_map("names stand once", |pattern| {
                let texts = string_regex(&pattern.replace("(?P<n>", "(?:")).ok()?;
                Some((Just(pattern), texts))
            }).prop_flat_map(|both| both)
        ) {
            let need = Need::of(&pattern);
            prop_assert!(need.is_in(&text), "{need:?}");
        }
    }
}
