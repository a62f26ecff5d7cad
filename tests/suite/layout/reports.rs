//! Reports made from numbers: the same seed, the same report, with everything a report may hold.

use huibao::document::{Align, Block, Cell, ChartKind, Document, Inline, Merged, Row, Table};

/// Words of which sentences are made: figures, quotes, brackets, dashes, Latin words, long enumerations.
const CLAUSES: &[&str] = &[
    "全镇上下紧紧围绕中心工作",
    "完成固定资产投资9132.5万元",
    "比上年增长17.3%",
    "新改建农村公路15.8公里",
    "《中国人民政治协商会议章程》和《关于加强人民政协工作的意见》等文件得到落实",
    "召开“院坝会”“屋场会”26场次",
    "做到“月月有活动、季季有主题、年年有总结”",
    "党委书记总揽、分管领导（兼工联委主任）主抓",
    "建成5G基站12个",
    "全年GDP达到3.86亿元",
    "A级景区接待游客12,600人次",
    "从2009—2011年的情况看",
    "群众满意率由92.5%提高到96.8%",
    "水稻、油菜、烤烟、金银花、生猪、肉牛等产业稳步发展",
    "干部职工走村串户",
    "把政策讲到院落",
    "矛盾纠纷调处率达100%",
    "办结率为98％",
    "气温降到零下5℃时启动预案",
    "参加县里组织的“百村千户”大走访",
    "解决了行路难、饮水难、看病难等一批难题",
    "这项工作——也是委员最关心的工作——已见成效",
    "联系电话0739-8231234",
    "文号为隆政发〔2011〕8号",
    "农业站站长带领科技人员下田指导",
    "示范双季稻1560亩",
    "事事有着落",
    "创办（控股）企业3家",
    "其中2011年到位4800万元",
    "用稿22篇",
];
/// What stands between and after clauses.
const JOINTS: &[&str] = &["，", "，", "，", "，", "；", "、", "：", "，而且", "，并"];
const ENDS: &[&str] = &["。", "。", "。", "！", "？", "。”"];
const HEADS: &[&str] = &[
    "抓学习宣传，增进各方共识",
    "抓项目",
    "以制度建设为保障，不断夯实委员履职尽责的基础和条件，推动工作经常化",
    "下一步打算",
];
pub const TITLES: &[&str] = &[
    "云溪镇政协工作汇报",
    "云溪镇2011年度政协工作情况汇报",
    "中共隆回县云溪镇委员会关于2011年度人民政协工作开展情况的汇报",
    "隆回县云溪镇人民政府关于贯彻落实县委关于加强和改进新形势下人民政协工作的意见情况和二〇一二年工作打算的汇报",
];
const CELLS: &[&str] = &[
    "镇东新型建材厂",
    "6700万元",
    "210人",
    "湖南省宝庆农产品出口有限公司",
    "已投产",
    "1.2",
    "",
    "正在进行设备安装和调试，预计明年上半年投产见效",
    "周平",
];

/// Reports whose tables have no merged cells.
const PLAIN: u64 = 10;
/// Reports from here on have tables on pages of their own, which lie on their side.
const LANDSCAPE: u64 = 20;

/// A stream of numbers.
pub struct Dice(u64);

impl Dice {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66)
    }

    /// A number below `most`.
    pub fn roll(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.roll(from.len())]
    }
}

fn text(words: impl Into<String>) -> Vec<Inline> {
    vec![Inline::Text(words.into())]
}

pub fn sentence(dice: &mut Dice, most: usize) -> String {
    let mut words = String::new();
    for index in 0..=dice.roll(most) {
        words.push_str(if index > 0 { dice.pick(JOINTS) } else { "" });
        words.push_str(dice.pick(CLAUSES));
    }
    words.push_str(dice.pick(ENDS));
    words
}

pub fn prose(dice: &mut Dice) -> String {
    (0..=dice.roll(4)).map(|_| sentence(dice, 6)).collect()
}

