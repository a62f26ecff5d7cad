//! The rows and cells of a table, changes accepted.

use roxmltree::Node;

use super::super::xml::{Space, attribute, child, is_on, is_word, name, value};
use super::{TableCell, TableRow, Walker, chosen};

impl Walker<'_> {
    pub(super) fn table(&mut self, node: &Node<'_, '_>) -> Vec<TableRow> {
        let mut rows = Vec::new();
        for one in under(node, "tr") {
            let properties = child(&one, "trPr");
            let has = |local| properties.and_then(|properties| child(&properties, local));
            self.tracked |= ["ins", "del"].iter().any(|local| has(local).is_some());
            if has("del").is_some() {
                continue;
            }
            let number = |local| {
                properties.and_then(|properties| value(&properties, local)?.parse().ok()).unwrap_or(0)
            };
            let head = has("tblHeader").is_some_and(|on| is_on(&on));
            let cells = under(&one, "tc").iter().filter_map(|cell| self.cell(cell)).collect();
            rows.push(TableRow { before: number("gridBefore"), cells, head });
        }
        rows
    }

    fn cell(&mut self, node: &Node<'_, '_>) -> Option<TableCell> {
        let properties = child(node, "tcPr");
        let has = |local| properties.and_then(|properties| child(&properties, local));
        self.tracked |= ["cellIns", "cellDel"].iter().any(|local| has(local).is_some());
        if has("cellDel").is_some() {
            return None;
        }
        let across = has("gridSpan").and_then(|span| attribute(&span, "val").parse().ok()).unwrap_or(1);
        let up = has("vMerge").is_some_and(|merge| attribute(&merge, "val") != "restart");
        // No table has more columns (17.18.50 allows 63 in Word).
        Some(TableCell { across: across.clamp(1, 63), up, parts: self.parts(node) })
    }
}

/// The rows of a table or the cells of a row, whatever controls stand around them.
fn under<'x, 'i>(node: &Node<'x, 'i>, local: &str) -> Vec<Node<'x, 'i>> {
    let mut found = Vec::new();
    let mut waiting: Vec<Node<'x, 'i>> = node.children().rev().collect();
    while let Some(one) = waiting.pop() {
        if is_word(&one, local) {
            found.push(one);
        } else if matches!(
            name(&one),
            (Space::Word, "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag")
        ) {
            waiting.extend(one.children().rev());
        } else if let (Space::Choice, "AlternateContent") = name(&one) {
            waiting.extend(chosen(&one).iter().flat_map(|way| way.children().rev()));
        }
    }
    found
}
