//! A leader's Word file comes back: whatever was changed in it, taking all changes over gives its words.

use std::sync::Arc;

use huibao::document::{Block, Document, Inline, Line};
use huibao::import::edits::{Edit, What};
use huibao::input::Read;
use huibao::output::{self, Format};
use huibao::period::Period;
use huibao::project::returned::{Returned, Taken};
use huibao::project::stored::Stored;
use huibao::project::texts::Text;
use huibao::project::{Project, Texts, draft};
use huibao::report::Gaps;

use super::oracle::dice::Dice;
use super::papers;

const TEMPLATE: &str = "# 云溪镇工作汇报\n\n主送：县委、县政府\n\n在县委领导下，全镇上下团结一心，攻坚克难，各项工作有序推进。现将有关情况汇报如下。\n\n\
## 抓产业，促增收\n\n全年引进项目{{产业.项目}}，到位资金{{产业.资金}}，{{同比 产业.资金}}。培训干部{{产业.培训}}，走访农户{{产业.走访}}，群众反映良好。\n\n\
{{#if 产业.洪涝}}入汛以来，发生洪涝灾害{{产业.洪涝}}，抢险及时，没有人员伤亡。{{/if}}\n\n\
### 夯实基础\n坚持规划先行，完善水利设施。\n\n- 强化资金监管。管好用好每一笔钱，确保资金安全。\n- 强化项目调度。按月通报进展情况，及时解决问题。\n- 强化作风建设。\n\n\
{{> _村级}}\n\n\
## 下一步打算\n\n我镇将做好三项工作，确保完成全年目标任务。一要抓好粮食生产，守住耕地红线。二要抓好防汛抗旱，落实各项措施。三要抓好安全生产，排查整治隐患。\n\n\
表：片区情况\n单位：起\n| 片区 | 排查 | 做法 |\n| --- | ---: | --- |\n| 东片 | 72 | 逐户走访 |\n| 西片 | 61 | 定期会商 |\n| 南片 | 53 | 上门调解 |\n\n\
各片区要总结经验，相互学习，共同提高治理水平，确保完成全年目标任务。\n\n署名：云溪镇人民政府\n\n成文日期：2025年12月26日\n";
const VILLAGES: &str = "## 抓治理，保平安\n\n共有农户{{相加 村.甲 村.乙}}，其中甲村{{村.甲}}，占{{占比 村.甲 (相加 村.甲 村.乙)}}。\n\n\
{{#each 项目 as |行|}}\n{{行.名称}}投资{{行.投资}}，已经建成投用。\n\n{{/each}}\n\
项目合计投资{{合计 项目.投资}}，负责人{{村.负责人}}，试点村有{{村.名单}}。\n\n{{表 项目 列=\"名称、投资\" 标题=\"项目一览\"}}\n\n\
群众满意度不断提高，基层治理更加有力，社会大局保持稳定。";
const REGISTRY: &str = "产业.项目: {类型: 时期, 单位: 个}\n产业.资金: {类型: 时期, 单位: 万元}\n产业.培训: {类型: 时期, 单位: 人次}\n产业.走访: {类型: 时期, 单位: 户次}\n产业.洪涝: {类型: 时期, 单位: 次}\n\
村.甲: {类型: 时点, 单位: 户}\n村.乙: {类型: 时点, 单位: 户}\n村.负责人: {类型: 文本}\n村.名单: {类型: 名单}\n项目: {类型: 台账, 主键: 名称, 列: {名称: 文本, 投资: {单位: 万元, 类型: 时期}}}\n";
const FACTS: &str = "产业:\n  项目: 6个\n  资金: 10600万元\n  培训: 180人次\n  走访: 23560户次\n  洪涝: 2次\n村:\n  甲: 120户\n  乙: 65户\n  负责人: 王立新\n  名单: [东湾, 西岭, 南坪]\n项目:\n  - {名称: 冷链仓储, 投资: 3500万元}\n  - {名称: 光伏提水, 投资: 1500万元}\n";

