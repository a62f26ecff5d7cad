//! Slips that every YAML parser explains badly, found in the raw text and said in words that staff
//! understand: full-width punctuation where syntax is meant, tabs, full-width indentation, half a
//! pair of quotes or brackets, characters that no text should hold.
//!
//! Text inside quotes, comments, block texts and plain values is left alone: a full-width mark there
//! is a matter of style.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Diagnostic, Hint, Place, Source};
use crate::zh::unseen::is_unseen;

/// All slips of the text, in order; empty means that the parser may have its say.
pub(super) fn scan(source: &Arc<Source>) -> Vec<Diagnostic> {
    let mut scan = Scan { source, problems: Vec::new(), block: None, brackets: Vec::new() };
    scan.characters();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        scan.line(line.trim_end_matches(['\n', '\r']), start);
        start += line.len();
    }
    scan.problems.sort_by_key(|problem| problem.place.as_ref().map(|place| place.span.start));
    scan.problems
}

/// What is wrong with a character that no fact file may hold.
pub(super) fn refused(c: char) -> Option<&'static str> {
    match c {
        '\n' | '\r' | '\t' => None,
        c if c.is_control() => Some("这里有看不见的控制字符"),
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => Some("这里有自造字或私用字符，不能用"),
        '\u{2028}' | '\u{2029}' => Some("这里有看不见的换行符"),
        c if is_unseen(c) => Some("这里有看不见的排版字符"),
        // No XML holds them, and so no Word file.
        '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}' => Some("这里有不是文字的编码"),
        _ => None,
    }
}

struct Scan<'s> {
    source: &'s Arc<Source>,
    problems: Vec<Diagnostic>,
    /// Indentation of the line that opened a block text (`|` or `>`).
    block: Option<usize>,
    /// Open brackets, inner last, and whether a colon came since the last comma in each.
    brackets: Vec<(char, bool)>,
}

