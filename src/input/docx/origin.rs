//! What a report was made from, as the file that this program wrote still says it.

use super::package::Package;
use super::xml::{attribute, parse, words};
use crate::diag::Diagnostic;
use crate::document::Origin;
use crate::input::Ours;
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
    let document = parse(xml).ok()?;
    let root = document.root_element();
    let own = root.tag_name().namespace() == Some(NAMESPACE);
    let year = Period::parse(attribute(&root, "year")).filter(|_| own)?;
    let lines = root.children().filter(|node| node.tag_name().name() == "line");
    let origin = Origin { template: attribute(&root, "template").to_owned(), year };
    Some(Ours { origin, lines: lines.map(|line| words(&line)).collect() })
}

/// The properties, which outlive the custom part.
fn properties_of(xml: &str) -> Option<Origin> {
    let document = parse(xml).ok()?;
    let property = |name: &str| {
        let mut all = document.root_element().children();
        all.find(|node| attribute(node, "name") == name).map(|node| words(&node))
    };
    let year = Period::parse(property("汇报年度")?.trim())?;
    Some(Origin { template: property("汇报模板").unwrap_or_default(), year })
}
