//! What a candidate is, by what stands around it in its clause.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Kind, Why};

/// How much of the clause is looked at on either side, in bytes.
const REACH: usize = 72;

/// Words ending in the character that would else be an approximation word: 签约87个, 最近3次.
const NOT_ABOUT: [(char, &str); 3] = [('约', "签节合契条预履违公特制"), ('近', "最附邻临"), ('超', "赶")];

/// Characters after which a bare 千, 万 or 亿 is a number: 突破亿元, 近千个.
const REACHING: [char; 13] = ['约', '近', '超', '过', '逾', '破', '达', '上', '数', '几', '增', '到', '至'];

/// Verbs after which 一个 counts something rather than meaning "a".
const COUNTED: [&str; 14] = [
    "建成", "新建", "新增", "增加", "成立", "创建", "引进", "引入", "完成", "举办", "获得", "建立", "改建",
    "关停",
];

/// What follows a threshold that defines a group.
const GROUP: &str = "的?(?:年轻|重点|重大|大)?(?:项目|企业|党员|干部|老人|老年人|儿童|妇女|青年|人员|人口|工程|群众|居民|村民|贫困)";

/// What follows the count of a slogan: 四句话工作方针, 三个方面.
const SLOGAN: &str = "^\\p{Han}{0,4}?(?:方针|原则|理念|战略|目标|要求|意识|自信|维护|规定|转变|环节|方面|关系|层面|抓手|关键|到位|结合|坚持|不变|不放松)";

static GROUP_AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("^{GROUP}")).ok());
static SLOGAN_AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(SLOGAN).ok());
static ROUTINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("每(?:个?(?:季度|月|星期)|半年|年|季|周|日|天|两年|隔)[^了]{0,9}$|每\\p{Han}{0,5}(?:不少于|不超过|不低于|至少|不得)[^了]{0,3}$")
        .ok()
});

/// A candidate with its surroundings.
struct Scene<'a> {
    word: &'a str,
    before: &'a str,
    after: &'a str,
}

/// The span (less a false approximation word) and the kind of a candidate; `None` if it is part of a word.
pub(super) fn judge(text: &str, span: Range<usize>) -> Option<(Range<usize>, Kind)> {
    let start = span.start + false_about(text, &span);
    let scene = Scene {
        word: &text[start..span.end],
        before: clause_before(&text[..start]),
        after: clause_after(&text[span.end..]),
    };
    let kind = if scene.word.starts_with('第') { Some(scene.ordinal()) } else { scene.number() }?;
    Some((start..span.end, kind))
}

/// The length of a leading 约, 近 or 超 that belongs to the word before.
fn false_about(text: &str, span: &Range<usize>) -> usize {
    let (Some(first), Some(last)) =
        (text[span.clone()].chars().next(), text[..span.start].chars().next_back())
    else {
        return 0;
    };
    let belongs = NOT_ABOUT.iter().any(|(about, words)| *about == first && words.contains(last));
    if belongs { first.len_utf8() } else { 0 }
}

fn clause_before(text: &str) -> &str {
    let near = &text[text.ceil_char_boundary(text.len().saturating_sub(REACH))..];
    near.rsplit(['，', '。', '；', ',', ';', '：', '\n']).next().unwrap_or(near)
}

fn clause_after(text: &str) -> &str {
    &text[..text.floor_char_boundary(REACH.min(text.len()))]
}

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

impl Scene<'_> {
    /// 第3位 is a figure where a place is reported (位居全市第3位), else a serial.
    fn ordinal(&self) -> Kind {
        let ranked = self.before.contains(['居', '列', '排']);
        let place = self.word.ends_with(['位', '名']) || self.word.ends_with(|c| super::is_chinese_digit(c));
        let noun = self.after.starts_with(['产', '责', '书', '线']);
        if ranked && place && !noun { Kind::Figure } else { Kind::Typed(Why::Serial) }
    }

    fn number(&self) -> Option<Kind> {
        let arabic = self.word.contains(|c: char| c.is_ascii_digit());
        if !arabic && self.is_part_of_word() {
            return None;
        }
        let why = if arabic { self.arabic_name() } else { self.slogan() };
        let why = why.or_else(|| self.standard()).or_else(|| self.routine());
        Some(why.map_or(Kind::Figure, Kind::Typed))
    }

    /// A Chinese numeral that only looks like a number: 万亩良田, 一个目标.
    fn is_part_of_word(&self) -> bool {
        let mut chars = self.word.chars();
        let (first, second) = (chars.next(), chars.next());
        let bare_scale = first.is_some_and(|c| "百千万亿".contains(c));
        match first {
            _ if self.word.ends_with('番') => !self.before.ends_with('翻'),
            _ if self.word.contains("分之") => false,
            _ if bare_scale => !self.before.ends_with(REACHING),
            Some('一') if second == Some('个') => {
                !COUNTED.iter().any(|verb| self.before.trim_end_matches('了').ends_with(verb))
            }
            _ => self.before.ends_with(['第', '周', '初', '星']),
        }
    }

    /// PM2.5, S207, 5G: a number tied to letters without a unit of its own.
    fn arabic_name(&self) -> Option<Why> {
        let letter = |c: char| c.is_ascii_alphabetic();
        let bare = self.word.ends_with(|c: char| c.is_ascii_digit());
        let tied = self.before.trim_end_matches('-').ends_with(letter) || self.after.starts_with(letter);
        (bare && tied).then_some(Why::Name)
    }

    fn slogan(&self) -> Option<Why> {
        let counted = self.word.ends_with(['个', '项', '句', '条']);
        (counted && matches(&SLOGAN_AFTER, self.after)).then_some(Why::Name)
    }

    /// A threshold that defines a group: 35岁以下干部, 500万元以上项目.
    fn standard(&self) -> Option<Why> {
        let bounded = self.word.ends_with("以上") || self.word.ends_with("以下");
        let age = self.word.contains('岁') && (bounded || self.word.contains(['-', '—', '至', '～', '~']));
        (age || bounded && matches(&GROUP_AFTER, self.after)).then_some(Why::Standard)
    }

    /// A standing rule: 每季度1次. Money and shares that recur are figures all the same.
    fn routine(&self) -> Option<Why> {
        let amount = self.word.contains(['元', '%', '吨', '成', '倍', '亩']);
        (!amount && matches(&ROUTINE, self.before)).then_some(Why::Routine)
    }
}
