//! Lines of a web page that are none of the report: where it was taken from, who put it there, what else to read.

use super::{Kind, Mending, Tidied, ends, has_sentence, is_heading, squeezed};
use crate::zh::pattern::Pattern;

/// Such lines stand at both ends of a text, no further in than so many.
const EDGE: usize = 10;
/// Longer ones are words of the report.
const LONGEST: usize = 120;

/// Labels that only a page has.
static LABEL: Pattern = Pattern::new(
    "^[【\\[（(]?(?:文章来源|信息来源|稿件来源|来源|本文来源|发布时间|发表时间|发布日期|更新时间|录入时间|浏览次数|浏览量|浏览|阅读次数|阅读量|阅读数|点击数|点击量\
     |点击次数|点击|访问量|访问次数|人气|责任编辑|责编|字号|字体|分享到?|推荐访问|推荐阅读|相关阅读|相关文章|相关链接|相关推荐|相关热词(?:搜索)?|热门标签|导语\
     |上一篇|下一篇|上一条|下一条|本文链接|本文网址|本文地址|原文链接|版权声明|免责声明|当前位置|您(?:当前)?的位置|您现在的位置)[】\\]]?[ 　]*[:：】]",
);
/// A time and a place where it was taken from: 时间：2024-12-20 来源：….
static TIMED: Pattern = Pattern::new(
    "^(?:时间|日期|作者|编辑)[ 　]*[:：].*(?:来源|作者|编辑|浏览|点击|阅读|字号|字体|人气)[ 　]*[:：]",
);
/// A time of the day, as a page tells when it was put there, and hardly more: 2024-03-05 08:44 本站.
static STAMP: Pattern = Pattern::new(
    "^[【\\[（(]?20[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ 　]+(?:[0-9]{1,2}:[0-9]{2}.{0,20}|.*(?:来源|作者|编辑|浏览|点击|阅读|字号|字体|打印|人气).*)$",
);
/// Phrases of those who put texts on pages.
static PHRASE: Pattern = Pattern::new(
    "小编.*(?:整理|大家|分享|带来|搜集|收集|为您|为你|推荐)|(?:整理|分享|带来|收集).*小编\
     |^(?:下面|以下|本文|这篇|上面|以上).*(?:供大家参考|供您参考|仅供参考|欢迎(?:大家)?阅读|有所?帮助|全部内容|(?:帮到|帮助)(?:您|你|大家))\
     |转载请注明|^更多.*(?:请?关注|请?访问|请?点击|请继续)|^(?:点击|扫码|扫一扫)(?:下载|查看|进入|收藏|关注|在手机)|^[（(]?(?:本文)?已?被?(?:浏览|阅读)[ 　]*[0-9]+[ 　]*次",
);
/// Ways around a page.
static WAY: Pattern = Pattern::new(
    "^(?:首页[ 　]*[>›»＞/]|https?://[!-~]+$|www\\.[!-~]+$|[【\\[](?:打印|关闭|收藏|字体|返回)|(?:打印本页|关闭窗口|返回顶部|返回首页|分享|打印|收藏)$|[-—【\\[]*(?:END|end)[-—】\\]]*$)",
);
/// The names of those who put a text on a page; one alone may be of the report.
static HANDS: Pattern = Pattern::new(
    "(?:^|[ 　])(?:编辑|审核|校对|初审|复审|终审|撰稿|供稿|录入|发布者?|发布人|监制|摄影)[ 　]*[:：]",
);
/// What leads to other texts; the lines behind it are their titles.
static FURTHER: Pattern = Pattern::new(
    "^[【\\[]?(?:相关(?:阅读|文章|推荐|链接|新闻|内容)|推荐(?:阅读|文章)|猜你喜欢|热门(?:文章|推荐|标签)|延伸阅读|精彩推荐|最新文章)[】\\]]?[:：]?$",
);
/// A title that is the page's, not the report's: 工作汇报范文（通用3篇）.
static COLLECTED: Pattern = Pattern::new(
    "范文|精选|模板|大全|[（(].*[0-9一二三四五六七八九十]+篇[）)]|[0-9一二三四五六七八九十]+篇$",
);
static PAGE: Pattern = Pattern::new(
    "^(?:[-—–－][ 　]*[0-9]{1,3}[ 　]*[-—–－]|第[ 　]*[0-9]{1,3}[ 　]*页(?:[ 　，,]*共[ 　]*[0-9]{1,3}[ 　]*页)?)$",
);

/// The lines without those of the page.
pub(super) fn without(lines: Vec<Tidied>, mendings: &mut Vec<Mending>) -> Vec<Tidied> {
    let count = lines.len();
    let collected = collected(&lines);
    let mut page = Page { title: None, body: false, further: false };
    let mut kept = Vec::with_capacity(count);
    for (at, line) in lines.into_iter().enumerate() {
        let edge = Edge { top: at < EDGE, bottom: at + EDGE >= count };
        let kind = match (line.fixed, collected == Some(at)) {
            (true, _) => None,
            (_, true) => Some(Kind::Site),
            _ => page.kind(&line.words, edge),
        };
        if let Some(kind) = kind {
            let before = line.words.trim().to_owned();
            let place = line.from.first().map_or(1, |from| from + 1);
            mendings.push(Mending { kind, place, before, after: String::new() });
            continue;
        }
        page.passes(&line);
        kept.push(line);
    }
    kept
}

/// The title of a collection, where the report's own stands behind it.
fn collected(lines: &[Tidied]) -> Option<usize> {
    let open = |line: &Tidied| !line.fixed && !line.words.trim().is_empty();
    let at = lines.iter().take(EDGE).position(open)?;
    let title = &lines[at].words;
    let whole = squeezed(title);
    let own = |line: &Tidied| {
        let words = squeezed(&line.words);
        words.chars().count() >= TITLE && words != whole && whole.starts_with(&words)
    };
    (COLLECTED.is_match(title) && lines[at + 1..].iter().take(EDGE).any(own)).then_some(at)
}

/// No title is shorter.
const TITLE: usize = 4;

/// Which end of a text a line stands at.
#[derive(Clone, Copy)]
struct Edge {
    top: bool,
    bottom: bool,
}

/// What was seen of a page so far.
struct Page {
    /// What the report is called.
    title: Option<String>,
    /// Whether its text has begun.
    body: bool,
    /// Whether titles of other texts follow.
    further: bool,
}

impl Page {
    fn passes(&mut self, line: &Tidied) {
        self.body |=
            self.title.is_some() && (line.fixed || has_sentence(&line.words) || is_heading(&line.words));
        self.title.get_or_insert_with(|| squeezed(&line.words));
    }

    /// What a line is, where it is none of the report.
    fn kind(&mut self, words: &str, edge: Edge) -> Option<Kind> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        if PAGE.is_match(words) {
            return Some(Kind::Page);
        }
        if !self.body && self.title.as_deref().is_some_and(|title| title == squeezed(words)) {
            return Some(Kind::Title);
        }
        let short = words.chars().count() <= LONGEST;
        let near = edge.top || edge.bottom;
        let of_site = near && [&LABEL, &TIMED, &PHRASE, &WAY].iter().any(|pattern| pattern.is_match(words))
            || edge.top && STAMP.is_match(words)
            || edge.bottom && HANDS.find_iter(words).count() > 1
            || edge.bottom && self.body && (FURTHER.is_match(words) || self.further && !ends(words));
        self.further |= edge.bottom && self.body && FURTHER.is_match(words);
        (short && of_site).then_some(Kind::Site)
    }
}
