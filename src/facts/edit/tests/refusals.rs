//! What is refused, and how it is said.

use super::{Row, apply, cell, cells, field, insert, list, move_row, remove, remove_row, rename, rows, set};
use crate::facts::edit::FactEdit;

const TEXT: &str = "年度: 2011\n委员:\n  总数: 17名\n会议: {值: 1次, 来源: 党办}\n界别: [科技]\n\
    项目:\n  - {企业: 甲}\n事迹: |\n  一\n日.期: 1\n";

#[test]
fn a_refusal_says_what_is_wrong() {
    let cases: [(FactEdit, &str); 35] = [
        (set("委员", "1名"), "“委员”不是单个的值，不能这样改"),
        (set("界别", "1"), "“界别”不是单个的值，不能这样改"),
        (set("事迹", "二"), "“事迹”不是单个的值，不能这样改"),
        (set("委员.总数.男", "1"), "“委员.总数”自己有值，下面不能再有别的项"),
        (set("会议.甲", "1"), "“会议”自己有值，下面不能再有别的项"),
        (set("日", "1"), "“日”是一组，下面有别的项，自己不能再有值"),
        (set("委员..男", "1"), "名称“委员..男”是空的，或前后有空格、多余的点、看不见的字符"),
        (set("", "1"), "名称“”是空的，或前后有空格、多余的点、看不见的字符"),
        (set("委员. 男", "1"), "名称“委员. 男”是空的，或前后有空格、多余的点、看不见的字符"),
        (set("甲", "1\n2"), "新的值里有换行或控制字符，不能写入"),
        (set("甲", "\u{E000}"), "新的值里有换行或控制字符，不能写入"),
        (set("项目[2].企业", "乙"), "文件里没有“项目[2].企业”"),
        (set("界别[1]", " "), "名单“界别[1]”里有一项是空的，没有内容的请删去"),
        (field("没有", "来源", "党办"), "文件里没有“没有”"),
        (field("委员", "来源", "党办"), "“委员”不是单个的值，不能这样改"),
        (field("委员.总数", "单位", "名"), "“委员.总数”后面不能写“单位”，只能写值、来源、说明、估计、待核"),
        (field("项目[1]", "来源", "名"), "“项目[1]”不是单个的值，不能这样改"),
        (field("项目[1].企业", "估计", "是"), "台账的一格“项目[1].企业”后面只能写值、来源、说明"),
        (remove("没有"), "文件里没有“没有”"),
        (remove("项目[3]"), "文件里没有“项目[3]”"),
        (rename("没有", "甲"), "文件里没有“没有”"),
        (rename("委员.总数", "会议"), "文件里已经有“会议”"),
        (rename("委员.总数", "委员"), "“委员”是一组，下面有别的项，自己不能再有值"),
        (rename("委员", "委员.甲"), "不能把“委员”移到它自己下面"),
        (rename("委员.总数", "会议.总数"), "“会议”自己有值，下面不能再有别的项"),
        (list("项目", &["甲"]), "“项目”不是名单"),
        (list("会议", &["甲"]), "“会议”不是名单"),
        (list("界别", &["甲", ""]), "名单“界别”里有一项是空的，没有内容的请删去"),
        (cell("界别", 1, "企业", "乙"), "“界别”不是台账"),
        (cell("项目", 2, "企业", "乙"), "台账“项目”有1行，没有第2行"),
        (insert("项目", 3, &[("企业", "乙")]), "台账“项目”有1行，没有第3行"),
        (insert("项目", 1, &[("企业", "乙"), ("企业", "丙")]), "同一行里“企业”写了两次"),
        (remove_row("项目", 0), "台账“项目”有1行，没有第0行"),
        (move_row("项目", 1, 2), "台账“项目”有1行，没有第2行"),
        (
            rows("项目", &[Row::New(cells(&[("", "丙")]))]),
            "名称“”是空的，或前后有空格、多余的点、看不见的字符",
        ),
    ];
    for (change, message) in cases {
        let refused =
            apply(TEXT, &[set("委员.总数", "18名"), change.clone()]).map_err(|error| error.to_string());
        assert_eq!(refused, Err(message.to_owned()), "{change:?}");
    }
}

#[test]
fn a_broken_file_is_left_alone() {
    for text in ["甲: [", "总数：17\n", "甲: 1\n甲: 2\n"] {
        let refused = apply(text, &[set("甲", "1")]).map_err(|error| error.to_string());
        assert_eq!(refused, Err("文件本身有错误，请先改好再填数".to_owned()));
    }
}

#[test]
fn no_changes_no_difference() {
    assert_eq!(apply(TEXT, &[]).as_deref(), Ok(TEXT));
    assert_eq!(apply(TEXT, &[set("会议", "1次"), list("界别", &["科技"])]).as_deref(), Ok(TEXT));
}

#[test]
fn too_many_levels_are_refused() {
    let deep = vec!["甲"; 100_000].join(".");
    assert!(apply(TEXT, &[set(&deep, "1")]).is_err());
    let deep = vec!["甲"; 63].join(".");
    let text = apply("", &[set(&deep, "1")]).map(|text| text.lines().count());
    assert_eq!(text, Ok(63));
}
