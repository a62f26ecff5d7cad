//! What a candidate is, by what stands around it in its clause.

use std::ops::Range;

use super::{NumberKind, Why};
use crate::zh::number::measure;
use crate::zh::pattern::Pattern;

/// How much of the clause is looked at on either side, in bytes.
const REACH: usize = 72;

/// Words ending in the character that would else be an approximation word: 签约87个, 最近3次.
const NOT_ABOUT: [(char, &str); 3] =
    [('约', "签节合契条预履违公特制集邀续解赴相誓简盟婚"), ('近', "最附邻临接靠远贴就亲"), ('超', "赶反")];

/// Characters after which a bare 千, 万 or 亿 is a number: 突破亿元, 近千个.
const REACHING: [char; 14] =
    ['约', '近', '超', '过', '逾', '破', '达', '上', '数', '几', '增', '到', '至', '迈'];

/// Verbs after which 一个 or 一次 counts something rather than meaning "a" or "once".
const COUNTED: &str = "(?:建成|新建|新增|增加|成立|创建|引进|引入|完成|举办|获得|建立|改建|关停|召开|开展|举行|组织|\
    组建|修建|修通|打通|铺设|购置|购买|购入|安装|争取|实施|启动|新修|发生|查处|立案|办结|受理|破获|侦破|查获|捣毁|打掉|\
    拆除|整治|救助|资助|捐赠|配备|选派|摘得|荣获|斩获|夺得|获|增设|设有|建有|设|投放|改造|维修|聘请|提出)";

/// Measure words that follow 一 without counting, unless a verb such as 新建 stands right before.
const HARDLY_COUNTED: &str =
    "个次门起天股支场句张本面片环口双类把条份件段笔项种处步届轮名位家户批只头间层群样点番倍幅课";

/// What makes 一 a number all the same, whatever stands before: 一倍, 一个百分点.
const ALWAYS_COUNTED: [&str; 5] = ["番", "倍", "百分点", "千分点", "倍多"];

/// What follows 零 where it is a count: 零上访, but not 零距离.
const COUNTED_ZERO: &str = "^(?:上访|非访|事故|伤亡|死亡|增长|发生|投诉|发案|案件|新增|感染|失误|差错|火情|火灾|返贫|\
    报告|信访|欠薪)";

/// What follows a bare number that is a name: 12345热线, 90后.
const NAMED: &str = "^(?:热线|平台|警情|后|接警|接处警|报警|急救|指挥|服务台|便民|举报|号码|短号|国道|省道|县道|线|路公交|\
    工程|行动|模式|战略|工作法|机制|规划|计划|目标|思路|格局|体系|版|型|国际消费者|消费者|晚会|专案|特大|洪灾|地震)";

/// What stands before a bare number that is a name: 国道318, 拨打110.
const NAMING: &str =
    "(?:国道|省道|县道|乡道|高速|拨打|热线|邮编|邮政编码|编号|序列号|代码|编码|账号|批准文号|许可证号|第)$";

/// Numbers one calls: 110, 12315.
const HOTLINE: &str = "^(?:1[12][0-9]|12[0-9]{3}|9[56][0-9]{3})$";

/// What is done time after time: 每季度召开1次.
const FREQUENCY: [&str; 11] = ["次", "场", "期", "回", "遍", "轮", "堂", "课", "小时", "天", "篇"];

/// Counts of persons and the like that only end as such a word does.
const NO_FREQUENCY: [&str; 11] =
    ["人次", "天次", "户次", "家次", "车次", "架次", "班次", "批次", "台次", "件次", "辆次"];

/// What joins the ends of a range.
const RANGE_SIGN: [char; 6] = ['-', '—', '–', '至', '～', '~'];

/// What stands beside a time of day.
const CLOCK_JOIN: [char; 8] = ['至', '-', '—', '~', '～', '前', '后', '于'];

