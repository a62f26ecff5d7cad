//! What the checks find of planted faults, how often they speak where nothing is wrong, and whose figures are
//! read right.
//!
//! `tests/评测/纠错.tsv` has clean lines with faulty twins by kind, `无误.tsv` lines that tempt a false alarm,
//! `归属.tsv` sentences with the owner and the period of every figure.
//! The result stands in `docs/检查.md`; `HUIBAO_BLESS=1` renews it there.

use std::collections::{BTreeMap, BTreeSet};

use huibao::check::{self, Prose};

use crate::project::root;

/// The rows of a table of `tests/评测`, without its head.
fn table(name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root().join("tests/评测").join(name)).expect("a table");
    let row = |line: &str| line.split('\t').map(|cell| cell.replace("\\n", "\n")).collect();
    text.lines().skip(1).filter(|line| !line.is_empty()).map(row).collect()
}

mod faults {
    //! Faulty lines and their clean twins.

    use super::*;

    /// What the rules say of a text: rule and message.
    type Said = BTreeSet<(&'static str, String)>;

    /// The least that must be found, in all and of some kinds; and how often at most a clean line may be spoken of.
    const FOUND: usize = 495;
    const ARITHMETIC: [(&str, usize); 10] = [
        ("合计", 69),
        ("增长", 47),
        ("率", 30),
        ("占比", 16),
        ("均值", 12),
        ("户均", 4),
        ("村均", 4),
        ("人均", 5),
        ("亩均", 5),
        ("结构", 15),
    ];
    const FALSE_ALARMS: usize = 1;

    /// A line in a report, as staff hand it in.
    fn said(line: &str) -> Said {
        let prose = Prose::of_text("稿.txt", &format!("2024年工作总结\n\n{line}\n"));
        let told = |one: huibao::diag::Diagnostic| (one.rule, one.message);
        check::prose(&prose).into_iter().map(told).collect()
    }

    /// A pair as it was judged.
    struct Pair {
        name: String,
        kind: String,
        /// The rules that speak of the faulty line and not of the clean one.
        rules: BTreeSet<&'static str>,
        /// What is said of the clean line.
        clean: Said,
    }

    impl Pair {
        fn is_found(&self) -> bool {
            self.clean.is_empty() && !self.rules.is_empty()
        }
    }

    fn pairs() -> Vec<Pair> {
        let judge = |row: Vec<String>| {
            let [name, kind, clean, faulty] = &row[..4] else { unreachable!() };
            let clean = said(clean);
            let rules = said(faulty).difference(&clean).map(|(rule, _)| *rule).collect();
            Pair { name: name.clone(), kind: kind.clone(), rules, clean }
        };
        table("纠错.tsv").into_iter().map(judge).collect()
    }

    /// Clean lines of the second table that are spoken of.
    fn alarms() -> Vec<(String, Said)> {
        let judge = |row: Vec<String>| (row[0].clone(), said(&row[2]));
        table("无误.tsv").into_iter().map(judge).filter(|(_, said)| !said.is_empty()).collect()
    }

    /// A row of the table by rule.
    #[derive(Default)]
    struct ByRule {
        found: usize,
        /// Pairs that no other rule finds.
        alone: usize,
        alarms: usize,
    }

    fn by_rule(pairs: &[Pair], alarms: &[(String, Said)]) -> BTreeMap<&'static str, ByRule> {
        let mut rules: BTreeMap<&'static str, ByRule> = BTreeMap::new();
        for pair in pairs.iter().filter(|pair| pair.is_found()) {
            for rule in &pair.rules {
                let row = rules.entry(rule).or_default();
                row.found += 1;
                row.alone += usize::from(pair.rules.len() == 1);
            }
        }
        let clean = pairs.iter().map(|pair| &pair.clean).chain(alarms.iter().map(|(_, said)| said));
        for (rule, _) in clean.flatten() {
            rules.entry(rule).or_default().alarms += 1;
        }
        rules
    }

    /// Pairs found and pairs in all, by the first word of the kind.
    fn by_kind(pairs: &[Pair]) -> BTreeMap<&str, (usize, usize)> {
        let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for pair in pairs {
            let kind = pair.kind.split('-').next().unwrap_or(&pair.kind);
            let row = kinds.entry(kind).or_default();
            row.0 += usize::from(pair.is_found());
            row.1 += 1;
        }
        kinds
    }

