//! What the tags of a template name, and where, to the byte. Nothing is compiled: the tags are read as the engine reads
//! them, with the blocks around them, so that a name can be put in the place of another.

use std::ops::Range;

use super::group::WORDS;
use super::guard;
use super::helpers::{self, EACH, GROUPED, GROUPING, How, NAMES_COLUMNS, Spec, spec};
use crate::facts::Facts;

/// What is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the comment of a variant names its fields")]
pub enum Named {
    /// A fact by its path, or a column of a ledger: `投资项目.投资`.
    Fact(String),
    /// A column of a ledger by its own name: of a row, of a filter, of a list of columns.
    Column { ledger: String, column: String },
    /// Another template.
    Part(String),
}

/// One name in a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What it names.
    pub of: Named,
    /// The bytes that spell it.
    pub span: Range<usize>,
    /// The tag around it, braces included.
    pub tag: Range<usize>,
    /// Whether the tag prints something where it stands: it is no head, end or middle of a block.
    pub prints: bool,
}

/// Every name in the tags of a template, in order. Which paths are ledgers with which columns, `facts` say.
pub fn mentions(text: &str, facts: &Facts) -> Vec<Mention> {
    let mut reader = Reader { text, facts, frames: Vec::new(), found: Vec::new(), tag: 0..0, prints: false };
    let mut at = 0;
    while let Some(start) = text[at..].find("{{").map(|found| at + found) {
        if guard::is_escaped(&text[..start]) {
            at = start + 2;
            continue;
        }
        at = reader.tag_at(start);
    }
    reader.found.sort_by_key(|mention| mention.span.start);
    reader.found
}

/// The template in which `change` gives what is named another name, and how many it gave.
pub fn renamed(text: &str, facts: &Facts, change: &dyn Fn(&Named) -> Option<String>) -> (String, usize) {
    let mut edited = text.to_owned();
    let mut count = 0;
    for mention in mentions(text, facts).iter().rev() {
        let Some(new) = change(&mention.of) else { continue };
        edited.replace_range(mention.span.clone(), &new);
        count += 1;
    }
    (edited, count)
}

/// Whether a tag can name a path as it is, so that it means that and no helper.
pub fn can_name(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.chars().all(is_of_name);
    let word = !matches!(path, "as" | "else" | "this") && !is_literal(path);
    let source = std::sync::Arc::new(crate::diag::Source::new("", format!("{{{{数 {path}}}}}")));
    let inline = spec(path).is_some_and(|spec| !spec.block);
    word && !inline && path.split('.').all(plain) && guard::inspect(&source).is_empty()
}

/// What the engine takes for part of a name.
fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '$' | ':') || c >= '\u{80}'
}

/// What the engine takes for a value where an argument stands.
fn is_literal(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    number || matches!(word, "true" | "false" | "null")
}

/// What a tag is made of; words and texts by the bytes inside their quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(Range<usize>),
    Text(Range<usize>),
    Open,
    Close,
    Equals,
    Bar,
}

/// A block that is open.
struct Frame {
    /// The list or ledger of an `#each` whose inside the walk is in.
    list: Option<String>,
    /// What `as` calls its row or its group.
    name: Option<String>,
    /// Whether its turns are groups of rows, and not rows.
    groups: bool,
}

struct Reader<'t> {
    text: &'t str,
    facts: &'t Facts,
    frames: Vec<Frame>,
    found: Vec<Mention>,
    /// The tag that is being read.
    tag: Range<usize>,
    prints: bool,
}