/// Where a place is reported: 位居全市第3, 从第9升至第4.
const RANKED: &str = "(?:居|位列|名列|分列|列|排名?|跻身|升至|升到|上升|跃升|前移|提升到|提升至|降至|降到|进至|进入|夺得|\
    摘得|荣获|获得?|斩获|取得|拿下|占据?|名次|评比|考核|考评|测评|得分|总分|稳坐|保持)[^，。；]{0,16}$|\
    (?:全[县市省国区镇州盟]|世界|全球|[县市省区州]内|西部|中部|东部|同类\\p{Han}{0,4}|倒数|并列)$";

/// Where a place is only hoped for, or no place at all.
const HOPED: &str =
    "力争|争取|争当|努力|确保|冲刺|目标|瞄准|打造|迈向|迈进|进军|奋斗|摆在|放在|置于|看作|作为";

/// What follows a threshold that defines a group.
const GROUP: &str = "(?:年轻|重点|重大|大|产业|工业|规模|在建|签约|单体|养殖|种植|专业|规模化)*\
    (?:小区|场|户|基地|合作社|项目|企业|党员|干部|老人|老年人|儿童|妇女|青年|人员|人口|工程|群众|居民|村民|贫困|农户|大户|户籍|产业链|婴幼儿|\
    高龄|低保|高温|人群|村|大班额|单位|城市|园区|合同|欠薪|案件)";

/// What follows an amount that is exceeded, where it defines a group: 纳税超百万元的企业.
const EXCEEDING: &str = "^(?:的\\p{Han}{0,8}?|的?(?:重大|重点|工业|产业|大)*)(?:企业|项目|村|农户|大户|个体户|有?[一二两三四五六七八九十0-9])";

/// What follows a share of a group rather than a threshold: 100个以上项目 is a count.
const MEASURED: &str = "(?:元|岁|周岁|亩|吨|头|只|羽|分|千瓦|兆瓦|平方米|公顷|公里|米|℃|[万亿])$";

/// Small communities are defined by their people: 50户以上的自然村.
const PEOPLED: &str = "^的?(?:自然村|村|城市|园区|大班额|学校|居民点|单位|企业)";

/// What follows the count of a slogan: 三个方面, 四句话工作方针; or 五个坚持, right behind it.
const SLOGAN: &str = "^(?:\\p{Han}{0,4}?(?:职能|职责|方针|原则|理念|战略|目标|要求|意识|自信|规定|环节|方面|关系|层面|\
    主攻方向|导向|维度|底线|主线|红线|部分|阶段|步骤)|维护|转变|抓手|关键|到位|结合|坚持|确立|伟大|全面|带头|务必|从未|\
    毫不动摇|不变|不放松|不摘|必须|严禁|代表重要思想|大局|台阶|大台阶|万亿元台阶|文章|大关|统筹|不动摇|走在前|清零|资源)";

/// What follows the count of a name: 两项补贴, 三项制度, 四类重点对象.
const PROVERBIAL: &str =
    "^(?:\\p{Han}{0,6}案件|补贴|制度|改革|机制|建设|监督|补助|人员|对象|重点对象|重点人群|人群|户)";

/// Persons, before whom 人 is often left out: 惠及30万困难群众.
const PERSONS: &str = "^\\p{Han}{0,5}?(?:群众|人口|居民|农民|村民|学生|儿童|老人|老年人|职工|党员|师生|劳动力|婴幼儿|妇女|游客|\
    旅客|会员|团员|青年|农牧民|干部|患者|毕业生|监测对象|移民|人民|纳税人|残疾人|消费者|从业者)";