    /// The result in Markdown.
    fn shown(pairs: &[Pair], alarms: &[(String, Said)], clean: usize) -> String {
        let found = pairs.iter().filter(|pair| pair.is_found()).count();
        let (all, spoken) = (pairs.len(), spoken(pairs, alarms));
        let head = format!("{all}处错误查出{found}处；{}句正确的话误报{spoken}句。\n\n", clean + all);
        let kinds = by_kind(pairs).into_iter().map(|(kind, (found, all))| format!("{kind} | {found}／{all}"));
        let rules = by_rule(pairs, alarms)
            .into_iter()
            .map(|(rule, row)| format!("`{rule}` | {} | {} | {}", row.found, row.alone, row.alarms));
        head + &super::columns("种类 | 查出／共有", 4, kinds)
            + "\n“独有”是停用这条规则就会少查出来的。\n\n"
            + &super::columns("规则 | 查出 | 独有 | 误报", 2, rules)
    }

    /// How many clean lines are spoken of.
    fn spoken(pairs: &[Pair], alarms: &[(String, Said)]) -> usize {
        alarms.len() + pairs.iter().filter(|pair| !pair.clean.is_empty()).count()
    }

    #[test]
    fn the_checks_find_what_they_found_before() {
        let (pairs, alarms) = (pairs(), alarms());
        let text = shown(&pairs, &alarms, table("无误.tsv").len());
        super::renew("检查", &text);
        let of = |start: &str, found: bool| -> Vec<&str> {
            let of = pairs.iter().filter(|pair| pair.kind.starts_with(start) && pair.is_found() == found);
            of.map(|pair| pair.name.as_str()).collect()
        };
        for (kind, least) in ARITHMETIC.into_iter().chain([("", FOUND)]) {
            let found = of(kind, true).len();
            assert!(found >= least, "{kind}: {found} of {least}, not {:?}", of(kind, false));
        }
        let clean: Vec<&Said> =
            pairs.iter().map(|pair| &pair.clean).filter(|said| !said.is_empty()).collect();
        let spoken = spoken(&pairs, &alarms);
        assert!(spoken <= FALSE_ALARMS, "{spoken} false alarms: {alarms:?} {clean:?}");
    }
}

mod owners {
    //! Sentences with the owner and the period of every figure.

    use huibao::clause::{self, When};
    use huibao::import;
    use huibao::period::Period;
    use huibao::zh::number::Reader;
    use huibao::zh::scan::scan;

    use super::*;

    /// So many figures at least have the right owner and period.
    const RIGHT: usize = 702;

