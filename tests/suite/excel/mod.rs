//! Workbooks out and in, as staff use them.

mod again;
mod bad;
mod collect;
pub mod department;
mod own;
mod printed;
mod property;
pub mod sheets;
mod shown;

use crate::project::{Project, Run};

/// The registry of the projects of these tests.
const REGISTRY: &str = "\
镇名: {类型: 文本}
各村名单: {类型: 名单}
成文日期: {类型: 日期}
宣传.会议: {单位: 次, 类型: 时期, 来源: 党政办会议登记簿, 范围: [0, 100]}
宣传.扩大会议: {单位: 次, 类型: 时期, 不超过: 宣传.会议}
经济.增幅: {单位: '%', 类型: 比率}
招商项目:
  类型: 台账
  主键: 企业
  列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}, 安置就业: {单位: 人, 类型: 时期}, 签约时间: 日期, 增幅: {单位: '%', 类型: 比率}}
招商.投资总额: {单位: 万元, 类型: 时期, 公式: {合计: 招商项目.投资}}
各村:
  类型: 台账
  主键: 村
  列: {村: {类型: 文本, 属于: 各村名单}, 人口: {单位: 人, 类型: 时点}, 集体收入: {单位: 万元, 类型: 时期}}
全镇.人口: {单位: 人, 类型: 时点, 公式: {合计: 各村.人口}}
";

pub const YEAR: &str = "\
年度: 2011

镇名: 云溪镇   # 备忘
各村名单: [东湾村, 西岭村, 南坡村]
成文日期: 2011-12-20
宣传:
  会议: 14次
  扩大会议: {值: 4次, 说明: '=含增刊'}
经济: {增幅: 8.30%}
招商项目:
  - {企业: 甲厂, 投资: 640.50万元, 安置就业: 54人, 签约时间: 2011-04-18}
  - {企业: 乙厂, 投资: 约3亿元, 增幅: 12%}   # 第二笔
";

/// A project with indicators, a ledger and villages.
pub fn project() -> Project {
    Project::new()
        .file("facts/指标.yaml", REGISTRY)
        .file("facts/2010.yaml", "年度: 2010\n镇名: 云溪镇\n宣传: {会议: 11次, 扩大会议: 4次}\n")
        .file("facts/2011.yaml", YEAR)
        .file("templates/汇报.hbs", "# 汇报\n\n全镇人口{{全镇.人口}}，会议{{宣传.会议}}。\n")
}

/// Demands a status and words on either stream.
fn says(run: &Run, status: i32, words: &[&str]) {
    let all = format!("{}{}", run.stdout, run.stderr);
    assert_eq!(run.status, status, "{all}");
    for word in words {
        assert!(all.contains(word), "{word} not in:\n{all}");
    }
}

/// Runs the program, which must refuse with these words and write nothing.
fn refused(project: &Project, arguments: &[&str], words: &[&str]) {
    let before = project.read("facts/2011.yaml");
    let run = project.run(arguments);
    says(&run, 2, words);
    assert_eq!(project.read("facts/2011.yaml"), before);
    assert!(!project.path().join("表头对照.yaml").exists());
}

/// The text of the year with some parts in the place of others.
pub fn year_with(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(YEAR.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    })
}
