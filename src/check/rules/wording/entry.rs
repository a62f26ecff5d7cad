//! Entries of a file of wordings, as they are written and as they are used.

use serde::Deserialize;
use serde_yaml::Value;

use super::members::Members;
use crate::facts;
use crate::facts::registry::IndicatorKind;
use crate::zh::pattern::Pattern;

/// A file, its entries not yet read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "整理日期")]
    compiled: String,
    #[serde(rename = "提法")]
    entries: Vec<Value>,
}

/// An entry as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The words of which a text holds one, if the entry finds anything; only the file of the program needs them.
    #[serde(rename = "含", default)]
    _held: Vec<String>,
    #[serde(rename = "编号")]
    id: String,
    #[serde(rename = "种类", default)]
    kind: Kind,
    #[serde(rename = "用", default)]
    right: String,
    #[serde(rename = "不用", default)]
    wrong: Vec<String>,
    #[serde(rename = "正则", default)]
    patterns: bool,
    #[serde(rename = "除外", default)]
    except: Vec<String>,
    #[serde(rename = "成员", default)]
    members: Vec<String>,
    #[serde(rename = "后缀", default)]
    suffixes: Vec<String>,
    #[serde(rename = "合称", default)]
    names: Vec<String>,
    #[serde(rename = "说明")]
    why: String,
    #[serde(rename = "来源")]
    source: String,
    #[serde(rename = "日期")]
    since: String,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Kind {
    #[default]
    #[serde(rename = "词语")]
    Words,
    #[serde(rename = "次序")]
    Order,
}

/// One entry.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its name, `TERM-01`.
    pub(super) id: String,
    /// The right wording; may be empty. `$1` stands for what the first group of a pattern found.
    pub(super) right: String,
    /// Why, one sentence without 。.
    pub(super) why: String,
    /// Where the wording comes from, and of when that is.
    pub(super) source: String,
    /// What it looks for.
    pub(super) check: Check,
}

/// What an entry looks for.
#[derive(Debug)]
pub(super) enum Check {
    /// Wordings, but not inside these contexts.
    #[allow(missing_docs, reason = "the comment of the variant names its fields")]
    Words { wrong: Wordings, except: Option<Wordings> },
    /// Members of a list in another order.
    Order(Members),
}

/// A row of wordings.
#[derive(Debug)]
pub(super) struct Wordings {
    /// Any of them.
    pub(super) pattern: Pattern,
    /// As they are written.
    written: String,
}

impl Wordings {
    fn new(words: &[String], patterns: bool) -> Wordings {
        let part = |word: &String| if patterns { format!("(?:{word})") } else { regex::escape(word) };
        let parts: Vec<String> = words.iter().map(part).collect();
        Wordings { pattern: Pattern::given(parts.join("|")), written: words.join("、") }
    }
}

impl Entry {
    /// The pattern without which the entry finds nothing.
    pub(super) fn pattern(&self) -> &Pattern {
        match &self.check {
            Check::Words { wrong, .. } => &wrong.pattern,
            Check::Order(members) => members.pattern(),
        }
    }
}

/// Reads a file.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, String> {
    let file: File = serde_yaml::from_str(text).map_err(|error| explain("提法文件", &error))?;
    check_date("整理日期", &file.compiled)?;
    let entries: Vec<Entry> = file
        .entries
        .into_iter()
        .enumerate()
        .map(|(index, value)| one(index + 1, value))
        .collect::<Result<_, _>>()?;
    let mut ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(format!("编号“{}”用了两次，请改一个", pair[0])),
        None => Ok(entries),
    }
}

/// Reads the entry of a number.
pub(super) fn one(number: usize, value: Value) -> Result<Entry, String> {
    if has_unseen(&value) {
        return Err(format!("第{number}条里有看不见的字符、自造字或 Tab，请删去，重新输入这一处"));
    }
    let id = value.get("编号").and_then(Value::as_str).unwrap_or_default();
    let name = if id.is_empty() { format!("第{number}条") } else { format!("第{number}条“{id}”") };
    let written: Written = serde_yaml::from_value(value).map_err(|error| explain(&name, &error))?;
    check_date(&format!("{name}的“日期”"), &written.since)?;
    let check = match written.kind {
        Kind::Words => words(&name, &written)?,
        Kind::Order => order(&name, &written)?,
    };
    let source = format!("{}，{}", written.source, written.since);
    Ok(Entry { id: written.id, right: written.right, why: written.why, source, check })
}

fn words(name: &str, written: &Written) -> Result<Check, String> {
    if written.wrong.is_empty() {
        return Err(format!("{name}缺少“不用”，请至少写一个词语"));
    }
    if !(written.members.is_empty() && written.suffixes.is_empty() && written.names.is_empty()) {
        return Err(format!("{name}写了“成员”“后缀”或“合称”，请加上“种类: 次序”"));
    }
    if let Some(word) = written.wrong.iter().chain(&written.except).find(|word| word.trim().is_empty()) {
        return Err(bad_pattern(name, word));
    }
    let except = Some(&written.except).filter(|except| !except.is_empty());
    let except = except.map(|except| Wordings::new(except, written.patterns));
    Ok(Check::Words { wrong: Wordings::new(&written.wrong, written.patterns), except })
}

