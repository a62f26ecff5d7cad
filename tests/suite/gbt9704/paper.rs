//! A Word file as the standard speaks of it: paragraphs with the faces, sizes and places that their styles give
//! them. It reads what is written and shares no code with the writer.

use std::collections::BTreeMap;
use std::path::Path;

use roxmltree::{Document, Node};

use crate::papers;

/// The parts that rules speak of, by name.
pub type Parts = BTreeMap<&'static str, String>;

/// The parts of a Word file; one that it does not have is empty.
pub fn parts(path: &Path) -> Parts {
    const NAMES: [&str; 10] = [
        "word/document.xml",
        "word/styles.xml",
        "word/settings.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/footer3.xml",
        "word/footer4.xml",
        "word/footer5.xml",
        "word/footer6.xml",
        "word/_rels/document.xml.rels",
    ];
    let part = |name| (name, papers::part_of(path, name).unwrap_or_default());
    NAMES.into_iter().map(part).collect()
}

/// Properties by the names of their element and attribute: `spacing.line`, `ind.left`, `jc.val`.
pub type Properties = BTreeMap<String, String>;

/// A run of words in one face.
#[derive(Debug, Clone, Default)]
pub struct Run {
    pub text: String,
    pub properties: Properties,
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    pub style: String,
    pub text: String,
    pub properties: Properties,
    pub runs: Vec<Run>,
}

/// What a Word file says.
#[derive(Debug, Default)]
pub struct Paper {
    pub paragraphs: Vec<Paragraph>,
    /// Rows that stand again on every page of their table.
    pub repeated_heads: usize,
    /// Of the first section: `pgSz.w`, `pgMar.top`, `docGrid.linePitch`.
    pub section: Properties,
    /// All sections.
    pub sections: Vec<Properties>,
    /// Names of elements that the settings hold.
    pub settings: Vec<String>,
    /// Paragraphs of the footers by their kind: default, even, first.
    pub footers: BTreeMap<String, Vec<Paragraph>>,
}

impl Paper {
    /// Reads parts that were taken from a file.
    pub fn of(parts: &Parts) -> Paper {
        let styles = Styles::of(&parts["word/styles.xml"]);
        let document = Document::parse(&parts["word/document.xml"]).expect("a document");
        let sections: Vec<Node<'_, '_>> =
            document.descendants().filter(|node| node.has_tag_name((W, "sectPr"))).collect();
        let first = sections.first().expect("a section");
        let settings = Document::parse(&parts["word/settings.xml"]).expect("settings");
        let mut footers = BTreeMap::new();
        for reference in sections.iter().flat_map(|section| children(section, "footerReference")) {
            let kind = attribute(&reference, "type");
            let id = reference.attributes().find(|one| one.name() == "id").map_or("", |one| one.value());
            let name = target(&parts["word/_rels/document.xml.rels"], id);
            let part =
                parts.iter().find(|(part, _)| part.ends_with(&name)).map_or("", |(_, xml)| xml.as_str());
            if let Ok(footer) = Document::parse(part) {
                footers.insert(kind, paragraphs(&footer.root_element(), &styles));
            }
        }
        Paper {
            paragraphs: paragraphs(&document.root_element(), &styles),
            repeated_heads: document.descendants().filter(|node| node.has_tag_name((W, "tblHeader"))).count(),
            section: properties(first),
            sections: sections.iter().map(properties).collect(),
            settings: settings.descendants().map(|node| node.tag_name().name().to_owned()).collect(),
            footers,
        }
    }

    /// The first paragraph that begins with these words.
    pub fn begins(&self, words: &str) -> Option<&Paragraph> {
        self.paragraphs.iter().find(|paragraph| paragraph.text.starts_with(words))
    }

    /// The paragraph that is these words.
    pub fn whole(&self, words: &str) -> Option<&Paragraph> {
        self.paragraphs.iter().find(|paragraph| paragraph.text == words)
    }

    /// Whether any section says this.
    pub fn section_has(&self, name: &str) -> bool {
        self.sections.iter().any(|section| section.contains_key(name))
    }

    /// The paragraph of a footer that has words.
    pub fn footer(&self, kind: &str) -> Option<&Paragraph> {
        self.footers.get(kind)?.iter().find(|paragraph| !paragraph.text.is_empty())
    }

    /// The rule in the footer of a first page: its kind, its colour, and how far its lower edge is above the
    /// foot of the paper; nothing where the footer has words.
    pub fn first_rule(&self) -> Option<(String, String, i32)> {
        let footer = self.footers.get("first")?;
        if footer.iter().any(|paragraph| !paragraph.text.is_empty()) {
            return None;
        }
        let ruled = footer.iter().find(|paragraph| paragraph.border("top").is_some())?;
        let (kind, size, _, colour) = ruled.border("top")?;
        // Thin line, gap and thick line together, in twips.
        let height = size * 20 / 8 * 7 / 4;
        Some((kind, colour, 16838 - ruled.frame("y")? - height))
    }

