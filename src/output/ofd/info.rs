//! `OFD.xml`: what the file is (7.4).

use sha2::{Digest, Sha256};

use super::page::Written;
use super::pen::{HEAD, NAMESPACE};
use crate::document::{Block, Document, Element, plain};
use crate::markup::{escape, escaped};

/// The part. The day of the file is that of the report; who has none, has none.
pub(super) fn part(document: &Document, pages: &[Written]) -> String {
    let mut xml = format!(
        r#"{HEAD}<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>"#
    );
    let title = document.title().unwrap_or_default();
    xml.push_str(&format!("{}</ofd:DocID>", identity(&title, pages)));
    element(&mut xml, "Title", Some(title));
    element(&mut xml, "Author", author(document));
    element(&mut xml, "CreationDate", day(document));
    element(&mut xml, "Creator", Some("huibao".to_owned()));
    if let Some(origin) = &document.origin {
        xml.push_str("<ofd:CustomDatas>");
        for (name, value) in [("汇报模板", origin.template.clone()), ("汇报年度", origin.year.stem())]
        {
            xml.push_str(&format!(r#"<ofd:CustomData Name="{name}">{}</ofd:CustomData>"#, escaped(&value)));
        }
        xml.push_str("</ofd:CustomDatas>");
    }
    xml.push_str("</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>");
    xml
}

fn element(xml: &mut String, name: &str, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        xml.push_str(&format!("<ofd:{name}>"));
        escape(xml, &value);
        xml.push_str(&format!("</ofd:{name}>"));
    }
}

/// 32 digits (7.4) that stand for title and pages: another report has others, the same report the same ones.
fn identity(title: &str, pages: &[Written]) -> String {
    let mut digest = Sha256::new();
    digest.update(title);
    pages.iter().for_each(|page| digest.update(&page.xml));
    digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Who signs the report.
fn author(document: &Document) -> Option<String> {
    document.blocks.iter().rev().find_map(|block| match block {
        Block::Signature(text) | Block::Element { element: Element::Sealed, text, .. } => Some(plain(text)),
        _ => None,
    })
}

/// 成文日期 as `2011-12-20`.
fn day(document: &Document) -> Option<String> {
    document.blocks.iter().rev().find_map(|block| match block {
        Block::Date(text) => {
            let text = plain(text);
            let (year, rest) = text.trim().split_once('年')?;
            let (month, rest) = rest.split_once('月')?;
            let day = rest.strip_suffix('日')?;
            let date = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
            date.ok().map(|date| date.to_string())
        }
        _ => None,
    })
}
