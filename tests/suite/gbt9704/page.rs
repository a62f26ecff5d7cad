//! Rules of the page and of its text (5, 7.3, 7.5).

use super::ask::Sample::Report;
use super::ask::*;

/// Each with its clause, what it says, and what breaks it.
pub const RULES: &[Rule] = &[
    rule(
        "5.1",
        "用纸为A4",
        Report,
        |paper| (number(paper, "pgSz.w"), number(paper, "pgSz.h")) == (11906, 16838),
        (DOCUMENT, "<w:pgSz", r#"w:w="11906""#, r#"w:w="12240""#),
    ),
    rule(
        "5.2.1",
        "天头37毫米",
        Report,
        |paper| near(number(paper, "pgMar.top"), millimetres(37), millimetres(1)),
        (DOCUMENT, "<w:pgMar", r#"w:top="2098""#, r#"w:top="1701""#),
    ),
    rule(
        "5.2.1",
        "订口28毫米",
        Report,
        |paper| near(number(paper, "pgMar.left"), millimetres(28), millimetres(1)),
        (DOCUMENT, "<w:pgMar", r#"w:left="1588""#, r#"w:left="1701""#),
    ),
    rule(
        "5.2.1",
        "版心宽156毫米",
        Report,
        |paper| near(11906 - number(paper, "pgMar.left") - number(paper, "pgMar.right"), WIDTH, 10),
        (DOCUMENT, "<w:pgMar", r#"w:right="1474""#, r#"w:right="1588""#),
    ),
    rule(
        "5.2.1",
        "版心高225毫米",
        Report,
        |paper| {
            near(16838 - number(paper, "pgMar.top") - number(paper, "pgMar.bottom"), millimetres(225), 10)
        },
        (DOCUMENT, "<w:pgMar", r#"w:bottom="1984""#, r#"w:bottom="1700""#),
    ),
    rule(
        "5.2.2",
        "正文3号仿宋",
        Report,
        |paper| is(paper, "汛前", |one| set(one, FANG, 32)),
        (STYLES, "<w:rPrDefault", r#"w:eastAsia="仿宋_GB2312""#, r#"w:eastAsia="宋体""#),
    ),
    rule(
        "5.2.3",
        "每面22行",
        Report,
        |paper| {
            is(paper, "汛前", |one| {
                one.pitch() == LINE && number(paper, "docGrid.linePitch") == LINE && 12756 / one.pitch() == 22
            })
        },
        (DOCUMENT, "<w:docGrid", r#"w:linePitch="579""#, r#"w:linePitch="600""#),
    ),
    rule(
        "5.2.3",
        "每行28个字",
        Report,
        |paper| is(paper, "汛前", |one| one.advance() * 28 <= WIDTH && one.advance() * 29 > WIDTH),
        (STYLES, "<w:rPrDefault", r#"<w:spacing w:val="-6"/>"#, ""),
    ),
    rule(
        "5.2.4",
        "文字为黑色，红的只有标志",
        Report,
        |paper| {
            paper
                .paragraphs
                .iter()
                .all(|one| one.style == "IssuerMark" || one.runs.iter().all(|run| run.colour() == "000000"))
        },
        (
            DOCUMENT,
            "<w:body>",
            r#"<w:r><w:t xml:space="preserve">汛前"#,
            r#"<w:r><w:rPr><w:color w:val="0000FF"/></w:rPr><w:t xml:space="preserve">汛前"#,
        ),
    ),
    rule(
        "7.3.1",
        "标题2号小标宋，居中",
        Report,
        |paper| {
            is(paper, "青石镇人民政府关于2025年", |one| {
                one.side() == "center" && set(one, SONG, 44)
            })
        },
        (STYLES, r#"w:styleId="Title""#, r#"<w:sz w:val="44"/>"#, r#"<w:sz w:val="36"/>"#),
    ),
    rule(
        "7.3.2",
        "主送机关顶格，标题下空一行",
        Report,
        |paper| {
            is(paper, "云溪县人民政府：", |one| one.first() == 0 && one.left() == 0)
                && white(paper, "青石镇人民政府关于2025年", "云溪县人民政府：") == Some(LINE)
        },
        (STYLES, r#"w:styleId="Title""#, r#"w:after="579""#, r#"w:after="0""#),
    ),
    rule(
        "7.3.3",
        "每段左空二字，回行顶格",
        Report,
        |paper| is(paper, "汛前", |one| near(one.first(), 2 * CHARACTER, 4) && one.left() == 0),
        (STYLES, r#"w:styleId="Normal""#, r#"w:firstLine="632""#, r#"w:firstLine="0""#),
    ),
    rule(
        "7.3.3",
        "一级标题3号黑体",
        Report,
        |paper| is(paper, "一、隐患排查", |one| set(one, HEI, 32)),
        (STYLES, r#"w:styleId="Heading1""#, r#"w:eastAsia="黑体""#, r#"w:eastAsia="楷体_GB2312""#),
    ),
    rule(
        "7.5",
        "页码4号宋体，左右各一条一字线，单页居右空一字",
        Report,
        |paper| {
            paper.footer("default").is_some_and(|one| {
                set(one, "宋体", 28)
                    && one.text.starts_with('—')
                    && one.text.ends_with('—')
                    && one.side() == "right"
                    && near(one.right(), SMALL, 4)
            })
        },
        (FOOTER, "<w:p>", r#"w:val="right""#, r#"w:val="center""#),
    ),
    rule(
        "7.5",
        "双页居左空一字",
        Report,
        |paper| {
            paper.settings.iter().any(|name| name == "evenAndOddHeaders")
                && paper.footer("even").is_some_and(|one| one.side() == "left" && near(one.left(), SMALL, 4))
        },
        ("word/settings.xml", "<w:settings", "<w:evenAndOddHeaders/>", ""),
    ),
    rule(
        "7.5",
        "页码的一字线在版心下7毫米",
        Report,
        |paper| {
            near(
                number(paper, "pgMar.bottom") - number(paper, "pgMar.footer") - 280 + 224 - 98,
                millimetres(7),
                millimetres(1),
            )
        },
        (DOCUMENT, "<w:pgMar", r#"w:footer="1440""#, r#"w:footer="851""#),
    ),
    rule(
        "8",
        "表头换页重复",
        Report,
        |paper| paper.repeated_heads > 0,
        (DOCUMENT, "<w:tbl>", "<w:tblHeader/>", ""),
    ),
];