    /// Its place among the paragraphs.
    pub fn place(&self, words: &str) -> Option<usize> {
        self.paragraphs.iter().position(|paragraph| paragraph.text.starts_with(words))
    }

    /// Twips from the head of the type area to the upper edge of the characters of a paragraph of the first page.
    pub fn top(&self, place: usize) -> i32 {
        let above: i32 = self.paragraphs[..place]
            .iter()
            .filter(|paragraph| paragraph.frame("y").is_none())
            .map(|paragraph| paragraph.before() + paragraph.pitch() + paragraph.after())
            .sum();
        above + self.paragraphs[place].before() + self.paragraphs[place].ascent_gap()
    }
}

impl Paragraph {
    fn twips(&self, name: &str) -> i32 {
        self.properties.get(name).and_then(|twips| twips.parse().ok()).unwrap_or(0)
    }

    pub fn before(&self) -> i32 {
        self.twips("spacing.before")
    }

    pub fn after(&self) -> i32 {
        self.twips("spacing.after")
    }

    /// Height of a line.
    pub fn pitch(&self) -> i32 {
        self.twips("spacing.line")
    }

    /// Where the first line begins, counted from the left edge of the type area.
    pub fn first(&self) -> i32 {
        let hanging = self.twips("ind.hanging");
        self.twips("ind.left") + if hanging > 0 { -hanging } else { self.twips("ind.firstLine") }
    }

    /// Where further lines begin.
    pub fn left(&self) -> i32 {
        self.twips("ind.left")
    }

    pub fn right(&self) -> i32 {
        self.twips("ind.right")
    }

    pub fn side(&self) -> &str {
        self.properties.get("jc.val").map_or("both", String::as_str)
    }

    /// A property of its frame, in twips.
    pub fn frame(&self, name: &str) -> Option<i32> {
        self.properties.get(&format!("framePr.{name}")).and_then(|twips| twips.parse().ok())
    }

    pub fn has(&self, name: &str) -> bool {
        self.properties.get(name).is_some_and(|value| value != "0" && value != "false")
    }

    /// A border: kind, eighths of a point, space in points, colour.
    pub fn border(&self, side: &str) -> Option<(String, i32, i32, String)> {
        let of = |name: &str| self.properties.get(&format!("{side}.{name}")).cloned();
        Some((of("val")?, of("sz")?.parse().ok()?, of("space")?.parse().ok()?, of("color")?))
    }

    /// The run in which words stand.
    pub fn run(&self, words: &str) -> Option<&Run> {
        self.runs.iter().find(|run| run.text.contains(words))
    }

    /// The last tab stop of the line: its kind and its place.
    pub fn tab(&self) -> Option<(String, i32)> {
        let last = (0..9).map(|at| format!("tab{at}")).rfind(|tab| self.properties.contains_key(tab))?;
        let of = |name: &str| self.properties.get(&format!("{last}.{name}")).cloned();
        Some((of("val")?, of("pos")?.parse().ok()?))
    }

    /// Twips from a character to the next.
    pub fn advance(&self) -> i32 {
        let run = self.runs.first();
        let closer = run.and_then(|run| run.properties.get("spacing.val")).and_then(|one| one.parse().ok());
        run.map_or(0, Run::size) * 10 + closer.unwrap_or(0)
    }

    /// White between the characters of a line and its lower edge.
    pub fn descent_gap(&self) -> i32 {
        let size = self.runs.first().map_or(0, Run::size);
        self.pitch() / 5 - size * 10 * 12 / 100
    }

    /// White above the characters of a line: four fifths of an exact line are above its base line, and
    /// 0.88 of the type.
    pub fn ascent_gap(&self) -> i32 {
        let size = self.runs.first().map_or(0, Run::size);
        self.pitch() * 4 / 5 - size * 10 * 88 / 100
    }
}

impl Run {
    /// Half points.
    pub fn size(&self) -> i32 {
        self.properties.get("sz.val").and_then(|size| size.parse().ok()).unwrap_or(0)
    }

    pub fn face(&self) -> &str {
        self.properties.get("rFonts.eastAsia").map_or("", String::as_str)
    }

    pub fn colour(&self) -> &str {
        self.properties.get("color.val").map_or("000000", String::as_str)
    }
}

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn attribute(node: &Node<'_, '_>, name: &str) -> String {
    node.attribute((W, name)).unwrap_or_default().to_owned()
}

