//! What a template is given where it is included: `{{> 队伍 人数=委员.总数}}`. Inside it 人数 means what is written there.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::sites::{Site, Target, is_at_or_below, joined};
use crate::marked;

/// What one inclusion gives.
pub(super) struct Given {
    /// The names, with what the tag says of each.
    pub names: Vec<(String, Json)>,
    /// How many loops of rows are around it.
    pub rows: usize,
    /// How many loops of groups are around it.
    pub groups: usize,
}

/// What stands behind a site.
pub(super) enum Behind<'t> {
    /// A site: that itself, or one of the template that includes this.
    Site(Cow<'t, Site>),
    /// A text, or the result of a helper.
    Value(Json),
}

/// Follows a site from one template to that which includes it. `given` are the inclusions that are open, the outermost
/// first; `around` counts the loops of rows and of groups that are open now.
pub(super) fn behind<'t>(
    site: &'t Site,
    given: &[Given],
    around: (usize, usize),
    sites: &[Site],
) -> Behind<'t> {
    let mut site = Cow::Borrowed(site);
    for inclusion in given.iter().rev() {
        let Target::Fact(path) = &site.target else { break };
        let named = inclusion.names.iter().find(|(name, _)| site.given && is_at_or_below(path, name));
        let Some((name, value)) = named else { break };
        let below = path[name.len()..].trim_start_matches('.');
        let known = value.as_str().and_then(marked::as_site).and_then(|id| sites.get(id));
        let Some(known) = known else { return Behind::Value(value.clone()) };
        let target = match &known.target {
            Target::Fact(path) => Target::Fact(joined(path, below)),
            Target::Row { level, column } => {
                Target::Row { level: level + around.0 - inclusion.rows, column: joined(column, below) }
            }
            Target::Group { level, path, column } => Target::Group {
                level: level + around.1 - inclusion.groups,
                path: joined(path, below),
                column: joined(column, below),
            },
            other => other.clone(),
        };
        site = Cow::Owned(Site { target, place: site.place.clone(), ..known.clone() });
    }
    Behind::Site(site)
}
