//! `PublicRes.xml`: the fonts that pages name (11.1).

use std::collections::BTreeSet;

use super::pen::{HEAD, NAMESPACE};
use crate::layout::Face;
use crate::markup::escaped;

/// Faces with the names that the standard's fonts have.
const NAMES: [(Face, &str); 5] = [
    (Face::Title, "方正小标宋简体"),
    (Face::Body, "仿宋_GB2312"),
    (Face::Kai, "楷体_GB2312"),
    (Face::Hei, "黑体"),
    (Face::Song, "宋体"),
];

/// Identities from 1 up to here are those of fonts.
pub(super) const FONTS: u32 = NAMES.len() as u32;

/// The identity of a face.
pub(super) fn id(face: Face) -> u32 {
    NAMES.iter().zip(1..).find(|((one, _), _)| *one == face).map_or(FONTS, |(_, id)| id)
}

/// The part; it lists the fonts that pages use.
pub(super) fn part(used: &BTreeSet<Face>) -> String {
    let mut xml = format!(r#"{HEAD}<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts>"#);
    for (face, name) in NAMES.iter().filter(|(face, _)| used.contains(face)) {
        let (id, name) = (id(*face), escaped(name));
        xml.push_str(&format!(
            r#"<ofd:Font ID="{id}" FontName="{name}" FamilyName="{name}" Charset="unicode"/>"#
        ));
    }
    xml.push_str("</ofd:Fonts></ofd:Res>");
    xml
}
