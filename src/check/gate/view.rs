//! The gate for the terminal, for programs and for comments.

use serde_json::{Value, json};

use super::{Gate, Judged, Verdict};
use crate::check::Prose;
use crate::diag::{Diagnostic, Level, Place};
use crate::zh::width::{display_width, pad_right};

impl Gate {
    /// A summary, then every figure that somebody must look at, then those that agree.
    pub fn text(&self) -> String {
        let mut text = self.summary();
        const SHOWN: [Verdict; 6] = [
            Verdict::Contradicting,
            Verdict::Unclear,
            Verdict::Unknown,
            Verdict::Approximate,
            Verdict::Derived,
            Verdict::Equal,
        ];
        for verdict in SHOWN {
            let figures: Vec<&Judged> =
                self.figures.iter().filter(|figure| figure.verdict == verdict).collect();
            if figures.is_empty() {
                continue;
            }
            text.push_str(&format!("\n{}（{}处）\n", verdict.label(), figures.len()));
            let width = figures.iter().map(|figure| display_width(&figure.text)).max().unwrap_or(0);
            for figure in figures {
                let place = format!("第{}段", figure.line + 1);
                let instead =
                    figure.expected.as_ref().map(|expected| format!("  → {expected}")).unwrap_or_default();
                let words = pad_right(&figure.text, width);
                text.push_str(&format!("  {}  {words}  {}{instead}\n", pad_right(&place, 8), figure.message));
            }
        }
        text
    }

    /// `共57个数字：相符40，约数相符5，…`.
    pub fn summary(&self) -> String {
        let counts: Vec<String> = Verdict::ALL
            .iter()
            .map(|verdict| format!("{}{}", verdict.label(), self.count(*verdict)))
            .collect();
        format!("对照{}事实，共{}个数字：{}\n", self.year, self.figures.len(), counts.join("，"))
    }

    /// The figures that somebody must look at, as problems of the draft.
    pub fn findings(&self, draft: &Prose) -> Vec<Diagnostic> {
        let looked_at = self.figures.iter().filter(|figure| figure.verdict >= Verdict::Unknown);
        looked_at.filter_map(|figure| finding(figure, draft)).collect()
    }

    /// One JSON object with stable English keys; numbers of facts are strings.
    pub fn to_json(&self) -> Value {
        let summary: serde_json::Map<String, Value> = Verdict::ALL
            .iter()
            .map(|verdict| (verdict.name().to_owned(), self.count(*verdict).into()))
            .collect();
        json!({
            "schema_version": 1,
            "year": self.year,
            "summary": summary,
            "figures": self.figures.iter().map(figure).collect::<Vec<_>>(),
        })
    }
}

fn finding(figure: &Judged, draft: &Prose) -> Option<Diagnostic> {
    let line = draft.lines.iter().find(|line| line.number == figure.line)?;
    let span = line.span.start + figure.span.start..line.span.start + figure.span.end;
    let (rule, level) = match figure.verdict {
        Verdict::Contradicting => ("gate-contradicting", Level::Error),
        Verdict::Unclear => ("gate-unclear", Level::Warning),
        _ => ("gate-unknown", Level::Warning),
    };
    let hint = match &figure.expected {
        Some(expected) => format!("事实文件里是{expected}；哪一个对，请核对来源"),
        None => "请核对来源；确实要用，请先写进事实文件".to_owned(),
    };
    let problem = Diagnostic::new(rule, level, format!("“{}”{}", figure.text, figure.message));
    Some(problem.at(&Place::new(&draft.source, span)).hint(hint))
}

fn figure(figure: &Judged) -> Value {
    json!({
        "text": figure.text,
        "paragraph": figure.line + 1,
        "start": figure.start,
        "verdict": figure.verdict.name(),
        "message": figure.message,
        "expected": figure.expected,
        "derivation": figure.derivation,
        "facts": figure.facts.iter().map(|fact| &**fact).collect::<Vec<_>>(),
    })
}

impl Judged {
    /// What a comment on the figure says, a paragraph a line.
    pub fn comment(&self) -> String {
        let mut lines = vec![format!("【{}】{}", self.verdict.label(), self.message)];
        lines.extend(self.expected.as_ref().map(|expected| format!("事实：{expected}")));
        lines.extend(self.facts.iter().map(|fact| {
            format!("{} {} {}（{} 第{}行）", fact.year, fact.path, fact.text, fact.file, fact.line)
        }));
        lines.join("\n")
    }
}
