//! 整理: a text that was copied from a web page, with the lines of a report again.
//!
//! Lines go, are joined and are parted; no character within them changes but for blanks at the seams, and code of the
//! page for what it stands for. What is not
//! sure stays as it is written. Every mending is told with its place, so that somebody can agree before it is done.

mod code;
mod join;
mod site;

use crate::document::{Block, Document, Inline, Line, split_heading};
use crate::input;

/// What kind of mending it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Code of the web page: tags, the names of characters.
    Code,
    /// A line of the web page that is none of the report.
    Site,
    /// The title a second time.
    Title,
    /// The number of a page.
    Page,
    /// The number of a heading that stood alone on its line.
    Number,
    /// A point that stood in the middle of a paragraph.
    Point,
    /// A sentence that was broken over lines.
    Broken,
    /// A sentence of a point that stood on a line of its own.
    Sentence,
    /// The mark behind the number of a heading.
    Serial,
    /// Half-width marks.
    Marks,
    /// Blanks within words and beside marks.
    Blanks,
}

impl Kind {
    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Code => "去掉网页代码",
            Kind::Site => "去掉网站的字句",
            Kind::Title => "去掉重复的标题",
            Kind::Page => "去掉页码",
            Kind::Number => "序号和标题接成一行",
            Kind::Point => "“一是”“二是”另起一段",
            Kind::Broken => "接上断开的句子",
            Kind::Sentence => "一句一行的并入所属的“一是”“二是”",
            Kind::Serial => "序号后面的标点写规范",
            Kind::Marks => "半角标点改成全角",
            Kind::Blanks => "去掉多余的空格",
        }
    }

    /// Whether lines go, are joined or parted, as against marks and blanks within them.
    pub fn is_of_lines(self) -> bool {
        !matches!(self, Kind::Serial | Kind::Marks | Kind::Blanks)
    }
}

/// One mending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mending {
    /// What kind it is.
    pub kind: Kind,
    /// The line of the text as it came, from 1.
    pub place: usize,
    /// The words as they were; ⏎ is the end of a line.
    pub before: String,
    /// The words as they become; empty for what goes.
    pub after: String,
}

/// A line as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its words.
    pub words: String,
    /// Whether it is what it is, told by more than its words: a table, a heading by its style.
    pub fixed: bool,
}

/// A line as it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tidied {
    /// Its words.
    pub words: String,
    /// As [`Written::fixed`].
    pub fixed: bool,
    /// The lines that it was, from 0.
    pub from: Vec<usize>,
}

/// The lines of a text tidied, and what was mended.
pub fn lines(written: &[Written]) -> (Vec<Tidied>, Vec<Mending>) {
    let mut mendings = Vec::new();
    let tidied = |(index, line): (usize, &Written)| Tidied {
        words: line.words.clone(),
        fixed: line.fixed,
        from: vec![index],
    };
    let lines = code::without(written.iter().enumerate().map(tidied).collect(), &mut mendings);
    let lines = site::without(lines, &mut mendings);
    let lines = join::numbers(lines, &mut mendings);
    let lines = join::points(lines, &mut mendings);
    let lines = join::broken(lines, &mut mendings);
    let lines = join::sentences(lines, &mut mendings);
    mendings.sort_by_key(|mending| mending.place);
    (lines, mendings)
}

/// What mends marks and blanks within a block: its new words, and what was done; a place is not told.
pub type Within<'w> = &'w dyn Fn(&Block) -> (String, Vec<Mending>);

/// A document tidied, and what was mended.
pub fn document(document: &Document, within: Within<'_>) -> (Document, Vec<Mending>) {
    let (tidied, mut mendings) = lines(&document.blocks.iter().map(written).collect::<Vec<_>>());
    let mut blocks = Vec::with_capacity(tidied.len());
    for line in &tidied {
        let first = line.from.first().copied().unwrap_or_default();
        let block = match document.blocks.get(first) {
            Some(block) if line.fixed || words(block) == line.words => block.clone(),
            _ => input::looks(&line.words),
        };
        let (words, found) = within(&block);
        mendings.extend(found.into_iter().map(|mending| Mending { place: first + 1, ..mending }));
        blocks.push(reworded(block, words));
    }
    (Document { blocks: input::framed(blocks), ..Document::default() }, mendings)
}