fn order(name: &str, written: &Written) -> Result<Check, String> {
    if written.members.len() < 3 {
        return Err(format!("{name}的“成员”不到三个，比不出次序"));
    }
    if !(written.wrong.is_empty() && written.except.is_empty()) {
        return Err(format!("{name}是次序，不能写“不用”和“除外”，请另立一条"));
    }
    if written.members.iter().any(|member| member.trim().is_empty()) {
        return Err(format!("{name}的“成员”里有一个是空的"));
    }
    Ok(Check::Order(Members::new(&written.members, &written.suffixes, &written.names)))
}

/// Says which entry has a pattern that cannot be used.
pub(super) fn sound(entries: &[Entry]) -> Result<(), String> {
    for (index, entry) in entries.iter().enumerate() {
        if let Check::Words { except: Some(except), .. } = &entry.check
            && !except.pattern.is_sound()
        {
            return Err(bad_pattern(&format!("第{}条“{}”", index + 1, entry.id), &except.written));
        }
    }
    match entries.iter().find(|entry| !entry.pattern().is_sound()) {
        Some(broken) => Err(bad_pattern(&format!("“{}”", broken.id), &broken.pattern().text())),
        None => Ok(()),
    }
}

/// Whether a text of an entry holds what no fact may hold; it may run over several lines.
fn has_unseen(value: &Value) -> bool {
    match value {
        Value::String(words) => {
            facts::judge(&words.replace('\n', " "), Some(IndicatorKind::Text), None).is_err()
        }
        Value::Sequence(values) => values.iter().any(has_unseen),
        Value::Mapping(fields) => fields.iter().any(|(name, value)| has_unseen(name) || has_unseen(value)),
        _ => false,
    }
}

fn bad_pattern(name: &str, word: &str) -> String {
    format!("{name}里的“{word}”不是能用的词语或正则表达式，请核对括号和方括号")
}

fn check_date(name: &str, date: &str) -> Result<(), String> {
    let parts: Vec<&str> = date.split('-').collect();
    let digits =
        |part: &&str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let lengths = [4, 2, 2];
    let right = (2..=3).contains(&parts.len())
        && parts.iter().zip(lengths).all(|(part, length)| digits(part, length));
    if right {
        Ok(())
    } else {
        Err(format!("{name}“{date}”写得不对，请写成 2024-03 或 2024-03-15"))
    }
}

/// What is wrong with the shape of an entry, in Chinese.
fn explain(name: &str, error: &serde_yaml::Error) -> String {
    let text = error.to_string();
    let named = |start: &str| text.split_once(start)?.1.split('`').next();
    if let Some(field) = named("missing field `") {
        return format!("{name}缺少“{field}”，请补上");
    }
    if let Some(field) = named("unknown field `") {
        return format!("{name}里有不认识的“{field}”，请核对项目名称");
    }
    if let Some(kind) = named("unknown variant `") {
        return format!("{name}的种类“{kind}”不认识，请写“词语”或“次序”");
    }
    let place = error.location().map_or(String::new(), |place| format!("（第{}行附近）", place.line()));
    format!("{name}写得不对{place}，请核对缩进、冒号后的空格，以及该写一列的有没有写成一列")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(entry: &str) -> String {
        read(&format!("整理日期: 2024-01-01\n提法:\n  - {entry}")).unwrap_err()
    }

    #[test]
    fn a_bad_entry_is_named() {
        let rest = "说明: 无, 来源: 无";
        for (entry, said) in [
            (format!("{{编号: A, 不用: [甲], {rest}}}"), "第1条“A”缺少“日期”"),
            (
                format!("{{编号: A, 不用: [甲], 改用: 乙, {rest}, 日期: 2024-01}}"),
                "第1条“A”里有不认识的“改用”",
            ),
            (format!("{{编号: A, 种类: 词组, {rest}, 日期: 2024-01}}"), "第1条“A”的种类“词组”不认识"),
            (format!("{{编号: A, {rest}, 日期: 2024-01}}"), "第1条“A”缺少“不用”"),
            (format!("{{编号: A, 不用: [''], {rest}, 日期: 2024-01}}"), "第1条“A”里的“”不是能用的"),
            (format!("{{编号: A, 不用: [甲], {rest}, 日期: 去年}}"), "第1条“A”的“日期”“去年”写得不对"),
            (
                format!("{{编号: A, 种类: 次序, 成员: [甲, 乙], {rest}, 日期: 2024-01}}"),
                "第1条“A”的“成员”不到三个",
            ),
            (format!("{{编号: \"A\\ue000\", 不用: [甲], {rest}, 日期: 2024-01}}"), "第1条里有看不见的字符"),
            (format!("{{编号: A, 不用: 甲, {rest}, 日期: 2024-01}}"), "第1条“A”写得不对"),
        ] {
            assert!(error(&entry).starts_with(said), "{}", error(&entry));
        }
        assert!(read("提法: [").unwrap_err().starts_with("提法文件写得不对"));
    }

    #[test]
    fn ids_are_not_used_twice() {
        let one = "{编号: A, 不用: [甲], 说明: 无, 来源: 无, 日期: 2024-01}";
        assert_eq!(error(&format!("{one}\n  - {one}")), "编号“A”用了两次，请改一个");
    }
}
