//! Small things about the XML of Word.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::markup::entity;

/// An attribute of a tag; empty where there is none.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
    found.map(|attribute| attribute.value.as_ref().to_owned()).unwrap_or_default()
}

/// The words of an attribute with its references resolved.
pub(super) fn unescaped(value: &str) -> String {
    let mut words = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        words.push_str(before);
        let (name, behind) = after.split_once(';').unwrap_or((after, ""));
        words.extend(entity(name));
        rest = behind;
    }
    words + rest
}

/// Whether a property that is on or off is on: `<w:b/>`, `<w:b w:val="1"/>`.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "w:val").as_str(), "0" | "false" | "off")
}

/// Every start tag of a part, empty ones included; what is no XML ends the walk.
pub(super) fn each_tag(xml: &str, mut take: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => take(&tag),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}
