//! Fields of the search of product lines.

use conjoint::optimizer::line::LineObjective;

use super::field::LinkField;
use super::view::{find_product, texts};

pub(super) const FIELDS: [LinkField; 5] = [
    LinkField::new(
        "line-size",
        |snapshot, _, text| {
            snapshot.view.line.size = Some(text.parse().ok()?);
            Some(())
        },
        |snapshot, _| texts(snapshot.view.line.size.as_ref()),
    ),
    LinkField::new(
        "line-brand",
        |snapshot, study, text| {
            study.find_brand(text)?;
            snapshot.view.line.brand = Some(text.to_owned());
            Some(())
        },
        |snapshot, _| texts(snapshot.view.line.brand.as_ref()),
    ),
    LinkField::new(
        "line-objective",
        |snapshot, _, text| {
            let mut objectives = LineObjective::ALL.into_iter();
            snapshot.view.line.objective = objectives.find(|it| it.id() == text)?;
            Some(())
        },
        |snapshot, _| vec![snapshot.view.line.objective.id().to_owned()],
    ),
    LinkField::new(
        "line-keep",
        |snapshot, _, text| {
            let id = find_product(snapshot, text)?;
            snapshot.view.line.kept.push(id);
            Some(())
        },
        |snapshot, _| {
            let kept = snapshot.view.line.kept.iter();
            kept.map(ToString::to_string).collect()
        },
    ),
    LinkField::new(
        "line-none",
        |snapshot, _, text| {
            snapshot.view.line.includes_none = Some(text.parse().ok()?);
            Some(())
        },
        |snapshot, _| texts(snapshot.view.line.includes_none.as_ref()),
    ),
];
