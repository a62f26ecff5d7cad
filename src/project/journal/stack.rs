//! Which step undo takes back and which one redo makes again: told by reading the log.

use super::log::{Step, StepKind};

/// Steps that undo reaches.
pub(super) const REACH: usize = 200;

/// Steps that can be taken back and made again, the next one last.
#[derive(Debug, Default)]
pub(super) struct Stack<'l> {
    pub undo: Vec<&'l Step>,
    pub redo: Vec<&'l Step>,
}

/// Reads the newest steps. A new change ends what could be made again.
pub(super) fn read(steps: &[Step]) -> Stack<'_> {
    let mut stack = Stack::default();
    for step in &steps[steps.len().saturating_sub(REACH)..] {
        match step.kind {
            StepKind::Edit | StepKind::Outside | StepKind::Restore => {
                stack.undo.push(step);
                stack.redo.clear();
            }
            StepKind::Undo => turn(&mut stack.undo, &mut stack.redo, step),
            StepKind::Redo => turn(&mut stack.redo, &mut stack.undo, step),
            StepKind::Mark => {}
        }
    }
    stack
}

/// The step that was turned goes to the other side. One that was merged away by thinning ends that side.
fn turn<'l>(from: &mut Vec<&'l Step>, to: &mut Vec<&'l Step>, step: &Step) {
    match from.pop() {
        Some(turned) if Some(turned.id) == step.of => to.push(turned),
        _ => {
            from.clear();
            to.clear();
        }
    }
}
