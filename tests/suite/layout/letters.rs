//! Letters made from numbers: the same seed, the same letter, with every element that a letter may hold.

use std::fmt::Write;
use std::sync::Arc;

use huibao::diag::Diagnostic;
use huibao::document::picture::{self, Picture};
use huibao::document::{Document, build};
use huibao::marked::Marked;
use huibao::period::Period;

use super::reports::{Dice, TITLES, prose, sentence};

const ORGANS: &[&str] = &[
    "青石镇人民政府",
    "中共云溪县青石镇委员会",
    "云溪县人民政府办公室",
    "青石镇防汛抗旱指挥部办公室",
    "中国人民政治协商会议云溪县委员会青石镇工作委员会",
];
const NAMES: &[&str] = &["张三", "李四", "欧阳明", "王小五", "赵六", "司马长风", "钱七"];
const ATTACHED: &[&str] = &[
    "各村防汛物资储备情况表",
    "2025年重点项目表",
    "青石镇关于贯彻落实县委关于加强和改进新形势下基层治理工作的意见的任务分解和责任分工一览表",
    "35户重点帮扶对象名单",
    "乡镇（街道）权责清单",
];
const COPIES: &[&str] = &[
    "县委办公室，县人大常委会办公室，县政协办公室",
    "县水利局，县应急管理局",
    "县委各部门，县人大常委会办公室，县政协办公室，县人民法院，县人民检察院，各人民团体，各村党支部、村民委员会",
    "县财政局",
];
const HEADS: &[&str] = &[
    "隐患排查",
    "抓学习宣传，增进各方共识",
    "以制度建设为保障，不断夯实履职尽责的基础和条件，推动工作经常化长效化",
    "35户脱贫户的帮扶",
];
const CELLS: &[&str] =
    &["东湾村", "1234.5", "西岭村第三村民小组", "12", "3.86", "正在安装调试，年内投用", "1560", "周平"];
const NOTES: &[&str] = &["此件公开发布", "联系人：王五，电话：0755-12345678", "此件发至村，不登报"];

/// A letter being written.
struct Writer {
    dice: Dice,
    text: String,
}

