//! What a report was made from, as the file that this program wrote still says it.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::package::Package;
use super::xml::{attribute, unescaped};
use crate::diag::Diagnostic;
use crate::document::Origin;
use crate::input::Ours;
use crate::markup::entity;
use crate::period::Period;

/// The namespace of the custom part.
const NAMESPACE: &str = "urn:huibao:report";
const CUSTOM: &str = "docProps/custom.xml";

/// Template, year and first words; nothing for files of other programs.
///
/// # Errors
/// A part is too large or damaged.
pub(super) fn read(package: &mut Package<'_>) -> Result<Option<Ours>, Diagnostic> {
    for name in package.custom_parts() {
        let xml = package.optional(&name)?.unwrap_or_default();
        if let Some(ours) = part(&xml) {
            return Ok(Some(ours));
        }
    }
    let properties = package.optional(CUSTOM)?.unwrap_or_default();
    Ok(properties_of(&properties).map(|origin| Ours { origin, lines: Vec::new() }))
}

/// The custom part.
fn part(xml: &str) -> Option<Ours> {
    let mut reader = Reader::from_str(xml);
    let (mut origin, mut lines) = (None, Vec::new());
    let mut line: Option<String> = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if origin.is_none() => {
                let own = attribute(&tag, "xmlns") == NAMESPACE;
                let year = Period::parse(&attribute(&tag, "year")).filter(|_| own)?;
                origin = Some(Origin { template: unescaped(&attribute(&tag, "template")), year });
            }
            Event::Start(tag) if tag.local_name().as_ref() == "line" => line = Some(String::new()),
            Event::Empty(tag) if tag.local_name().as_ref() == "line" => lines.push(String::new()),
            Event::Text(text) => line.iter_mut().for_each(|line| line.push_str(text.as_ref())),
            Event::GeneralRef(name) => line.iter_mut().for_each(|line| line.extend(entity(name.as_ref()))),
            Event::End(_) => lines.extend(line.take()),
            Event::Eof => return origin.map(|origin| Ours { origin, lines }),
            _ => {}
        }
    }
}

/// The properties, which outlive the custom part.
fn properties_of(xml: &str) -> Option<Origin> {
    let mut reader = Reader::from_str(xml);
    let (mut name, mut template, mut year) = (String::new(), String::new(), None);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.local_name().as_ref() == "property" => name = attribute(&tag, "name"),
            Event::Text(text) if name == "汇报模板" => template.push_str(text.as_ref()),
            Event::GeneralRef(part) if name == "汇报模板" => template.extend(entity(part.as_ref())),
            Event::Text(text) if name == "汇报年度" => year = Period::parse(text.as_ref()),
            Event::End(tag) if tag.local_name().as_ref() == "property" => name.clear(),
            Event::Eof => return year.map(|year| Origin { template, year }),
            _ => {}
        }
    }
}