impl Reader<'_> {
    /// Reads the tag that begins here; returns where it ends.
    fn tag_at(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        let inner = rest.trim_start_matches(['{', '~', '&', ' ', '\t', '\r', '\n']);
        if inner.starts_with('!') {
            let close = if rest.starts_with("{{!--") { "--}}" } else { "}}" };
            return rest.find(close).map_or(self.text.len(), |end| start + end + close.len());
        }
        let sigil = inner.chars().next().filter(|c| matches!(c, '#' | '/' | '>' | '^' | '*'));
        let from = start + rest.len() - inner.len() + sigil.map_or(0, char::len_utf8);
        let (tokens, end) = self.tokens(from);
        self.tag = start..end;
        self.prints = sigil.is_none();
        let otherwise = sigil == Some('^') || sigil.is_none() && self.word(tokens.first()) == "else";
        match sigil {
            Some('/') => drop(self.frames.pop()),
            Some('>') => self.part(&tokens),
            Some('#') => self.block(&tokens),
            _ if otherwise => self.otherwise(&tokens[usize::from(sigil.is_none())..]),
            _ => self.call(&tokens, false),
        }
        end
    }

    fn word(&self, token: Option<&Token>) -> &str {
        match token {
            Some(Token::Word(span)) => &self.text[span.clone()],
            _ => "",
        }
    }

    /// The pieces of a tag up to its end.
    fn tokens(&self, from: usize) -> (Vec<Token>, usize) {
        let text = self.text;
        let (mut tokens, mut at) = (Vec::new(), from);
        while let Some(c) = text[at..].chars().next() {
            match c {
                '}' => {
                    let braces = text[at..].len() - text[at..].trim_start_matches('}').len();
                    return (tokens, at + braces.min(3));
                }
                '"' | '\'' => {
                    let end = quoted_end(text, at + 1, c);
                    tokens.push(Token::Text(at + 1..end));
                    at = (end + 1).min(text.len());
                    continue;
                }
                '(' => tokens.push(Token::Open),
                ')' => tokens.push(Token::Close),
                '=' => tokens.push(Token::Equals),
                '|' => tokens.push(Token::Bar),
                c if c == '~' || c.is_whitespace() => {}
                _ => {
                    let end = word_end(text, at);
                    tokens.push(Token::Word(at..end));
                    at = end;
                    continue;
                }
            }
            at += c.len_utf8();
        }
        (tokens, text.len())
    }

    fn part(&mut self, tokens: &[Token]) {
        if let Some(Token::Word(span) | Token::Text(span)) = tokens.first() {
            let name = self.text[span.clone()].trim_matches(['[', ']']).to_owned();
            self.push(Named::Part(name), span.clone());
            // What it is given: 名=指标.
            self.call(tokens, true);
        }
    }

    /// The head of a block; what is inside is read next.
    fn block(&mut self, tokens: &[Token]) {
        let (head, name) = self.block_parameter(tokens);
        self.call(head, true);
        let groups = self.word(head.first()) == GROUPING;
        let loops = groups || self.word(head.first()) == EACH;
        let list = loops.then(|| self.ledger(self.word(head.get(1))));
        self.frames.push(Frame { list, name, groups });
    }

    /// `{{else}}`, perhaps with the head of another block.
    fn otherwise(&mut self, tokens: &[Token]) {
        self.frames.pop();
        match tokens.is_empty() {
            true => self.frames.push(Frame { list: None, name: None, groups: false }),
            false => self.block(tokens),
        }
    }

    /// A head without its `as |行|`.
    fn block_parameter<'k>(&self, tokens: &'k [Token]) -> (&'k [Token], Option<String>) {
        let bar = tokens.iter().position(|token| *token == Token::Bar);
        match bar.filter(|bar| *bar > 0 && self.word(tokens.get(bar - 1)) == "as") {
            Some(bar) => (&tokens[..bar - 1], Some(self.word(tokens.get(bar + 1)).to_owned())),
            None => (tokens, None),
        }
    }

    /// A helper with its arguments, or a name alone.
    fn call(&mut self, tokens: &[Token], block: bool) {
        let Some((Token::Word(head), rest)) = tokens.split_first() else { return };
        let helper = spec(&self.text[head.clone()]);
        if rest.is_empty() && !block && helper.is_none_or(|helper| helper.block) {
            return self.path(head, false);
        }
        let of_column = helper.is_some_and(|helper| helper.columns);
        let ledger = self.ledger(self.word(rest.first()));
        let mut at = 0;
        while let Some(token) = rest.get(at) {
            at += 1;
            match token {
                Token::Word(name) if rest.get(at) == Some(&Token::Equals) => {
                    self.parameter(helper, &ledger, name, rest.get(at + 1));
                    at += 1 + usize::from(matches!(rest.get(at + 1), Some(Token::Word(_) | Token::Text(_))));
                }
                Token::Word(span) if !is_literal(&self.text[span.clone()]) => self.path(span, of_column),
                Token::Open => {
                    let length = closing(&rest[at..]);
                    self.call(&rest[at..at + length], false);
                    at += length + 1;
                }
                _ => {}
            }
        }
    }

    /// `name=value`.
    fn parameter(&mut self, helper: Option<&Spec>, ledger: &str, name: &Range<usize>, value: Option<&Token>) {
        let called = &self.text[name.clone()];
        let text = if let Some(Token::Text(span)) = value { &self.text[span.clone()] } else { "" };
        let filters = |helper: &Spec| {
            !helper.parameters.contains(&called)
                || helpers::is_column_of_table(helper, called, text) && self.facts.has_column(ledger, called)
        };
        let own = helper.is_none_or(|helper| !helper.columns || !filters(helper));
        if !own {
            self.push(column(ledger, called), name.clone());
        }
        match value {
            Some(Token::Word(span)) if !is_literal(&self.text[span.clone()]) => self.path(span, false),
            Some(Token::Text(span)) if own && NAMES_COLUMNS.contains(&called) => {
                self.columns(ledger, called, span)
            }
            _ => {}
        }
    }

    /// Names of columns in a text: `企业、投资`, in groups `人口：男、女；户：户数`, of a rate `化解率＝化解/排查`.
    fn columns(&mut self, ledger: &str, parameter: &str, span: &Range<usize>) {
        let text = &self.text[span.clone()];
        let grouped = GROUPED.contains(&parameter);
        let apart = |c: char| helpers::is_between_names(c) || "；;：:".contains(c);
        let is_column = |name: &str| self.facts.has_column(ledger, name);
        let mut found = Vec::new();
        let mut at = span.start;
        for group in text.split_inclusive(['；', ';']) {
            let names = match (grouped, group.find(['：', ':'])) {
                (true, Some(colon)) => &group[colon..],
                (true, None) => "",
                (false, _) => group,
            };
            let from = at + group.len() - names.len();
            at += group.len();
            for words in names.split(apart) {
                let (head, how) = words.split_once(['＝', '=']).unwrap_or((words, ""));
                let made = How::read(head, how, &is_column).map(How::names).unwrap_or_default();
                for name in [head].into_iter().chain(made).filter(|name| !name.is_empty()) {
                    let start = from + (name.as_ptr() as usize - names.as_ptr() as usize);
                    found.push((column(ledger, name), start..start + name.len()));
                }
            }
        }
        for (named, span) in found {
            self.push(named, span);
        }
    }

    /// The ledger that a call is about: its first argument, perhaps with a column behind it.
    fn ledger(&self, word: &str) -> String {
        let path = bare(word);
        let first = path.split('.').next();
        let named =
            self.frames.iter().rev().find(|frame| frame.list.is_some() && frame.name.as_deref() == first);
        if let Some(Frame { list: Some(list), groups: true, .. }) = named {
            return list.clone();
        }
        match path
            .rsplit_once('.')
            .filter(|(above, _)| !self.facts.is_ledger(&path) && self.facts.is_ledger(above))
        {
            Some((above, _)) => above.to_owned(),
            None => path,
        }
    }

    /// A path as it is written: a fact, or a column of the row or the group of a loop. `of_column` says that a helper asks
    /// for a column, so that 名 is none of the words that are said of a group.
    fn path(&mut self, span: &Range<usize>, of_column: bool) {
        let written = &self.text[span.clone()];
        let path = bare(written);
        if path.starts_with('@') {
            return;
        }
        let (first, rest) = path.split_once('.').unwrap_or((&path, ""));
        let loops = self.frames.iter().rev().filter(|frame| frame.list.is_some());
        let named = loops.clone().find(|frame| frame.name.as_deref() == Some(first));
        let mut rows = loops.clone().filter(|frame| !frame.groups);
        let around = rows.next();
        let row = named.or_else(|| around.filter(|_| first == "this"));
        if let Some((list, groups)) = row.and_then(|frame| Some((frame.list.clone()?, frame.groups))) {
            let word = groups && !of_column && WORDS.contains(&rest);
            if !rest.is_empty() && !word {
                let from = span.end - written.len() + written.find('.').map_or(0, |dot| dot + 1);
                self.push(column(&list, rest), from..span.end);
            }
            return;
        }
        let around = around.and_then(|frame| frame.list.clone());
        match around.filter(|list| self.facts.has_column(list, &path)) {
            Some(list) => self.push(column(&list, &path), span.clone()),
            None => self.push(Named::Fact(path), span.clone()),
        }
    }

    fn push(&mut self, of: Named, span: Range<usize>) {
        self.found.push(Mention { of, span, tag: self.tag.clone(), prints: self.prints });
    }
}

