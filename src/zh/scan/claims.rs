//! Claims: stretches of a text that are no figures, whatever stands around them.

use std::ops::Range;

use super::{Why, is_numeral};
use crate::zh::number::{measure, numeral};
use crate::zh::pattern::Pattern;

/// Chinese digits and places.
const CN: &str = numeral::CHARS;

/// The longest quotation, in bytes, that is taken for a name.
const LONGEST_NAME: usize = 90;

/// A stretch of the text that is certainly no figure; without a reason it is not even reported.
pub(super) struct Claim {
    pub(super) span: Range<usize>,
    pub(super) why: Option<Why>,
}

/// The claim patterns by falling rank; if a pattern has a group, the group is the claim.
static CLAIMS: [(Option<Why>, Pattern); 34] = [
    (Some(Why::Name), Pattern::new(r"《[^《》\n]*》")),
    (
        Some(Why::Document),
        Pattern::new(
            r"(?x) [〔\[【﹝［（(][12][0-9xX×*＊_]{3}[〕\]】﹞］）)] \s*
            (?: 第?[0-9xX×*＊_]+号 | \p{Han}{1,2}[0-9]{0,4}\p{Han}{1,3}[0-9]+号 )",
        ),
    ),
    (Some(Why::Period), Pattern::new(r"[“‘]?十[一二三四五六]五[”’]?(?:时期|期间|规划|末|初)?")),
    (Some(Why::Name), Pattern::new(r"“[^“”。；\n]*”")),
    (Some(Why::Name), Pattern::new(r#""[^"\n]*""#)),
    (Some(Why::Name), Pattern::new(r"‘[^‘’。；\n]*’")),
    (Some(Why::Serial), Pattern::new(r"[\[［〔【][0-9]{1,2}[\]］〕】]")),
    (
        Some(Why::Code),
        Pattern::new(
            r"(?x) 0[0-9]{2,3}[-—][0-9]{7,8} | [48]00-?[0-9]{3}-?[0-9]{4} | 1[3-9][0-9]{9}
          | (?:电话|手机|联系|热线)[^0-9，。；]{0,8}([0-9]{11}|[0-9]{7,8})",
        ),
    ),
    (
        Some(Why::Notation),
        Pattern::new(
            r"(?x) (?:[0-9.]+[×xX*✕])? [0-9.]+ [⁺⁻]? [⁰¹²³⁴-⁹]+ | [0-9]+又[0-9]+/[0-9]+ | [⁰¹²³⁴-⁹]?√[0-9.]+",
        ),
    ),
    (Some(Why::Name), Pattern::new(r"[0-9]+[×xX*✕][0-9]+(?:小时)?")),
    (
        Some(Why::Masked),
        Pattern::new(
            r"(?x) [12一二][0-9〇○零]{0,2}[xX×*＊_]{1,4}[0-9]{0,2}\ ?年度?
            (?: [0-9xX×*＊_]{1,2}月份? (?:[0-9xX×*＊_]{1,2}日)? )?",
        ),
    ),
    (
        Some(Why::Masked),
        Pattern::new(
            r"(?x) [0-9]+ (?: [xX×*＊_]{2,}[0-9xX×*＊._]* | [xX×*＊]\.[0-9]+ ) (?:%|万元|亿元|元|人|户)?
          | [0-9]+[xX×*＊](?:%|万元|亿元|元|万|亿|人|名|户|个|件|次|项|亩|家)
          | [xX×]{1,4}\.[0-9]+(?:%|万元|亿元|元|万|亿|人|户)?",
        ),
    ),
    (Some(Why::Date), Pattern::new(r"[12][0-9]{3}(?:[-/.][0-9]{1,2}){2}日?")),
    (
        Some(Why::Year),
        Pattern::new(
            r"(?x) (?:19|20)[0-9]{2} \ ?年? (?:[-—–~～]+|至|到) (?:19|20)[0-9]{2} (?:\ ?(?:学?年度?))?
          | (?:[12][0-9]{3}[、和])+ [12][0-9]{3} \ ?年度?
          | (?: [12][0-9]{3} | [一二][〇○零一二三四五六七八九]{3} ) \ ?年 (?:度|底|末|初)?
            (?: \ ?[0-9一二三四五六七八九十]{1,2}\ ?月 (?:份|底|末|初|[上中下]旬)? )?
            (?: \ ?[0-9一二三四五六七八九十]{1,3}\ ?[日号] )?
            (?: (?:[-—–~～]+|至|到) (?:[12][0-9]{3}年)? [0-9]{1,2}
                (?: 月 (?:份|底|末)? (?:[0-9]{1,2}[日号])? | [日号] ) )?",
        ),
    ),
    (
        Some(Why::Date),
        Pattern::new(
            r"(?x) (?: (?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}) [、和及] )*
            (?: [0-9]{1,2} | [一二三四五六七八九十]{1,2} ) \ ?月? (?:[0-9]{1,2}日)?
            (?: (?:[-—–~～]+|至|到) [0-9一二三四五六七八九十]{1,2} )? \ ?月 (?:份|底|末|初|[上中下]旬)?
            (?: \ ?(?: (?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}) [日号]? (?:[-—–~～]+|至|到|[、和]) )*
                (?: [0-9]{1,2} | [一二三四五六七八九十]{1,3} ) \ ?[日号]
                (?: (?:[-—–~～]+|至|到) [0-9]{1,2} 日 )? )?
          | (?: [0-9]{1,2}、 )+ [0-9]{1,2} (?:[一二两三四五六]个月)",
        ),
    ),
    (
        Some(Why::Date),
        Pattern::new(
            r"(?x) (?:[0-9]{1,2}(?:[-—–~～]+|[至、和]))* [0-9]{1,2}日 | [0-9]{1,2}时(?:[0-9]{1,2}分)?
          | 第?[一二三四1-4](?:[、至—-][一二三四1-4])?季度",
        ),
    ),
    (
        Some(Why::Date),
        Pattern::new(
            r"(?x) (?:上午|下午|晚上?|早上?|凌晨|中午)
            ( [0-9]{1,2} (?: [:：][0-9]{2}(?:[-—–~～至]+[0-9]{1,2}[:：][0-9]{2})? | 点(?:[0-9]{1,2}分|半)? ) )
          | [日时]\ ?([0-9]{1,2}[:：][0-9]{2})",
        ),
    ),
    (
        Some(Why::Session),
        Pattern::new(
            r"(?x) [一二三四五六七八九十百0-9]{1,4} 届 [一二三四五六七八九十]{1,3}
            (?: 次 (?:、[一二三四五六七八九十]{1,3}次)* (?:全体)? (?:会议|全会)?
              | 中 (?: 、[一二三四五六七八九]中 )* 全会 )
          | 第? [一二三四五六七八九十百0-9]{1,4} 届
          | [一二三四五六七八九]中全会 | 十[五六七八九]大 | 二十一?大",
        ),
    ),
    (
        Some(Why::Session),
        Pattern::new(
            r"(?x) (?:届|人大|政协|委员会|代表大会|党代会|妇代会|团代会) \p{Han}{0,6}? 第?
            ([一二三四五六七八九十]{1,3}次(?:全体|代表)?(?:会议|全会|大会))
          | [省市县区州旗党]委 ([一二三四五六七八九十]{1,3}次(?:、[一二三四五六七八九十]{1,3}次)*) (?:全会|全体会议)",
        ),
    ),
    (
        Some(Why::Serial),
        Pattern::new(
            r"(?m)^[\s#]*([0-9]{1,2}[、.．]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部编条])",
        ),
    ),
    (Some(Why::Serial), Pattern::new(r"(?m)^\s*([0-9]{1,2}(?:[.．][0-9]{1,2}){1,3})[ 　]+\p{Han}")),
    (
        Some(Why::Serial),
        Pattern::new(r"(?:^|[^0-9.．A-Za-z])([0-9]{1,2}[.．])[\p{Han}“《]|[。；;]\s*([0-9]{1,2}、)"),
    ),
    (
        Some(Why::Serial),
        Pattern::new(
            r"(?x) [（(][一二三四五六七八九十0-9]{1,3}[）)] | [①-⑳⑴-⒇] | 附件[0-9]{1,2}
          | (?:^|[见如附（(])[表图][0-9]{1,2} | (?:^|[。；;：:，,\s])([0-9]{1,2}[)）])",
        ),
    ),
    (
        Some(Why::Serial),
        Pattern::new(r"(?:^|[。；;：:，,！？—\s”》）])([一二三四五六七八九十]{1,3}(?:是|要|、))"),
    ),
    (
        Some(Why::Serial),
        Pattern::new(r"[一二三]等功|[一二三特]等奖?|[一二三四五六七]期(?:工程|项目|建设|改造|扩建|主体)"),
    ),
    (Some(Why::Document), Pattern::new(r"第?[0-9]+号(?:令|文件|文|公告)")),
    (
        Some(Why::Name),
        Pattern::new(
            r"(?x) [0-9]+(?:[+＋][0-9A-Zx一二三四五六七八九十]+)+ | [A-Z][+＋][0-9]+
          | [0-9]+天(?:攻坚|行动|会战|冲刺|大干) | [0-9]+(?:分钟|小时|公里)\p{Han}{0,6}圈 | 24小时 | [0-9]+小时(?:工作制|滑动|平均) | [0-9一二三四五六七八九十]{1,2}人制
          | (?:[0-9]+[、和及至—-])*[0-9]+号 | [一二三四五六七八九十百千0-9]+强
          | (?:[0-9一二两三四五六七八九十]{1,2}(?:[-—–~～]+|[至到、和]))* [0-9一二两三四五六七八九十]{1,3}(?:\.[0-9])?级
          | [一二三四五六七八九十0-9]年(?:行动|攻坚|计划|规划|一贯|义务)
          | (?:[一二三]、?){2,3}次?产业 | [一二三]次产业 | [一二三]产(?:融合|增加值) | [一二三四五]类(?:水|区|地区|标准|功能区)
          | [0-9]{1,2}[·•・][0-9]{1,2}",
        ),
    ),
    (
        Some(Why::Place),
        Pattern::new(
            r"(?x) [一三四五六七八九十百千万] [里道江河岔角桥塘泉溪合联和义山岭湾湖都龙星] \p{Han}?
            (?:村|镇|乡|县|社区|街道|沟|河|湾|桥|铺|坪|坡|岭)
          | [一三四五六七八九十] [台门枝口层眼堂方面] (?:县|山|河|渠|峡|湾|沟|坪|塘|核电)",
        ),
    ),
    (
        None,
        Pattern::new(
            "三令五申|五湖四海|七嘴八舌|两袖清风|三言两语|千方百计|千家万户|千军万马|千头万绪|\
         成千上万|成百上千|四面八方|三番五次|五花八门|一心一意|一如既往|一以贯之|一成不变|\
         一视同仁|百花齐放|万众一心|三会一课|三重一大|一岗双责|五位一体|三支一扶|四议两公开|\
         两不愁|三保障|一氧化|二氧化|三轮车|二维码|一系列|进一步|一体化|一次性|一方面|\
         一把手|一揽子|一站式|一条龙|一盘棋|一口气|一部分|一阵子|一辈子|一张网|一站|一些|\
         一定|一批|一系|一般|一体|一直|一切|一时|一一|一旦|一律|一线|一流|一带|一道|\
         一把|一手|一致|一度|一向|一再|一边|一面|一贯|一概|一齐|一经|一并|一半会|一同|\
         一味|一路|一家人|一种|一条心|一条线|一件事|一张图|一张表|一本账|一张蓝图|一门心思|\
         一点|一样|一下|一步|统一|逐一|同一|唯一|单一|专一|多规合一|整齐划一|三位一体|\
         万一|三农|三资|三公|三方|三产|三孩|五保|五老|两委|两会|两新|两癌|两山|两院",
        ),
    ),
    (
        None,
        Pattern::new(
            "两侧|两边|两旁|两头|两岸|两手|两型|两难|两地|双[一百千]|四季|四害|四好|五一|\
         六一|七一|八一|三八|五四|十分|十足|百姓|百货|百科|百年|千万别|万全|万能|百分百|\
         新一轮|新一届|新一代|上一轮|下一轮|二人转|红十字|十字|零部件|两位数|两节期间|两节|一次次|一处使|\
         铁人三项|三人篮球|八段锦|二人台|三句半|五禽戏|三四轮车|四轮车|两轮车|一代代|三五成群|三三两两|二手|三甲|二甲|二乙|三乙|六枝|五家渠|三棵树|五棵松|七台河|三门峡",
        ),
    ),
    (
        None,
        Pattern::new(
            r"(?x) 一\p{Han}一\p{Han} | 一\p{Han}(?:不|没)\p{Han} | 一件(?:接|又)
          | [每某任何哪这那另上下]一[个名位家户项件次条处支座份步课幅张笔场天轮期根]",
        ),
    ),
    (
        Some(Why::Period),
        Pattern::new(
            r"(?x) (?:最近|近|过去的?|未来|今后|连续)?
            (?: [0-9]{1,3} (?: (?:[-—–~～]+|至|到) [0-9]{1,3} )? | [一二两三四五六七八九十]{1,3} )
            (?:多|余)? (?: 周年 | 年 (?:多|来|间|内|以来|以上|以内|时间)? )",
        ),
    ),
    (
        Some(Why::Period),
        Pattern::new(
            r"(?x) (?: [0-9]{1,3} (?: (?:[-—–~～]+|至|到) [0-9]{1,3} )? | [一二两三四五六七八九十]{1,3} )
            (?:多|余)? 个 多? (?:月|季度)",
        ),
    ),
    (Some(Why::Name), Pattern::new(r"[A-Za-z]*[0-9]{1,2}(?:\.[0-9]+)?[AGDK](?:级)?")),
];

/// A count of editions: 连续12届获奖.
static EDITIONS: Pattern =
    Pattern::new("(?:举办|承办|主办|连续|召开|历经|共|办好?|办了)(?:了|过)?(?:[^，。；]{0,20}、)?$");

/// 2.2026年: the year behind the mark of a head.
static YEAR_AHEAD: Pattern = Pattern::new("^[12][0-9]{3}年");
static HEAD_BEFORE: Pattern = Pattern::new("(?:^|[^0-9.．])[0-9]{1,2}[.．]$");

/// A quotation that tells of figures rather than giving something a name.
static TELLING: Pattern = Pattern::new("，.*[0-9](?:[万亿]|%|元|人|户|亩|斤)");

/// The claims of `text` in text order, without overlap: where two meet, the pattern of higher rank wins.
pub(super) fn claims(text: &str) -> Vec<Claim> {
    let mut taken = vec![false; text.len()];
    let mut found = Vec::new();
    for (why, pattern) in &CLAIMS {
        let mut from = 0;
        while let Some(groups) = pattern.captures_at(text, from) {
            let whole = groups.get_match().range();
            let span =
                groups.iter().skip(1).flatten().next().map_or_else(|| whole.clone(), |group| group.range());
            from = whole.end;
            if !stands(text, &span, *why) {
                continue;
            }
            let splits = splits_number(text, span.start)
                && !(*why == Some(Why::Year) && HEAD_BEFORE.is_match(line_before(text, span.start)));
            if taken[span.clone()].contains(&true) || splits {
                // What is left of it may fit: 7月1日 in 18:00、7月1日.
                from = behind_number(text, whole.start);
                continue;
            }
            taken[span.clone()].fill(true);
            let why = why.filter(|_| text[span.clone()].contains(is_numeral));
            found.push(Claim { span, why });
        }
    }
    found.sort_by_key(|claim| claim.span.start);
    found
}

/// False where a pattern fits, but its surroundings say that it means something else.
fn stands(text: &str, span: &Range<usize>, why: Option<Why>) -> bool {
    let (word, before, after) = (&text[span.clone()], &text[..span.start], &text[span.end..]);
    let next = after.chars().next().unwrap_or(' ');
    let otherwise = match why {
        Some(Why::Name) if word.starts_with(['"', '“', '‘']) => is_speech(word),
        Some(Why::Name) if word.ends_with('强') => "化度调势制力行".contains(next),
        Some(Why::Name) => word.ends_with(|c: char| c.is_ascii_uppercase()) && next.is_ascii_alphanumeric(),
        // 13800000000元 is no telephone, 2000—2500元 are no years.
        Some(Why::Code) => measure::begins_amount(after),
        Some(Why::Year) => !word.contains('年') && measure::begins_amount(after),
        // The line begins with 1.5万元, or 3.5 亿元.
        Some(Why::Serial) => {
            let inner = word.trim_end_matches(['.', '．']);
            let dotted = inner != word && next.is_ascii_digit() && !YEAR_AHEAD.is_match(after);
            dotted || inner.contains(['.', '．']) && measure::begins_amount(after.trim_start())
        }
        Some(Why::Session) => {
            word.starts_with(|c: char| c.is_ascii_digit())
                && word.ends_with('届')
                && EDITIONS.is_match(before)
        }
        _ => false,
    };
    !otherwise
}

/// A few characters before a place in the text.
fn line_before(text: &str, at: usize) -> &str {
    &text[text.ceil_char_boundary(at.saturating_sub(8))..at]
}

/// The end of the numeral at `start`, or of the character there.
fn behind_number(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let run = rest.find(|c| !is_numeral(c)).unwrap_or(rest.len());
    start + run.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// True where a numeral at `start` continues one that began earlier: 十分 in 二十分钟.
fn splits_number(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let (Some(first), Some(last)) = (text[start..].chars().next(), before.next()) else { return false };
    let decimal = matches!(last, '.' | ':' | '：') && before.next().is_some_and(|c| c.is_ascii_digit());
    let arabic = first.is_ascii_digit() && (last.is_ascii_digit() || decimal);
    arabic || CN.contains(first) && CN.contains(last)
}

/// True for a quotation that is no name, so that its figures count.
fn is_speech(text: &str) -> bool {
    text.len() > LONGEST_NAME || TELLING.is_match(text)
}
