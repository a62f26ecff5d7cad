//! Faces that stand in for those of the standard, the most alike first, and the names of their files.

use crate::layout::Face;

/// A face that may be on a computer.
#[derive(Debug)]
pub(super) struct Known {
    /// What it is called.
    pub name: &'static str,
    /// Names of its family in its file.
    pub families: &'static [&'static str],
    /// How the names of its files begin, in small letters and without signs between them.
    pub files: &'static [&'static str],
    /// It has the form that the standard asks for, if not its very name.
    pub alike: bool,
}

const fn like(
    name: &'static str,
    families: &'static [&'static str],
    files: &'static [&'static str],
) -> Known {
    Known { name, families, files, alike: true }
}

const fn unlike(
    name: &'static str,
    families: &'static [&'static str],
    files: &'static [&'static str],
) -> Known {
    Known { name, families, files, alike: false }
}

const NOTO_SERIF: Known = unlike(
    "Noto Serif CJK SC",
    &["Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "思源宋体"],
    &["notoserifcjkregular", "notoserifcjkscregular", "notoserifsc", "sourcehanserifsc", "notoserifcjk"],
);
const NOTO_SANS: Known = unlike(
    "Noto Sans CJK SC",
    &["Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "思源黑体"],
    &["notosanscjkregular", "notosanscjkscregular", "notosanssc", "sourcehansanssc", "notosanscjk"],
);
const SIMSUN: Known = unlike("宋体", &["SimSun", "宋体"], &["simsun"]);

const BODY: &[Known] = &[
    like(
        "仿宋_GB2312",
        &["仿宋_GB2312", "FangSong_GB2312"],
        &["仿宋gb2312", "fangsonggb2312", "fsgb2312", "simfanggb"],
    ),
    like("仿宋", &["仿宋", "FangSong"], &["simfang", "仿宋", "fangsong"]),
    like("华文仿宋", &["STFangsong", "华文仿宋"], &["stfangso", "stfangsong"]),
    like("方正仿宋", &["方正仿宋_GBK", "方正仿宋简体", "FZFangSong-Z02"], &["fzfs", "方正仿宋"]),
    like("FandolFang", &["FandolFang R", "FandolFang"], &["fandolfang"]),
    NOTO_SERIF,
    SIMSUN,
];
const KAI: &[Known] = &[
    like(
        "楷体_GB2312",
        &["楷体_GB2312", "KaiTi_GB2312"],
        &["楷体gb2312", "kaitigb2312", "ktgb2312", "simkaigb"],
    ),
    like("楷体", &["楷体", "KaiTi"], &["simkai", "楷体", "kaiti"]),
    like("华文楷体", &["STKaiti", "Kaiti SC", "华文楷体", "楷体-简"], &["stkaiti", "kaiti"]),
    like("方正楷体", &["方正楷体_GBK", "方正楷体简体"], &["fzkt", "方正楷体"]),
    like("FandolKai", &["FandolKai"], &["fandolkai"]),
    like("AR PL KaitiM GB", &["AR PL KaitiM GB"], &["gkai00mp"]),
    like("霞鹜文楷", &["LXGW WenKai", "霞鹜文楷"], &["lxgwwenkai"]),
    NOTO_SERIF,
    SIMSUN,
];
const HEI: &[Known] = &[
    like("黑体", &["黑体", "SimHei"], &["simhei", "黑体"]),
    like("华文黑体", &["STHeiti", "Heiti SC", "华文黑体", "黑体-简"], &["stheiti"]),
    like("方正黑体", &["方正黑体_GBK", "方正黑体简体"], &["fzht", "方正黑体"]),
    like("FandolHei", &["FandolHei"], &["fandolheiregular"]),
    NOTO_SANS,
    unlike("微软雅黑", &["Microsoft YaHei", "微软雅黑"], &["msyh"]),
    unlike("文泉驿正黑", &["WenQuanYi Zen Hei"], &["wqyzenhei"]),
    unlike("苹方", &["PingFang SC"], &["pingfang"]),
];
const TITLE: &[Known] = &[
    like(
        "方正小标宋简体",
        &["方正小标宋简体", "FZXiaoBiaoSong-B05S"],
        &["fzxbsjw", "方正小标宋简体", "fzxiaobiaosongb05s"],
    ),
    like(
        "方正小标宋_GBK",
        &["方正小标宋_GBK", "FZXiaoBiaoSong-B05"],
        &["fzxbsk", "方正小标宋", "fzxiaobiaosong", "小标宋"],
    ),
    unlike("华文中宋", &["STZhongsong", "华文中宋"], &["stzhongs"]),
    unlike("FandolSong", &["FandolSong"], &["fandolsongbold"]),
    unlike(
        "Noto Serif CJK SC 粗体",
        &["Noto Serif CJK SC", "Source Han Serif SC"],
        &["notoserifcjksemibold", "notoserifcjkbold", "notoserifcjkscbold", "sourcehanserifscbold"],
    ),
    SIMSUN,
    NOTO_SERIF,
];
const SONG: &[Known] = &[
    like("宋体", &["SimSun", "宋体"], &["simsun", "宋体"]),
    like("华文宋体", &["STSong", "Songti SC", "华文宋体", "宋体-简"], &["stsong", "songti"]),
    like("方正书宋", &["方正书宋_GBK", "方正书宋简体"], &["fzss", "方正书宋"]),
    like("FandolSong", &["FandolSong"], &["fandolsongregular"]),
    like("AR PL SungtiL GB", &["AR PL SungtiL GB"], &["gbsn00lp"]),
    NOTO_SERIF,
];
/// Faces with characters that others lack.
const RICH: &[Known] = &[
    SIMSUN,
    unlike("宋体-ExtB", &["SimSun-ExtB", "宋体-ExtB"], &["simsunb"]),
    unlike("宋体-ExtG", &["SimSun-ExtG"], &["simsunextg"]),
    unlike("霞鹜文楷", &["LXGW WenKai"], &["lxgwwenkai"]),
    NOTO_SERIF,
    NOTO_SANS,
    unlike("微软雅黑", &["Microsoft YaHei"], &["msyh"]),
    unlike("Segoe UI Symbol", &["Segoe UI Symbol"], &["seguisym"]),
    unlike("DejaVu Sans", &["DejaVu Sans"], &["dejavusans"]),
    unlike("Arial Unicode MS", &["Arial Unicode MS"], &["arialuni"]),
];

/// The faces that may draw a face of the standard, that one first.
pub(super) fn of(face: Face) -> &'static [Known] {
    match face {
        Face::Title => TITLE,
        Face::Body => BODY,
        Face::Kai => KAI,
        Face::Hei => HEI,
        Face::Song => SONG,
    }
}

/// The faces that are asked for rare characters.
pub(super) fn rich() -> &'static [Known] {
    RICH
}

/// The name of a face in GB/T 9704-2012 and in common use.
pub(super) fn standard(face: Face) -> &'static str {
    of(face).first().map_or("", |known| known.name)
}

/// The face of this name, if it is known.
pub(super) fn named(name: &str) -> Option<&'static Known> {
    let all = [BODY, KAI, HEI, TITLE, SONG, RICH];
    let is = |known: &&Known| {
        plain(known.name) == plain(name) || known.families.iter().any(|family| plain(family) == plain(name))
    };
    all.into_iter().flatten().find(is)
}

/// A name in small letters without signs, so that spellings of one name are one.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
