//! The helpers: one row a helper, with its arguments, parameters and an example.

mod chart;
mod compare;
mod date;
mod extreme;
mod figure;
mod gap;
pub(super) mod groups;
mod ledger;
mod list;
pub(super) mod rows;
mod share;
mod table;
mod table_look;
mod table_made;
mod table_total;
mod table_units;
mod target;
mod wording;

pub(super) use date::previous;
pub(super) use ledger::unknown_column;
pub(super) use table_made::How;

use super::call::Call;
use crate::figures::Trouble;

/// The hidden helper that prints a fact by its path.
pub(super) const FACT: &str = "指标";

/// The hidden block around a template that is included. No tag can be spelled like this.
pub(super) const PART: &str = ">";

/// The helper that prints the year, and the column of a table that does.
pub(super) const YEAR: &str = "年度";

/// The helper that numbers turns, and the column of a table that numbers its rows.
pub(super) const SERIAL: &str = "序号";

/// The block that goes through the rows of a ledger.
pub(super) const EACH: &str = "each";

/// The block that goes through the groups of its rows.
pub(super) const GROUPING: &str = "分组";

/// Parameters of helpers that go through a ledger whose words are names of columns.
pub(super) const NAMES_COLUMNS: [&str; 9] = ["列", "分组", "合计", "排序", "单位", "按", "占", "名", "去重"];

/// Those of them in which names stand behind a colon: `人口（人）：男、女`, `表头：男、女`.
pub(super) const GROUPED: [&str; 2] = ["分组", "单位"];

/// Whether names that are listed in a parameter are parted here.
pub(super) fn is_between_names(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | ' ')
}

/// Whether a parameter of 表 is the name of a column after all: 单位 of a ledger that has one, where its words do not say
/// where units are printed.
pub(super) fn is_column_of_table(spec: &Spec, parameter: &str, words: &str) -> bool {
    spec.name == "表" && parameter == "单位" && !table_units::Manner::is_said(words)
}

/// What a helper gives: marked text.
pub(super) type Outcome = Result<String, Trouble>;

/// What a block helper does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// `{{#近 3}}`: a window of years counted back.
    Last,
    /// `{{#自 2019}}`: a window since a year.
    Since,
    /// `{{#上年}}`: the facts of the year before.
    LastYear,
    /// `{{#年 2019}}`, `{{#年 -5}}`: the facts of an earlier year.
    Year,
    /// `{{#上期}}`: the facts of the month or quarter before.
    Previous,
    /// `{{#年初}}`: what there was at the end of the last whole year.
    YearStart,
    /// `{{#each 台账}}`.
    Each,
    /// `{{> 队伍 人=委员.总数}}`.
    Part,
    /// `{{#分组 台账 按="列"}}`.
    Groups,
    /// `{{#if X}}`, and `{{#unless X}}` turned round.
    If { when: bool },
    /// `{{#若零 X}}`.
    Zero,
    /// `{{#若达 X "90%"}}`: X or more; `{{#若超 X Y}}`: more than Y.
    Reaches { beyond: bool },
}

/// What a helper does.
#[derive(Clone, Copy)]
pub(super) enum Run {
    /// Gives text.
    Inline(fn(&Call<'_, '_>) -> Outcome),
    /// Decides about the text inside it.
    Block(Block),
}

/// One helper.
pub(super) struct Spec {
    /// Its name in templates.
    pub name: &'static str,
    /// Whether it is a block.
    pub block: bool,
    /// Fewest and most arguments.
    pub arguments: (usize, usize),
    /// Named parameters.
    pub parameters: &'static [&'static str],
    /// Whether further named parameters filter by columns of the ledger.
    pub columns: bool,
    /// How it is written.
    pub example: &'static str,
    /// What it does.
    pub run: Run,
}

const fn inline(
    name: &'static str,
    arguments: (usize, usize),
    parameters: &'static [&'static str],
    example: &'static str,
    run: fn(&Call<'_, '_>) -> Outcome,
) -> Spec {
    Spec { name, block: false, arguments, parameters, columns: false, example, run: Run::Inline(run) }
}

const fn block(name: &'static str, arguments: (usize, usize), example: &'static str, what: Block) -> Spec {
    Spec { name, block: true, arguments, parameters: &[], columns: false, example, run: Run::Block(what) }
}

