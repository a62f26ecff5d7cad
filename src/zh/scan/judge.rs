//! What a candidate is, by what stands around it in its clause.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Kind, Why, constant};

/// How much of the clause is looked at on either side, in bytes.
const REACH: usize = 72;

/// Words ending in the character that would else be an approximation word: 签约87个, 最近3次.
const NOT_ABOUT: [(char, &str); 3] = [('约', "签节合契条预履违公特制"), ('近', "最附邻临"), ('超', "赶")];

/// Characters after which a bare 千, 万 or 亿 is a number: 突破亿元, 近千个.
const REACHING: [char; 13] = ['约', '近', '超', '过', '逾', '破', '达', '上', '数', '几', '增', '到', '至'];

/// Verbs after which 一个 or 一次 counts something rather than meaning "a" or "once".
const COUNTED: &str = "(?:建成|新建|新增|增加|成立|创建|引进|引入|完成|举办|获得|建立|改建|关停|召开|开展|举行|组织|\
    组建|修建|修通|打通|铺设|购置|安装|争取|实施|启动|新修|发生|查处|立案|办结|受理)了?$";

/// Measure words that follow 一 without counting.
const HARDLY_COUNTED: &str = "个次门起天股支场句张本面片环口双类把";

/// What follows 零 where it is a count: 零上访, but not 零距离.
const COUNTED_ZERO: &str = "^(?:上访|非访|事故|伤亡|死亡|增长|发生|投诉|发案|案件|新增|感染|失误|差错|火情|火灾|返贫|\
    报告|信访|欠薪)";

/// What follows a bare number that is a name: 12345热线, 90后.
const NAMED: &str = "^(?:热线|平台|警情|后)";

/// What is done time after time: 每季度召开1次.
const FREQUENCY: [&str; 11] = ["次", "场", "期", "回", "遍", "轮", "堂", "课", "小时", "天", "篇"];

/// What joins the ends of a range.
const RANGE_SIGN: [char; 6] = ['-', '—', '–', '至', '～', '~'];

/// What stands beside a time of day.
const CLOCK_JOIN: [char; 8] = ['至', '-', '—', '~', '～', '前', '后', '于'];

/// Areas within which a place is reported: 考核全县第一.
const AREAS: [&str; 6] = ["全县", "全市", "全省", "全国", "全区", "全镇"];

/// What follows a threshold that defines a group.
const GROUP: &str = "的?(?:年轻|重点|重大|大)?\
    (?:项目|企业|党员|干部|老人|老年人|儿童|妇女|青年|人员|人口|工程|群众|居民|村民|贫困)";

/// What follows the count of a slogan: 四句话工作方针, 三个方面.
const SLOGAN: &str = "^\\p{Han}{0,4}?(?:职能|职责|方针|原则|理念|战略|目标|要求|\
    意识|自信|维护|规定|转变|环节|方面|关系|层面|抓手|关键|到位|结合|坚持|确立|伟大|全面|带头|务必|从未|毫不动摇|不变|不放松)";

/// A pattern built at its first use.
type Pattern = LazyLock<Regex>;

static GROUP_AFTER: Pattern = LazyLock::new(|| constant(&format!("^{GROUP}")));
static SLOGAN_AFTER: Pattern = LazyLock::new(|| constant(SLOGAN));
static COUNTED_BEFORE: Pattern = LazyLock::new(|| constant(COUNTED));
static ZERO_AFTER: Pattern = LazyLock::new(|| constant(COUNTED_ZERO));
static NAMED_AFTER: Pattern = LazyLock::new(|| constant(NAMED));
static RECURRING: Pattern =
    LazyLock::new(|| constant("每(?:个?(?:季度|月|星期)|半年|年|季|周|日|天|两年|隔)[^了]{0,9}$"));
static DEMANDED: Pattern =
    LazyLock::new(|| constant("每\\p{Han}{0,6}(?:不少于|不超过|不低于|至少|不得)[^了]{0,3}$"));
static CLOCK: Pattern = LazyLock::new(|| constant("^(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9]$"));

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

/// The length of a leading 约, 近 or 超 that belongs to the word before, or of 超过 in 不超过.
fn false_about(text: &str, span: &Range<usize>) -> usize {
    let (Some(first), Some(last)) =
        (text[span.clone()].chars().next(), text[..span.start].chars().next_back())
    else {
        return 0;
    };
    if last == '不' && text[span.clone()].starts_with("超过") {
        return "超过".len();
    }
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

impl Scene<'_> {
    /// 第3位 is a figure where a place is reported (位居全市第3位), else a serial.
    fn ordinal(&self) -> Kind {
        let ranked = self.before.contains(['居', '列', '排', '获'])
            || AREAS.iter().any(|area| self.before.ends_with(area));
        let place = self.word.ends_with(['位', '名']) || self.word.ends_with(super::is_chinese_digit);
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
            _ if self.word == "零" => !ZERO_AFTER.is_match(self.after),
            _ if self.word.contains("分之") => false,
            _ if bare_scale => !self.before.ends_with(REACHING),
            Some('一') if second.is_some_and(|c| self.after.starts_with(c)) => true,
            Some('一') if self.before.contains(['未', '没', '无']) => true,
            Some('一') if second.is_some_and(|c| HARDLY_COUNTED.contains(c)) => {
                !self.before.contains('每') && !COUNTED_BEFORE.is_match(self.before)
            }
            _ => self.before.ends_with(['第', '周', '初', '星']),
        }
    }

    /// 8:30 beside 至 or 前; else it is a ratio.
    fn is_clock(&self) -> bool {
        let joined = self.before.ends_with(CLOCK_JOIN) || self.after.starts_with(CLOCK_JOIN);
        joined && CLOCK.is_match(self.word)
    }

    /// PM2.5, S207, 12345热线: a number without a unit of its own; and a time of day.
    fn arabic_name(&self) -> Option<Why> {
        let letter = |c: char| c.is_ascii_alphabetic();
        let bare = self.word.ends_with(|c: char| c.is_ascii_digit());
        let tied = self.before.trim_end_matches('-').ends_with(letter) || self.after.starts_with(letter);
        if self.is_clock() {
            return Some(Why::Date);
        }
        (bare && (tied || NAMED_AFTER.is_match(self.after))).then_some(Why::Name)
    }

    fn slogan(&self) -> Option<Why> {
        let counted = self.word.ends_with(['个', '项', '句', '条']);
        (counted && SLOGAN_AFTER.is_match(self.after)).then_some(Why::Name)
    }

    /// A threshold that defines a group: 35岁以下干部, 500万元以上项目.
    fn standard(&self) -> Option<Why> {
        let bounded = self.word.ends_with("以上") || self.word.ends_with("以下");
        let age = self.word.contains('岁') && (bounded || self.word.contains(RANGE_SIGN));
        (age || bounded && GROUP_AFTER.is_match(self.after)).then_some(Why::Standard)
    }

    /// A standing rule: 每季度1次. Money and shares that recur are figures all the same.
    fn routine(&self) -> Option<Why> {
        let amount = self.word.contains(['元', '%', '吨', '成', '倍', '亩']);
        let often = FREQUENCY.iter().any(|unit| self.word.ends_with(unit)) && RECURRING.is_match(self.before);
        let spread = self.word.contains(RANGE_SIGN) && self.before.contains('每');
        (!amount && (often || spread || DEMANDED.is_match(self.before))).then_some(Why::Routine)
    }
}