fn project() -> Project {
    let of = |year: i32, facts: &str| format!("年度: {year}\n{facts}");
    let last = of(2024, &FACTS.replace("10600", "9850").replace("180人次", "165人次"));
    of_texts([
        ("facts/指标", REGISTRY.to_owned()),
        ("facts/2024", last),
        ("facts/2025", of(2025, FACTS)),
        ("templates/汇报", TEMPLATE.to_owned()),
        ("templates/_村级", VILLAGES.to_owned()),
    ])
}

fn of_texts<const N: usize>(texts: [(&str, String); N]) -> Project {
    let mut project = Texts::default();
    for (name, words) in texts {
        let text = Text::parse(name).expect("a text of a project");
        let stored = Arc::new(Stored::new(text.name(), words.as_bytes()));
        project.put(text, stored);
    }
    Project::of(project)
}

fn rendered(project: &Project) -> Document {
    let report = project.rendered(None, Period::year(2025), Gaps::Refuse);
    report.map_err(|problems| problems.0[0].message.to_string()).expect("a report").document
}

/// The words of every block, without the numbers that the program sets.
fn words(document: &Document) -> Vec<String> {
    let words = |block: &Block| {
        let line = Line::of(block);
        // The program counts points; one that does not follow is typed with its number.
        let typed = line
            .text
            .split_once('是')
            .filter(|(number, _)| number.chars().count() == 1 && "一二三四五六七八九十".contains(number));
        match typed {
            Some((_, rest)) => rest.to_owned(),
            None => line.text[line.number..].to_owned(),
        }
    };
    document.blocks.iter().map(words).collect()
}

/// The report as Word, read after somebody changed it.
fn read(original: &Document, changed: &Document) -> Read {
    let bytes = output::write(original, Format::Docx).expect("a file");
    let document = papers::document(&output::write(changed, Format::Docx).expect("a file"));
    let bytes = papers::changed(&bytes, |_| document.clone());
    draft::held(&bytes, "改稿.docx").expect("a report")
}

/// What is to be taken over of a changed report, and what came of it.
fn taken(project: &Project, changed: &Document) -> (Vec<Edit>, Taken) {
    let read = read(&rendered(project), changed);
    let returned = Returned::of(project, &read).expect("a project").expect("our report");
    let edits = returned.edits().expect("edits");
    let taken = returned.taking(&edits).expect("a project");
    (edits, taken)
}

/// Takes all changes over; every one can be.
fn all(change: impl Fn(&mut Document)) -> (Vec<Edit>, Project) {
    all_of(&project(), change)
}

fn all_of(project: &Project, change: impl Fn(&mut Document)) -> (Vec<Edit>, Project) {
    let mut changed = rendered(project);
    change(&mut changed);
    let (edits, taken) = taken(project, &changed);
    let refused: Vec<&String> = taken.reasons.iter().flatten().collect();
    assert!(refused.is_empty(), "{refused:?} of {edits:#?}");
    let after = project.with(taken.returned.taken_over());
    assert_eq!(words(&rendered(&after)), words(&changed), "{edits:#?}");
    (edits, after)
}

fn at(document: &Document, words: &str) -> usize {
    let has = |block: &Block| Line::of(block).text.contains(words);
    document.blocks.iter().position(has).unwrap_or_else(|| panic!("no {words}"))
}

/// Other words in every line that has the old ones.
fn replace(document: &mut Document, old: &str, new: &str) {
    let block = at(document, old);
    let mut done = false;
    document.blocks[block] = document.blocks[block].map(&mut |line| {
        let text: String = line.iter().map(Inline::text).collect();
        if done || !text.contains(old) {
            return line.to_vec();
        }
        done = true;
        vec![Inline::Text(text.replacen(old, new, 1))]
    });
    assert!(done, "{old} stands in one line");
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(words.to_owned())])
}