fn written(block: &Block) -> Written {
    Written { words: words(block), fixed: is_fixed(block) }
}

fn words(block: &Block) -> String {
    Line::of(block).text
}

fn is_fixed(block: &Block) -> bool {
    match block {
        Block::Table(_) | Block::Picture(_) | Block::Changed(..) => true,
        Block::Heading { number, .. } => number.is_empty(),
        _ => false,
    }
}

/// The block with other words.
fn reworded(block: Block, new: String) -> Block {
    if words(&block) == new || matches!(block, Block::Table(_) | Block::Picture(_)) {
        return block;
    }
    match block {
        Block::Paragraph(_) | Block::Point { .. } => input::looks(&new),
        Block::Heading { level, number, body, .. } if new.starts_with(&number) => {
            let words = vec![Inline::Text(new[number.len()..].to_owned())];
            let (text, body) = if body.is_empty() { (words, body) } else { split_heading(words) };
            Block::Heading { level, number, text, body }
        }
        Block::Element { element, label, .. } if new.starts_with(&label) => {
            let text = vec![Inline::Text(new[label.len()..].to_owned())];
            Block::Element { element, label, text }
        }
        Block::Heading { .. } | Block::Element { .. } => input::looks(&new),
        block => block.map(&mut |_| vec![Inline::Text(new.clone())]),
    }
}

/// The title of a text: what its first line says, blanks left out.
fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether words are a heading, told by their number.
fn is_heading(words: &str) -> bool {
    matches!(input::looks(words), Block::Heading { .. })
}

/// The number of a point that words begin with: 一是.
fn point(words: &str) -> Option<u64> {
    match input::looks(words) {
        Block::Point { number, .. } => ordinal(&number),
        _ => None,
    }
}

fn ordinal(number: &str) -> Option<u64> {
    crate::zh::number::numeral::parse(number.trim().strip_suffix('是')?)
}

/// Whether words end a sentence or lead on to a list.
fn ends(words: &str) -> bool {
    let inner = words.trim_end().trim_end_matches(['”', '’', '）', ')', '》', '"', ' ']);
    inner.ends_with(['。', '！', '？', '；', '：', '…', '—', '.', '!', '?', ';', ':'])
}

/// The last or first words, enough to know the place by.
fn end_of(words: &str) -> String {
    const FEW: usize = 12;
    let words = words.trim();
    let skip = words.chars().count().saturating_sub(FEW);
    words.chars().skip(skip).collect()
}

fn start_of(words: &str) -> String {
    const FEW: usize = 12;
    words.trim().chars().take(FEW).collect()
}

/// Every kind that was mended, with how often and some of them.
pub fn summary(mendings: &[Mending]) -> Vec<(Kind, Vec<&Mending>)> {
    let mut kinds: std::collections::BTreeMap<Kind, Vec<&Mending>> = std::collections::BTreeMap::new();
    for mending in mendings {
        kinds.entry(mending.kind).or_default().push(mending);
    }
    kinds.into_iter().collect()
}

/// A mending in one line for staff.
pub fn said(mending: &Mending) -> String {
    if mending.after.is_empty() {
        format!("“{}”", mending.before)
    } else {
        format!("“{}”→“{}”", mending.before, mending.after)
    }
}