fn column(ledger: &str, column: &str) -> Named {
    Named::Column { ledger: ledger.to_owned(), column: column.to_owned() }
}

/// A path without the brackets that it may be written with.
fn bare(written: &str) -> String {
    written.replace(['[', ']'], "")
}

/// How many tokens stand before the bracket that closes.
fn closing(tokens: &[Token]) -> usize {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Open => depth += 1,
            Token::Close if depth == 0 => return at,
            Token::Close => depth -= 1,
            _ => {}
        }
    }
    tokens.len()
}

/// Where a quoted text ends.
fn quoted_end(text: &str, from: usize, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text[from..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return from + at,
            _ => {}
        }
    }
    text.len()
}

/// Where a word ends; in brackets it goes on to where they close.
fn word_end(text: &str, from: usize) -> usize {
    let mut inside = false;
    for (at, c) in text[from..].char_indices() {
        match c {
            ']' => inside = false,
            _ if inside => {}
            '[' => inside = true,
            c if c.is_whitespace() || "{}()=|\"'~".contains(c) => return from + at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::Source;
    use crate::facts;
    use crate::period::Period;

    fn facts() -> Facts {
        let registry = "委员.总数: {类型: 时点, 单位: 名}\n会议: {类型: 时期, 单位: 次}\n投资: {类型: 时期, 单位: 万元}\n\
            项目.清单: {主键: 企业, 列: {企业: 文本, 投资: {单位: 万元}, 状态: 文本}}\n村: {类型: 名单}\n";
        let year = Period::year(2011);
        let text = "年度: 2011\n委员.总数: 17名\n会议: 3次\n投资: 4万元\n";
        let source = |name: &str, text: &str| Arc::new(Source::new(name, text));
        facts::parse(Some(source("r", registry)), vec![(year, source("y", text))]).unwrap()
    }

    fn shown(text: &str) -> Vec<String> {
        let show = |mention: Mention| {
            let spelled = &text[mention.span];
            match mention.of {
                Named::Fact(path) if path == spelled => path,
                Named::Fact(path) => format!("{path}={spelled}"),
                Named::Column { ledger, column } => {
                    assert_eq!(column, spelled);
                    format!("{ledger}/{column}")
                }
                Named::Part(name) => format!(">{name}"),
            }
        };
        mentions(text, &facts()).into_iter().map(show).collect()
    }

    #[test]
    fn every_name_is_found_where_it_stands() {
        for (text, wanted) in [
            ("共{{委员.总数}}，{{{会议}}}{{~会议~}}{{&会议}}", "委员.总数 会议 会议 会议"),
            ("\\{{会议}} \\\\{{会议}} {{!-- {{会议}} --}}{{! 会议 }}", "会议"),
            ("{{数 委员.总数 样式=\"会议\"}}{{数 [委员].[总数]}}", "委员.总数 委员.总数=[委员].[总数]"),
            (
                "{{占比 (合计 项目.清单.投资 状态=\"会}}议\") (相加 会议 会议)}}{{投资}}",
                "项目.清单.投资 项目.清单/状态 会议 会议 投资",
            ),
            ("{{#近 3}}{{会议}}{{/近}}{{#年 -2}}{{年度}}{{会议}}{{/年}}{{时段}}{{近}}", "会议 会议 近"),
            (
                "{{#if 会议}}{{会议}}{{else if 投资}}{{投资}}{{else}}{{会议}}{{/if}}",
                "会议 会议 投资 投资 会议",
            ),
            (
                "{{#each 项目.清单 状态=会议 排序=\"投资\" as |会议|}}{{会议.企业}}{{投资}}{{会议}}{{@index}}{{else}}{{投资}}{{会议}}{{/each}}{{会议}}",
                "项目.清单 项目.清单/状态 会议 项目.清单/投资 项目.清单/企业 项目.清单/投资 投资 会议 会议",
            ),
            (
                "{{#each 项目.清单}}{{#each 村 as |个|}}{{个}}{{this}}{{企业}}{{/each}}{{this.企业}}{{企业}}{{/each}}",
                "项目.清单 村 企业 项目.清单/企业 项目.清单/企业",
            ),
            (
                "{{表 项目.清单 列=\"企业、投资，状态\" 分组=\"投资：投资、状态；甲:企业\" 标题=\"企业\" 合计='投资'}}",
                "项目.清单 项目.清单/企业 项目.清单/投资 项目.清单/状态 项目.清单/投资 项目.清单/状态 项目.清单/企业 项目.清单/投资",
            ),
            (
                "{{列举 项目.清单.企业 状态=\"投资\" 末=\"和\"}}{{列举 会议 投资}}",
                "项目.清单.企业 项目.清单/状态 会议 投资",
            ),
            (
                "{{#分组 项目.清单 按=\"状态\" 占=\"投资\" as |组|}}{{组.名}}{{组.投资}}{{合计 组.投资 状态=\"甲\"}}{{状态}}{{#each 组 as |行|}}{{行.企业}}{{状态}}{{组.条数}}{{/each}}{{计数 组}}{{/分组}}{{组.名}}",
                "项目.清单 项目.清单/状态 项目.清单/投资 项目.清单/投资 项目.清单/投资 项目.清单/状态 状态 项目.清单/企业 项目.清单/状态 组.名",
            ),
            (
                "{{表 项目.清单 列=\"甲率＝企业/投资、差＝投资-企业、增＝同比（投资）、名次＝投资、同比＝甲\" 合计=\"状态＝企业/投资\"}}",
                "项目.清单 项目.清单/甲率 项目.清单/企业 项目.清单/投资 项目.清单/差 项目.清单/投资 项目.清单/企业 项目.清单/增 项目.清单/投资 项目.清单/名次 项目.清单/投资 项目.清单/同比 项目.清单/状态 项目.清单/企业 项目.清单/投资",
            ),
            ("{{> 队伍 次数=会议 词=\"会议\"}}", ">队伍 会议"),
            ("{{> 会议}}{{>[投资]}}{{数\n会议\n单位=\"次\"}}", ">会议 >投资 会议"),
        ] {
            assert_eq!(shown(text).join(" "), wanted, "{text}");
        }
    }

    #[test]
    fn a_name_is_put_in_the_place_of_another_and_nowhere_else() {
        let text = "{{会议}}{{会议数}}会议{{数 会议 词=\"会议\"}}{{#each 项目.清单 as |会议|}}{{会议.企业}}{{/each}}";
        let (edited, count) =
            renamed(text, &facts(), &|named| (*named == Named::Fact("会议".into())).then(|| "甲.乙".into()));
        assert_eq!(count, 2);
        assert_eq!(
            edited,
            "{{甲.乙}}{{会议数}}会议{{数 甲.乙 词=\"会议\"}}{{#each 项目.清单 as |会议|}}{{会议.企业}}{{/each}}"
        );
    }

    #[test]
    fn names_that_would_mean_something_else_are_told() {
        for name in ["会议", "委员.总数", "5G用户", "农、林".split('、').next().unwrap(), "甲-乙_丙", "近"]
        {
            assert!(can_name(name), "{name}");
        }
        for name in [
            "年度",
            "this",
            "2011",
            "甲 乙",
            "甲（万元）",
            "甲(乙)",
            "",
            "甲.",
            "甲..乙",
            "甲/乙",
            "true",
            "甲、乙",
        ] {
            assert!(!can_name(name), "{name}");
        }
    }
}