fn children<'a, 'i>(node: &Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> + use<'a, 'i> {
    let children: Vec<_> = node.children().filter(|child| child.has_tag_name((W, name))).collect();
    children.into_iter()
}

fn child<'a, 'i>(node: &Node<'a, 'i>, name: &'a str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The file that a relation names.
fn target(relations: &str, id: &str) -> String {
    let document = Document::parse(relations).expect("relations");
    let relation = document.descendants().find(|node| node.attribute("Id") == Some(id));
    relation.and_then(|one| one.attribute("Target")).unwrap_or_default().to_owned()
}

/// Every property that the children of an element name, and those of borders and tab stops below them.
fn properties(node: &Node<'_, '_>) -> Properties {
    let mut found = Properties::new();
    for property in node.children().filter(Node::is_element) {
        let name = property.tag_name().name();
        match name {
            "pBdr" | "tabs" => {
                for (index, inner) in property.children().filter(Node::is_element).enumerate() {
                    let own = inner.tag_name().name();
                    let own = if own == "tab" { format!("tab{index}") } else { own.to_owned() };
                    take(&mut found, &own, &inner);
                }
            }
            "pPr" | "rPr" | "sectPr" => {}
            name => take(&mut found, name, &property),
        }
    }
    found
}

fn take(found: &mut Properties, name: &str, node: &Node<'_, '_>) {
    found.insert(name.to_owned(), attribute(node, "val"));
    for one in node.attributes() {
        found.insert(format!("{name}.{}", one.name()), one.value().to_owned());
    }
}

/// What is written over what was said below it: an indent takes the place of the other kind of it.
fn over(below: &Properties, own: Properties) -> Properties {
    let mut all = below.clone();
    for (name, other) in [("ind.hanging", "ind.firstLine"), ("ind.firstLine", "ind.hanging")] {
        if own.contains_key(name) {
            all.remove(other);
        }
    }
    all.extend(own);
    all
}

/// The styles with all that they inherit.
struct Styles {
    paragraph: BTreeMap<String, (Properties, Properties)>,
    character: BTreeMap<String, Properties>,
}

impl Styles {
    fn of(xml: &str) -> Styles {
        let document = Document::parse(xml).expect("styles");
        let root = document.root_element();
        let defaults = root.descendants().find(|node| node.has_tag_name((W, "rPrDefault")));
        let defaults = defaults.and_then(|node| child(&node, "rPr")).map(|node| properties(&node));
        let mut styles = Styles { paragraph: BTreeMap::new(), character: BTreeMap::new() };
        styles.paragraph.insert(String::new(), (Properties::new(), defaults.unwrap_or_default()));
        for style in children(&root, "style") {
            let id = attribute(&style, "styleId");
            let own = |name| child(&style, name).map(|node| properties(&node)).unwrap_or_default();
            match attribute(&style, "type").as_str() {
                "paragraph" => {
                    let based = child(&style, "basedOn").map_or(String::new(), |one| attribute(&one, "val"));
                    let (below, runs) = styles.paragraph.get(&based).cloned().unwrap_or_default();
                    let made = (over(&below, own("pPr")), over(&runs, own("rPr")));
                    styles.paragraph.insert(id, made);
                }
                "character" => drop(styles.character.insert(id, own("rPr"))),
                _ => {}
            }
        }
        styles
    }
}

fn paragraphs(root: &Node<'_, '_>, styles: &Styles) -> Vec<Paragraph> {
    let nodes = root.descendants().filter(|node| node.has_tag_name((W, "p")));
    nodes.map(|node| paragraph(&node, styles)).collect()
}

fn paragraph(node: &Node<'_, '_>, styles: &Styles) -> Paragraph {
    let own = child(node, "pPr");
    let style = own.and_then(|own| child(&own, "pStyle")).map(|one| attribute(&one, "val"));
    let style = style.unwrap_or_else(|| "Normal".to_owned());
    let (below, face) = styles.paragraph.get(&style).cloned().unwrap_or_default();
    let properties = over(&below, own.map(|own| self::properties(&own)).unwrap_or_default());
    let runs: Vec<Run> = node
        .descendants()
        .filter(|node| node.has_tag_name((W, "r")))
        .map(|run| {
            let own = child(&run, "rPr");
            let named = own.and_then(|own| child(&own, "rStyle")).map(|one| attribute(&one, "val"));
            let named = named.and_then(|name| styles.character.get(&name).cloned()).unwrap_or_default();
            let own = own.map(|own| self::properties(&own)).unwrap_or_default();
            Run { text: words(&run), properties: over(&over(&face, named), own) }
        })
        .collect();
    let text = runs.iter().map(|run| run.text.as_str()).collect();
    Paragraph { style, text, properties, runs }
}

fn words(run: &Node<'_, '_>) -> String {
    let words = |node: Node<'_, '_>| match node.tag_name().name() {
        "t" => node.text().unwrap_or_default().to_owned(),
        "tab" => "\t".to_owned(),
        _ => String::new(),
    };
    run.children().map(words).collect()
}