/// The title of a document and the like are no sentences that could be broken.
fn has_sentence(words: &str) -> bool {
    words.contains(['。', '，', '；', '：', ',', ';', ':']) || words.trim().chars().count() > 42
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tidied(text: &str) -> (Vec<String>, Vec<Kind>) {
        let written: Vec<Written> =
            text.lines().map(|line| Written { words: line.to_owned(), fixed: false }).collect();
        let (lines, mendings) = lines(&written);
        let words = lines.into_iter().map(|line| line.words.trim().to_owned()).collect();
        (words, mendings.into_iter().map(|mending| mending.kind).collect())
    }

    #[test]
    fn a_page_of_the_web_becomes_a_report() {
        let (words, kinds) = tidied(
            "云溪镇工作总结\n时间:2024-12-20 08:10:00 来源:网友投稿\n下面是小编为大家整理的云溪镇工作总结,供大家参考。\n云溪镇 工作总结\n  一年来, 全镇上下一心, 开创了我镇\n 工作的新局面。\n  一、\n 抓宣传, 造氛围\n 一是开会议。全年开会 12 次, 参加\n 320人次。二是办专栏。\n 办专栏4期。\n 三是发简报。\n二、抓队伍\n各村各单位积极配合各项工作\n把队伍带好。\n推荐访问:云溪镇 工作 总结",
        );
        assert_eq!(
            words,
            [
                "云溪镇工作总结",
                "一年来, 全镇上下一心, 开创了我镇工作的新局面。",
                "一、抓宣传, 造氛围",
                "一是开会议。全年开会 12 次, 参加320人次。",
                "二是办专栏。办专栏4期。",
                "三是发简报。",
                "二、抓队伍",
                "各村各单位积极配合各项工作把队伍带好。",
            ]
        );
        use Kind::*;
        assert_eq!(kinds, [Site, Site, Title, Broken, Number, Broken, Point, Sentence, Broken, Site]);
    }

    #[test]
    fn lines_of_a_page_go_in_whatever_manner_they_are_written() {
        let (words, kinds) = tidied(
            "镇工会工作汇报范文（通用3篇）\n2024-03-05 08:44:12\n【导语】以下是为大家整理的镇工会工作汇报，希望能帮到您。\n镇工会工作汇报\n2024-03-05 来源:本站 点击数:331 [打印]\n一年来，成绩大。\n一.基本情况\n会员18人。\n石桥镇工会\n2024年3月5日\n以上就是全部内容，更多汇报请关注本站。\n编辑：李某 审核：王某\n猜你喜欢\n1.镇团委工作汇报\n镇妇联工作汇报",
        );
        assert_eq!(
            words,
            ["镇工会工作汇报", "一年来，成绩大。", "一.基本情况", "会员18人。", "石桥镇工会", "2024年3月5日"]
        );
        assert_eq!(kinds, [Kind::Site; 9]);
    }

    #[test]
    fn code_of_a_page_becomes_what_it_stands_for() {
        let (words, _) = tidied(
            "<p class=\"a\">石桥镇工作总结</p><p><br/></p><P>&nbsp;&nbsp;办结<b>12</b>件，办结率&#57;0%。</P><td>甲</td><td>乙</td>\n产值<30亿元，&foo;不变，<待填>。",
        );
        assert_eq!(
            words,
            ["石桥镇工作总结", "办结12件，办结率90%。", "甲\t乙", "产值<30亿元，&foo;不变，<待填>。"]
        );
    }

    #[test]
    fn a_row_of_points_is_parted_where_the_next_line_goes_on() {
        let (words, kinds) =
            tidied("总结\n一、责任\n签订责任书。一是抓排查。排查3起。二是抓包保。\n三是抓督办。\n末。");
        assert_eq!(words[2..6], ["签订责任书。", "一是抓排查。排查3起。", "二是抓包保。", "三是抓督办。"]);
        assert_eq!(kinds, [Kind::Point; 2]);
    }

    #[test]
    fn a_figure_at_the_end_of_a_heading_gets_its_unit() {
        let (words, _) =
            tidied("总结\n一、不足\n（一）人员不足，全办仅有3\n人。\n（二）投资不够。\n二、打算\n末。");
        assert_eq!(words[2], "（一）人员不足，全办仅有3人。");
    }

    #[test]
    fn points_get_their_sentences_where_the_ends_of_lines_mean_nothing() {
        let broken = "全年开会12次, 参加\n 320人次。\n";
        let text = format!(
            "总结\n  一、宣传\n 一是好。\n {broken} {broken} 末句。二是真好。\n {broken} 末句。\n 三是很好。\n  二、队伍\n 一是好。\n 好得很。\n  总之, 成绩大。\n 末。"
        );
        let (words, kinds) = tidied(&text);
        let point = "全年开会12次, 参加320人次。";
        assert_eq!(words[2], format!("一是好。{point}{point}末句。"));
        assert_eq!(words[3], format!("二是真好。{point}末句。"));
        assert_eq!(words[6..], ["一是好。好得很。", "总之, 成绩大。", "末。"]);
        assert_eq!(kinds.iter().filter(|kind| **kind == Kind::Sentence).count(), 6);
        // Nothing says where the last point ends.
        let (words, _) = tidied(&text.replace("  总之", " 总之"));
        assert_eq!(words[6..], ["一是好。", "好得很。", "总之, 成绩大。", "末。"]);
    }

    #[test]
    fn what_is_not_sure_stays() {
        for text in [
            "云溪镇工作总结\n成绩\n一年来，成绩大。\n张三\n李四\n石桥镇人民政府\n2024年12月26日",
            "总结\n一、宣传\n一是好。二是真好。三是很好。\n二、队伍\n末。",
            "总结\n投资12\n30万元到位，成效好。\n一、宣传\n二、队伍",
            "总结\n强化宣传，凝聚共识\n全年开会12次。\n狠抓落实，注重实效\n全年走访3次。",
            "会议纪要\n时间：2024年12月20日\n地点：镇政府三楼会议室\n参加人员：张三、李四\n会议议定，办好三件事。",
            "总结\n资金来源：县级3万元，镇级2万元。\n村名\t户数\n东湾\t12\n末。",
            "总结\n一是抓宣传。一是开会。二是发简报。\n二是抓队伍。\n末。",
        ] {
            assert_eq!(tidied(text).1, [], "{text}");
        }
    }

    const PARTS: [&str; 26] = [
        "一、",
        "（一）",
        "1.",
        "一是",
        "二是",
        "三是",
        "全镇",
        "召开会议12次",
        "30",
        "万元",
        "，",
        "。",
        ", ",
        "；",
        "：",
        " ",
        "张三",
        "时间:2024-12-20 来源:本站",
        "小编为大家整理",
        "推荐访问：",
        "“",
        "”",
        "（",
        "）",
        "\t",
        "- 3 -",
    ];

    fn kept(words: &str) -> String {
        words.chars().filter(|c| c.is_ascii_digit() || crate::zh::name::is_han(*c)).collect()
    }

    proptest! {
        #[test]
        fn digits_and_characters_stay_in_order(lines_ in prop::collection::vec(prop::collection::vec(0..PARTS.len(), 0..8), 0..12)) {
            let word = |line: &Vec<usize>| line.iter().map(|part| PARTS[*part]).collect::<String>();
            let written: Vec<Written> = lines_.iter().map(|line| Written { words: word(line), fixed: line.len() == 7 }).collect();
            let (tidied, mendings) = lines(&written);
            let gone: Vec<usize> = mendings.iter().filter(|one| one.after.is_empty()).map(|one| one.place - 1).collect();
            let before: String = written.iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, line)| kept(&line.words)).collect();
            let after: String = tidied.iter().map(|line| kept(&line.words)).collect();
            prop_assert_eq!(before, after);
            // Numbers are never run together.
            let numbers = |words: &str| words.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            let before: Vec<String> = written.iter().enumerate().filter(|(at, _)| !gone.contains(at)).flat_map(|(_, line)| numbers(&line.words)).collect();
            let after: Vec<String> = tidied.iter().flat_map(|line| numbers(&line.words)).collect();
            prop_assert_eq!(before, after);
            prop_assert_eq!(written.iter().filter(|line| line.fixed).count(), tidied.iter().filter(|line| line.fixed).count());
        }
    }
}
