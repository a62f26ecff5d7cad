//! Keeps the log small: old steps that followed one another closely become one, and at last the oldest go.
//! A state that got a name stays as long as the log does.

use jiff::SignedDuration;

use super::log::{Log, Step, Turn};
use super::stack::REACH;

/// Steps that a log has at most.
const MOST: usize = 600;
/// Old steps that lie closer together than this become one.
const CLOSE: SignedDuration = SignedDuration::from_mins(10);
/// Contents that nothing speaks of are looked for after so many steps.
pub(super) const SWEEP: u64 = 50;

/// Thins what undo does not reach.
pub(super) fn thin(log: &mut Log) {
    let old = log.steps.len().saturating_sub(REACH);
    if old == 0 {
        return;
    }
    let newer = log.steps.split_off(old);
    let mut thinned: Vec<Step> = Vec::new();
    for step in std::mem::take(&mut log.steps) {
        match thinned.last_mut() {
            Some(last) if last.name.is_none() && step.at.duration_since(last.at) < CLOSE => {
                *last = merged(last, step);
            }
            _ => thinned.push(step),
        }
    }
    let many = (thinned.len() + newer.len()).saturating_sub(MOST);
    let unnamed: Vec<u64> =
        thinned.iter().filter(|step| step.name.is_none()).take(many).map(|step| step.id).collect();
    // What is dropped lives on in the step behind it, so that the chain holds.
    for id in unnamed {
        let Some(at) = thinned.iter().position(|step| step.id == id) else { continue };
        let gone = thinned.remove(at);
        if at > 0
            && let Some(next) = thinned.get(at).cloned()
        {
            thinned[at] = merged(&gone, next);
        }
    }
    log.steps = thinned;
    log.steps.extend(newer);
}

/// Two steps that follow one another as one: what the first found, what the second left.
fn merged(first: &Step, second: Step) -> Step {
    let mut turns = first.turns.clone();
    for (id, turn) in second.turns {
        let before = turns.get(&id).map_or(turn.before, |earlier| earlier.before.clone());
        turns.insert(id, Turn { before, after: turn.after });
    }
    Step { turns, ..second }
}
