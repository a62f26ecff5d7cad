//! The whole draft: blocks → template lines, facts and registry, proved by rendering them.

use super::bind::{Bound, Drafting, Found, Kept, bind};
use super::clean::{Cleaned, clean};
use super::closing;
use super::facts::Facts;
use super::fill::Filled;
use super::letter;
use super::lines::{Counters, escaped_start, paragraph, pipe_table, typed, words};
use super::masked::masked;
use super::name::{self, Names};
use super::prove::{Manner, Piece, prove, rendered};
use super::sums;
use super::table::{self, Around, Typed};
use crate::diag::Diagnostic;
use crate::document::{self, Block, Document, Element, Line, plain};
use crate::period::Period;
use crate::template;

/// A project drafted from a report.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The year of the report.
    pub year: Period,
    /// Name of the template.
    pub name: String,
    /// The cleaned report, which rendering gives again.
    pub document: Document,
    /// The same as it was rendered, so that its figures know their facts.
    pub proven: Document,
    /// Facts and registry.
    pub facts: Facts,
    /// The template.
    pub template: String,
    /// Every fact with where it was found.
    pub found: Vec<Found>,
    /// Published figures that contradict each other.
    pub contradictions: Vec<String>,
    /// Digits that were masked (××): to be filled in.
    pub masked: Vec<(usize, String)>,
    /// What was tidied up.
    pub cleaned: Cleaned,
    /// Figures that stay as they are written.
    pub kept: Vec<Kept>,
    /// Lines in which no figure could be bound, from 1.
    pub plain: Vec<usize>,
    /// Tables whose figures stay as they are written.
    pub tables: Vec<Typed>,
}

/// Where a heading names no field of work.
const GENERAL: &str = "综合";

/// Drafts a project. `year` is that of the report.
///
/// # Errors
/// The report is longer than a template may be.
pub fn draft(document: &Document, year: Period, name: &str) -> Result<Draft, Diagnostic> {
    let (document, cleaned) = clean(document);
    let mut facts = Facts::default();
    let mut names = Names::default();
    let mut drafting = Drafting { year, facts: &mut facts, names: &mut names, known: Vec::new() };
    let mut pieces = pieces(&document, &mut drafting);
    facts.sort();
    held(&pieces, &document)?;
    let kept = prove(&mut pieces, &document, &facts, year, name);
    let kept = sums::bind(&mut pieces, &document, kept, year, name);
    let lines: Vec<&str> = pieces.iter().map(Piece::line).collect();
    let bound = |piece: &&Piece| piece.manner == Manner::Bound;
    let masked = masked(&document);
    let plain = pieces.iter().enumerate().filter(|(_, piece)| {
        piece.manner > Manner::Bound && !piece.found.is_empty() && piece.ledger.is_none()
    });
    let template = format!("{}\n", lines.join("\n\n"));
    let proven = rendered(&template, &kept, (year, name), &document).unwrap_or_else(|_| document.clone());
    Ok(Draft {
        year,
        name: name.to_owned(),
        template,
        proven,
        found: pieces.iter().filter(bound).flat_map(Piece::found).cloned().collect(),
        contradictions: pieces.iter().flat_map(|piece| piece.contradictions.clone()).collect(),
        kept: pieces.iter().filter(bound).flat_map(|piece| piece.kept.clone()).collect(),
        plain: plain.map(|(index, _)| index + 1).collect(),
        facts: kept,
        document,
        masked,
        cleaned,
        tables: pieces.iter().filter_map(Piece::typed_table).collect(),
    })
}

/// Whether a template holds the report, in whichever manner its blocks come to stand.
fn held(pieces: &[Piece], document: &Document) -> Result<(), Diagnostic> {
    let longest =
        |piece: &Piece| piece.bound.text.len().max(piece.structured.len()).max(piece.plain.len()) + 2;
    if pieces.iter().map(longest).sum::<usize>() <= template::LARGEST {
        return Ok(());
    }
    let words: usize = document.blocks.iter().map(|block| Line::of(block).text.chars().count()).sum();
    let message = format!("报告有{words}个字，一个模板放不下（最多约8万字）");
    Err(Diagnostic::error("file-too-large", message).hint("请把它分成几个文件，一份一份导入；附件、附表另存"))
}

