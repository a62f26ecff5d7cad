//! The order of the elements of an official document: its head stands above the title and 版记 at the end,
//! wherever a template has their lines (GB/T 9704-2012, 7.2 and 7.4).

use super::{Block, Element};
use crate::diag::Diagnostic;

/// The place of a block among the parts of the page; what lies between head and 版记 keeps its order. Without a
/// mark there is no head, and what would belong to it stays where it is.
pub(super) fn rank(block: &Block, marked: bool) -> u8 {
    let Block::Element { element, .. } = block else { return BETWEEN };
    match element {
        element if element.is_head() && !marked => BETWEEN,
        Element::CopyNumber => 0,
        Element::Secrecy => 1,
        Element::Urgency => 2,
        Element::Mark(_) => 3,
        Element::Number => 4,
        Element::Signer => 5,
        Element::SentTo => BETWEEN + 1,
        Element::CopyTo => BETWEEN + 2,
        Element::Printer => BETWEEN + 3,
        Element::PrintDate => BETWEEN + 4,
        Element::Attached | Element::Sealed | Element::Note | Element::Annex | Element::Present(_) => BETWEEN,
    }
}

/// The rank of what is neither head nor 版记.
const BETWEEN: u8 = 6;

/// Two marks of two forms: a document has one form. Those of several organs are of one.
pub(super) fn two_forms(words: &str) -> Diagnostic {
    Diagnostic::error("letter-two-forms", format!("“{words}”和前面的标志不是同一种格式"))
        .hint("一件公文只能用一种标志：“发文机关标志：”“信函标志：”“命令标志：”“纪要标志：”四种里留一种；联合行文的几个机关各写一行同样的标志")
}

#[cfg(test)]
mod tests {
    use crate::document::picture::nowhere;
    use crate::document::{Document, Line, build};
    use crate::marked::Marked;
    use crate::period::Period;

    fn lines(text: &str) -> Result<Vec<String>, String> {
        let (text, template) = (text.to_owned(), "报告".to_owned());
        let (trails, warnings, missing) = (Vec::new(), Vec::new(), Vec::new());
        let marked = Marked { text, trails, warnings, missing, template, year: Period::year(2025) };
        let words = |document: Document| document.blocks.iter().map(|block| Line::of(block).text).collect();
        build(&marked, &nowhere).map(words).map_err(|problems| format!("{problems:?}"))
    }

    #[test]
    fn elements_stand_in_the_order_of_the_standard() {
        let text = "印发日期：2025年1月2日\n# 报告\n签发人：甲乙\n文号：青政〔2025〕1号\n附件：表\n\n附件\n# 表\n发文机关标志：青石镇人民政府文件\n抄送：县委办公室\n密级：\n份号：000001";
        let want = [
            "000001",
            "青石镇人民政府文件",
            "青政〔2025〕1号",
            "签发人：甲乙",
            "报告",
            "附件：表",
            "附件",
            "表",
            "抄送：县委办公室。",
            "2025年1月2日印发",
        ];
        assert_eq!(lines(text).unwrap(), want);
    }

    #[test]
    fn without_a_mark_nothing_is_gathered_into_a_head() {
        let text = "正文。\n签发人：甲乙\n印发日期：2025年1月2日\n印发机关：党政办";
        assert_eq!(lines(text).unwrap(), ["正文。", "签发人：甲乙", "党政办", "2025年1月2日印发"]);
    }

    #[test]
    fn a_document_has_one_form_perhaps_of_several_organs() {
        let joint = "发文机关标志：青石镇委员会文件\n发文机关标志：青石镇人民政府文件";
        assert_eq!(lines(joint).unwrap().len(), 2);
        let both = "发文机关标志：青石镇委员会文件\n信函标志：青石镇人民政府";
        assert!(lines(both).unwrap_err().contains("letter-two-forms"));
    }
}
