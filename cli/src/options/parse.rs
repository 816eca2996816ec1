//! Parsers of argument values. Ids may contain any character, so values are split from the right.

use conjoint::simulation::scenario::split_cell_edit;
use conjoint::study::ProductId;

/// `ID.COLUMN=VALUE`. Only the study knows where the id ends, so the text stays as it is.
pub(crate) fn parse_assignment(text: &str) -> Result<String, String> {
    match split_cell_edit(text).next() {
        Some(_) => Ok(text.to_owned()),
        None => Err("write ID.COLUMN=VALUE, for example 9.monthly_cost=449".to_owned()),
    }
}

/// `ID.COLUMN=VALUES`, as it is.
pub(crate) fn parse_variation(text: &str) -> Result<String, String> {
    parse_assignment(text).map_err(|_| {
        "write ID.COLUMN=BEGIN:END:STEP, for example 9.monthly_cost=399:499:20, or ID.COLUMN=A,B,C"
            .to_owned()
    })
}

/// `ID=NUMBER`.
pub(crate) fn parse_id_number(text: &str) -> Result<(ProductId, f64), String> {
    let parsed = text.rsplit_once('=').and_then(|(id, number)| {
        let number = number.trim().parse().ok()?;
        Some((ProductId::from(id.to_owned()), number))
    });
    parsed.ok_or_else(|| "write ID=NUMBER, for example 9=0.6".to_owned())
}

/// An id and `N` numbers, separated by colons.
pub(crate) fn parse_id_numbers<const N: usize>(text: &str) -> Option<(String, [f64; N])> {
    let mut parts: Vec<&str> = text.rsplitn(N + 1, ':').collect();
    parts.reverse();
    let (id, numbers) = parts.split_first()?;
    let numbers: Option<Vec<f64>> = numbers.iter().map(|n| n.trim().parse().ok()).collect();
    Some(((*id).to_owned(), numbers?.try_into().ok()?))
}