fn pieces(document: &Document, drafting: &mut Drafting<'_>) -> Vec<Piece> {
    let mut counters = Counters::default();
    let mut heading = GENERAL.to_owned();
    let mut pieces = Vec::new();
    let closing = closing::begins(document);
    for (index, block) in document.blocks.iter().enumerate() {
        let framing = matches!(
            block,
            Block::Byline(_) | Block::Date(_) | Block::Element { element: Element::PrintDate, .. }
        );
        if framing || index >= closing && closing::is_dated(block) {
            pieces.push(dated_piece(block, &Line::of(block), &mut counters, drafting.year));
            continue;
        }
        if let Block::Heading { level, text, .. } = block
            && !block.is_text()
        {
            heading = match name::field(&plain(text)) {
                Some(field) => field,
                // A heading below another speaks of the same field.
                None if *level > 1 => heading,
                None => GENERAL.to_owned(),
            };
        }
        let line = Line::of(block);
        let lead = &line.text[line.number..line.lead.max(line.number)];
        let lead = if lead.is_empty() { name::run_in(&line.text) } else { lead };
        let group = name::group(lead).unwrap_or(&heading);
        pieces.push(match block {
            Block::Table(one) => {
                let around = around(one, &document.blocks[..index], &heading);
                table_piece(one, &around, group, index + 1, drafting)
            }
            _ => piece(block, &line, index + 1, group, &mut counters, drafting),
        });
    }
    pieces
}

fn piece(
    block: &Block,
    line: &Line,
    number: usize,
    group: &str,
    counters: &mut Counters,
    drafting: &mut Drafting<'_>,
) -> Piece {
    let words = || words(block, line);
    let before = counters.prefix(block);
    let body = block.is_text();
    let named = matches!(
        block,
        Block::Title(_) | Block::Heading { .. } | Block::Element { element: Element::Attached, .. }
    );
    let (bound, made) = match block {
        Block::Element { element: Element::Number, .. } => {
            let made = letter::number(line, number, drafting);
            (Filled::of(before.clone(), block, number, line, made.tags.clone()), made)
        }
        _ if body || named => {
            let made = if body {
                bind(&line.text, line.number, group, number, drafting)
            } else {
                years(line, drafting)
            };
            (Filled::of(before.clone(), block, number, line, made.tags.clone()), made)
        }
        _ => (Filled::whole(format!("{before}{}", words()), Vec::new()), Bound::default()),
    };
    let structured = format!("{before}{}", escaped_start(block, words()));
    let plain = paragraph(&typed(&line.text));
    let contradictions = made.contradictions.into_iter().map(|(_, words)| words).collect();
    let (found, kept) = (made.found, made.kept);
    Piece { found, kept, contradictions, ..Piece::of(bound, structured, plain) }
}

/// A block with a date whose year moves on with the report: last year's must not stay behind.
fn dated_piece(block: &Block, line: &Line, counters: &mut Counters, year: Period) -> Piece {
    let before = counters.prefix(block);
    let (said, plain) = match block {
        Block::Table(one) => (pipe_table(one), pipe_table(one)),
        _ => (escaped_start(block, words(block, line)), paragraph(&typed(&line.text))),
    };
    let bound = format!("{before}{}", closing::dated(&said, year));
    Piece::of(Filled::whole(bound, Vec::new()), format!("{before}{said}"), plain)
}

/// Only the years of a title or heading move on.
fn years(line: &Line, drafting: &mut Drafting<'_>) -> Bound {
    let mut scratch = Facts::default();
    let mut names = Names::default();
    let mut own = Drafting { year: drafting.year, facts: &mut scratch, names: &mut names, known: Vec::new() };
    let mut made = bind(&line.text, line.number, GENERAL, 0, &mut own);
    made.tags.retain(|tag| tag.paths.is_empty());
    Bound { tags: made.tags, ..Bound::default() }
}

/// What stands around a table.
fn around(table: &document::Table, before: &[Block], heading: &str) -> Around {
    const NEAR: usize = 2;
    let words = |block: &Block| Line::of(block).text;
    let paragraphs = before.iter().rev().take_while(|block| matches!(block, Block::Paragraph(_)));
    let caption = Some(plain(&table.caption)).filter(|words| !words.is_empty());
    Around {
        above: caption.into_iter().chain(paragraphs.take(NEAR).map(words)).collect(),
        heading: heading.to_owned(),
    }
}