#[test]
fn several_changes_of_one_sentence_are_all_taken_over() {
    let (edits, after) = all(|report| {
        replace(report, "培训干部180人次", "培训村干部185人次");
        replace(report, "走访农户", "入户走访农户");
        replace(report, "群众反映良好", "群众反映很好");
    });
    assert_eq!(edits.len(), 4, "{edits:#?}");
    let template = after.texts().words(&Text::Template("汇报".into())).to_owned();
    assert!(
        template.contains("培训村干部{{产业.培训}}，入户走访农户{{产业.走访}}，群众反映很好"),
        "{template}"
    );
    assert!(after.texts().words(&Text::Year(Period::year(2025))).contains("培训: 185人次"));
}

#[test]
fn words_that_stand_twice_are_changed_where_they_were_changed() {
    let (_, after) =
        all(|report| replace(report, "治理水平，确保完成全年目标任务", "治理水平，确保圆满完成全年目标任务"));
    let template = after.texts().words(&Text::Template("汇报".into())).to_owned();
    assert!(
        template.contains("三项工作，确保完成") && template.contains("治理水平，确保圆满完成"),
        "{template}"
    );
}

#[test]
fn a_moved_paragraph_is_one_change_and_the_numbers_follow() {
    let (edits, _) = all(|report| {
        let block = report.blocks.remove(at(report, "发生洪涝"));
        let behind = at(report, "强化作风建设");
        report.blocks.insert(behind + 1, block);
    });
    let [Edit { what: What::Moved { .. }, .. }] = edits.as_slice() else { panic!("{edits:#?}") };
    let (edits, _) = all(|report| {
        let from = at(report, "强化项目调度");
        report.blocks.swap(from - 1, from);
    });
    let [Edit { what: What::Moved { .. }, .. }] = edits.as_slice() else { panic!("{edits:#?}") };
}

#[test]
fn a_chapter_moves_as_one_with_what_changed_in_it() {
    let (edits, after) = all(|report| {
        let end = at(report, "发生洪涝");
        let from = at(report, "抓产业");
        let chapter: Vec<Block> = report.blocks.drain(from..=end).collect();
        let behind = at(report, "南片") + 1;
        report.blocks.splice(behind..behind, chapter);
        replace(report, "抢险及时", "抢险十分及时");
    });
    let moves = edits.iter().filter(|edit| matches!(edit.what, What::Moved { .. })).count();
    assert_eq!((moves, edits.len()), (1, 2), "{edits:#?}");
    let template = after.texts().words(&Text::Template("汇报".into())).to_owned();
    assert!(
        template.contains("{{#if 产业.洪涝}}入汛以来，发生洪涝灾害{{产业.洪涝}}，抢险十分及时"),
        "{template}"
    );
}

#[test]
fn a_paragraph_that_is_parted_or_joined_is_one_change() {
    let (edits, _) = all(|report| {
        let block = at(report, "一要抓好粮食");
        let text = Line::of(&report.blocks[block]).text;
        let (one, two) = text.split_once("二要").unwrap();
        report.blocks[block] = paragraph(one);
        report.blocks.insert(block + 1, paragraph(&format!("二要{two}")));
    });
    let [Edit { what: What::Parted { .. }, .. }] = edits.as_slice() else { panic!("{edits:#?}") };
    let (edits, _) = all(|report| {
        let block = at(report, "全年引进项目");
        let one = Line::of(&report.blocks[block]).text;
        let two = Line::of(&report.blocks.remove(block + 1)).text;
        report.blocks[block] = paragraph(&format!("{one}{two}"));
    });
    let [Edit { what: What::Joined, .. }] = edits.as_slice() else { panic!("{edits:#?}") };
}

#[test]
fn paragraphs_go_and_come_beside_each_other() {
    all(|report| {
        let block = at(report, "坚持规划先行");
        report.blocks[block] = paragraph("严格资金审批，做到专款专用。");
        report.blocks.insert(block + 1, paragraph("开展绩效评价，压实主体责任。"));
        report.blocks.remove(block - 1);
        let last = at(report, "群众满意度");
        report.blocks.remove(last);
        report.blocks.insert(0, paragraph("（内部资料）"));
    });
}