impl Scan<'_> {
    /// Refuses control characters, and private-use ones because figures are marked with them.
    fn characters(&mut self) {
        for (at, c) in self.source.text.char_indices() {
            let Some(message) = refused(c) else { continue };
            self.report("bad-character", message, at..at + c.len_utf8(), "请删去这个字符，重新输入这一处");
        }
    }

    fn line(&mut self, line: &str, start: usize) {
        let body = line.trim_start_matches([' ', '\t', '\u{3000}', '\u{A0}']);
        let indent = line.len() - body.len();
        if body.is_empty() || body.starts_with('#') || self.is_block_text(indent) {
            return;
        }
        self.indentation(&line[..indent], start);
        let item = body.strip_prefix("- ").map_or(body, str::trim_start);
        let at = start + line.len() - item.len();
        match self.brackets.is_empty() {
            true => self.entry(item, at, indent),
            false => self.flow(item, at),
        }
    }

    /// Whether the line belongs to a block text; the first line that does not ends it.
    fn is_block_text(&mut self, indent: usize) -> bool {
        self.block = self.block.filter(|opener| indent > *opener);
        self.block.is_some()
    }

    fn indentation(&mut self, indent: &str, start: usize) {
        let Some((at, c)) = indent.char_indices().find(|(_, c)| *c != ' ') else { return };
        let range = start + at..start + at + c.len_utf8();
        match c {
            '\t' => self.report("tab", "缩进用了制表符（Tab）", range, "请改用空格，每深一层两个空格"),
            _ => {
                self.report("full-width-space", "缩进用了全角空格", range, "请改用半角空格，每深一层两个空格")
            }
        }
    }

    /// A line outside brackets: `名称: 值` or one item of a list.
    fn entry(&mut self, item: &str, at: usize, indent: usize) {
        let Some(colon) = key_end(item) else {
            if !self.full_width_colon(item, at) {
                self.value(item, at, indent);
            }
            return;
        };
        let value = item[colon + 1..].trim_start_matches([' ', '\t']);
        self.value(value, at + item.len() - value.len(), indent);
    }

    /// `总数：17`: no English colon ends the key, but a full-width one could.
    fn full_width_colon(&mut self, item: &str, at: usize) -> bool {
        let quoted = item.starts_with(['"', '\'', '[', '{']);
        let text = without_comment(item);
        let Some(colon) = text.find('：').filter(|colon| !quoted && *colon > 0) else {
            return self.tight_colon(text, at, quoted);
        };
        let range = at + colon..at + colon + '：'.len_utf8();
        let (key, value) = (&text[..colon], text[colon + '：'.len_utf8()..].trim());
        let written = format!("{key}: {value}");
        let hint = format!("请写成“{}”，英文冒号后面空一格", written.trim_end());
        self.report("full-width-colon", "名称后面用了全角冒号“：”", range, hint);
        true
    }

    /// `总数:17`: the blank behind the colon is missing.
    fn tight_colon(&mut self, text: &str, at: usize, quoted: bool) -> bool {
        let Some(colon) = text.find(':').filter(|colon| !quoted && *colon > 0) else { return false };
        let (key, value) = (&text[..colon], &text[colon + 1..]);
        if value.starts_with("//") {
            return false;
        }
        let hint = format!("请写成“{key}: {value}”");
        self.report("tight-colon", "冒号后面少一个空格", at + colon..at + colon + 1, hint);
        true
    }

    fn value(&mut self, value: &str, at: usize, indent: usize) {
        match value.chars().next() {
            Some('|' | '>') => self.block = Some(indent),
            Some('[' | '{') => self.flow(value, at),
            Some(quote @ ('"' | '\'')) if closing_quote(value, quote).is_none() => {
                self.half_quote(at);
            }
            Some(open @ ('“' | '”' | '‘' | '’' | '＂')) => self.full_width_quotes(value, open, at),
            Some('【' | '［' | '｛') => {
                let width = value.chars().next().map_or(0, char::len_utf8);
                let hint = "名单请写成 [甲, 乙]，括号和逗号都用英文的；确是文字的，请给整个值加英文引号";
                self.report("full-width-bracket", "值以全角括号开头", at..at + width, hint);
            }
            _ => {}
        }
    }

    /// Only a value that is wholly in full-width quotes was meant to be quoted.
    fn full_width_quotes(&mut self, value: &str, open: char, at: usize) {
        let text = without_comment(value).trim_end();
        let inner = &text[open.len_utf8()..];
        let Some(last) = inner.chars().last().filter(|c| "“”‘’＂".contains(*c)) else { return };
        let inner = &inner[..inner.len() - last.len_utf8()];
        if inner.contains(['“', '”', '‘', '’', '＂']) {
            return;
        }
        let hint = format!("请写成 {inner}；引号要印出来的，请写成 '{text}'");
        self.report("full-width-quote", "整个值用了全角引号", at..at + text.len(), hint);
    }

    fn half_quote(&mut self, at: usize) {
        let tail = &self.source.text[at + 1..];
        // A quoted text may run over a few lines, not over a blank one.
        let mut below = tail.lines().skip(1).take_while(|line| !line.trim().is_empty()).take(50);
        let quote = &self.source.text[at..at + 1];
        if !below.any(|line| line.trim_end().ends_with(quote)) {
            self.report("half-quote", "引号只有一半", at..at + 1, "请补上另一个英文引号，或把这个去掉");
        }
    }

    /// Text inside `[…]` and `{…}`, perhaps over several lines.
    fn flow(&mut self, text: &str, at: usize) {
        let mut before = ' ';
        let mut resume = 0;
        for (offset, c) in text.char_indices() {
            if offset < resume {
                continue;
            }
            let place = at + offset..at + offset + c.len_utf8();
            match c {
                '#' if before == ' ' => return,
                '"' | '\'' if is_value_start(before) => match closing_quote(&text[offset..], c) {
                    Some(end) => resume = offset + end + 1,
                    None => return self.half_quote(at + offset),
                },
                '[' | '{' if is_value_start(before) => self.brackets.push((c, false)),
                ']' | '}' => drop(self.brackets.pop()),
                ',' => self.set_in_value(false),
                ':' => self.set_in_value(true),
                _ => self.flow_mark(c, &text[offset + c.len_utf8()..], before, place),
            }
            if self.brackets.is_empty() {
                return;
            }
            before = if c == ' ' && is_value_start(before) && before != ' ' { before } else { c };
        }
    }

    fn set_in_value(&mut self, in_value: bool) {
        if let Some(innermost) = self.brackets.last_mut() {
            innermost.1 = in_value;
        }
    }

    /// Refuses a full-width mark in brackets where it stands for syntax.
    fn flow_mark(&mut self, c: char, rest: &str, before: char, place: Range<usize>) {
        let Some((open, in_value)) = self.brackets.last().copied() else { return };
        // Looked for only where it matters: this is asked of every character in brackets.
        let item = || rest.split([',', ']', '}']).next().unwrap_or(rest);
        let colon = open == '{' && !in_value;
        let (rule, mark, hint) = match c {
            // 说明: 三年合计12期，分年为示例 is text; 值: 4期，来源: 党办 lacks a comma.
            '，' if open == '[' || !in_value || item().contains(": ") => {
                ("full-width-comma", "，", "各项之间请用英文逗号加空格“, ”")
            }
            '：' if colon => ("full-width-colon", "：", "请用英文冒号加空格“: ”"),
            '“' | '”' if is_value_start(before) && closes_at_end(c, item()) => {
                ("full-width-quote", "全角引号", "请去掉引号")
            }
            '\u{3000}' if is_value_start(before) => ("full-width-space", "全角空格", "请改用半角空格"),
            '】' | '］' | '｝' if !rest.contains([']', '}']) => {
                ("full-width-bracket", "全角括号", "请改用英文括号")
            }
            _ => return,
        };
        let message = format!("括号里用了“{mark}”");
        let hint = format!("{hint}；确是文字的，请给这一项加英文引号");
        self.report(rule, &message, place, hint);
    }

    fn report(&mut self, rule: &'static str, message: &str, place: Range<usize>, hint: impl Into<Hint>) {
        let place = Place::new(self.source, place);
        self.problems.push(Diagnostic::error(rule, message).at(&place).hint(hint));
    }
}

