//! YAML text → a small tree of [`Node`]s that know their bytes in the text.
//!
//! Only this file and its `syntax` see the parser's types. What fact files do not need (anchors, aliases, tags,
//! several documents, keys that are not words) is refused here, so no reader behind it can be
//! surprised. The tree is built without recursion and its depth is limited.

mod syntax;

use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Options, Parser, Span};

use super::line;
use crate::diag::{Diagnostic, Place, Problems, Source};

/// Deepest nesting of maps and lists.
pub(super) const MAX_DEPTH: usize = 64;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// `|` or `>`.
    Block,
}

/// A value of the YAML text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub kind: NodeKind,
    /// Bytes of the value, quotes included, comments not; empty where nothing is written.
    pub span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// Nothing, `~` or `null`.
    Null,
    Scalar {
        text: String,
        style: Style,
    },
    Map(Vec<(Key, Node)>),
    List(Vec<Node>),
}

/// The key of a map entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub text: String,
    pub span: Range<usize>,
}

impl Node {
    /// The words of a scalar, empty for nothing.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            NodeKind::Null => Some(""),
            _ => None,
        }
    }

    /// The lines of a text as they stand in the file, trimmed and without blank ones: a block text by its own, another
    /// by the breaks that its escapes say.
    pub fn lines<'n>(&'n self, file: &'n str) -> Vec<&'n str> {
        let text = match &self.kind {
            NodeKind::Scalar { style: Style::Block, .. } => file.get(self.span.clone()).unwrap_or_default(),
            _ => self.text().unwrap_or_default(),
        };
        text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect()
    }

    /// What keeps a text from being a value of one line, whatever YAML makes of the breaks in it. Lists and maps are
    /// judged by their texts.
    ///
    /// # Errors
    /// It runs over several lines, or as [`line::judge`].
    pub(super) fn judge(&self, file: &str) -> Result<(), Diagnostic> {
        let NodeKind::Scalar { text, .. } = &self.kind else { return Ok(()) };
        let written = file.get(self.span.clone()).unwrap_or_default();
        if written.trim().contains('\n') { Err(line::several()) } else { line::judge(text) }
    }

    /// The entries of a map.
    pub fn entries(&self) -> Option<&[(Key, Node)]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of `key` in a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()?.iter().find(|(at, _)| at.text == key).map(|(_, node)| node)
    }
}

/// Reads one YAML document; a file without any value is [`NodeKind::Null`].
///
/// # Errors
/// All problems that could be found: a syntax error ends the search, the others do not.
pub(super) fn parse(source: &Arc<Source>) -> Result<Node, Problems> {
    match read(source) {
        (Some(root), problems) if problems.is_empty() => Ok(root),
        (_, problems) => Err(Problems(problems)),
    }
}

/// The tree as far as it can be told, and every problem; keys that are there twice leave the tree whole.
pub(super) fn read(source: &Arc<Source>) -> (Option<Node>, Vec<Diagnostic>) {
    let mut builder = Builder::new(source);
    let mut parser = Parser::new_from_str_with_options(&source.text, options());
    while let Some(event) = parser.next_event() {
        let step = match event {
            Ok((event, span)) => builder.take(event, &span),
            Err(error) => Err(syntax::explain(&error, source)),
        };
        if let Err(problem) = step {
            builder.problems.push(problem);
            return (None, builder.problems);
        }
    }
    builder.finish()
}

/// Every text below a node that is no value of one line; what stands behind these keys may be one that is joined.
/// The tree is no deeper than its reader allows.
pub(super) fn broken(node: &Node, source: &Arc<Source>, joined: &[&str], problems: &mut Vec<Diagnostic>) {
    match &node.kind {
        NodeKind::Null | NodeKind::Scalar { .. } => {
            let problem = node.judge(&source.text).err();
            problems.extend(problem.map(|problem| problem.at(&Place::new(source, node.span.clone()))));
        }
        NodeKind::List(items) => items.iter().for_each(|item| broken(item, source, joined, problems)),
        NodeKind::Map(entries) => {
            for (_, value) in entries.iter().filter(|(key, _)| !joined.contains(&key.text.as_str())) {
                broken(value, source, joined, problems);
            }
        }
    }
}