static GROUP_AFTER: Pattern = Pattern::made(|| format!("^的?{GROUP}"));
static EXCEEDING_AFTER: Pattern = Pattern::new(EXCEEDING);
static MEASURED_END: Pattern = Pattern::new(MEASURED);
static PEOPLED_AFTER: Pattern = Pattern::new(PEOPLED);
static SLOGAN_AFTER: Pattern = Pattern::new(SLOGAN);
static PROVERBIAL_AFTER: Pattern = Pattern::new(PROVERBIAL);
static COUNTED_BEFORE: Pattern = Pattern::made(|| format!("{COUNTED}了?$"));
static COUNTED_EARLIER: Pattern = Pattern::new(COUNTED);
static ZERO_AFTER: Pattern = Pattern::new(COUNTED_ZERO);
static NAMED_AFTER: Pattern = Pattern::new(NAMED);
static NAMING_BEFORE: Pattern = Pattern::new(NAMING);
static CALLED: Pattern = Pattern::new(HOTLINE);
static PERSONS_AFTER: Pattern = Pattern::new(PERSONS);
static RANKED_BEFORE: Pattern = Pattern::new(RANKED);
static HOPED_BEFORE: Pattern = Pattern::new(HOPED);
static RECURRING: Pattern = Pattern::new("每(?:个?(?:季度|月|星期)|半年|年|季|周|日|天|两年|隔)[^了]{0,9}$");
static DEMANDED: Pattern =
    Pattern::new("每\\p{Han}{0,9}(?:不少于|不超过|不低于|至少|不得|不多于)[^了]{0,3}$");
static CLOCK: Pattern = Pattern::new("^(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9])?$");
static YEAR: Pattern = Pattern::new("^(?:19[5-9]|20[0-4])[0-9]$");
static VERSION: Pattern = Pattern::new("^[1-9]\\.0$");
/// 举办培训班三期: there 期 is a count.
static ISSUES: Pattern =
    Pattern::new("举办|开办|组织|开展|培训|编发|刊发|印发|编印|共|讲座|班|简报|信息|连续");

/// A candidate with its surroundings.
struct Scene<'a> {
    word: &'a str,
    before: &'a str,
    after: &'a str,
}

/// The span (less a false approximation word or unit) and the kind of a candidate; `None` if it is part of a
/// word.
pub(super) fn judge(text: &str, span: Range<usize>) -> Option<(Range<usize>, NumberKind)> {
    let start = span.start + false_about(text, &span);
    let end = span.end - false_half(&text[start..span.end], &text[span.end..]);
    let end = end - false_unit(&text[start..end], &text[end..]);
    let scene = Scene {
        word: text.get(start..end).filter(|word| !word.is_empty())?,
        before: clause_before(&text[..start]),
        after: clause_after(&text[end..]),
    };
    let kind = match scene.word.chars().next() {
        Some('第') => Some(scene.ordinal()),
        Some('前') if scene.is_place() => Some(NumberKind::Figure),
        Some('前') => scene.word.ends_with(['名', '位']).then_some(NumberKind::Typed(Why::Serial)),
        Some('首' | '榜' | '之' | '末') => scene.is_place().then_some(NumberKind::Figure),
        _ => scene.number(),
    }?;
    Some((start..end, kind))
}

/// Whether persons are named.
pub(super) fn names_persons(after: &str) -> bool {
    PERSONS_AFTER.is_match(clause_after(after))
}

/// The length of a leading 约, 近 or 超 that belongs to the word before, or of 超过 in 不超过.
fn false_about(text: &str, span: &Range<usize>) -> usize {
    let (Some(first), Some(last)) =
        (text[span.clone()].chars().next(), text[..span.start].chars().next_back())
    else {
        return 0;
    };
    if matches!(last, '不' | '未' | '没') && text[span.clone()].starts_with("超过") {
        return "超过".len();
    }
    let inside = first == '约' && text[..span.start].ends_with("规民");
    let belongs = inside || NOT_ABOUT.iter().any(|(about, words)| *about == first && words.contains(last));
    if belongs { first.len_utf8() } else { 0 }
}

/// The length of what looks like a unit and begins the next word: 95口罩, 12 个人所得税.
fn false_unit(word: &str, after: &str) -> usize {
    let personal = word.ends_with('个') && after.starts_with("人所得");
    let unit = word.chars().next_back().filter(|_| personal || measure::is_noun(word, after));
    let unit = unit.map_or(0, char::len_utf8);
    let left = &word[..word.len() - unit];
    if unit == 0 { 0 } else { word.len() - left.trim_end_matches([' ', '　']).len() }
}