#[test]
fn cells_and_rows_of_a_typed_table_and_cells_of_a_ledger_are_taken_over() {
    let (edits, after) = all(|report| {
        let table = at(report, "逐户走访");
        let Block::Table(table) = &mut report.blocks[table] else { panic!("a table") };
        table.rows[0].cells[2].words = vec![Inline::Text("逐户|走访，\n不漏一户".into())];
        table.unit = "单位：起（含调解）".into();
        table.rows.remove(1);
        let mut row = table.rows[1].clone();
        row.cells.iter_mut().zip(["北片", "47", "联合调处"]).for_each(|(cell, words)| {
            cell.words = vec![Inline::Text(words.into())];
        });
        table.rows.push(row);
        let ledger = at(report, "项目一览");
        let Block::Table(ledger) = &mut report.blocks[ledger] else { panic!("a table") };
        assert_eq!(Line::of_inlines(&ledger.rows[1].cells[0].words).text, "光伏提水");
        ledger.rows[1].cells[0].words = vec![Inline::Text("光伏提灌".into())];
        replace(report, "光伏提水投资", "光伏提灌投资");
    });
    assert!(edits.iter().any(|edit| matches!(edit.what, What::RowAdded { .. })), "{edits:#?}");
    let template = after.texts().words(&Text::Template("汇报".into())).to_owned();
    assert!(template.contains("| 北片 | 47 | 联合调处 |") && !template.contains("西片"), "{template}");
    assert!(after.texts().words(&Text::Year(Period::year(2025))).contains("光伏提灌"));
}

#[test]
fn what_one_place_of_the_template_says_in_several_is_changed_in_all_or_none() {
    let project = project();
    let mut changed = rendered(&project);
    replace(&mut changed, "冷链仓储投资3500万元，已经建成", "冷链仓储投资3500万元，全部建成");
    let (edits, taken) = taken(&project, &changed);
    let reasons: Vec<&String> = taken.reasons.iter().flatten().collect();
    assert_eq!((edits.len(), reasons.len()), (1, 1), "{edits:#?}");
    assert!(reasons[0].contains("写出2处") && reasons[0].contains("改了其中1处"), "{reasons:?}");
    all(|report| {
        replace(report, "冷链仓储投资3500万元，已经建成", "冷链仓储投资3500万元，全部建成");
        replace(report, "光伏提水投资1500万元，已经建成", "光伏提水投资1500万元，全部建成");
    });
}

#[test]
fn of_a_computed_figure_the_facts_are_told_that_would_give_it() {
    let project = project();
    let reason = |old: &str, new: &str| {
        let mut changed = rendered(&project);
        replace(&mut changed, old, new);
        let (edits, taken) = taken(&project, &changed);
        let [Edit { what: What::Computed { .. }, .. }] = edits.as_slice() else { panic!("{edits:#?}") };
        assert!(taken.returned.taken_over().is_empty(), "nothing is taken over");
        taken.reasons[0].clone().expect("a reason")
    };
    assert_eq!(
        reason("共有农户185户", "共有农户197户"),
        "这个数由“村.甲”120户、“村.乙”65户算出来（相加）。要得到197户，“村.甲”应是132户，或者“村.乙”应是77户"
    );
    assert_eq!(
        reason("同比增长7.6%", "同比增长8.6%"),
        "这个数由“产业.资金”10600万元、2024年“产业.资金”9850万元算出来（同比增长率）。\
        要得到8.6%，“产业.资金”应是10697万元，或者2024年“产业.资金”应是9761万元"
    );
    assert_eq!(
        reason("合计投资5000万元", "合计投资5200万元"),
        "这个数由“项目”第1行的“投资”3500万元、“项目”第2行的“投资”1500万元算出来（项目.投资合计）。\
        要得到5200万元，“项目”第1行的“投资”应是3700万元，或者“项目”第2行的“投资”应是1700万元"
    );
    let share = reason("占64.9%", "占70%");
    assert!(share.contains("要得到70%，“村.甲”应是15"), "{share}");
}