fn table(dice: &mut Dice) -> Table {
    let columns = 2 + dice.roll(4);
    let row = |dice: &mut Dice| (0..columns).map(|_| text(dice.pick(CELLS))).collect::<Vec<_>>();
    let aligns = [Align::Left, Align::Center, Align::Right];
    Table {
        caption: if dice.roll(4) == 0 { Vec::new() } else { text("委员投资项目情况") },
        head: vec![
            (0..columns)
                .map(|_| text(dice.pick(&["委员", "企业名称", "投资", "安置就业人数", "进度"])))
                .collect::<Vec<_>>()
                .into(),
        ],
        rows: (0..=dice.roll(24)).map(|_| row(dice).into()).collect(),
        align: (0..columns).map(|_| aligns[dice.roll(3)]).collect(),
        ..Table::default()
    }
}

/// A table with a head of two rows, merged cells and cells of several paragraphs.
fn merged_table(dice: &mut Dice) -> Table {
    let mut table = table(dice);
    let columns = table.width();
    let second = (0..columns).map(|_| text(dice.pick(&["男", "女", "合计（万元）"]))).collect::<Vec<_>>();
    table.head.push(second.into());
    let grouped = dice.roll(columns - 1);
    for column in 0..columns {
        let (row, merged) = match column {
            _ if column == grouped + 1 => (0, Merged::Left),
            _ if column == grouped => continue,
            _ => (1, Merged::Up),
        };
        table.head[row].cells[column] = Cell { merged, ..Cell::default() };
    }
    let group = 2 + dice.roll(4);
    for (index, row) in table.rows.iter_mut().enumerate() {
        merge(dice, row, index % group > 0);
    }
    table.settle();
    table
}

/// Joins the first cell of a row to the one above, some others to their neighbours, and parts some by breaks.
fn merge(dice: &mut Dice, row: &mut Row, goes_on: bool) {
    if goes_on {
        row.cells[0] = Cell { merged: Merged::Up, ..Cell::default() };
    } else {
        // LibreOffice cuts the words of a merged cell off where they need more than the rows before the end of a page.
        row.cells[0] = text(dice.pick(&["第一片", "东湾村", "其他"])).into();
    }
    let last = row.cells.len() - 1;
    match dice.roll(8) {
        0 if last > 1 => row.cells[last] = Cell { merged: Merged::Left, ..Cell::default() },
        1 => row.cells[last] = text(format!("{}\n{}", dice.pick(CELLS), dice.pick(CELLS))).into(),
        _ => {}
    }
}

fn section(dice: &mut Dice, number: usize, table: fn(&mut Dice) -> Table, blocks: &mut Vec<Block>) {
    let numerals = ["一", "二", "三", "四", "五"];
    let numeral = numerals[number % 5];
    let head = |level, number: String, dice: &mut Dice| Block::Heading {
        level,
        number,
        text: text(dice.pick(HEADS)),
        body: Vec::new(),
    };
    blocks.push(head(1, format!("{numeral}、"), dice));
    blocks.push(Block::Paragraph(text(prose(dice))));
    let points = dice.roll(4);
    for (index, point) in numerals.iter().enumerate().take(points) {
        match dice.roll(5) {
            4 => blocks.push(Block::Heading {
                level: 1 + dice.roll(3) as u8,
                number: format!("（{point}）"),
                text: text(format!("{}。", dice.pick(HEADS))),
                body: text(prose(dice)),
            }),
            0 => {
                blocks.push(head(2, format!("（{point}）"), dice));
                blocks.push(head(3, format!("{}.", index + 1), dice));
                blocks.push(Block::Paragraph(text(prose(dice))));
            }
            1 => {
                blocks.push(Block::Paragraph(text(prose(dice))));
                blocks.push(Block::Table(table(dice)));
            }
            _ => blocks.push(Block::Point {
                number: format!("{point}是"),
                lead: text(sentence(dice, 1)),
                text: text(prose(dice)),
            }),
        }
    }
}

/// A table for a page on its side: more columns, and now and then several pages of rows.
fn wide_table(dice: &mut Dice) -> Table {
    let columns = 8 + dice.roll(5);
    let row = |dice: &mut Dice| (0..columns).map(|_| text(dice.pick(CELLS))).collect::<Vec<_>>().into();
    let head = |dice: &mut Dice| text(dice.pick(&["委员", "企业名称", "投资", "安置就业人数", "进度"]));
    Table {
        caption: if dice.roll(3) == 0 {
            Vec::new()
        } else {
            text("委员投资项目全年进展情况一览")
        },
        head: vec![(0..columns).map(|_| head(dice)).collect::<Vec<_>>().into()],
        rows: (0..=dice.roll(45)).map(|_| row(dice)).collect(),
        landscape: true,
        ..Table::default()
    }
}

