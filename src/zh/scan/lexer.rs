//! The patterns: claims (forms that are no facts, whatever stands around them) and candidates.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Why, constant, measure};

/// Chinese digits and places.
const CN: &str = "零〇一二两三四五六七八九十百千万亿";

/// The longest quotation, in bytes, that is taken for a name.
const LONGEST_NAME: usize = 90;

/// A stretch of the text that is certainly no figure; without a reason it is not even reported.
pub(super) struct Claim {
    pub(super) span: Range<usize>,
    pub(super) why: Option<Why>,
}

/// The claim patterns by falling rank; if a pattern has a group, the group is the claim.
const CLAIMS: [(Option<Why>, &str); 29] = [
    (Some(Why::Name), r"《[^《》\n]*》"),
    (Some(Why::Document), r"[〔\[【﹝［][12][0-9xX×*]{3}[〕\]】﹞］]\s*第?[0-9xX×*]+号"),
    (Some(Why::Period), r"[“‘]?十[一二三四五六]五[”’]?(?:时期|期间|规划|末|初)?"),
    (Some(Why::Name), r"“[^“”。；\n]*”"),
    (Some(Why::Name), r#""[^"\n]*""#),
    (Some(Why::Name), r"‘[^‘’。；\n]*’"),
    (
        Some(Why::Code),
        r"0[0-9]{2,3}[-—][0-9]{7,8}|(?:电话|手机|联系|热线)[^0-9，。；]{0,8}([0-9]{11}|[0-9]{7,8})",
    ),
    (Some(Why::Masked), r"[12]0[xX×*＊]{2}年度?"),
    (Some(Why::Masked), r"[0-9]+(?:[xX×*＊]{2,}[0-9xX×*＊.]*|[xX×*＊]\.[0-9]+)(?:%|万元|亿元|元|人|户)?"),
    (Some(Why::Date), r"[12][0-9]{3}(?:[-/.][0-9]{1,2}){2}日?"),
    (
        Some(Why::Year),
        r"(?x) [12][0-9]{3} 年? (?:[-—–~～]+|至|到) [12][0-9]{3} 年度?
          | (?: [12][0-9]{3} | [一二][〇○零一二三四五六七八九]{3} ) 年 (?:度|底|末|初)?
            (?: [0-9一二三四五六七八九十]{1,2} 月 (?:份|底|末|初|[上中下]旬)? )?
            (?: [0-9一二三四五六七八九十]{1,3} [日号] )?
            (?: (?:[-—–~～]+|至|到) (?:[12][0-9]{3}年)? [0-9]{1,2}
                (?: 月 (?:份|底|末)? (?:[0-9]{1,2}[日号])? | [日号] ) )?",
    ),
    (
        Some(Why::Date),
        r"(?x) (?: [0-9]{1,2} | [一二三四五六七八九十]{1,2} ) 月? (?:[0-9]{1,2}日)?
            (?: (?:[-—–~～]+|至|到) [0-9一二三四五六七八九十]{1,2} )? 月 (?:份|底|末|初|[上中下]旬)?
            (?: [0-9一二三四五六七八九十]{1,3} [日号] (?: (?:[-—–~～]+|至|到) [0-9]{1,2} 日 )? )?",
    ),
    (
        Some(Why::Date),
        r"[0-9]{1,2}日|[0-9]{1,2}时(?:[0-9]{1,2}分)?|第?[一二三四1-4](?:[、至—-][一二三四1-4])?季度",
    ),
    (
        Some(Why::Date),
        r"(?:上午|下午|晚上?|早上?|凌晨|中午)([0-9]{1,2}[:：][0-9]{2}(?:[-—–~～至]+[0-9]{1,2}[:：][0-9]{2})?)",
    ),
    (
        Some(Why::Session),
        r"(?x) [一二三四五六七八九十百0-9]{1,4} 届 [一二三四五六七八九十]{1,3} 
            (?: 次 (?:全体)? (?:会议|全会)? | 中 (?: 、[一二三四五六七八九]中 )* 全会 )
          | 第? [一二三四五六七八九十百0-9]{1,4} 届
          | [一二三四五六七八九]中全会 | 十[五六七八九]大 | 二十一?大",
    ),
    (
        Some(Why::Session),
        r"(?x) (?:届|人大|政协|委员会|代表大会|党代会|妇代会|团代会) \p{Han}{0,6}? 第?
            ([一二三四五六七八九十]{1,3}次(?:全体|代表)?(?:会议|全会|大会))",
    ),
    (
        Some(Why::Serial),
        r"(?m)^[\s#]*([0-9]{1,2}[、.．]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部编])",
    ),
    (Some(Why::Serial), r"(?:^|[^0-9.．])([0-9]{1,2}[.．])[\p{Han}“《]|。([0-9]{1,2}、)"),
    (
        Some(Why::Serial),
        r"[（(][一二三四五六七八九十0-9]{1,3}[）)]|[①-⑳⑴-⒇]|附件[0-9]{1,2}|(?:^|[见如附（(])[表图][0-9]{1,2}",
    ),
    (Some(Why::Serial), r"(?:^|[。；;：:，,！？—\s”》）])([一二三四五六七八九十]{1,3}(?:是|要|、))"),
    (Some(Why::Serial), r"[一二三特]等奖?|[一二三四五六七]期(?:工程|项目|建设)"),
    (Some(Why::Document), r"第?[0-9]+号(?:令|文件|文|公告)"),
    (
        Some(Why::Name),
        r"(?x) [0-9]+(?:\+[0-9A-Z]+)+ | [0-9]+天(?:攻坚|行动|会战) | [0-9]+分钟\p{Han}{0,4}圈 | 24小时
          | [0-9]+号 | [0-9一二两三四五六七八九]+级 | [一二三四五六七八九十百千]+强
          | [一二三四五六七八九十0-9]年(?:行动|攻坚|计划|规划|一贯) | [三一二]次产业",
    ),
    (
        Some(Why::Place),
        r"(?x) [一三四五六七八九十百千万] [里道江河岔角桥塘泉溪合联和义山岭湾湖都龙星] \p{Han}?
            (?:村|镇|乡|县|社区|街道|沟|河|湾|桥|铺|坪|坡|岭)",
    ),
    (
        None,
        "三令五申|五湖四海|七嘴八舌|两袖清风|三言两语|千方百计|千家万户|千军万马|千头万绪|\
         成千上万|成百上千|四面八方|三番五次|五花八门|一心一意|一如既往|一以贯之|一成不变|\
         一视同仁|百花齐放|万众一心|三会一课|三重一大|一岗双责|五位一体|三支一扶|四议两公开|\
         两不愁|三保障|一氧化|二氧化|三轮车|二维码|一系列|进一步|一体化|一次性|一方面|\
         一把手|一揽子|一站式|一条龙|一盘棋|一口气|一部分|一阵子|一辈子|一张网|一站|一些|\
         一定|一批|一系|一般|一体|一直|一切|一时|一一|一旦|一律|一线|一流|一带|一道|\
         一把|一手|一致|一度|一向|一再|一边|一面|一贯|一概|一齐|一经|一并|一半会|一同|\
         一味|一路|一家人|一种|一条心|一条线|一件事|一张图|一张表|一本账|一张蓝图|一门心思|\
         一点|一样|一下|一步|统一|逐一|同一|唯一|单一|专一|多规合一|整齐划一|三位一体|\
         万一|三农|三资|三公|三方|三产|三孩|五保|五老|两委|两会|两新|两癌|两山|两院|\
         两侧|两边|两旁|两头|两岸|两手|两型|两难|两地|双[一百千]|四季|四害|四好|五一|\
         六一|七一|八一|三八|五四|十分|十足|百姓|百货|百科|百年|千万别|万全|万能|百分百",
    ),
    (
        None,
        r"一\p{Han}一\p{Han}|一\p{Han}(?:不|没)\p{Han}|[每某任何哪这那另上下]一(?:个|名|位|家|户|项|件|次|条|处|支|座)",
    ),
    (
        Some(Why::Period),
        r"(?x) (?:最近|近|过去的?|未来|今后|连续)?
            (?: [0-9]{1,3} (?: (?:[-—–~～]+|至|到) [0-9]{1,3} )? | [一二两三四五六七八九十]{1,3} )
            (?:多|余)? (?: 周年 | 年 (?:多|来|间|内|以来|以上|以内|时间)? )",
    ),
    (
        Some(Why::Period),
        r"(?x) (?: [0-9]{1,3} (?: (?:[-—–~～]+|至|到) [0-9]{1,3} )? | [一二两三四五六七八九十]{1,3} )
            (?:多|余)? 个 多? 月",
    ),
    (Some(Why::Name), r"[A-Za-z]*[0-9]+(?:\.[0-9]+)?[AGD](?:级)?"),
];

static CLAIM_PATTERNS: LazyLock<Vec<(Option<Why>, Regex)>> =
    LazyLock::new(|| CLAIMS.iter().map(|(why, pattern)| (*why, constant(pattern))).collect());

static CANDIDATE: LazyLock<Regex> = LazyLock::new(|| constant(&candidate_pattern()));

/// Alternatives by falling rank: ordinal, fraction, ratio, range, number, 大写, Chinese numeral, 成, 一半 and 零.
fn candidate_pattern() -> String {
    let (unit, cn_unit, kilo) = (measure::after_arabic(), measure::after_chinese(), measure::scale_like());
    let about = "(?:约|近|超过|超|逾)?";
    let after = "(?:以上|以下|以内|左右|上下)?";
    let number = r"[-－−]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?";
    let scale = "(?:万亿|千万|百万|亿|万|千|百)";
    let scaled = format!("[多余几]?{scale}?[多余几]?{unit}(?:/{unit})?|[多余几]?{scale}[多余]?|[多余]");
    let tail = format!("(?:[多余几]?[亿万]?[多余几]?(?:{kilo})|{scaled}|[ 　]{unit})?");
    let dash = "(?:[-—–~～]{1,2}|至|到)";
    [
        format!("第(?:[0-9]+|[{CN}]+)(?:{cn_unit})?"),
        format!("{about}[{CN}]+分之(?:[{CN}]+(?:点[{CN}]+)?|{number}){after}"),
        r"[0-9]+(?:\.[0-9]+)?(?:[:：∶][0-9]+(?:\.[0-9]+)?)+".to_owned(),
        format!("{about}{number}(?:%|{scale})?{dash}[0-9]+(?:\\.[0-9]+)?{tail}{after}"),
        format!("{about}[0-9]+(?:亿[0-9]+千?万|万[0-9]+千){unit}?{after}"),
        format!("{about}{number}{tail}{after}"),
        "[壹贰叁肆伍陆柒捌玖拾佰仟][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*[元圆角分](?:[壹贰叁肆伍陆柒捌玖零]*[角分])*整?"
            .to_owned(),
        format!("{about}[数几上]?[{CN}]+(?:点[{CN}]+)?[多余来几]?[万亿]?[多余]?{cn_unit}{after}"),
        format!("{about}[一二两三四五六七八九]成[一二三四五六七八九半]?{after}"),
        format!("{about}一半{after}"),
        "零".to_owned(),
    ]
    .join("|")
}

/// The claims of `text` in text order, without overlap: where two meet, the pattern of higher rank wins.
pub(super) fn claims(text: &str) -> Vec<Claim> {
    let mut taken = vec![false; text.len()];
    let mut found = Vec::new();
    for (why, pattern) in CLAIM_PATTERNS.iter() {
        for groups in pattern.captures_iter(text) {
            let Some(hit) = groups.iter().skip(1).flatten().next().or_else(|| groups.get(0)) else {
                continue;
            };
            let span = hit.range();
            if taken[span.clone()].contains(&true)
                || splits_number(text, span.start)
                || is_speech(hit.as_str())
            {
                continue;
            }
            taken[span.clone()].fill(true);
            let why = why.filter(|_| hit.as_str().contains(is_numeral));
            found.push(Claim { span, why });
        }
    }
    found.sort_by_key(|claim| claim.span.start);
    found
}

/// True where a numeral at `start` continues one that began earlier: 十分 in 二十分钟.
fn splits_number(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let (Some(first), Some(last)) = (text[start..].chars().next(), before.next()) else { return false };
    let decimal = last == '.' && before.next().is_some_and(|c| c.is_ascii_digit());
    let arabic = first.is_ascii_digit() && (last.is_ascii_digit() || decimal);
    arabic || CN.contains(first) && CN.contains(last)
}

/// True for a quotation that is too long for a name, so that its figures count.
fn is_speech(text: &str) -> bool {
    text.starts_with(['"', '“', '‘']) && text.len() > LONGEST_NAME
}

/// True for a character that can write a number.
fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || ('①'..='⒇').contains(&c) || CN.contains(c)
}

/// The candidates within one stretch of `text` that no claim covers, as ranges of `text`.
pub(super) fn candidates(text: &str, gap: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let start = gap.start;
    CANDIDATE.find_iter(&text[gap]).map(move |hit| start + hit.start()..start + hit.end())
}
