//! Set wordings: a file of what is not said, and what is said instead.

use std::sync::LazyLock;

use super::super::prelude::*;
use super::entry::{self, Check, Entry};
use super::members::Fault;
use super::shipped::Shipped;

/// The usage of the sources that the file names.
pub(super) const RULE: Rule = Rule::prose("term", Level::Warning, run);

/// The wordings that come with the program.
static BUILTIN: LazyLock<Shipped> = LazyLock::new(|| Shipped::of(include_str!("提法.yaml")));

/// Words after which the name of an award or a title follows, which is as it was given.
static AWARDS: Pattern = Pattern::new(
    "获评|荣获|获得|获授|喜获|荣膺|斩获|摘得|捧回|夺得|授予|评为|评选为|命名为|被评|入选|颁发|荣登|称号|认定为|推荐为|列为|确定为|授牌|挂牌|获批|当选|获(?:全|省|市|县|国|“)",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    BUILTIN.hits(&prose.source.text).for_each(|entry| check(entry, prose, found));
}

/// A file of wordings, ready for use.
#[derive(Debug, Default)]
pub struct Terms {
    entries: Vec<Entry>,
}

impl Terms {
    /// Reads a file of wordings in the format of 提法.yaml.
    ///
    /// # Errors
    /// An entry that is wrong, named by its number, in Chinese.
    pub fn parse(text: &str) -> Result<Terms, String> {
        let entries = entry::read(text)?;
        entry::sound(&entries)?;
        Ok(Terms { entries })
    }

    /// Says what a text should say otherwise.
    pub fn check(&self, prose: &Prose, found: &mut Findings<'_>) {
        self.entries.iter().for_each(|entry| check(entry, prose, found));
    }
}

/// Holds a text against one entry.
fn check(entry: &Entry, prose: &Prose, found: &mut Findings<'_>) {
    if !entry.pattern().is_match(&prose.source.text) {
        return;
    }
    for (line, text) in prose.each() {
        for slip in slips(entry, line, text) {
            let place = line.span.start + slip.span.start..line.span.start + slip.span.end;
            found.at(&prose.source, place, slip.message, hint(entry, &slip.right));
        }
    }
}

/// What an entry finds in a line.
struct Slip {
    span: Range<usize>,
    message: String,
    /// The right wording for what was found.
    right: String,
}

/// What an entry finds in a line.
fn slips(entry: &Entry, line: &ProseLine, text: &str) -> Vec<Slip> {
    let mut found: Vec<Slip> = match &entry.check {
        Check::Words { wrong, except } => {
            let contexts = except.iter().flat_map(|except| except.pattern.find_iter(text));
            let contexts: Vec<Range<usize>> = contexts.map(|hit| hit.range()).collect();
            let right = |span: &Range<usize>| {
                let next = contexts.partition_point(|context| context.end <= span.start);
                contexts.get(next).is_some_and(|context| context.start < span.end)
            };
            let hits = wrong.pattern.captures_iter(text).filter(|hit| !right(&hit.get_match().range()));
            hits.map(|hit| wording(entry, &hit)).collect()
        }
        Check::Order(members) => {
            let said = |(span, fault): (Range<usize>, Fault)| Slip {
                message: order(&text[span.clone()], fault),
                right: entry.right.clone(),
                span,
            };
            members.faults(text).into_iter().map(said).collect()
        }
    };
    found.retain(|slip| !is_cited(line, &slip.span) && !is_award(text, slip.span.start));
    found
}

/// A wording that is not said, and what is said for it.
fn wording(entry: &Entry, hit: &Captures<'_>) -> Slip {
    let mut right = String::new();
    hit.expand(&entry.right, &mut right);
    Slip { span: hit.get_match().range(), message: format!("“{}”的提法不妥", shown(&hit[0])), right }
}

/// Whether the words at a place belong to the name of an award or a title.
fn is_award(text: &str, at: usize) -> bool {
    let start = text[..at].rfind(['。', '；', '，', '！']).unwrap_or(0);
    AWARDS.is_match(&text[start..at])
}

/// Whether words stand inside a quotation, without its marks.
fn is_cited(line: &ProseLine, span: &Range<usize>) -> bool {
    line.quoted.iter().any(|quoted| quoted.start < span.start && span.end < quoted.end)
}

fn order(words: &str, fault: Fault) -> String {
    let words = shown(words);
    match fault {
        Fault::Order => format!("“{words}”的次序不对"),
        Fault::Stranger(stranger) => format!("“{words}”里夹进了“{}”", shown(&stranger)),
        Fault::Missing(count) => format!("“{words}”只列了{count}个，没有列全"),
    }
}