    /// What a figure should be: `1.2万亩@2024:早稻,面积,!晚稻`.
    struct Wanted<'t> {
        figure: &'t str,
        /// A year, 计划, or - where the words leave it open; several are parted by |.
        period: &'t str,
        words: &'t str,
    }

    impl<'t> Wanted<'t> {
        fn all(cell: &'t str) -> impl Iterator<Item = Wanted<'t>> {
            cell.split(';').filter(|one| !one.is_empty()).map(|one| {
                let (figure, rest) = one.split_once('@').expect("figure@period");
                let (period, words) = rest.split_once(':').unwrap_or((rest, ""));
                Wanted { figure, period, words }
            })
        }

        fn is_named(&self, name: &str) -> bool {
            let fits = |word: &str| match word.strip_prefix('!') {
                Some(not) => !name.contains(not),
                None => word.split('|').any(|word| name.contains(word)),
            };
            self.words.split(',').filter(|word| !word.is_empty()).all(fits)
        }

        /// A window is of the report's own year, under its words.
        fn is_of(&self, when: &When, report: Period) -> bool {
            let said = match when {
                When::Report | When::Window(_) => report.stem(),
                When::Year(year) | When::Part(year, _) => year.stem(),
                When::Plan(_) => "计划".to_owned(),
                When::Unsaid => "-".to_owned(),
            };
            self.period.split('|').any(|period| period == said)
        }
    }

    /// Figures right and figures in all, by kind.
    fn by_kind(rows: &[Vec<String>]) -> BTreeMap<&str, (usize, usize)> {
        let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for row in rows {
            let [_, kind, year, sentence, wanted] = row.as_slice() else { panic!("five cells: {row:?}") };
            let report = Period::parse(year).expect("a year");
            let mut reader = Reader::default();
            reader.enter(sentence);
            let figures = clause::figures(sentence, &scan(sentence), &reader);
            let mut claims = clause::read(sentence, &figures, report);
            for one in Wanted::all(wanted) {
                // 2160台（套）: the scanner leaves the bracket.
                let is = |claim: &clause::Claim| {
                    let text = figures[claim.figure].text.as_str();
                    text == one.figure || one.figure.contains('（') && one.figure.starts_with(text)
                };
                let found = claims.iter().position(is).map(|at| claims.remove(at));
                let right = found.is_some_and(|claim| {
                    let name = claim.name(&figures[claim.figure].unit);
                    one.is_of(&claim.when, report) && one.is_named(&name)
                });
                let kind = kinds.entry(kind.as_str()).or_default();
                *kind = (kind.0 + usize::from(right), kind.1 + 1);
            }
        }
        kinds
    }

    #[test]
    fn every_figure_has_the_owner_and_the_period_that_its_sentence_says() {
        let rows = table("归属.tsv");
        let kinds = by_kind(&rows);
        let (right, all) = kinds.values().fold((0, 0), |sum, kind| (sum.0 + kind.0, sum.1 + kind.1));
        let head = format!("{}句话里的{all}个数，主语和时期都对的{right}个。\n\n", rows.len());
        let shown = kinds.iter().map(|(kind, (right, all))| format!("{kind} | {right}／{all}"));
        super::renew("归属", &(head + &super::columns("种类 | 对／共有", 4, shown)));
        assert!(right >= RIGHT, "{right} of {all}: {kinds:?}");
    }

    /// No value stands in a year that its sentence does not say, and the sentence comes out to the letter.
    #[test]
    fn what_is_imported_stands_in_the_years_that_are_said() {
        for row in table("归属.tsv") {
            let [id, _, year, sentence, wanted] = row.as_slice() else { panic!("five cells: {row:?}") };
            let report = Period::parse(year).expect("a year");
            let text = format!("{year}年工作总结\n\n{sentence}\n");
            let document = huibao::input::text(&text).document;
            let draft = import::draft(&document, report, "汇报").expect("a draft");
            assert_eq!(import::text(&draft.document), import::text(&draft.proven), "{id}");
            for found in draft.found.iter().filter(|found| found.year != report) {
                let said =
                    |one: &Wanted<'_>| one.figure == found.text && one.period.contains(&found.year.stem());
                assert!(Wanted::all(wanted).any(|one| said(&one)), "{id}: {} in {}", found.text, found.year);
            }
        }
    }
}

/// A table of Markdown with several rows of the result in one of its own.
pub(crate) fn columns(head: &str, across: usize, rows: impl Iterator<Item = String>) -> String {
    let rows: Vec<String> = rows.collect();
    let cells = head.matches('|').count() + 1;
    let line = |parts: Vec<&str>| format!("| {} |\n", parts.join(" | "));
    let empty = vec![""; cells].join(" | ");
    let mut text = line(vec![head; across]) + &line(vec!["---"; across * cells]);
    for row in rows.chunks(across) {
        let own = row.iter().map(String::as_str);
        text += &line(own.chain(std::iter::repeat(empty.as_str())).take(across).collect());
    }
    text
}

/// Holds `docs/检查.md` to a result, between the two marks of its section.
pub(crate) fn renew(section: &str, result: &str) {
    let path = root().join("docs/检查.md");
    let text = std::fs::read_to_string(&path).expect("the manual");
    let marks = [format!("<!-- 评测：{section} -->\n"), format!("<!-- 评测：{section}完 -->")];
    let at = |mark: &str| text.find(mark).unwrap_or_else(|| panic!("no {mark}"));
    let (from, to) = (at(&marks[0]) + marks[0].len(), at(&marks[1]));
    let renewed = format!("{}\n{result}\n{}", &text[..from], &text[to..]);
    if std::env::var_os("HUIBAO_BLESS").is_some() {
        std::fs::write(&path, &renewed).expect("the manual is written");
    } else {
        assert_eq!(text, renewed, "HUIBAO_BLESS=1 renews");
    }
}
