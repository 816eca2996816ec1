//! Which attribute is the price, and which offer's price changes.

use std::sync::Arc;

use conjoint::analysis::price::{PriceError, find_price_attribute, find_priced_offer};
use conjoint::choice::ChoiceModel;
use conjoint::index_vec::{Position, ProductIndex};

use crate::fixtures::{two_respondents, withdraw};

#[test]
fn a_price_is_a_numeric_attribute_of_an_offer_on_the_market() {
    let mut simulation = two_respondents(
        "a,Ant,One,200\nb,Bee,Two,300\n",
        "p1,1\np2,1\n",
        ChoiceModel::default(),
    );
    let study = Arc::clone(simulation.selected());
    let message = |name| {
        let found = find_price_attribute(&study, Some(name));
        found.unwrap_err().to_string()
    };
    assert_eq!(
        message("cost"),
        "the study has no attribute `cost`; name one of `monthly_cost`"
    );
    assert_eq!(
        message("brand"),
        "`brand` has no surveyed numbers that could be prices; name one of `monthly_cost`"
    );
    let [a, b] = [0, 1].map(ProductIndex::from_index);
    // By default the offer with the largest share.
    assert_eq!(find_priced_offer(&simulation, None), Ok(a));
    assert_eq!(find_priced_offer(&simulation, Some("b")), Ok(b));
    let error = find_priced_offer(&simulation, Some("c")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no offer has the id `c`; ids are `a`, `b`"
    );
    withdraw(&mut simulation, a);
    assert_eq!(find_priced_offer(&simulation, None), Ok(b));
    let id = "a".to_owned();
    assert_eq!(
        find_priced_offer(&simulation, Some("a")),
        Err(PriceError::Withdrawn { id })
    );
    withdraw(&mut simulation, b);
    assert_eq!(
        find_priced_offer(&simulation, None),
        Err(PriceError::NothingOffered)
    );
}