fn hint(entry: &Entry, right: &str) -> String {
    let rights: String = right.split('；').map(|right| format!("“{}”", shown(right))).collect();
    let advice = if right.is_empty() { String::new() } else { format!("请用{rights}：") };
    format!("{advice}{}（{}，{}）", entry.why, entry.id, entry.source)
}

/// Words for use inside “”; a mark without its other half is left out.
fn shown(words: &str) -> String {
    if words.matches('“').count() != words.matches('”').count() {
        return words.replace(['“', '”'], "");
    }
    words.replace('“', "‘").replace('”', "’")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::page::{self, Case};

    fn fired(text: &str) -> Vec<String> {
        let prose = Prose::of_text("例文.txt", text);
        let fires = |entry: &&Entry| prose.each().any(|(line, text)| !slips(entry, line, text).is_empty());
        BUILTIN.hits(&prose.source.text).filter(fires).map(|entry| entry.id.clone()).collect()
    }

    #[test]
    fn the_file_that_comes_with_the_program_is_right() {
        let terms = Terms::parse(include_str!("提法.yaml")).unwrap();
        assert!(terms.entries.len() > 90);
    }

    #[test]
    fn every_entry_is_fired_by_a_wrong_case_of_the_page() {
        let page = page::parse(include_str!("term.md"));
        let texts = page.wrong.iter().filter_map(|case| match case {
            Case::Text { text, .. } => Some(text.as_str()),
            Case::Files(_) => None,
        });
        let fired: Vec<String> = texts.flat_map(fired).collect();
        let silent: Vec<&str> = BUILTIN
            .all()
            .map(|entry| entry.id.as_str())
            .filter(|id| !fired.iter().any(|one| one == id))
            .collect();
        assert_eq!(silent, Vec::<&str>::new());
    }

    #[test]
    fn a_remedy_says_what_was_found() {
        for (text, right) in [
            ("编制十三五规划。", "请用“‘十三五’规划”"),
            ("“十二五”末的数，同十四五期间比较。", "请用“‘十四五’期间”"),
            ("贯彻中共二十大会议精神。", "请用“党的二十大精神”"),
            ("贯彻县委十三届八中全会部署。", "请用“县委十三届八次全会”"),
            ("传达党的十九届五次全会精神。", "请用“党的十九届五中全会”"),
            ("中共青石县县委书记调研。", "请用“中共青石县委”"),
            ("县卫生与健康局派员指导。", "请用“卫生健康局”"),
            ("县文化与旅游局派员指导。", "请用“文化和旅游局”"),
        ] {
            let mut found = Findings::new(&RULE);
            run(&Prose::of_text("例文.txt", text), &mut found);
            let found = found.into_inner();
            let said: Vec<String> =
                found.iter().map(|one| one.hints[0].words(|_| String::new())).map(Into::into).collect();
            assert!(said.iter().any(|said| said.starts_with(right)), "{text}: {said:?}");
        }
    }

    #[test]
    fn awards_titles_and_goals_raise_nothing() {
        for text in [
            "云溪镇获评营商环境最佳口碑镇。",
            "东湾村被命名为全县最佳美丽庭院示范村。",
            "努力做到服务最优、成本最低。",
            "力争把茶园建成全市最好的示范园。",
        ] {
            assert_eq!(fired(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_broken_pattern_is_named() {
        let broken = "整理日期: 2024-01-01\n提法:\n  - {编号: A, 不用: ['(甲'], 正则: true, 说明: 无, 来源: 无, 日期: 2024-01}";
        assert!(Terms::parse(broken).unwrap_err().starts_with("“A”里的“(?:(甲)”不是能用的"));
    }

    #[test]
    fn another_file_says_its_own_words() {
        let own = "整理日期: 2024-01-01\n提法:\n  - {编号: 本镇-1, 用: 为民办事站, 不用: [便民站], 说明: 本镇统一的叫法, 来源: 镇政府通知, 日期: 2024-01}\n";
        let terms = Terms::parse(own).unwrap();
        let mut found = Findings::new(&RULE);
        terms.check(&Prose::of_text("例文.txt", "群众到便民站办事，见“便民站”招牌。"), &mut found);
        let found = found.into_inner();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "“便民站”的提法不妥");
        assert_eq!(
            found[0].hints,
            ["请用“为民办事站”：本镇统一的叫法（本镇-1，镇政府通知，2024-01）".into()]
        );
    }
}
