//! The word that lies across every page of a draft: a drawing in the header, as the word processor makes it itself
//! (设计 → 水印), so that it can be taken out there, too.

use super::pen::{HEAD, W};
use super::styles::FOOTER;
use crate::markup::escape;
use crate::zh::width::half_cells;

/// The header by its relationship.
pub(super) const ID: &str = "watermark";
/// Height of a character in points, as on fixed pages.
const SIZE: usize = 160;

/// The header part with a word.
pub(super) fn part(word: &str) -> String {
    let (width, height) = (half_cells(word) * SIZE / 2, SIZE);
    let mut xml = format!(
        r#"{HEAD}<w:hdr xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:p><w:pPr><w:pStyle w:val="{FOOTER}"/></w:pPr><w:r><w:pict>"#
    );
    xml.push_str(concat!(
        r##"<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">"##,
        r##"<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>"##,
        r##"<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>"##,
        r##"<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>"##,
        r##"<v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>"##,
        r##"<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>"##,
        r##"<v:textpath on="t" fitshape="t"/></v:shapetype>"##,
    ));
    xml.push_str(&format!(
        r##"<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;mso-position-vertical:center;mso-position-vertical-relative:page" o:allowincell="f" fillcolor="#e4e4e4" stroked="f"><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string=""##
    ));
    escape(&mut xml, word);
    xml.push_str(r#""/></v:shape></w:pict></w:r></w:p></w:hdr>"#);
    xml
}

/// The text of a document whose sections all have that header, on odd, even and first pages.
pub(super) fn on_every_section(document: &str) -> String {
    let header = |kind: &str| format!(r#"<w:headerReference w:type="{kind}" r:id="{ID}"/>"#);
    let headers: String = ["default", "even", "first"].map(header).concat();
    document.replace("<w:sectPr>", &format!("<w:sectPr>{headers}"))
}
