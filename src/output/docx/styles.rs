//! `word/styles.xml`: the faces and sizes of GB/T 9704-2012.
//!
//! 28 characters a line and 22 lines a page come from 16 pt type tightened by 0.3 pt (`w:spacing` -6) on exact
//! lines of 28.95 pt (579 twips); a grid with `charSpace` breaks in LibreOffice. 0.25 pt would be
//! room enough by the numbers, but LibreOffice rounds every change between Han and digits up.
//!
//! Word and LibreOffice set the same lines and pages because of three things: lines that are not of the
//! grid's pitch are taken off it (LibreOffice would round them up), cells have exact lines too, and
//! `w:overflowPunct` is not written: marks hang by default in both, while LibreOffice reads it inverted.

use std::fmt::Write;

use crate::document::measure::PITCH;
use crate::fonts::Names;

const FANG: &str = "仿宋_GB2312";
const KAI: &str = "楷体_GB2312";
const HEI: &str = "黑体";
const XBS: &str = "方正小标宋简体";

/// Style ids, used by the body.
pub(super) const TITLE: &str = "Title";
/// Of an annex: a reader that looks for the title of the document finds one.
pub(super) const ANNEX_TITLE: &str = "AnnexTitle";
pub(super) const BYLINE: &str = "Byline";
pub(super) const RECIPIENT: &str = "Recipient";
pub(super) const SIGNATURE: &str = "Signature";
/// Of a signature that a seal covers.
pub(super) const SEALED: &str = "SealedSignature";
pub(super) const CAPTION: &str = "TableCaption";
pub(super) const UNIT: &str = "TableUnit";
pub(super) const TABLE_NOTE: &str = "TableNote";
pub(super) const CELL: &str = "TableCell";
pub(super) const CELL_HEAD: &str = "TableHead";
pub(super) const FOOTER: &str = "Footer";
pub(super) const COMMENT: &str = "CommentText";
/// Of the elements of a letter.
pub(super) const COPY_NUMBER: &str = "CopyNumber";
pub(super) const SECRECY: &str = "Secrecy";
pub(super) const MARK: &str = "IssuerMark";
/// Of a 信函, so that a reader tells its form.
pub(super) const LETTER_MARK: &str = "LetterMark";
pub(super) const NUMBER: &str = "DocumentNumber";
pub(super) const LISTED: &str = "Listed";
pub(super) const ANNEX: &str = "Annex";
pub(super) const IMPRINT: &str = "Imprint";
/// Character styles of the names of those who sign, and of what stands before a list of names.
pub(super) const SIGNER: &str = "Signer";
pub(super) const LIST_LABEL: &str = "ListLabel";
/// A point, 一是.
pub(super) const POINT: &str = "Point";
/// A heading that the text goes on behind in one paragraph, with its level.
pub(super) const RUN_IN: &str = "RunIn";
/// Character style of the first sentence of a point, and of a heading of the second level that the text goes on
/// behind.
const LEAD: &str = "Lead";
/// The same of a heading of the first level.
const HEI_LEAD: &str = "LeadHei";
/// What a run in that style says of itself.
pub(super) const LEAD_RUN: &str = r#"<w:rStyle w:val="Lead"/>"#;

/// What a run in that style says of itself.
pub(super) const HEI_RUN: &str = r#"<w:rStyle w:val="LeadHei"/>"#;

/// A paragraph style: what differs from Normal.
struct Style {
    id: &'static str,
    name: &'static str,
    paragraph: &'static str,
    face: &'static str,
    /// Half points.
    size: u32,
}

const TITLED: &str = r#"<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:after="579" w:line="700" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>"#;
const SIGNED: &str = r#"<w:keepLines/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>"#;
const MARKED: &str = r#"<w:snapToGrid w:val="0"/><w:spacing w:line="924" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>"#;
const NO_INDENT: &str = r#"<w:ind w:firstLineChars="0" w:firstLine="0"/>"#;

