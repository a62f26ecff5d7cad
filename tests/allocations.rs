//! What is allocated grows with what changes, not with what stands beside it. Bytes are counted, as a clock says
//! something else on every machine.

use allocation_counter::measure;
use huibao::facts::edit::FactEdit;
use huibao::period::Period;
use huibao::project::stored::{Edited, Edits, Texts};
use huibao::project::texts::Text;
use huibao::project::value::Project;
use huibao::report::Gaps;
use huibao::template::Templates;

const YEAR: Period = Period::year(2011);

/// A hundred facts and a ledger of so many rows in each of two years, and a report that says them all.
fn project(rows: usize) -> Project {
    let facts = |year: usize| {
        let facts: String = (0..100).map(|at| format!("  指标{at}: {}件\n", year + at)).collect();
        let rows: String = (0..rows).map(|at| format!("  - {{企业: 甲厂{at}, 投资: {at}万元}}\n")).collect();
        format!("年度: {year}\n工作:\n{facts}项目:\n{rows}")
    };
    let said: String = (0..100).map(|at| format!("完成{{{{工作.指标{at}}}}}，")).collect();
    let registry: String = (0..100).map(|at| format!("工作.指标{at}: {{单位: 件, 类型: 时期}}\n")).collect();
    let registry = registry
        + "项目: {类型: 台账, 列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}}}\n"
        + "投资: {单位: 万元, 类型: 时期, 公式: {合计: 项目.投资}}\n";
    Project::of(Texts::from([
        ("facts/指标", registry),
        ("facts/2010", facts(2010)),
        ("facts/2011", facts(2011)),
        ("templates/汇报", format!("# 题\n\n{said}投资{{{{投资}}}}，共{{{{合计 项目.投资}}}}。\n")),
    ]))
}

/// What a key takes: the report and the form's entry of the fact that is typed.
fn key(project: &Project, value: &str) -> u64 {
    let change = FactEdit::Set { path: "工作.指标7".to_owned(), value: value.to_owned() };
    measure(|| {
        let mut edits = Edits::default();
        edits.put(Text::Year(YEAR), None, Edited::Values(vec![change]));
        let typed = project.with(&edits);
        let report = typed.rendered(None, YEAR, Gaps::Show).expect("the report is sound");
        assert!(report.marked.text.contains(value));
        let form = typed.form_of(YEAR, &report.marked.missing, |path| path == "工作.指标7");
        assert_eq!(form.expect("the facts are sound").groups.len(), 1);
    })
    .bytes_total
}

#[test]
fn a_key_beside_a_long_ledger_allocates_what_one_beside_a_short_one_does() {
    let [short, long] = [50, 5_000].map(|rows| {
        let project = project(rows);
        project.rendered(None, YEAR, Gaps::Show).expect("the report is sound");
        project.form(YEAR, &[]).expect("the facts are sound");
        key(&project, "1件");
        key(&project, "27件")
    });
    assert!(long * 2 < short * 3, "{long} bytes beside 5,000 rows, {short} beside 50");
}

#[test]
fn a_template_four_times_as_long_allocates_four_times_as_much() {
    let compiled = |paragraphs: usize| {
        let text: String = (0..paragraphs)
            .map(|at| format!("第{at}段完成{{{{指标{at}}}}}，全年{{{{指标{at}}}}}。\n\n"))
            .collect();
        let sources = vec![("汇报".to_owned(), text)];
        measure(|| drop(Templates::from_sources(sources).expect("the template is sound"))).bytes_total
    };
    compiled(10);
    let (short, long) = (compiled(250), compiled(1_000));
    assert!(long < short * 5 && long > short * 3, "{long} bytes for 1,000 paragraphs, {short} for 250");
}
