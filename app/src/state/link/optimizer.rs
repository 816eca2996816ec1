//! Fields of the optimizer: its request in the command line's words, as the user typed it.

use conjoint::optimizer::ObjectiveMeasure;

use super::field::LinkField;

pub(super) const FIELDS: [LinkField; 7] = [
    LinkField::new(
        "objective",
        |snapshot, _, text| {
            snapshot.optimizer_mut().measure = ObjectiveMeasure::from_id(text)?;
            Some(())
        },
        |snapshot, _| vec![snapshot.optimizer.measure.id().to_owned()],
    ),
    // Whose objective it is: a brand's, or a parent company's.
    LinkField::new(
        "brand",
        |snapshot, _, text| {
            let request = snapshot.optimizer_mut();
            (request.beneficiary, request.is_parent) = (text.to_owned(), false);
            Some(())
        },
        |snapshot, _| {
            let request = &snapshot.optimizer;
            let brand = (!request.is_parent).then(|| request.beneficiary.clone());
            brand.into_iter().collect()
        },
    ),
    LinkField::new(
        "parent",
        |snapshot, _, text| {
            let request = snapshot.optimizer_mut();
            (request.beneficiary, request.is_parent) = (text.to_owned(), true);
            Some(())
        },
        |snapshot, _| {
            let request = &snapshot.optimizer;
            let parent = request.is_parent.then(|| request.beneficiary.clone());
            parent.into_iter().collect()
        },
    ),
    LinkField::list(
        "vary",
        |snapshot| snapshot.optimizer_mut().vary_entries.clear(),
        |snapshot, _, text| {
            let entry = (!text.is_empty()).then(|| text.to_owned());
            snapshot.optimizer_mut().vary_entries.extend(entry);
            Some(())
        },
        |snapshot, _| snapshot.optimizer.vary_entries.clone(),
    ),
    LinkField::new(
        "cost",
        |snapshot, _, text| {
            snapshot.optimizer_mut().cost_entries.push(text.to_owned());
            Some(())
        },
        |snapshot, _| snapshot.optimizer.cost_entries.clone(),
    ),
    LinkField::new(
        "bound",
        |snapshot, _, text| {
            snapshot.optimizer_mut().bound_entries.push(text.to_owned());
            Some(())
        },
        |snapshot, _| snapshot.optimizer.bound_entries.clone(),
    ),
    LinkField::new(
        "answer",
        |snapshot, _, text| {
            snapshot.optimizer_mut().includes_price_game = text == "true";
            Some(())
        },
        |snapshot, _| vec![snapshot.optimizer.includes_price_game.to_string()],
    ),
];