fn options() -> Options {
    granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}

/// A map or list that is still open.
enum Open {
    Map { entries: Vec<(Key, Node)>, key: Option<Key>, start: usize },
    List { items: Vec<Node>, start: usize },
}

struct Builder<'s> {
    source: &'s Arc<Source>,
    open: Vec<Open>,
    root: Option<Node>,
    problems: Vec<Diagnostic>,
}

impl<'s> Builder<'s> {
    fn new(source: &'s Arc<Source>) -> Builder<'s> {
        Builder { source, open: Vec::new(), root: None, problems: Vec::new() }
    }

    /// Takes one event; an error means that reading on makes no sense.
    fn take(&mut self, event: Event<'_>, span: &Span) -> Result<(), Diagnostic> {
        let range = span.byte_range().unwrap_or(0..0);
        match event {
            Event::DocumentStart(..) if self.root.is_some() => Err(self.second_document(&range)),
            Event::Alias(_) | Event::UnresolvedAlias(_) => Err(self.alias(&range)),
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), &range);
                self.refuse_run_on(style.into(), &range);
                self.scalar(text.into_owned(), style.into(), range)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), &range);
                self.open(Open::List { items: Vec::new(), start: range.start }, &range)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), &range);
                self.open(Open::Map { entries: Vec::new(), key: None, start: range.start }, &range)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            _ => Ok(()),
        }
    }

    fn scalar(&mut self, text: String, style: Style, span: Range<usize>) -> Result<(), Diagnostic> {
        self.refuse_escapes(&text, style, &span);
        if let Some(Open::Map { key: key @ None, .. }) = self.open.last_mut() {
            let judged = line::judge(&text);
            *key = Some(Key { text, span: span.clone() });
            self.problems.extend(judged.err().map(|problem| problem.at(&self.place(&span))));
            return Ok(());
        }
        // The line breaks around a block text are how it is written, not what it says.
        let text = if style == Style::Block { text.trim_matches('\n').trim_end().to_owned() } else { text };
        let blank = style == Style::Plain && matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL");
        let kind = if blank { NodeKind::Null } else { NodeKind::Scalar { text, style } };
        self.add(Node { kind, span })
    }

    fn open(&mut self, open: Open, span: &Range<usize>) -> Result<(), Diagnostic> {
        if matches!(self.open.last(), Some(Open::Map { key: None, .. })) {
            return Err(self.error("complex-key", "名称只能是文字，不能是列表或一组内容", span));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(self.error("too-deep", format!("层次太多，最多{MAX_DEPTH}层"), span));
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Diagnostic> {
        match self.open.pop() {
            Some(Open::Map { entries, start, .. }) => {
                self.refuse_duplicates(&entries);
                let end =
                    entries.last().map_or(end, |(_, node)| node.span.end.max(end.min(self.trimmed(end))));
                self.add(Node { kind: NodeKind::Map(entries), span: start..end.max(start) })
            }
            Some(Open::List { items, start }) => {
                let end = self.trimmed(end).max(start);
                self.add(Node { kind: NodeKind::List(items), span: start..end })
            }
            None => Ok(()),
        }
    }

    /// A block collection is closed by what follows it: its end without the blanks before that.
    fn trimmed(&self, end: usize) -> usize {
        self.source.text.get(..end).map_or(end, |text| text.trim_end().len())
    }

    fn add(&mut self, mut node: Node) -> Result<(), Diagnostic> {
        match self.open.last_mut() {
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => {
                let Some(key) = key.take() else { return Ok(()) };
                if node.span.is_empty() {
                    node.span = behind_colon(&self.source.text, &key, node.span);
                }
                entries.push((key, node));
            }
            None => self.root = Some(node),
        }
        Ok(())
    }

    fn refuse_duplicates(&mut self, entries: &[(Key, Node)]) {
        let mut first = std::collections::BTreeMap::new();
        for (key, _) in entries {
            let Some(earlier) = first.get(key.text.as_str()) else {
                first.insert(key.text.as_str(), key);
                continue;
            };
            let line = self.place(&earlier.span).line();
            let problem = self
                .error("duplicate-key", format!("“{}”写了两次，第一次在第{line}行", key.text), &key.span)
                .label("第二次")
                .hint("只留一处；两处数字不同时，请先核实哪个对");
            self.problems.push(problem);
        }
    }

    fn refuse_properties(&mut self, anchor: usize, tagged: bool, span: &Range<usize>) {
        let what = match (anchor > 0, tagged) {
            (true, _) => "&",
            (_, true) => "!",
            _ => return,
        };
        let problem = self
            .error("yaml-feature", format!("事实文件不用以“{what}”开头的写法"), span)
            .hint(format!("如果“{what}”是文字的一部分，请给整个值加英文引号"));
        self.problems.push(problem);
    }

    /// The raw text holds no character that is refused, but an escape may say one.
    fn refuse_escapes(&mut self, text: &str, style: Style, span: &Range<usize>) {
        if let (Style::DoubleQuoted, Err(problem)) = (style, line::characters(text)) {
            self.problems.push(problem.at(&self.place(span)));
        }
    }

    /// YAML joins a plain value with the deeper line below it; here that is always a slip.
    fn refuse_run_on(&mut self, style: Style, span: &Range<usize>) {
        let written = self.source.text.get(span.clone()).unwrap_or_default();
        if style == Style::Plain && written.trim_end().contains('\n') {
            let problem = self.error("run-on", "这个值连到了下一行", span).label("从这里连下去了");
            let problem = problem.hint("下一行是另一项的，请查它的缩进、冒号和“- ”");
            self.problems.push(problem.hint("都是这个值的，请写在同一行"));
        }
    }

    fn alias(&self, span: &Range<usize>) -> Diagnostic {
        self.error("yaml-feature", "事实文件不用以“*”开头的写法", span)
            .hint("如果“*”是文字的一部分，请给整个值加英文引号")
    }

    fn second_document(&self, span: &Range<usize>) -> Diagnostic {
        self.error("second-document", "一个文件里只能有一份内容，这里用“---”又开了一份", span)
            .hint("请删去这一行的“---”，或另存为一个文件")
    }

    fn error(&self, rule: &'static str, message: impl Into<String>, span: &Range<usize>) -> Diagnostic {
        Diagnostic::error(rule, message).at(&self.place(span))
    }

    fn place(&self, span: &Range<usize>) -> Place {
        Place::new(self.source, span.clone())
    }

    fn finish(self) -> (Option<Node>, Vec<Diagnostic>) {
        let end = self.source.text.len();
        // Only keys that are there twice leave the tree whole; other problems would bring on false ones.
        let whole = self.problems.iter().all(|problem| problem.rule == "duplicate-key");
        let root = self.root.unwrap_or(Node { kind: NodeKind::Null, span: end..end });
        (whole.then_some(root), self.problems)
    }
}

/// The place of a value that is not written: the parser reports where the next thing stands.
fn behind_colon(text: &str, key: &Key, reported: Range<usize>) -> Range<usize> {
    let rest = text.get(key.span.end..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let at = key.span.end + blanks + 1;
    if rest[blanks..].starts_with(':') { at..at } else { reported }
}

impl From<granit_parser::ScalarStyle> for Style {
    fn from(style: granit_parser::ScalarStyle) -> Style {
        use granit_parser::ScalarStyle;
        match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        }
    }
}
