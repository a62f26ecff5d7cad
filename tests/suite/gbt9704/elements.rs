//! Rules of the elements of a letter (7.2–7.4, 10).

use super::ask::Sample::{Letter, Minutes, Report};
use super::ask::*;
use super::paper::{Paper, Paragraph};

/// Each with its clause, what it says, and what breaks it.
pub const RULES: &[Rule] = &[
    rule(
        "7.2.1",
        "份号6位，顶格在第一行",
        Report,
        |paper| {
            paper.place("000001") == Some(0)
                && is(paper, "000001", |one| {
                    one.text.len() == 6 && one.first() == 0 && one.before() == 0 && set(one, FANG, 32)
                })
        },
        (DOCUMENT, "<w:body>", "000001", "0000010"),
    ),
    rule(
        "7.2.2",
        "密级3号黑体，顶格在第二行",
        Report,
        |paper| {
            paper.place("秘密★1年") == Some(1)
                && is(paper, "秘密★1年", |one| one.first() == 0 && set(one, HEI, 32))
        },
        (STYLES, r#"w:styleId="Secrecy""#, r#"w:eastAsia="黑体""#, r#"w:eastAsia="仿宋_GB2312""#),
    ),
    rule(
        "7.2.3",
        "紧急程度3号黑体，在密级下面一行",
        Report,
        |paper| {
            paper.place("加急") == Some(2) && is(paper, "加急", |one| one.first() == 0 && set(one, HEI, 32))
        },
        (DOCUMENT, "秘密★1年", r#"<w:pStyle w:val="Secrecy"/>"#, r#"<w:pStyle w:val="Listed"/>"#),
    ),
    rule(
        "7.2.4",
        "标志红色",
        Report,
        |paper| {
            is(paper, "青石镇人民政府文件", |one| {
                one.runs.iter().all(|run| run.colour() == "FF0000")
            })
        },
        (STYLES, r#"w:styleId="IssuerMark""#, r#"w:val="FF0000""#, r#"w:val="000000""#),
    ),
    rule(
        "7.2.4",
        "标志用小标宋，居中",
        Report,
        |paper| {
            is(paper, "青石镇人民政府文件", |one| {
                one.side() == "center" && one.runs.iter().all(|run| run.face() == SONG)
            })
        },
        (DOCUMENT, "IssuerMark", r#"w:val="center""#, r#"w:val="left""#),
    ),
    rule(
        "7.2.4",
        "标志上边缘距版心上边缘35毫米",
        Report,
        |paper| {
            paper
                .place("青石镇人民政府文件")
                .is_some_and(|at| near(paper.top(at), millimetres(35), millimetres(1)))
        },
        (STYLES, r#"w:styleId="IssuerMark""#, r#"w:line="924""#, r#"w:line="1400""#),
    ),
    rule(
        "7.2.4",
        "标志不宽于版心",
        Report,
        |paper| {
            is(paper, "青石镇人民政府文件", |one| {
                one.runs.iter().map(|run| run.size() * 10 * run.text.chars().count() as i32).sum::<i32>()
                    <= WIDTH
            })
        },
        (STYLES, r#"w:styleId="IssuerMark""#, r#"<w:sz w:val="84"/>"#, r#"<w:sz w:val="120"/>"#),
    ),
    rule(
        "7.2.5",
        "标志下空二行是发文字号和签发人",
        Report,
        |paper| white(paper, "青石镇人民政府文件", NUMBER).is_some_and(|white| near(white, 2 * LINE, 200)),
        (DOCUMENT, "青石镇人民政府文件", r#"w:before=""#, r#"w:before="9"#),
    ),
    rule(
        "7.2.5",
        "上行文的发文字号左空一字，和最后一个签发人同一行",
        Report,
        |paper| {
            is(paper, NUMBER, |one| {
                near(one.first(), CHARACTER, 4) && one.text == format!("{NUMBER}\t签发人：张三\t李四")
            })
        },
        (DOCUMENT, "青政发〔2025〕11号", "李四", ""),
    ),
    rule(
        "7.2.6",
        "“签发人：”3号仿宋，姓名3号楷体",
        Report,
        |paper| {
            paper.paragraphs.iter().any(|one| {
                one.run("签发人：").is_some_and(|run| run.face() == FANG && run.size() == 32)
                    && one.run("张三").is_some_and(|run| run.face() == KAI && run.size() == 32)
            })
        },
        (STYLES, r#"w:styleId="Signer""#, r#"w:eastAsia="楷体_GB2312""#, r#"w:eastAsia="仿宋_GB2312""#),
    ),
    rule(
        "7.2.6",
        "签发人居右空一字",
        Report,
        |paper| {
            is(paper, NUMBER, |one| {
                one.tab().is_some_and(|(_, at)| near(at + 2 * CHARACTER, WIDTH - CHARACTER, 8))
            })
        },
        (DOCUMENT, "IssuerMark", r#"w:pos="7899""#, r#"w:pos="7000""#),
    ),
    rule(
        "7.2.7",
        "红色分隔线，和版心等宽",
        Report,
        |paper| {
            beside(paper, NUMBER, 1).is_some_and(|one| {
                one.border("bottom")
                    .is_some_and(|(kind, _, _, colour)| kind == "single" && colour == "FF0000")
                    && one.left() == 0
                    && one.right() == 0
            })
        },
        (DOCUMENT, "签发人：", r#"w:color="FF0000""#, r#"w:color="000000""#),
    ),
    rule(
        "7.2.7",
        "分隔线在发文字号下4毫米",
        Report,
        |paper| {
            is(paper, NUMBER, |one| {
                beside(paper, NUMBER, 1).is_some_and(|rule| {
                    near(one.descent_gap() + rule.before() + rule.pitch(), millimetres(4), 31)
                })
            })
        },
        (DOCUMENT, "青政发〔2025〕11号", r#"w:before="100""#, r#"w:before="400""#),
    ),
    rule(
        "7.3.1",
        "标题在分隔线下空二行",
        Report,
        |paper| {
            white(paper, NUMBER, "青石镇人民政府关于2025年").is_some_and(|white| near(white, 2 * LINE, 300))
        },
        (DOCUMENT, "青政发〔2025〕11号", r#"w:before=""#, r#"w:before="9"#),
    ),
    rule(
        "7.3.4",
        "附件说明在正文下空一行，左空二字，回行和名称对齐",
        Report,
        |paper| {
            white(paper, "特此报告", "附件：") == Some(LINE)
                && is(paper, "附件：", |one| {
                    near(one.first(), 2 * CHARACTER, 4)
                        && near(one.left(), 5 * CHARACTER, 6)
                        && set(one, FANG, 32)
                })
        },
        (DOCUMENT, "特此报告", r#"w:hanging=""#, r#"w:hanging="1"#),
    ),
    rule(
        "7.3.5.1",
        "加盖印章的，日期右空四字",
        Report,
        |paper| {
            is(paper, "2025年10月20日", |one| one.side() == "right" && near(one.right(), 4 * CHARACTER, 8))
        },
        (DOCUMENT, ">青石镇人民政府<", r#"w:right=""#, r#"w:right="1"#),
    ),
    rule(
        "7.3.5.1",
        "署名以日期为准居中",
        Report,
        |paper| {
            paper
                .whole("青石镇人民政府")
                .is_some_and(|one| one.side() == "right" && near(one.right(), 4 * CHARACTER, 8))
        },
        (DOCUMENT, "附件：", r#"w:right=""#, r#"w:right="1"#),
    ),
    rule(
        "7.3.6",
        "附注左空二字，加圆括号，在日期下一行",
        Report,
        |paper| {
            is(paper, "（联系人", |one| near(one.first(), 2 * CHARACTER, 4) && one.text.ends_with('）'))
                && white(paper, "2025年10月20日", "（联系人") == Some(0)
        },
        (DOCUMENT, "10月20日", "（联系人", "联系人"),
    ),
    rule(
        "7.3.7",
        "附件另面，“附件”二字3号黑体顶格",
        Report,
        |paper| {
            paper
                .whole("附件")
                .is_some_and(|one| one.has("pageBreakBefore") && one.first() == 0 && set(one, HEI, 32))
        },
        (STYLES, r#"w:styleId="Annex""#, "<w:pageBreakBefore/>", ""),
    ),
    rule(
        "7.3.7",
        "附件标题居中，在第三行",
        Report,
        |paper| {
            white_under(paper, "附件") == Some(LINE)
                && is(paper, "2025年防汛物资", |one| one.side() == "center" && set(one, SONG, 44))
        },
        (STYLES, r#"w:styleId="Annex""#, r#"w:after="579""#, r#"w:after="0""#),
    ),
    rule(
        "7.4.1",
        "版记首条分隔线0.35毫米",
        Report,
        |paper| {
            beside(paper, "抄送：", -1).is_some_and(|one| {
                one.left() == 0
                    && one.border("top").is_some_and(|(kind, size, _, _)| kind == "single" && size == 8)
            })
        },
        (DOCUMENT, "险情发生后", r#"w:sz="8""#, r#"w:sz="6""#),
    ),
    rule(
        "7.4.1",
        "中间的分隔线0.25毫米，末条0.35毫米",
        Report,
        |paper| {
            beside(paper, "青石镇党政办公室", -1)
                .is_some_and(|one| one.border("top").is_some_and(|(_, size, _, _)| size == 6))
                && beside(paper, "青石镇党政办公室", 1)
                    .is_some_and(|one| one.border("bottom").is_some_and(|(_, size, _, _)| size == 8))
        },
        (DOCUMENT, "抄送：", r#"w:sz="6""#, r#"w:sz="12""#),
    ),
    rule(
        "7.4.2",
        "抄送4号仿宋，左右各空一字，回行和冒号后的首字对齐，末尾句号",
        Report,
        |paper| {
            is(paper, "抄送：", |one| {
                set(one, FANG, 28)
                    && near(one.first(), SMALL, 4)
                    && near(one.left(), 4 * SMALL, 8)
                    && near(one.right(), SMALL, 4)
                    && one.text.ends_with('。')
            })
        },
        (DOCUMENT, "抄送：", "局。", "局"),
    ),
    rule(
        "7.4.3",
        "印发机关左空一字，印发日期右空一字，4号仿宋",
        Report,
        |paper| {
            is(paper, "青石镇党政办公室", |one| {
                set(one, FANG, 28)
                    && near(one.first(), SMALL, 4)
                    && one.tab() == Some(("right".to_owned(), WIDTH - SMALL))
                    && one.text.ends_with("\t2025年10月21日印发")
            })
        },
        (DOCUMENT, "抄送：", "印发<", "<"),
    ),
    rule(
        "10.1",
        "信函的标志上边缘距上页边30毫米",
        Letter,
        |paper| {
            paper.begins("青石镇人民政府").is_some_and(|one| {
                near(one.frame("y").unwrap_or(0) + one.ascent_gap(), millimetres(30), millimetres(1))
            })
        },
        (DOCUMENT, "<w:body>", r#"w:y=""#, r#"w:y="9"#),
    ),
    rule(
        "10.1",
        "信函的标志红色小标宋居中",
        Letter,
        |paper| {
            is(paper, "青石镇人民政府", |one| {
                one.style == "LetterMark"
                    && one.side() == "center"
                    && one.runs.iter().all(|run| run.colour() == "FF0000" && run.face() == SONG)
            })
        },
        (STYLES, r#"w:styleId="LetterMark""#, r#"w:val="FF0000""#, r#"w:val="000000""#),
    ),
    rule(
        "10.1",
        "标志下一条上粗下细的红色双线，宽170毫米",
        Letter,
        |paper| {
            is(paper, "青石镇人民政府", |one| {
                near(one.frame("w").unwrap_or(0), millimetres(170), 10)
                    && one.border("bottom").is_some_and(|(kind, _, _, colour)| {
                        kind.starts_with("thickThin") && colour == "FF0000"
                    })
            })
        },
        (DOCUMENT, "<w:body>", "thickThin", "thinThick"),
    ),
    rule(
        "10.1",
        "发文字号居右顶格",
        Letter,
        |paper| is(paper, "青政函〔2025〕3号", |one| one.side() == "right" && one.right() == 0),
        (DOCUMENT, "青石镇人民政府", r#"<w:jc w:val="right"/>"#, r#"<w:jc w:val="left"/>"#),
    ),
    rule(
        "10.1",
        "首页不显示页码，下有上细下粗的红色双线，距下页边20毫米",
        Letter,
        |paper| {
            paper.section_has("titlePg")
                && paper.first_rule().is_some_and(|(kind, colour, bottom)| {
                    kind.starts_with("thinThick")
                        && colour == "FF0000"
                        && near(bottom, millimetres(20), millimetres(1))
                })
        },
        ("word/footer6.xml", "<w:ftr", r#"w:y="15"#, r#"w:y="14"#),
    ),
    rule(
        "10.1",
        "版记没有印发机关和印发日期、分隔线",
        Letter,
        |paper| {
            paper.paragraphs.iter().all(|one| {
                !one.text.ends_with("印发")
                    && (one.style != "Imprint"
                        || one.border("top").is_none() && one.border("bottom").is_none())
            })
        },
        (DOCUMENT, "<w:body>", "县应急管理局。", "县应急管理局印发"),
    ),
    rule(
        "7.3.4",
        "几个附件各占一行，序号后的名称对齐",
        Letter,
        |paper| {
            is(paper, "附件：1.", |one| {
                near(one.first(), 2 * CHARACTER, 4) && near(one.left(), 6 * CHARACTER, 6)
            }) && is(paper, "2.分配方案", |one| {
                near(one.first(), 5 * CHARACTER, 6) && near(one.left(), 6 * CHARACTER, 6)
            })
        },
        (DOCUMENT, "防汛物资清单", r#"w:hanging=""#, r#"w:hanging="1"#),
    ),
    rule(
        "7.3.7",
        "附件各起一页，编了顺序号",
        Letter,
        |paper| {
            ["附件1", "附件2"]
                .iter()
                .all(|words| paper.whole(words).is_some_and(|one| one.has("pageBreakBefore")))
        },
        (DOCUMENT, "附件1", "附件2", "附件3"),
    ),
    rule(
        "10.3",
        "纪要标志红色小标宋居中，上边缘距版心上边缘35毫米",
        Minutes,
        |paper| {
            paper
                .place("青石镇人民政府党政")
                .is_some_and(|at| near(paper.top(at), millimetres(35), millimetres(1)))
                && is(paper, "青石镇人民政府党政", |one| {
                    one.side() == "center"
                        && one.runs.iter().all(|run| run.colour() == "FF0000" && run.face() == SONG)
                })
        },
        (STYLES, r#"w:styleId="IssuerMark""#, r#"w:val="FF0000""#, r#"w:val="000000""#),
    ),
    rule(
        "10.3",
        "出席的标识3号黑体，名单3号仿宋，左空二字，回行和冒号后的首字对齐",
        Minutes,
        |paper| {
            is(paper, "出席：", |one| {
                one.run("出席：").is_some_and(|run| run.face() == HEI && run.size() == 32)
                    && one.run("张三").is_some_and(|run| run.face() == FANG)
                    && near(one.first(), 2 * CHARACTER, 4)
                    && near(one.left(), 5 * CHARACTER, 6)
            })
        },
        (STYLES, r#"w:styleId="ListLabel""#, r#"w:eastAsia="黑体""#, r#"w:eastAsia="仿宋_GB2312""#),
    ),
    rule(
        "10.3",
        "出席在正文下空一行，请假、列席依次在下面",
        Minutes,
        |paper| {
            white(paper, "二是备足", "出席：") == Some(LINE)
                && white(paper, "出席：", "请假：") == Some(0)
                && white(paper, "请假：", "列席：") == Some(0)
        },
        (DOCUMENT, "请假", "列席：", "列位："),
    ),
];

/// White between a paragraph that is these words and the next.
fn white_under(paper: &Paper, words: &str) -> Option<i32> {
    let at = paper.paragraphs.iter().position(|one| one.text == words)?;
    Some(paper.paragraphs[at].after() + paper.paragraphs.get(at + 1)?.before())
}

/// The paragraph so many behind the one that begins with these words.
fn beside<'p>(paper: &'p Paper, words: &str, behind: isize) -> Option<&'p Paragraph> {
    paper.paragraphs.get(paper.place(words)?.checked_add_signed(behind)?)
}
