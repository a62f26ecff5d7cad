//! Lines of a web page that are none of the report: where it was taken from, who put it there, what else to read.

use super::{Kind, Mending, Tidied, has_sentence, is_heading, squeezed};
use crate::zh::pattern::Pattern;

/// Such lines stand at both ends of a text, no further in than so many.
const EDGE: usize = 10;
/// Longer ones are words of the report.
const LONGEST: usize = 120;

/// Labels that only a page has.
static LABEL: Pattern = Pattern::new(
    "^(?:文章来源|信息来源|稿件来源|来源|本文来源|发布时间|发表时间|发布日期|更新时间|录入时间|浏览次数|浏览量|浏览|阅读次数|阅读量|点击数|点击量\
     |点击次数|点击|访问量|访问次数|人气|责任编辑|责编|字号|字体|分享到?|推荐访问|推荐阅读|相关阅读|相关文章|相关链接|相关热词(?:搜索)?|热门标签\
     |上一篇|下一篇|上一条|下一条|本文链接|本文网址|本文地址|原文链接|版权声明|免责声明|当前位置|您(?:当前)?的位置|您现在的位置)[ 　]*[:：]",
);
/// A time and a place where it was taken from: 时间：2024-12-20 来源：….
static TIMED: Pattern = Pattern::new(
    "^(?:时间|日期|作者|编辑)[ 　]*[:：].*(?:来源|作者|编辑|浏览|点击|阅读|字号|字体|人气)[ 　]*[:：]",
);
/// Phrases of those who put texts on pages.
static PHRASE: Pattern = Pattern::new(
    "小编.*(?:整理|大家|分享|带来|搜集|收集|为您|为你|推荐)|(?:整理|分享|带来|收集).*小编\
     |^(?:下面|以下|本文|这篇|上面|以上).*(?:供大家参考|供您参考|仅供参考|欢迎(?:大家)?阅读|有所?帮助)|转载请注明|^(?:点击|扫码)(?:下载|查看|进入|收藏|关注)",
);
/// Ways around a page.
static WAY: Pattern = Pattern::new(
    "^(?:首页[ 　]*[>›»＞/]|https?://[!-~]+$|www\\.[!-~]+$|[【\\[](?:打印|关闭|收藏|字体|返回)|(?:打印本页|关闭窗口|返回顶部|返回首页)$)",
);
static PAGE: Pattern = Pattern::new(
    "^(?:[-—–－][ 　]*[0-9]{1,3}[ 　]*[-—–－]|第[ 　]*[0-9]{1,3}[ 　]*页(?:[ 　，,]*共[ 　]*[0-9]{1,3}[ 　]*页)?)$",
);

/// The lines without those of the page.
pub(super) fn without(lines: Vec<Tidied>, mendings: &mut Vec<Mending>) -> Vec<Tidied> {
    let count = lines.len();
    let mut title: Option<String> = None;
    let mut body = false;
    let mut kept = Vec::with_capacity(count);
    for (at, line) in lines.into_iter().enumerate() {
        let edge = at < EDGE || at + EDGE >= count;
        let kind =
            if line.fixed { None } else { kind(&line.words, edge, title.as_deref().filter(|_| !body)) };
        if let Some(kind) = kind {
            let before = line.words.trim().to_owned();
            mendings.push(Mending { kind, place: at + 1, before, after: String::new() });
            continue;
        }
        body |= title.is_some() && (line.fixed || has_sentence(&line.words) || is_heading(&line.words));
        title.get_or_insert_with(|| squeezed(&line.words));
        kept.push(line);
    }
    kept
}

/// What a line is, where it is none of the report. `title` is what the report is called, while its text has not begun.
fn kind(words: &str, edge: bool, title: Option<&str>) -> Option<Kind> {
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    if PAGE.is_match(words) {
        return Some(Kind::Page);
    }
    if title.is_some_and(|title| title == squeezed(words)) {
        return Some(Kind::Title);
    }
    let short = words.chars().count() <= LONGEST;
    let of_site = [&LABEL, &TIMED, &PHRASE, &WAY].iter().any(|pattern| pattern.is_match(words));
    (edge && short && of_site).then_some(Kind::Site)
}
