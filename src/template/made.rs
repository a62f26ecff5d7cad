//! How the result of a helper in parentheses was made, so that it can be made of the facts of another year:
//! `{{同比 (占比 甲 乙)}}`.

use serde_json::Value as Json;

use super::call::{Call, Given};
use super::helpers::{Run, Spec};
use super::session::{Remade, Session};
use super::sites::Site;
use crate::figures::Trouble;

/// A call whose result another helper goes on with.
pub(super) struct Made<'s> {
    spec: &'static Spec,
    site: &'s Site,
    given: Given,
}

impl<'s> Made<'s> {
    /// How the result of this call is made.
    pub fn of(spec: &'static Spec, call: &Call<'_, 's>) -> Made<'s> {
        Made { spec, site: call.site, given: call.given() }
    }
}

impl<'s> Remade<'s> for Made<'s> {
    fn text(&self, session: &Session<'s>) -> Result<String, Trouble> {
        let Run::Inline(run) = self.spec.run else { return Ok(String::new()) };
        let renewed = |value: &Json| renewed(value, session);
        let arguments = self.given.0.iter().map(renewed).collect::<Result<_, Trouble>>()?;
        let parameter = |(name, value): &(String, Json)| Ok((name.clone(), renewed(value)?));
        let parameters = self.given.1.iter().map(parameter).collect::<Result<_, Trouble>>()?;
        let given = (arguments, parameters);
        run(&Call::again(session, (self.spec.name, self.site), &given))
    }
}

/// An argument that is a result itself is made anew, any other stays.
fn renewed(value: &Json, session: &Session<'_>) -> Result<Json, Trouble> {
    match value.as_str().and_then(|text| session.made(text)) {
        Some(made) => made.text(session).map(Json::String),
        None => Ok(value.clone()),
    }
}