/// Paragraph properties stand in the order of the schema: keepNext, keepLines, pageBreakBefore, overflowPunct, snapToGrid, spacing,
/// ind, jc, outlineLvl.
const STYLES: &[Style] = &[
    Style { id: TITLE, name: "Title", paragraph: TITLED, face: XBS, size: 44 },
    Style { id: ANNEX_TITLE, name: "附件标题", paragraph: TITLED, face: XBS, size: 44 },
    Style {
        id: BYLINE,
        name: "题下署名",
        paragraph: r#"<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>"#,
        face: KAI,
        size: 32,
    },
    Style { id: RECIPIENT, name: "主送机关", paragraph: NO_INDENT, face: FANG, size: 32 },
    // Below every heading in the outline, which the navigation pane shows.
    Style { id: POINT, name: "要点", paragraph: r#"<w:outlineLvl w:val="4"/>"#, face: FANG, size: 32 },
    Style { id: SIGNATURE, name: "落款", paragraph: SIGNED, face: FANG, size: 32 },
    Style { id: SEALED, name: "盖章署名", paragraph: SIGNED, face: FANG, size: 32 },
    Style { id: COPY_NUMBER, name: "份号", paragraph: NO_INDENT, face: FANG, size: 32 },
    Style { id: SECRECY, name: "密级和紧急程度", paragraph: NO_INDENT, face: HEI, size: 32 },
    Style { id: MARK, name: "发文机关标志", paragraph: MARKED, face: XBS, size: 84 },
    Style { id: LETTER_MARK, name: "信函标志", paragraph: MARKED, face: XBS, size: 84 },
    Style { id: NUMBER, name: "发文字号", paragraph: NO_INDENT, face: FANG, size: 32 },
    Style { id: LISTED, name: "附件说明和附注", paragraph: NO_INDENT, face: FANG, size: 32 },
    Style {
        id: ANNEX,
        name: "附件",
        paragraph: r#"<w:keepNext/><w:pageBreakBefore/><w:spacing w:after="579"/><w:ind w:firstLineChars="0" w:firstLine="0"/>"#,
        face: HEI,
        size: 32,
    },
    Style {
        id: IMPRINT,
        name: "版记",
        paragraph: r#"<w:snapToGrid w:val="0"/><w:spacing w:line="480" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/>"#,
        face: FANG,
        size: 28,
    },
    Style {
        id: CAPTION,
        name: "表题",
        paragraph: r#"<w:keepNext/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>"#,
        face: HEI,
        size: 28,
    },
    Style {
        id: UNIT,
        name: "表格单位",
        paragraph: r#"<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:line="320" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>"#,
        face: FANG,
        size: 24,
    },
    Style {
        id: TABLE_NOTE,
        name: "表注",
        paragraph: r#"<w:snapToGrid w:val="0"/><w:spacing w:line="320" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>"#,
        face: FANG,
        size: 24,
    },
    Style {
        id: CELL,
        name: "表文",
        paragraph: r#"<w:overflowPunct w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="40" w:after="40" w:line="320" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>"#,
        face: FANG,
        size: 24,
    },
    Style {
        id: CELL_HEAD,
        name: "表头",
        paragraph: r#"<w:keepNext/><w:overflowPunct w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="40" w:after="40" w:line="320" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>"#,
        face: HEI,
        size: 24,
    },
    Style {
        id: FOOTER,
        name: "footer",
        paragraph: r#"<w:snapToGrid w:val="0"/><w:spacing w:line="280" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/>"#,
        face: "宋体",
        size: 28,
    },
    Style {
        id: COMMENT,
        name: "annotation text",
        paragraph: r#"<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>"#,
        face: "宋体",
        size: 21,
    },
];

/// Faces of heading levels 1–4 (7.3.3): 黑体, 楷体, 仿宋, 仿宋.
const HEADINGS: [&str; 4] = [HEI, KAI, FANG, FANG];

/// The whole part.
pub(super) fn part() -> String {
    let mut xml = String::from(super::pen::HEAD);
    xml.push_str(r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>"#);
    face(&mut xml, FANG);
    xml.push_str(r#"<w:spacing w:val="-6"/><w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"#);
    xml.push_str(r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>"#);
    let _ = write!(
        xml,
        r#"<w:spacing w:before="0" w:after="0" w:line="{PITCH}" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="632"/><w:jc w:val="both"/></w:pPr></w:style>"#
    );
    for (level, typeface) in HEADINGS.into_iter().enumerate() {
        heading(&mut xml, level, typeface);
    }
    (0..HEADINGS.len()).for_each(|level| run_in(&mut xml, level));
    STYLES.iter().for_each(|one| style(&mut xml, one));
    let characters = [
        (LEAD, "要点句", KAI),
        (HEI_LEAD, "接排标题字", HEI),
        (SIGNER, "签发人", KAI),
        (LIST_LABEL, "名单标识", HEI),
    ];
    for (id, name, typeface) in characters {
        let _ = write!(
            xml,
            r#"<w:style w:type="character" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/><w:rPr>"#
        );
        face(&mut xml, typeface);
        xml.push_str("</w:rPr></w:style>");
    }
    xml.push_str(r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style></w:styles>"#);
    xml
}

fn face(xml: &mut String, name: &str) {
    let _ = write!(
        xml,
        r#"<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>"#
    );
}

/// The part with the faces of a project in place of those of the standard: the attributes that name them.
pub(super) fn named(xml: String, names: Option<&Names>) -> String {
    let Some(names) = names else { return xml };
    let other = |name: &str| match name {
        XBS => Some(&names.title),
        FANG => Some(&names.body),
        KAI => Some(&names.kai),
        HEI => Some(&names.hei),
        _ => None,
    };
    let mut made = String::with_capacity(xml.len());
    for (index, piece) in xml.split('"').enumerate() {
        made.push_str(if index > 0 { "\"" } else { "" });
        let latin = made.ends_with("w:ascii=\"") || made.ends_with("w:hAnsi=\"");
        match other(piece).filter(|_| index % 2 == 1) {
            Some(name) => made.push_str(names.digits.as_ref().filter(|_| latin).unwrap_or(name)),
            None => made.push_str(piece),
        }
    }
    made
}

fn heading(xml: &mut String, level: usize, typeface: &str) {
    let number = level + 1;
    let _ = write!(
        xml,
        r#"<w:style w:type="paragraph" w:styleId="Heading{number}"><w:name w:val="heading {number}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:outlineLvl w:val="{level}"/></w:pPr><w:rPr>"#
    );
    face(xml, typeface);
    xml.push_str("</w:rPr></w:style>");
}

/// A paragraph of text that begins with a heading: it stands in the outline, and it may end a page.
fn run_in(xml: &mut String, level: usize) {
    let number = level + 1;
    let _ = write!(
        xml,
        r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="{RUN_IN}{number}"><w:name w:val="接排标题 {number}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:outlineLvl w:val="{level}"/></w:pPr></w:style>"#
    );
}

fn style(xml: &mut String, style: &Style) {
    let custom = if style.name.is_ascii() { "" } else { r#" w:customStyle="1""# };
    let _ = write!(
        xml,
        r#"<w:style w:type="paragraph"{custom} w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{}</w:pPr><w:rPr>"#,
        style.id, style.name, style.paragraph
    );
    face(xml, style.face);
    if matches!(style.id, MARK | LETTER_MARK) {
        xml.push_str(r#"<w:color w:val="FF0000"/>"#);
    }
    if style.size != 32 {
        let _ = write!(xml, r#"<w:spacing w:val="0"/><w:sz w:val="{0}"/><w:szCs w:val="{0}"/>"#, style.size);
    }
    xml.push_str("</w:rPr></w:style>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_names_its_own_faces() {
        let names =
            Names { body: "黑体".into(), digits: Some("Times New Roman".into()), ..Names::default() };
        let xml = named(part(), Some(&names));
        assert!(xml.contains(
            r#"w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="黑体" w:cs="黑体""#
        ));
        assert!(!xml.contains(FANG) && xml.contains(r#"w:eastAsia="楷体_GB2312""#));
        assert_eq!(named(part(), Some(&Names::default())), part());
    }
}