/// The length of a 半 that begins the next word: 12公里半山路.
fn false_half(word: &str, after: &str) -> usize {
    let counted = word.strip_suffix('半').is_some_and(|unit| !unit.ends_with(['成', '一']));
    if counted && !closes(after) { "半".len() } else { 0 }
}

fn clause_before(text: &str) -> &str {
    let near = &text[text.ceil_char_boundary(text.len().saturating_sub(REACH))..];
    near.rsplit(['，', '。', '；', ',', ';', '：', '\n']).next().unwrap_or(near)
}

fn clause_after(text: &str) -> &str {
    &text[..text.floor_char_boundary(REACH.min(text.len()))]
}

/// Whether nothing more is said in the clause.
fn closes(after: &str) -> bool {
    after.chars().next().is_none_or(|c| "，。；、,;（(）)\n".contains(c) || c.is_whitespace())
}

impl Scene<'_> {
    /// 第3位 is a figure where a place is reported (位居全市第3位), else a serial.
    fn ordinal(&self) -> NumberKind {
        let bare = self.word.ends_with(|c| super::is_chinese_digit(c) || c.is_ascii_digit());
        let moves = self.after.starts_with(['上', '升', '跃', '降', '下', '提', '前', '进', '的']);
        let ends = closes(self.after) || moves;
        // 跻身全球第三大港; 第八代表团.
        let large = bare && self.after.starts_with('大');
        let place = if bare { ends || large } else { self.word.ends_with(['位', '名']) };
        let ranked = RANKED_BEFORE.is_match(self.before) || self.word.ends_with('位') && ends;
        let reached = place && ranked && !HOPED_BEFORE.is_match(self.before);
        if reached { NumberKind::Figure } else { NumberKind::Typed(Why::Serial) }
    }

    /// 前三名, 居全市首位 where they were reached; not 摆在首位 or 首位产业.
    fn is_place(&self) -> bool {
        let ranked = RANKED_BEFORE.is_match(self.before) && !HOPED_BEFORE.is_match(self.before);
        ranked && closes(self.after)
    }

    fn number(&self) -> Option<NumberKind> {
        let arabic = self.word.contains(|c: char| c.is_ascii_digit());
        if !arabic && self.is_part_of_word() {
            return None;
        }
        let why = if arabic { self.arabic_name() } else { self.slogan() };
        let why = why.or_else(|| self.standard()).or_else(|| self.routine());
        Some(why.map_or(NumberKind::Figure, NumberKind::Typed))
    }

    /// A Chinese numeral that only looks like a number: 万亩良田, 一个目标.
    fn is_part_of_word(&self) -> bool {
        let mut chars = self.word.chars();
        let (first, second) = (chars.next(), chars.next());
        let bare = self.word.ends_with(super::is_numeral) && !self.word.contains('成');
        let scale = first.is_some_and(|c| "百千万亿".contains(c));
        match first {
            _ if self.word.contains("分之") || self.word.contains("一半") => false,
            _ if self.word == "零" => !ZERO_AFTER.is_match(self.after),
            Some('零') => true,
            _ if bare && scale => !self.before.ends_with(REACHING) || !self.is_round_sum(),
            Some('数' | '上') if bare => !self.is_round_sum(),
            _ if bare => true,
            _ if self.inner().ends_with('番') => !self.before.trim_end_matches('了').ends_with('翻'),
            _ if scale && second.is_some_and(|c| "余多来".contains(c)) => false,
            _ if scale => !self.before.ends_with(REACHING) || self.after.starts_with('级'),
            Some('一') => !second.is_some_and(|unit| self.counts_one(unit)),
            _ => self.before.ends_with(['第', '周', '初', '星']),
        }
    }

    /// 突破百亿大关, 惠及数百万群众.
    fn is_round_sum(&self) -> bool {
        closes(self.after)
            || self.after.starts_with("大关")
            || self.after.starts_with("台阶")
            || names_persons(self.after)
    }

    /// Whether 一 before a measure word counts.
    fn counts_one(&self, unit: char) -> bool {
        let ten = self.word.chars().nth(1).is_some_and(super::is_numeral);
        let inner = self.inner();
        if ten || ALWAYS_COUNTED.iter().any(|unit| inner.ends_with(unit)) {
            return true;
        }
        let hardly = HARDLY_COUNTED.contains(unit) && !self.before.contains('每');
        // 一座座, 说一件、干一件.
        let again =
            "件步个代".contains(unit) && (self.after.contains(self.word) || self.before.contains(self.word));
        let repeated = again || self.after.starts_with(unit);
        let denied = self.before.contains(['未', '没', '无', '只']) || self.before.contains("最多");
        let verb = COUNTED_BEFORE.is_match(self.before)
            || self.before.ends_with('、') && COUNTED_EARLIER.is_match(self.before);
        // 召开会议一次。
        let last = "次件条份项部批场期名".contains(unit)
            && closes(self.after)
            && !self.before.ends_with(['着', '又', '为', '这', '那', '再']);
        !repeated && !denied && (verb || last || !hardly)
    }

    /// 8:30 beside 至 or 前; else it is a ratio.
    fn is_clock(&self) -> bool {
        let joined = self.before.ends_with(CLOCK_JOIN) || self.after.starts_with(CLOCK_JOIN);
        // 2:03:04 behind a day or by itself; 21:50:29 in a sentence is a ratio.
        let by_itself = self.before.trim_end().chars().next_back().is_none_or(|c| "日间".contains(c));
        let seconds = by_itself && self.word.matches([':', '：']).count() == 2;
        let minutes = self.word.contains(":0") || self.word.contains("：0") || self.word.starts_with('0');
        (joined || minutes || seconds && !self.before.ends_with(['为', '由', '到']))
            && CLOCK.is_match(self.word)
    }

    /// PM2.5, S207, 12345热线: a number without a unit of its own; a time of day; a year.
    fn arabic_name(&self) -> Option<Why> {
        let letter = |c: char| c.is_ascii_alphabetic();
        let bare = self.word.ends_with(|c: char| c.is_ascii_digit());
        let spaced = if self.is_cell() { self.before } else { self.before.trim_end_matches(' ') };
        let front = spaced.trim_end_matches(['-', '_']);
        let tied = front.ends_with(letter) || self.after.starts_with(letter);
        let dashed = self.word.starts_with('-') && !self.word.contains('.') && front.ends_with(super::is_han);
        if self.is_clock() {
            return Some(Why::Date);
        }
        // 东湾村3组 is a place.
        // PM2.5年均值.
        let group = tied && self.word.ends_with('年')
            || self.word.ends_with(['组', '队']) && self.before.ends_with(['村', '屯', '寨', '区']);
        if group || self.word.ends_with('版') {
            return Some(Why::Name);
        }
        if !bare {
            return None;
        }
        if self.word.len() > 10 && self.word.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Why::Code);
        }
        if YEAR.is_match(self.word) && !self.is_cell() {
            return Some(Why::Year);
        }
        let version =
            VERSION.is_match(self.word) && !self.is_cell() && super::lexer::shared(self.after).is_none();
        let named = NAMED_AFTER.is_match(self.after) || NAMING_BEFORE.is_match(self.before);
        let called =
            CALLED.is_match(self.word) && !self.is_cell() && super::lexer::shared(self.after).is_none();
        (tied || dashed || version || named || called).then_some(Why::Name)
    }

    /// Whether the number stands alone between blanks, as in the row of a table.
    fn is_cell(&self) -> bool {
        let blank = |c: char| c.is_whitespace() || c == '|';
        self.before.ends_with(blank) && self.after.chars().next().is_none_or(blank)
    }

    /// The number without a bound behind it.
    fn inner(&self) -> &str {
        let bound = ["及以上", "及以下", "以上", "以下", "左右", "以内"];
        bound.iter().find_map(|bound| self.word.strip_suffix(bound)).unwrap_or(self.word)
    }

    /// 四个意识, 三项制度, 三门核电二期.
    fn slogan(&self) -> Option<Why> {
        // As a count it would be 两轮.
        let counted = self.word.ends_with(['成', '人', '名']);
        let second = self.word.starts_with('二') && self.word.chars().count() == 2 && !counted;
        let stage =
            self.word.ends_with('期') && !self.word.starts_with('两') && !ISSUES.is_match(self.before);
        if second || stage {
            return Some(Why::Serial);
        }
        let counted = self.word.ends_with(['个', '项', '句', '条', '篇', '种']);
        let slogan = counted && SLOGAN_AFTER.is_match(self.after);
        let proverbial = self.word.ends_with(['项', '类']) && PROVERBIAL_AFTER.is_match(self.after);
        (slogan || proverbial).then_some(Why::Name)
    }

    /// A threshold that defines a group: 35岁以下干部, 500万元以上项目, 纳税超百万元的企业, 10万至50万元的村12个.
    fn standard(&self) -> Option<Why> {
        let inner = self.inner();
        let range = self.word.contains(RANGE_SIGN) && self.after.starts_with('的');
        let bound = self.inner().len() < self.word.len() && MEASURED_END.is_match(self.inner());
        if (range || bound) && self.is_group_counted() {
            return Some(Why::Standard);
        }
        if self.before.ends_with(['≥', '≤', '＞', '＜', '>', '<', '≧', '≦']) {
            return Some(Why::Standard);
        }
        let bounded = inner.len() < self.word.len();
        let exceeding = self.word.starts_with(['超', '逾']) || self.before.ends_with('过');
        let near = self.before.rsplit('、').next().unwrap_or(self.before);
        let lived = near.contains("寿命") || near.contains("平均年龄");
        if inner.contains('岁') {
            let full = self.before.ends_with('满') || self.before.ends_with('达');
            return ((bounded || full || self.word.contains(RANGE_SIGN)) && !lived).then_some(Why::Standard);
        }
        let people = bounded && inner.ends_with(['人', '户', '名']) && PEOPLED_AFTER.is_match(self.after);
        let counted = self.after.starts_with(|c: char| c == '的' || c.is_ascii_digit());
        let group = bounded && (GROUP_AFTER.is_match(self.after) || counted)
            || exceeding && EXCEEDING_AFTER.is_match(self.after)
            || self.after.starts_with('级')
            || self.after.starts_with("高温");
        let score = bounded && inner.ends_with('分');
        (people || MEASURED_END.is_match(inner) && group || score).then_some(Why::Standard)
    }

    /// Whether what follows is a short noun and its count: 的村12个.
    fn is_group_counted(&self) -> bool {
        const LONGEST: usize = 6;
        let rest = self.after.strip_prefix('的').unwrap_or(self.after);
        let noun = rest.chars().take_while(|c| super::is_han(*c)).count();
        (noun > 0 || self.after.starts_with('的'))
            && noun <= LONGEST
            && rest.chars().nth(noun).is_some_and(|c| c.is_ascii_digit())
    }

    /// A standing rule: 每季度1次, 3日内. Money and shares that recur are figures all the same.
    fn routine(&self) -> Option<Why> {
        let amount = self.word.contains(['元', '%', '吨', '成', '倍', '亩']);
        let inner = self.inner();
        let frequent = FREQUENCY.iter().any(|unit| inner.ends_with(unit))
            && !NO_FREQUENCY.iter().any(|unit| inner.ends_with(unit));
        let often = frequent && RECURRING.is_match(self.before);
        let spread = self.word.contains(RANGE_SIGN) && self.before.contains('每');
        // 每10户配1个.
        let each = self.before.ends_with('每') && self.word.starts_with(|c: char| c.is_ascii_digit());
        let within = self.after.starts_with('内') && self.word.ends_with(['天', '时', '钟', '日'])
            || self.word.ends_with('个') && self.after.starts_with("工作日内");
        (each || within || !amount && (often || spread || DEMANDED.is_match(self.before)))
            .then_some(Why::Routine)
    }
}