#[test]
fn a_computed_figure_that_the_changed_facts_give_needs_nothing() {
    let (edits, _) = all(|report| {
        replace(report, "共有农户185户，其中甲村120户，占64.9%", "共有农户197户，其中甲村132户，占67%");
    });
    assert_eq!(edits.len(), 3, "{edits:#?}");
    let project = project();
    let mut changed = rendered(&project);
    replace(&mut changed, "共有农户185户，其中甲村120户", "共有农户200户，其中甲村132户");
    let (_, taken) = taken(&project, &changed);
    let reasons: Vec<&String> = taken.reasons.iter().flatten().collect();
    let [reason] = reasons.as_slice() else { panic!("{reasons:?}") };
    assert!(reason.contains("“村.甲”132户") && reason.contains("“村.乙”应是68户"), "{reason}");
    assert_eq!(taken.followed.len(), 1, "the share that nobody changed: {:?}", taken.followed);
}

/// A change of a report by somebody who knows nothing of templates.
fn throw(dice: &mut Dice, report: &mut Document) {
    const PHRASES: [&str; 6] = ["同时，", "进一步", "按照上级部署，", "不断", "认真", "总的看，"];
    const PARAGRAPHS: [&str; 4] = [
        "加强督促检查，确保各项部署落到实处。",
        "今年以来，我镇选派驻村干部36名，帮办实事52件。",
        "\\{{此段}}另附说明，# 不是标题。",
        "严明工作纪律，改进工作作风，树立良好形象。",
    ];
    let body: Vec<usize> = (0..report.blocks.len())
        .filter(|block| matches!(report.blocks[*block], Block::Paragraph(_) | Block::Point { .. }))
        .collect();
    let block = dice.pick(&body);
    let text = Line::of(&report.blocks[block]).text[Line::of(&report.blocks[block]).number..].to_owned();
    let marks: Vec<usize> = text.match_indices(['，', '。']).map(|(at, _)| at + 3).collect();
    let rest = |report: &mut Document, words: String| {
        report.blocks[block] = match &report.blocks[block] {
            Block::Point { number, .. } => {
                Block::Point { number: number.clone(), lead: Vec::new(), text: vec![Inline::Text(words)] }
            }
            _ => paragraph(&words),
        };
    };
    match dice.below(11) {
        0 | 1 if !marks.is_empty() => {
            let at = dice.pick(&marks);
            rest(report, format!("{}{}{}", &text[..at], dice.pick(&PHRASES), &text[at..]));
        }
        2 if marks.len() > 2 => {
            let from = dice.below(marks.len() as u64 - 2) as usize;
            rest(report, format!("{}{}", &text[..marks[from]], &text[marks[from + 1]..]));
        }
        3 => {
            for (old, new) in [
                ("强化", "加强"),
                ("抓好", "抓实抓好"),
                ("确保", "力争"),
                ("提高", "提升"),
                ("治理", "综合治理"),
            ] {
                if text.contains(old) {
                    return rest(report, text.replacen(old, new, 1));
                }
            }
        }
        4 => {
            for (old, new) in [
                ("6个", "7个"),
                ("180人次", "195人次"),
                ("23560户次", "2.4万户次"),
                ("2次", "3次"),
                ("王立新", "陈建国"),
                ("3500万元", "3650万元"),
            ] {
                if text.contains(old) {
                    return rest(report, text.replacen(old, new, 1));
                }
            }
        }
        5 => drop(report.blocks.remove(block)),
        6 => report.blocks.insert(block + usize::from(dice.chance(50)), paragraph(dice.pick(&PARAGRAPHS))),
        7 => report.blocks[block] = paragraph(dice.pick(&PARAGRAPHS)),
        8 if marks.len() > 2 && matches!(report.blocks[block], Block::Paragraph(_)) => {
            let at = marks[marks.len() / 2];
            rest(report, text[..at].to_owned());
            report.blocks.insert(block + 1, paragraph(&text[at..]));
        }
        9 if matches!(report.blocks.get(block + 1), Some(Block::Paragraph(_))) => {
            let next = Line::of(&report.blocks.remove(block + 1)).text;
            rest(report, format!("{text}{next}"));
        }
        10 => {
            let moved = report.blocks.remove(block);
            let to = dice.pick(&body).min(report.blocks.len());
            report.blocks.insert(to, moved);
        }
        _ => {}
    }
}