/// Tables on their side at the start of a part, in the middle of the text, behind another table, two behind each other,
/// and before the signature.
fn turn(dice: &mut Dice, blocks: &mut Vec<Block>) {
    let heading = |block: &Block| matches!(block, Block::Heading { level: 1, .. });
    let part = blocks.iter().rposition(heading).unwrap_or(0);
    let table = blocks.iter().position(|block| matches!(block, Block::Table(_))).unwrap_or(2);
    let end = blocks.len() - 2;
    for after in [part, blocks.len() / 2, table, table, end - 1] {
        if dice.roll(2) == 0 {
            blocks.insert(after + 1, Block::Table(wide_table(dice)));
        }
    }
    blocks.insert(blocks.len() - 2, Block::Table(wide_table(dice)));
}

/// The report of a seed; the later ones have merged cells, the last ones pages on their side.
pub fn report(seed: u64) -> Document {
    let mut dice = Dice::new(seed);
    let table = if seed < PLAIN { table } else { merged_table };
    let mut blocks = vec![Block::Title(text(dice.pick(TITLES)))];
    if dice.roll(2) == 0 {
        blocks.push(Block::Byline(text("（2011年12月20日）")));
    }
    blocks.push(Block::Recipient(text("政协隆回县委员会：")));
    blocks.push(Block::Paragraph(text(prose(&mut dice))));
    for number in 0..3 + dice.roll(3) {
        section(&mut dice, number, table, &mut blocks);
    }
    blocks.push(Block::Paragraph(text(prose(&mut dice))));
    if dice.roll(4) > 0 {
        blocks.push(Block::Paragraph(text("特此汇报。")));
    }
    blocks.push(Block::Signature(text(dice.pick(&["中共隆回县云溪镇委员会", "云溪镇政协"]))));
    blocks.push(Block::Date(text("2011年12月20日")));
    // LibreOffice parts some rows of merged cells elsewhere, so those reports keep the pages that they have.
    let mut blocks = if seed < PLAIN { beside(seed, blocks) } else { blocks };
    if seed >= LANDSCAPE {
        turn(&mut dice, &mut blocks);
    }
    Document { blocks, ..Document::default() }
}

/// A report with charts between paragraphs, one of which has no room at the foot of its page.
pub fn charts() -> Document {
    let dice = &mut Dice::new(77);
    let mut blocks = vec![Block::Title(text("云溪镇招商引资工作汇报"))];
    for (count, kind) in [(1, ChartKind::Bar), (3, ChartKind::Line), (2, ChartKind::Bar)] {
        blocks.extend((0..count).map(|_| Block::Paragraph(text(prose(dice)))));
        let row = |year: usize| {
            [format!("{year}年"), format!("{}万元", 900 + year * 7 % 400)].map(text).to_vec().into()
        };
        blocks.push(Block::Table(Table {
            caption: text(format!("近{}年到位资金情况", 3 + count)),
            head: vec![["年份", "到位资金"].map(text).to_vec().into()],
            rows: (2022 - count..=2024).map(row).collect(),
            align: vec![Align::Left, Align::Right],
            chart: Some(kind),
            ..Table::default()
        }));
    }
    blocks.extend((0..4).map(|_| Block::Paragraph(text(prose(dice)))));
    Document { blocks, ..Document::default() }
}

/// The blocks with the lines of units above some tables, and with notes under some.
fn beside(seed: u64, blocks: Vec<Block>) -> Vec<Block> {
    let mut dice = Dice::new(seed + 1000);
    let mut all = Vec::new();
    for block in blocks {
        let Block::Table(table) = block else {
            all.push(block);
            continue;
        };
        let unit = if dice.roll(2) == 0 { "单位：万元".to_owned() } else { String::new() };
        all.push(Block::Table(Table { unit, ..table }));
        for _ in 0..dice.roll(3) {
            all.push(Block::TableNote(text(format!("注：{}", prose(&mut dice)))));
        }
    }
    all
}
