//! `docs/新报告.md` walked from the first step to the last: its files are written, its commands are run, and what it
//! shows is what comes of them.

use crate::project::{root, run_in};

/// A block of the page: what stands behind the fence, and what is in it.
struct Block {
    info: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some(Block { info: info.to_owned(), text: String::new() }),
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

#[test]
fn a_second_author_writes_a_new_kind_by_the_page_alone() {
    let page = std::fs::read_to_string(root().join("docs/新报告.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (mut said, mut files, mut commands, mut shown) = (String::new(), 0, 0, 0);
    for block in blocks(&page) {
        match block.info.split_once(' ') {
            Some((_, file)) => {
                let path = folder.path().join(file);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, &block.text).unwrap();
                files += 1;
            }
            None if block.info == "sh" => {
                for command in block.text.lines() {
                    let mut words = command.split_whitespace();
                    assert_eq!(words.next(), Some("huibao"), "{command}");
                    let run = run_in(folder.path(), &words.collect::<Vec<_>>());
                    assert_eq!(run.status, 0, "{command}\n{}{}", run.stdout, run.stderr);
                    assert!(!run.stderr.contains("警告"), "{command}\n{}", run.stderr);
                    said = run.stdout;
                    commands += 1;
                }
            }
            None => {
                assert_eq!(said, block.text);
                shown += 1;
            }
        }
    }
    assert!(files >= 7 && commands >= 5 && shown == 2, "{files} {commands} {shown}");
}