/// Whether a full-width quote encloses the whole item, `“科技”` but not `“五个一”工程`.
fn closes_at_end(open: char, item: &str) -> bool {
    let close = if open == '“' { '”' } else { open };
    item.trim_end().find(close).is_some_and(|at| at + close.len_utf8() == item.trim_end().len())
}

fn is_value_start(before: char) -> bool {
    matches!(before, ' ' | '[' | '{' | ',' | ':')
}

/// The byte of the colon that ends the key of a line, quoted keys included.
fn key_end(item: &str) -> Option<usize> {
    let quote = item.chars().next().filter(|c| matches!(c, '"' | '\''));
    if item.starts_with(['[', '{']) {
        return None;
    }
    let from = quote.map_or(Some(0), |quote| closing_quote(item, quote))?;
    let text = without_comment(item);
    let ends = |at: &usize| text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', '\t']);
    text.get(from..)?.match_indices(':').map(|(at, _)| from + at).find(ends)
}

/// The byte of the quote that closes the one at the start.
fn closing_quote(text: &str, quote: char) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == '"' => at += 1,
            b'\'' if quote == '\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            byte if char::from(byte) == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

fn without_comment(text: &str) -> &str {
    text.find(" #").map_or(text, |at| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<(&'static str, usize, usize)> {
        let source = Arc::new(Source::new("facts/2011.yaml", text));
        let place = |problem: &Diagnostic| problem.place.clone().unwrap();
        scan(&source).iter().map(|p| (p.rule, place(p).line(), place(p).column())).collect()
    }

    #[test]
    fn finds_the_slips_at_their_place() {
        let cases = [
            ("委员:\n  总数：17\n  女: 5名\n", ("full-width-colon", 2, 5)),
            ("委员：\n  总数: 17\n", ("full-width-colon", 1, 3)),
            ("总数:17\n", ("tight-colon", 1, 3)),
            ("委员:\n　　总数: 17\n", ("full-width-space", 2, 1)),
            ("委员:\n\t总数: 17\n", ("tab", 2, 1)),
            ("界别: [甲，乙]\n", ("full-width-comma", 1, 7)),
            ("专栏: {值: 4期，来源: 党办}\n", ("full-width-comma", 1, 11)),
            ("界别: [甲,\n  乙，丙]\n", ("full-width-comma", 2, 4)),
            ("界别: [“甲”, 乙]\n", ("full-width-quote", 1, 6)),
            ("- {企业：甲}\n", ("full-width-colon", 1, 6)),
            ("年: “2025”\n", ("full-width-quote", 1, 4)),
            ("名: \"甲\n", ("half-quote", 1, 4)),
            ("界别: 【甲, 乙】\n", ("full-width-bracket", 1, 5)),
            ("甲: 乙\u{E000}\n", ("bad-character", 1, 5)),
            ("甲: 乙\0\n", ("bad-character", 1, 5)),
        ];
        for (text, expected) in cases {
            assert_eq!(rules(text), [expected], "{text}");
        }
    }

    #[test]
    fn leaves_words_alone() {
        let texts = [
            "说明: 原件只有三年合计12期，分年为示例\n",
            "来源: 县志：第三章\n",
            "甲: {值: 4期, 来源: \"县志：第三章，末页\"}\n",
            "专栏: {值: 4期, 说明: 合计12期，分年：示例}\n",
            "界别: [“五个一”工程, 县志：三]\n乙: 丙，丁\n",
            "甲: 1 # 说明：旧\n# 全文：“注”，　\n",
            "甲: |\n  总数：17\n  [一，二]\n乙: 3名\n",
            "甲: “五个一”工程\n",
            "甲: '“五个一”'\n",
            "甲: \"一行\n  两行\"\n",
            "- 甲\n- 乙，丙\n",
            "\"甲: 乙\": 3\r\n丙: [甲, 乙] # ，\r\n",
        ];
        for text in texts {
            assert_eq!(rules(text), [], "{text}");
        }
    }
}
