//! Custom tags (16): which words are which element of the official document.
//!
//! Elements have the names that the standards for official documents give them (GB/T 9704-2012, GB/T 33476.1-2016),
//! in three parts: 版头, 主体 and 版记. Each names the objects of the pages that show it.

use super::page::Written;
use super::pen::{HEAD, NAMESPACE};
use crate::document::letter::Presence;
use crate::document::{Block, Document, Element};

/// Where the tags stand.
pub(super) const FILE: &str = "Doc_0/Tags/Tag_0.xml";
/// The namespace of the tags.
const TAGS: &str = "urn:huibao:gongwen";

/// `CustomTags.xml`: which kinds of tags there are.
pub(super) fn list() -> String {
    format!(
        r#"{HEAD}<ofd:CustomTags {NAMESPACE}><ofd:CustomTag NameSpace="{TAGS}"><ofd:FileLoc>Tag_0.xml</ofd:FileLoc></ofd:CustomTag></ofd:CustomTags>"#
    )
}

/// The part that holds them.
pub(super) fn part(document: &Document, pages: &[Written]) -> String {
    let mut objects: Vec<(usize, u32, u32)> = pages
        .iter()
        .flat_map(|page| page.objects.iter().map(|object| (object.block, page.id, object.id)))
        .collect();
    objects.sort_by_key(|(block, ..)| *block);
    let mut xml = format!(r#"{HEAD}<公文 xmlns="{TAGS}" {NAMESPACE}>"#);
    let mut open: Vec<&str> = Vec::new();
    let mut annex = false;
    for shown in objects.chunk_by(|left, right| left.0 == right.0) {
        let Some(block) = shown.first().and_then(|(block, ..)| document.blocks.get(*block)) else { continue };
        let path = path(block, &mut annex);
        step(&mut xml, &mut open, &path);
        for (_, page, id) in shown {
            xml.push_str(&format!(r#"<ofd:ObjectRef PageRef="{page}">{id}</ofd:ObjectRef>"#));
        }
    }
    step(&mut xml, &mut open, &[]);
    xml.push_str("</公文>");
    xml
}

/// Goes from the elements that are open to those of a path. The last one of the path is always a new one, and
/// an annex begins with its number.
fn step(xml: &mut String, open: &mut Vec<&'static str>, path: &[&'static str]) {
    let shared = open.iter().zip(path).take_while(|(left, right)| left == right).count();
    let most = if path.last() == Some(&ANNEX_HEAD) { 1 } else { path.len().saturating_sub(1) };
    for name in open.drain(shared.min(most)..).rev() {
        xml.push_str(&format!("</{name}>"));
    }
    for name in &path[open.len()..] {
        xml.push_str(&format!("<{name}>"));
        open.push(name);
    }
}

const BODY: &str = "主体";
const ANNEX: &str = "附件";
const ANNEX_HEAD: &str = "附件顺序号";

/// The names of a block's elements, from the outside to the inside; `annex` says whether an annex has begun.
fn path(block: &Block, annex: &mut bool) -> Vec<&'static str> {
    let text = |name, annex| if annex { vec![BODY, ANNEX, name] } else { vec![BODY, "正文", name] };
    let whole = |name, annex| if annex { vec![BODY, ANNEX, name] } else { vec![BODY, name] };
    match block {
        Block::Title(_) if *annex => vec![BODY, ANNEX, "附件标题"],
        Block::Title(_) => vec![BODY, "标题"],
        Block::Byline(_) => whole("题下署名", *annex),
        Block::Recipient(_) => whole("主送机关", *annex),
        Block::Heading { level: 1, .. } => text("一级标题", *annex),
        Block::Heading { level: 2, .. } => text("二级标题", *annex),
        Block::Heading { level: 3, .. } => text("三级标题", *annex),
        Block::Heading { .. } => text("四级标题", *annex),
        Block::Point { .. } | Block::Paragraph(_) => text("段落", *annex),
        Block::Table(_) | Block::TableNote(_) => text("表格", *annex),
        Block::Picture(_) => text("图片", *annex),
        Block::Signature(_) => whole("发文机关署名", *annex),
        Block::Date(_) => whole("成文日期", *annex),
        Block::Element { element, .. } => of_element(*element, annex),
        Block::Changed(_, block) => path(block, annex),
    }
}

/// The same of an element beside the text.
fn of_element(element: Element, annex: &mut bool) -> Vec<&'static str> {
    *annex = (*annex || element == Element::Annex) && !element.is_imprint();
    match element {
        Element::CopyNumber => vec!["版头", "份号"],
        Element::Secrecy => vec!["版头", "密级和保密期限"],
        Element::Urgency => vec!["版头", "紧急程度"],
        Element::Mark(_) => vec!["版头", "发文机关标志"],
        Element::Number => vec!["版头", "发文字号"],
        Element::Signer => vec!["版头", "签发人"],
        Element::Attached => vec![BODY, "附件说明"],
        Element::Sealed => vec![BODY, "发文机关署名"],
        Element::Note => vec![BODY, "附注"],
        Element::Annex => vec![BODY, ANNEX, ANNEX_HEAD],
        Element::Present(Presence::Present) => vec![BODY, "出席人员"],
        Element::Present(Presence::Excused) => vec![BODY, "请假人员"],
        Element::Present(Presence::Attending) => vec![BODY, "列席人员"],
        Element::SentTo => vec!["版记", "主送机关"],
        Element::CopyTo => vec!["版记", "抄送机关"],
        Element::Printer => vec!["版记", "印发机关"],
        Element::PrintDate => vec!["版记", "印发日期"],
    }
}