/// The same helper, filtering ledger rows by columns.
const fn with_columns(spec: Spec) -> Spec {
    Spec { columns: true, ..spec }
}

const MANY: usize = usize::MAX;
const FIGURE: &[&str] = &["小数", "量级", "单位", "样式"];

static SPECS: &[Spec] = &[
    inline(FACT, (0, 1), &[], "{{委员.总数}}", wording::fact),
    block(PART, (0, 0), "{{> 队伍 人数=委员.总数}}", Block::Part),
    inline("字符", (1, 1), &[], "{{字符 \"7B\"}}", wording::character),
    inline("数", (1, 1), FIGURE, "{{数 人口 量级=\"万\" 小数=1}}", figure::number),
    inline(
        "约数",
        (1, 1),
        &["词", "保留", "量级", "位置", "必带"],
        "{{约数 捐款 词=\"多\"}}",
        figure::approximate,
    ),
    inline("突破", (2, 2), &[], "{{突破 产值 \"1亿元\"}}", figure::above),
    inline("相加", (1, MANY), FIGURE, "{{相加 补助.甲 补助.乙}}", figure::add),
    inline("相减", (2, MANY), FIGURE, "{{相减 总数 已办}}", figure::subtract),
    inline("区间", (2, 2), &["连"], "{{区间 人数.最少 人数.最多}}", figure::range),
    inline("排名", (1, 1), &["首", "式"], "{{排名 名次}}", figure::rank),
    inline("占比", (2, 2), &["小数", "零"], "{{占比 委员.女委员 委员.总数}}", share::share),
    inline("各占", (2, MANY), &["小数", "连", "末"], "{{各占 甲 乙 丙 末=\"和\"}}", share::shares),
    inline(
        "比",
        (2, MANY),
        &["合计", "小数"],
        "{{比 产业.一产 产业.二产 产业.三产 合计=100 小数=1}}",
        share::proportion,
    ),
    inline("其中", (2, 2), &[], "{{其中 委员.总数 委员.女委员}}", share::part),
    inline(
        "其余",
        (2, 2),
        &["已", "余", "全"],
        "{{其余 隐患 整改 已=\"已整改\" 余=\"正在整改\" 全=\"已全部整改\"}}",
        share::rest,
    ),
    inline(
        "同比",
        (1, MANY),
        &["式", "前", "年", "基期", "增", "减", "平", "近平", "小数", "连", "末", "各说"],
        "{{同比 财政.收入}}",
        compare::compare,
    ),
    inline(
        "环比",
        (1, 1),
        &["式", "前", "增", "减", "平", "近平", "小数"],
        "{{环比 隐患.排查}}",
        compare::compare,
    ),
    inline("增速", (1, 1), &["前", "增", "减", "平", "小数"], "{{增速 经济.生产总值增速}}", gap::growth),
    inline(
        "增速变化",
        (1, 2),
        &["前", "年", "增幅", "降幅", "扩大", "回落", "收窄", "平", "转正", "转负", "小数"],
        "{{增速变化 经济.生产总值增速}}",
        compare::moved,
    ),
    inline(
        "高低",
        (2, 2),
        &["对象", "高", "低", "平", "小数"],
        "{{高低 经济.生产总值增速 全县.生产总值增速 对象=\"全县\"}}",
        gap::above_or_below,
    ),
    inline("完成", (2, 2), &["目标名", "前", "小数"], "{{完成 财政.收入 目标.财政收入}}", target::completed),
    inline(
        "超欠",
        (2, 2),
        &["超", "欠", "平", "小数"],
        "{{超欠 财政.收入 目标.财政收入 超=\"超收\" 欠=\"短收\"}}",
        target::above_or_short,
    ),
    inline(
        "进度",
        (1, 2),
        &["序时", "快", "慢", "平", "小数"],
        "{{进度 财政.收入 目标.财政收入 序时=\"50%\"}}",
        target::ahead,
    ),
    with_columns(inline("合计", (1, 1), FIGURE, "{{合计 投资项目.投资}}", ledger::sum)),
    with_columns(inline("计数", (1, 1), ledger::COUNT, "{{计数 投资项目 单位=\"项\"}}", ledger::count)),
    with_columns(inline("平均", (1, 2), FIGURE, "{{平均 投资项目.投资}}", ledger::average)),
    with_columns(inline("最大", (1, 1), extreme::OWN, "{{最大 投资项目.投资}}", extreme::largest)),
    with_columns(inline("最小", (1, 1), extreme::OWN, "{{最小 投资项目.投资}}", extreme::smallest)),
    with_columns(inline("各组", (1, 1), groups::OWN_OF_LIST, "{{各组 投资项目 按=\"行业\"}}", groups::each)),
    with_columns(inline("列举", (1, MANY), list::OWN, "{{列举 委员.界别}}", list::list)),
    inline("日期", (1, 1), &["式"], "{{日期 调研.日期 式=\"月日\"}}", date::date),
    inline(YEAR, (0, 1), &["样式"], "{{年度}}", date::year),
    inline("期间", (0, 0), &["式"], "{{年度}}{{期间}}", date::period),
    inline("序时", (0, 0), &["小数"], "序时进度{{序时}}", date::elapsed),
    inline("时段", (0, 0), &["前", "后"], "{{时段}}", date::window),
    inline(SERIAL, (0, 0), &["样式"], "{{序号}}", wording::serial),
    inline("预计", (1, 1), &["词"], "{{预计 财政.收入}}", wording::forecast),
    with_columns(inline(
        "表",
        (1, 1),
        table::OWN,
        "{{表 投资项目 列=\"企业、投资\" 标题=\"投资项目表\"}}",
        table::table,
    )),
    inline(
        "图",
        (1, 6),
        chart::OWN,
        "{{图 招商.到位资金 年=5 标题=\"近五年到位资金\" 式=\"柱\"}}",
        chart::chart,
    ),
    block("近", (1, 1), "{{#近 3}}{{时段}}共召开会议{{宣传.会议}}{{/近}}", Block::Last),
    block("自", (1, 1), "{{#自 2019}}{{时段}}共办实事{{实事}}{{/自}}", Block::Since),
    block("年", (1, 1), "{{#年 2019}}{{财政.收入}}{{/年}}", Block::Year),
    block("上期", (0, 0), "{{#上期}}{{期间}}排查{{隐患.排查}}{{/上期}}", Block::Previous),
    block("年初", (0, 0), "年初{{#年初}}{{贷款.余额}}{{/年初}}", Block::YearStart),
    block("上年", (0, 0), "{{#上年}}{{年度}}实际支出{{经费.实际支出}}{{/上年}}", Block::LastYear),
    with_columns(Spec {
        parameters: &rows::EACH,
        ..block(EACH, (1, 1), "{{#each 投资项目 as |行|}}{{行.企业}}{{/each}}", Block::Each)
    }),
    with_columns(Spec {
        parameters: groups::OWN,
        ..block(
            GROUPING,
            (1, 1),
            "{{#分组 投资项目 按=\"行业\" as |组|}}{{组.名}}{{组.条数}}{{/分组}}",
            Block::Groups,
        )
    }),
    block("if", (1, 1), "{{#if 受表彰}}…{{/if}}", Block::If { when: true }),
    block("unless", (1, 1), "{{#unless 受表彰}}…{{/unless}}", Block::If { when: false }),
    block("若零", (1, 1), "{{#若零 事故}}未发生事故{{else}}发生事故{{事故}}{{/若零}}", Block::Zero),
    block(
        "若达",
        (2, 2),
        "{{#若达 办结率 \"90%\"}}办结率较高{{else}}还要加快办理{{/若达}}",
        Block::Reaches { beyond: false },
    ),
    block(
        "若超",
        (2, 2),
        "{{#若超 实际 目标}}超额完成{{else}}还没有超过{{/若超}}",
        Block::Reaches { beyond: true },
    ),
];

/// Whether a helper is written by its name.
pub(super) fn is_shown(spec: &Spec) -> bool {
    !matches!(spec.name, FACT | PART)
}

/// All helpers.
pub(super) fn specs() -> impl Iterator<Item = &'static Spec> {
    SPECS.iter()
}

/// The helper of a name.
pub(super) fn spec(name: &str) -> Option<&'static Spec> {
    SPECS.iter().find(|spec| spec.name == name)
}