/// A table as a ledger, or as it is typed.
fn table_piece(
    table: &document::Table,
    around: &Around,
    group: &str,
    number: usize,
    drafting: &mut Drafting<'_>,
) -> Piece {
    let words = pipe_table(table);
    let piece = Piece::of(Filled::whole(words.clone(), Vec::new()), words.clone(), words);
    match table::ledger(table, around, group, drafting.names) {
        Err(why) => Piece { typed: table::typed(table, around, number, why), ..piece },
        Ok(ledger) => {
            ledger.keep(drafting.facts, drafting.year);
            let why = "换成台账以后印不回原样".to_owned();
            Piece {
                bound: Filled::whole(ledger.tag.clone(), vec![ledger.path.clone()]),
                found: vec![ledger.found(drafting.year, number)],
                typed: table::typed(table, around, number, why),
                ledger: Some(ledger),
                ..piece
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::input;

    fn drafted(text: &str) -> Draft {
        draft(&input::text(text).document, Period::year(2010), "汇报").unwrap()
    }

    #[test]
    fn what_no_template_holds_is_refused_and_what_one_holds_has_its_facts() {
        let paragraph = "一年来，全镇各村齐心协力，全年召开会议12次，完成任务，成绩很大，受到群众好评。\n";
        let text = |count: usize| format!("云溪镇2010年工作总结\n{}", paragraph.repeat(count));
        let long = draft(&input::text(&text(3000)).document, Period::year(2010), "汇报").unwrap_err();
        assert_eq!(long.message, "报告有120012个字，一个模板放不下（最多约8万字）");
        let held = drafted(&text(1500));
        assert_eq!((held.found.is_empty(), held.plain.is_empty()), (false, true));
    }

    #[test]
    fn a_figure_said_again_is_one_fact_but_not_in_one_sentence() {
        let draft = drafted(
            "云溪镇2010年工作总结\n一年来，受理信访12件，办结信访12件。其中：受理信访12件，都按期答复。\n末尾。\n",
        );
        assert!(
            draft.template.contains(
                "受理信访{{综合.受理信访}}，办结信访{{综合.办结信访}}。其中：受理信访{{综合.受理信访}}，"
            ),
            "{}",
            draft.template
        );
    }

    #[test]
    fn facts_are_named_and_bound() {
        let draft = drafted(
            "云溪镇2010年工作总结\n一、强化宣传，凝聚共识\n一是宣传到位。全年召开会议12次，刊出专栏4期。\n二、队伍建设\n我镇共有政协委员16名，其中女委员4名，占25%。群众满意率由上年的93.5%提高到96%。\n",
        );
        let wanted = "\
# 云溪镇{{年度}}工作总结

## 强化宣传，凝聚共识

- 宣传到位。全年召开会议{{宣传.会议}}，刊出专栏{{宣传.专栏}}。

## 队伍建设

我镇共有政协委员{{队伍.政协委员}}，其中女委员{{队伍.女委员}}，占{{占比 队伍.女委员 队伍.政协委员}}。群众满意率由上年的{{#上年}}{{队伍.群众满意率}}{{/上年}}提高到{{队伍.群众满意率}}。
";
        assert_eq!(draft.template, wanted, "{:?}", draft.plain);
        assert_eq!(draft.facts.year(Period::year(2009)), "年度: 2009\n\n队伍:\n  群众满意率: 93.5%\n");
        assert!(
            draft.facts.registry().contains("队伍.女委员: {类型: 时点, 单位: 名, 不超过: 队伍.政协委员"),
            "{}",
            draft.facts.registry()
        );
    }

    #[test]
    fn the_date_of_the_signature_moves_on_however_it_is_written() {
        for (date, wanted) in [
            ("　　　　2024年12月26日", "{{年度}}12月26日"),
            ("\t2025 年 1 月 6 日", "{{年度 1}}1月6日"),
            ("二〇二四年十二月二十六日", "{{年度 样式=\"逐位\"}}十二月二十六日"),
            ("二○二五年一月", "{{年度 1 样式=\"逐位\"}}一月"),
        ] {
            let text = format!("工作总结\n一年来，成绩大。\n特此报告。\n　　　　石桥镇人民政府\n{date}\n");
            let draft = draft(&input::text(&text).document, Period::year(2024), "汇报").unwrap();
            let wanted = format!("\n署名：石桥镇人民政府\n\n成文日期：{wanted}\n");
            assert!(draft.template.ends_with(&wanted), "{}", draft.template);
        }
    }

    #[test]
    fn lists_counts_and_words_come_out_to_the_letter() {
        let draft = drafted(
            "总结\n在东湾、西岭、南坪三个村铺开，石桥、桃园等7个村跟进。办成十二件实事，占三分之一。\n花括号{{甲}}和\\反斜杠。\n# 不是标题\n",
        );
        assert!(draft.plain.is_empty(), "{:?} {}", draft.plain, draft.template);
        for part in [
            "{{列举 综合.村名单 末=\"、\" 计=\"个\" 数字=\"汉字\"}}村",
            "等{{综合.村}}村",
            "{{数 综合.办成实事 样式=\"汉字\"}}",
            "{{字符 \"7B\"}}",
            "\n\\# 不是标题",
        ] {
            assert!(draft.template.contains(part), "{part}\n{}", draft.template);
        }
    }

    #[test]
    fn changes_are_bound_where_the_arithmetic_agrees() {
        let draft = drafted(
            "总结\n财政收入120万元，比上年增加20万元，增长20%。合格率94.7%，比上年提高了3.5个百分点。产值3亿元，比上年减少1亿元，下降30%。收到建议24件，增长5%。\n末\n",
        );
        let wanted = "财政收入{{综合.财政收入}}，{{同比 综合.财政收入 式=\"量\" 前=\"比上年\"}}，{{同比 综合.财政收入 前=\"\"}}。\
            合格率{{综合.合格率}}，{{同比 综合.合格率 前=\"比上年\" 增=\"提高了\"}}。\
            产值{{综合.产值}}，{{同比 综合.产值 式=\"量\" 前=\"比上年\"}}，下降{{综合.产值降幅}}。\
            收到建议{{综合.建议}}，增长{{综合.建议增幅}}。";
        assert_eq!(draft.template.lines().nth(2), Some(wanted), "{:?}", draft.plain);
        let last = "综合:\n  财政收入: {值: 100万元, 说明: 按2010年报告的“比上年增加20万元”推算}\n  合格率: {值: 91.2%, 说明: 按2010年报告的“比上年提高了3.5个百分点”推算}\n  产值: {值: 4亿元, 说明: 按2010年报告的“比上年减少1亿元”推算}\n";
        assert_eq!(draft.facts.year(Period::year(2009)).replace('\'', ""), format!("年度: 2009\n\n{last}"));
        assert_eq!(draft.contradictions.len(), 1, "{:?}", draft.contradictions);
        assert!(draft.contradictions[0].contains("算是-25%"), "{:?}", draft.contradictions);
    }

    const PARTS: [&str; 62] = [
        "附件：",
        "附件",
        "附件1",
        "附件2",
        "抄送：县政府办。",
        "云溪镇人民政府文件",
        "云政发〔2010〕11号",
        "签发人：",
        "张三",
        "机密★1年",
        "云溪镇党政办公室",
        "2010年12月20日",
        "印发",
        "（此件公开发布）",
        "一、",
        "（一）",
        "二、",
        "1.",
        "1、",
        "（1）",
        "一是",
        "二是",
        "三是",
        "其一，",
        "# ",
        "## ",
        "- ",
        "| ",
        "\\",
        "{{",
        "}}",
        "{{会议}}",
        "{",
        "表：",
        "主送：",
        "署名：",
        "成文日期：",
        "⟦",
        "｛｛",
        "会议",
        "全年召开",
        "12次",
        "3800万元",
        "比上年增加20万元",
        "增长20%",
        "占25%",
        "其中女委员5名",
        "近三年来",
        "由82.4%提高到91.3%",
        "东湾、西岭",
        "等7个村",
        "两个村",
        "××",
        "20xx年",
        "2010年",
        "，",
        "。",
        "；",
        " ",
        "　",
        "\t",
        "<b>&\"'",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn what_is_drafted_renders_to_the_same_text(
            lines in prop::collection::vec(prop::collection::vec(0..PARTS.len(), 0..9), 0..9),
            odd in "\\PC{0,12}",
        ) {
            let line = |line: &Vec<usize>| line.iter().map(|part| PARTS[*part]).collect::<String>();
            let text = format!("{}\n{odd}", lines.iter().map(line).collect::<Vec<_>>().join("\n"));
            let draft = drafted(&text);
            let rendered = rendered(&draft.template, &draft.facts, (draft.year, &draft.name), &draft.document).unwrap();
            let words = |document: &Document| {
                document.blocks.iter().map(|block| Line::of(block).text).collect::<Vec<_>>()
            };
            prop_assert_eq!(words(&draft.document), words(&rendered), "{}", draft.template);
        }

        #[test]
        fn a_letter_is_drafted_with_its_elements(
            lines in prop::collection::vec((any::<bool>(), 0..3usize), LETTER.len()),
        ) {
            let pick = |(line, (stands, which)): (&[&str; 3], &(bool, usize))| {
                stands.then(|| format!("{}\n", line[*which]))
            };
            let text: String = LETTER.iter().zip(&lines).filter_map(pick).collect();
            let draft = drafted(&text);
            let rendered = rendered(&draft.template, &draft.facts, (draft.year, &draft.name), &draft.document).unwrap();
            let told = |block: &Block| match block {
                Block::Element { element, .. } => format!("{element:?}{}", Line::of(block).text),
                block => Line::of(block).text,
            };
            let told = |document: &Document| document.blocks.iter().map(told).collect::<Vec<_>>();
            prop_assert_eq!(told(&draft.document), told(&rendered), "{}", draft.template);
        }
    }

    /// The lines of a letter in their order, each in three ways.
    const LETTER: [[&str; 3]; 20] = [
        ["000001", "000012", "123456"],
        ["机密★1年", "秘密★长期", "绝密"],
        ["特急", "加急", "平急"],
        ["云溪镇人民政府文件", "云溪镇人民政府", "云溪镇党政联席会议纪要"],
        ["云政发〔2010〕11号\t签发人：张三　李四", "云政函〔2010〕3号", "第12期"],
        ["签发人：王五", "签发人：张三　李四", "签发人：王五、赵六"],
        [
            "云溪镇人民政府关于2010年工作情况的报告",
            "云溪镇人民政府\n关于报送2010年总结的函",
            "云溪镇2010年总结",
        ],
        ["县人民政府：", "县委、县政府：", "各村（社区），镇属各单位："],
        ["一年来，全镇共召开会议12次。", "一、主要工作\n成绩很大。", "一是学习。真好。"],
        ["附件：1.各村情况表\n2. 项目表", "附件：项目表", "　　附件：1．甲表\n　　　　　2．乙表"],
        ["特此报告。", "妥否，请批示。", "出席：张三、李四"],
        ["云溪镇人民政府", "　　　云溪镇政府", "中共云溪镇委员会"],
        ["2010年12月20日", "2011年1月6日", "二〇一〇年十二月二十日"],
        ["（此件公开发布）", "（联系人：张三，电话：12345）", "（）"],
        ["附件1", "附件", "附件 1"],
        ["各村情况表", "2010年项目表", "云溪镇\n项目情况表"],
        ["一、概况\n甲村12户。", "（一）甲", "甲。"],
        ["附件2\n项目表\n一、概况", "附件\n乙表", "附件3"],
        ["抄送：县委办公室，县人大常委会办公室。", "抄送：县水利局", "　抄送：县财政局。"],
        ["云溪镇党政办公室　2010年12月21日印发", "云溪镇党政办公室\n2010年12月21日印发", "2011年1月5日印发"],
    ];

    #[test]
    fn contradictions_are_said_and_kept() {
        let draft =
            drafted("总结\n全镇有委员17名，其中女委员5名，占31%。另有代表20名，其中女代表25名。\n末\n");
        assert_eq!(draft.contradictions.len(), 2, "{:?}", draft.contradictions);
        assert!(draft.contradictions[0].contains("算是29.4%"), "{:?}", draft.contradictions);
        assert!(draft.template.contains("占{{综合.女委员占比}}"), "{}", draft.template);
    }
}