impl Writer {
    fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.dice.roll(from.len())]
    }

    /// True in one of so many cases.
    fn one_in(&mut self, most: usize) -> bool {
        self.dice.roll(most) == 0
    }

    /// 份号, 密级 and 紧急程度, each or not, and the mark.
    fn head(&mut self, form: &str) {
        for line in ["份号：000123", "密级：机密★1年", "紧急程度：特急"] {
            if self.one_in(3) {
                self.line(line);
            }
        }
        let organ = self.pick(ORGANS);
        match form {
            "文件" => {
                self.line(format!("发文机关标志：{organ}文件"));
                if self.one_in(5) {
                    self.line("发文机关标志：云溪县林业局文件");
                }
                self.line("发文字号：青政发〔2025〕11号");
                self.signers();
            }
            "信函" => {
                self.line(format!("信函标志：{organ}"));
                self.line("发文字号：青政函〔2025〕3号");
            }
            "命令" => {
                self.line(format!("命令标志：{organ}令"));
                self.line("发文字号：第3号");
            }
            "纪要" => {
                self.line(format!("纪要标志：{organ}会议纪要"));
                self.line("发文字号：第12期");
            }
            _ => {}
        }
    }

    /// One to seven who sign, or nobody.
    fn signers(&mut self) {
        let count = self.dice.roll(8);
        if count > 0 {
            let first = self.dice.roll(NAMES.len());
            let names: Vec<&str> = (0..count).map(|at| NAMES[(first + at) % NAMES.len()]).collect();
            self.line(format!("签发人：{}", names.join("、")));
        }
    }

    fn body(&mut self, parts: usize) {
        for _ in 0..parts {
            self.part();
        }
    }

    fn part(&mut self) {
        let head = self.pick(HEADS);
        match self.dice.roll(4) {
            0 => {
                let text = prose(&mut self.dice);
                self.line(format!("\n### {head}。{text}"));
            }
            1 => self.line(format!("\n## {head}\n### {head}")),
            _ => self.line(format!("\n## {head}")),
        }
        for _ in 0..1 + self.dice.roll(3) {
            self.text_or_table();
        }
    }

    fn text_or_table(&mut self) {
        match self.dice.roll(8) {
            0 | 1 => {
                let (lead, text) = (sentence(&mut self.dice, 1), prose(&mut self.dice));
                self.line(format!("- {lead}{text}"));
            }
            2 => self.table(false),
            3 if self.one_in(3) => self.table(true),
            4 if self.one_in(2) => self.picture(),
            _ => self.paragraph(),
        }
    }

    /// A picture as wide as the file says, or of a width that is asked for, up to most of a page in height.
    fn picture(&mut self) {
        let name = self.pick(&["村路.jpg", "示意图.png"]);
        let width = match self.dice.roll(16) {
            wide @ 2.. => format!("，宽 {wide}厘米"),
            _ => String::new(),
        };
        let caption = sentence(&mut self.dice, 2);
        self.line(format!("\n图片（{name}{width}）：{caption}\n"));
    }

    fn paragraph(&mut self) {
        let text = prose(&mut self.dice);
        self.line(format!("\n{text}\n"));
    }

    /// A table, upright or on its side, with or without a unit, merged cells and notes.
    fn table(&mut self, landscape: bool) {
        let columns = if landscape { 8 + self.dice.roll(4) } else { 2 + self.dice.roll(4) };
        let mark = if landscape { "表（横排）：" } else { "表：" };
        let what = self.pick(&["储备", "进展", "投资"]);
        self.line(format!("\n{mark}各村{what}情况"));
        if self.one_in(2) {
            self.line("单位：万元");
        }
        let row = |cells: &[String]| format!("| {} |", cells.join(" | "));
        let names: Vec<String> = (0..columns).map(|at| format!("指标{at}")).collect();
        let merged = self.one_in(2);
        self.line(row(&names));
        if merged {
            let under: Vec<String> =
                (0..columns).map(|at| if at == 0 { "^".into() } else { "上半年".into() }).collect();
            self.line(row(&under));
        }
        self.line(row(&vec!["---".to_owned(); columns]));
        let rows = if self.one_in(4) { 40 } else { 9 };
        let rows = self.dice.roll(rows);
        for index in 0..=rows {
            let cells: Vec<String> = (0..columns).map(|_| self.pick(CELLS).to_owned()).collect();
            let joined = merged && index % 3 > 0;
            let first = if joined { "^".to_owned() } else { cells[0].clone() };
            self.line(row(&[vec![first], cells[1..].to_vec()].concat()));
        }
        for _ in 0..self.dice.roll(3) {
            let note = sentence(&mut self.dice, 4);
            self.line(format!("注：{note}"));
        }
        self.line("");
    }

    /// How many are attached.
    fn attached(&mut self) -> Vec<&'static str> {
        let first = self.dice.roll(ATTACHED.len());
        let count = [0, 0, 1, 2, 4][self.dice.roll(5)];
        let names: Vec<&str> = (0..count).map(|at| ATTACHED[(first + at) % ATTACHED.len()]).collect();
        for name in &names {
            self.line(format!("附件：{name}"));
        }
        names
    }

    /// Who signs, with a seal or without.
    fn signed(&mut self, form: &str) {
        if form == "纪要" {
            let (here, away) = (self.dice.roll(2), self.dice.roll(2));
            self.line(
                "出席：张三、李四、欧阳明、王小五、赵六、司马长风、钱七、孙八、周九、吴十、郑十一、冯十二",
            );
            (0..here).for_each(|_| self.line("请假：王小五"));
            (0..away).for_each(|_| self.line("列席：赵六、钱七"));
            return;
        }
        let organ = self.pick(ORGANS);
        let organs = if self.one_in(6) { 2 } else { 1 };
        let start = if self.one_in(2) && form != "命令" { "盖章署名" } else { "署名" };
        (0..organs).for_each(|_| self.line(format!("{start}：{organ}")));
        let date = ["2025年1月5日", "2025年12月20日"][self.dice.roll(2)];
        self.line(format!("成文日期：{date}"));
        if self.one_in(2) {
            let note = self.pick(NOTES);
            self.line(format!("附注：{note}"));
        }
    }

    /// Each annex with its title, its numbering and its tables.
    fn annexes(&mut self, names: &[&str]) {
        for name in names {
            self.line(format!("\n附件\n# {name}\n"));
            match self.dice.roll(3) {
                0 => self.table(false),
                1 if self.one_in(2) => self.table(true),
                _ => {
                    let parts = 1 + self.dice.roll(2);
                    self.body(parts);
                }
            }
        }
    }

    fn imprint(&mut self) {
        if self.one_in(5) {
            return;
        }
        if !self.one_in(4) {
            let copies = self.pick(COPIES);
            self.line(format!("抄送：{copies}"));
        }
        let _ = write!(self.text, "印发机关：青石镇党政办公室\n印发日期：2025年12月21日\n");
    }
}

/// The letter of a seed.
pub fn letter(seed: u64) -> Document {
    let mut writer = Writer { dice: Dice::new(seed + 5000), text: String::new() };
    let form = writer.pick(&["文件", "文件", "信函", "命令", "纪要", ""]);
    writer.head(form);
    let title = writer.pick(TITLES);
    writer.line(format!("# {title}"));
    if form != "纪要" {
        writer.line("主送：云溪县人民政府");
    }
    writer.paragraph();
    let parts = writer.dice.roll(4);
    writer.body(parts);
    writer.line("\n特此报告。\n");
    let names = writer.attached();
    writer.signed(form);
    writer.annexes(&names);
    writer.imprint();
    built(writer.text)
}

fn found(name: &str) -> Result<Option<Arc<Picture>>, Diagnostic> {
    let bytes: &[u8] = match name {
        "村路.jpg" => include_bytes!("../../data/图片/村路.jpg"),
        _ => include_bytes!("../../data/图片/示意图.png"),
    };
    picture::read(name, Arc::from(bytes)).map(|picture| Some(Arc::new(picture)))
}

fn built(text: String) -> Document {
    let (trails, warnings, missing) = (Vec::new(), Vec::new(), Vec::new());
    let template = "报告".to_owned();
    build(&Marked { text, trails, warnings, missing, template, year: Period::year(2025) }, &found)
        .expect("a letter")
}