const LETTER: &str = "份号：000001\n密级：秘密★1年\n发文机关标志：云溪镇人民政府文件\n发文字号：云政发〔{{年度 样式=\"数字\"}}〕{{公文.发文序号}}号\n签发人：张三\n\n\
# 云溪镇人民政府关于防汛工作的报告\n\n主送：县人民政府\n\n汛前排查隐患{{防汛.排查}}，全部整改到位，没有发生险情。\n\n附件：物资储备情况表\n附件：值班安排表\n\n\
盖章署名：云溪镇人民政府\n成文日期：{{年度}}10月20日\n附注：此件公开发布\n\n附件\n# 物资储备情况表\n各村储备的沙袋都已到位，由村里保管。\n\n附件\n# 值班安排表\n每天两人值班，遇有险情及时报告。\n\n\
抄送：县水利局，县应急管理局\n印发机关：云溪镇党政办公室\n印发日期：{{年度}}10月21日\n";

/// What is changed in the elements of a letter stands in its template or in its facts.
#[test]
fn elements_of_a_letter_that_were_changed_are_taken_over() {
    let project = of_texts([
        ("facts/指标", "公文.发文序号: {类型: 时期}\n防汛.排查: {类型: 时期, 单位: 处}\n".to_owned()),
        ("facts/2025", "年度: 2025\n公文:\n  发文序号: 11\n防汛:\n  排查: 38处\n".to_owned()),
        ("templates/报告", LETTER.to_owned()),
    ]);
    let (edits, same) = all_of(&project, |_| {});
    assert!(edits.is_empty(), "{edits:#?}");
    assert_eq!(words(&rendered(&same)), words(&rendered(&project)));
    for (old, new) in [
        ("秘密★1年", "机密★2年"),
        ("张三", "赵六七"),
        ("〕11号", "〕12号"),
        ("物资储备情况表", "防汛物资储备情况表"),
        ("县水利局", "县财政局"),
        ("此件公开发布", "此件不公开"),
        ("云溪镇党政办公室", "云溪镇综合办公室"),
        ("10月21日", "10月22日"),
        ("排查隐患38处", "排查隐患39处"),
        ("每天两人", "每天三人"),
    ] {
        all_of(&project, |report| {
            let block = at(report, old);
            report.blocks[block] = report.blocks[block].map(&mut |line| {
                let text: String = line.iter().map(Inline::text).collect();
                vec![Inline::Text(text.replace(old, new))]
            });
        });
    }
}

#[test]
fn whatever_was_changed_is_taken_over_or_told() {
    const TRIALS: u64 = 150;
    let mut whole = 0;
    for seed in 0..TRIALS {
        let (project, mut dice) = (project(), Dice::new(seed));
        let mut changed = rendered(&project);
        for _ in 0..dice.between(1, 5) {
            throw(&mut dice, &mut changed);
        }
        let (edits, taken) = taken(&project, &changed);
        let after = rendered(&project.with(taken.returned.taken_over()));
        let refused: Vec<(&Edit, &String)> = edits
            .iter()
            .zip(&taken.reasons)
            .filter_map(|(edit, reason)| Some((edit, reason.as_ref()?)))
            .collect();
        let left = taken.returned.edits().expect("edits");
        if refused.is_empty() && taken.followed.is_empty() {
            assert_eq!(words(&after), words(&changed), "seed {seed}: {edits:#?}");
            whole += 1;
        }
        for (_, reason) in &refused {
            assert!(!reason.is_empty(), "seed {seed}");
        }
        assert!(
            left.is_empty() || !refused.is_empty() || !taken.followed.is_empty(),
            "seed {seed}: {left:#?}"
        );
    }
    assert!(whole * 100 >= TRIALS * 70, "{whole} of {TRIALS} came back whole");
}
