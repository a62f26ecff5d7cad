//! Where a long title breaks: lines of like length that end between words (GB/T 9704-2012, 7.3.1: 梯形或菱形,
//! 词意完整).
//!
//! No dictionary: a list of the words that titles of reports are made of, and the characters between which a
//! title is wont to break.

use std::cmp::Reverse;

use super::width::half_cells;

/// Words that stay whole.
const WORDS: &str = "工作 情况 汇报 报告 人民政协 人民政府 人民代表 总结 打算 意见 建议 人民 政府 政协 人大 代表 大会 委员 委员会 全国 全省 全市 全县 全镇 \
    开展 落实 贯彻 推进 建设 发展 经济 社会 年度 上半年 下半年 进一步 加强 改进 完善 新形势 关于 有关 实施 方案 安排 计划 \
    精神 会议 农村 农业 农民 民生 安全 生产 环境 整治 教育 学习 宣传 活动 管理 服务 干部 群众 党委 党组 党建 廉政 乡村 振兴 \
    脱贫 攻坚 巩固 拓展 成果 衔接 完成 目标 任务 重点 基层 治理 信访 综合 财政 预算 执行 决算 项目 投资 招商 引资 考核 自查 \
    调研 监督 检查 整改 履职 述职 街道 办事处 办公室 领导 小组 联络 政治 协商 文明 卫生 计划生育 森林 防火 防汛 抗旱 征兵";
/// A line gladly ends after these.
const ENDS: &str = "的和与及、会府委局部办组省市县镇乡村年》”）";
/// A line may not begin with these.
const NOT_FIRST: &str = "，、。；：！？》”’）〕】的和与及年月日度届次个第号";
/// A line may not end with these.
const NOT_LAST: &str = "“‘《（〔【第";

/// What a break costs by the place where it stands, against squares of half characters.
const BETWEEN: usize = 36;
const INSIDE: usize = 900;

/// Breaks of a title as byte offsets: lines of at most `most` half characters, as few as can be, of like
/// length. Empty where it fits on one line. What cannot be broken is left longer.
pub fn breaks(title: &str, most: usize) -> Vec<usize> {
    let cells = half_cells(title);
    if cells <= most || most == 0 {
        return Vec::new();
    }
    let ideal = cells.div_ceil(cells.div_ceil(most));
    let places = places(title);
    // For every place: the least cost of the lines up to it, and where its line begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![Some((0, 0))];
    for end in 1..places.len() {
        let starts = (0..end).rev().take_while(|start| places[end].cells - places[*start].cells <= most);
        let cost = |start: usize| {
            let (before, _) = best[start]?;
            let off = (places[end].cells - places[start].cells).abs_diff(ideal);
            Some((before + off * off + places[end].cost, start))
        };
        // Of equals the one with the shorter line below.
        let found = starts.filter_map(cost).min_by_key(|(cost, start)| (*cost, Reverse(*start)));
        // A run that is longer than a line stands on one all the same.
        best.push(found.or_else(|| best[end - 1].map(|(before, _)| (before, end - 1))));
    }
    let mut breaks = Vec::new();
    let mut at = places.len() - 1;
    while let Some((_, start)) = best[at].filter(|(_, start)| *start > 0) {
        breaks.push(places[start].at);
        at = start;
    }
    breaks.reverse();
    breaks
}

/// A place where a line may end.
struct Place {
    at: usize,
    /// Half characters before it.
    cells: usize,
    cost: usize,
}

/// The start, every place where a line may end, and the end.
fn places(title: &str) -> Vec<Place> {
    let mut inside = vec![false; title.len()];
    for word in WORDS.split_whitespace() {
        for (at, _) in title.match_indices(word) {
            inside[at + 1..at + word.len()].fill(true);
        }
    }
    let mut places = vec![Place { at: 0, cells: 0, cost: 0 }];
    let (mut cells, mut before) = (0, None);
    for (at, c) in title.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            let begins = title[at..].starts_with("关于");
            let cost = match before {
                _ if inside[at] => INSIDE,
                _ if begins => 0,
                Some(before) if ENDS.contains(before) => 0,
                _ => BETWEEN,
            };
            places.push(Place { at, cells, cost });
        }
        before = Some(c);
        cells += half_cells(c.encode_utf8(&mut [0; 4]));
    }
    places.push(Place { at: title.len(), cells, cost: 0 });
    places
}

fn may_break(before: char, after: char) -> bool {
    let number = |c: char| c.is_ascii_graphic() || "〇一二三四五六七八九十".contains(c);
    !(NOT_FIRST.contains(after) || NOT_LAST.contains(before) || (number(before) && number(after)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(title: &str) -> Vec<&str> {
        let mut from = 0;
        let ends = breaks(title, 40).into_iter().chain([title.len()]);
        ends.map(|to| &title[std::mem::replace(&mut from, to)..to]).collect()
    }

    #[test]
    fn titles_break_between_words_into_lines_of_like_length() {
        let cases: [&[&str]; 5] = [
            &["云溪镇2011年度政协工作情况汇报"],
            &["清溪镇关于二〇一一年度人民政协", "工作情况和下一步打算的汇报"],
            &["中共隆回县云溪镇委员会关于2011年度", "人民政协工作开展情况的汇报"],
            &["云溪镇人民政府关于贯彻落实《中共中央", "关于加强人民政协工作的意见》情况的汇报"],
            &[
                "隆回县云溪镇人民政府关于贯彻落实县委",
                "关于加强和改进新形势下人民政协工作的",
                "意见情况和二〇一二年工作打算的汇报",
            ],
        ];
        for case in cases {
            assert_eq!(lines(&case.concat()), case);
        }
    }

    proptest! {
        #[test]
        fn lines_are_the_title_and_no_longer_than_they_may_be(title in "[一-龥A-Z0-9，。《》的年 ]{0,90}") {
            let lines = lines(&title);
            prop_assert_eq!(lines.concat(), title.clone());
            let longest_run = title.split(|c: char| !c.is_ascii_graphic()).map(str::len).max().unwrap_or(0);
            if !title.contains(['，', '。', '《', '》', '的', '年', ' ']) && longest_run < 10 {
                prop_assert!(lines.iter().all(|line| half_cells(line) <= 40), "{:?}", lines);
            }
        }

        #[test]
        fn any_title_breaks_at_characters(title in "\\PC{0,200}", most in 0usize..50) {
            prop_assert!(breaks(&title, most).iter().all(|at| title.is_char_boundary(*at)));
        }
    }
}
