//! The respondents behind one cell of the attraction matrix.
//!
//! Over the respondents `r` whose first choice is the chosen product `i`: for a competing product
//! `j ≠ i`, the pairs `x = P[r,i]` and `y = P[r,j]/P[r,i]`; for `i` itself, the distribution of
//! `P[r,i]`. `P` are probabilities by share of preference.

use crate::index_vec::{Position, ProductIndex, RespondentIndex};
use crate::simulation::{Distribution, Simulation};

/// The respondents behind a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum CellDetail {
    /// Off the diagonal: how close the competing product comes, one pair per respondent in file order.
    Pairs(Vec<Pair>),
    /// On the diagonal: how sure the respondents are of their choice.
    Diagonal {
        /// The respondents behind the sample, in the same order, which is that of the file.
        respondents: Vec<RespondentIndex>,
        /// Their probabilities of choosing the product.
        distribution: Distribution,
    },
}

/// One respondent between the chosen and a competing product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The respondent.
    pub respondent: RespondentIndex,
    /// The probability of the chosen product, 0–1; never 0, because it is the first choice.
    pub probability: f64,
    /// The probability of the competing product divided by that of the chosen one, 0–1 apart from the
    /// rounding of a tie.
    pub ratio: f64,
}

impl Simulation {
    /// The respondents behind the cell of a chosen and a competing product, live. Empty if nobody
    /// chooses the product or the scenario does not have it.
    pub fn cell_detail(&self, chosen: ProductIndex, competing: ProductIndex) -> CellDetail {
        let probabilities = self.live().probabilities();
        let probability = |respondent: RespondentIndex, product: ProductIndex| {
            let cell = (respondent.index(), product.index());
            probabilities.get(cell).copied()
        };
        let first_choices = self.live().first_choices().enumerate();
        let choosers = first_choices
            .filter(|(_, first_choice)| **first_choice == Some(chosen))
            .map(|(respondent, _)| respondent);
        if chosen == competing {
            let (respondents, sample) = choosers
                .filter_map(|respondent| Some((respondent, probability(respondent, chosen)?)))
                .unzip();
            return CellDetail::Diagonal {
                respondents,
                distribution: Distribution::new(sample),
            };
        }
        let pair = |respondent| {
            let chosen = probability(respondent, chosen)?;
            Some(Pair {
                respondent,
                probability: chosen,
                ratio: probability(respondent, competing)? / chosen,
            })
        };
        CellDetail::Pairs(choosers.filter_map(pair).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{StudyFiles, read_study};
    use std::sync::Arc;

    /// Three respondents and three products that differ only in color; a part-worth is the
    /// logarithm of the color's weight.
    fn simulation() -> Simulation {
        let mut files = StudyFiles::default();
        let mut add = |name, text: String| files.insert(name, text.into_bytes());
        let header = "id,segment,current brand,brand,colour,colour,colour,\
             monthly_cost,monthly_cost,upfront_cost,upfront_cost,term,term\n";
        let levels = "id,segment,current brand,Ant,red,green,blue,100,300,0,1000,12,24\n";
        let person = |id, weights: [f64; 3]| {
            let [red, green, blue] = weights.map(f64::ln);
            format!("{id},young,Ant,0,{red},{green},{blue},0,0,0,0,0,0\n")
        };
        add(
            "UtilityScoresEV.csv",
            [
                header.to_owned(),
                levels.to_owned(),
                person("p1", [6.0, 3.0, 1.0]),
                person("p2", [1.0, 3.0, 4.0]),
                person("p3", [5.0, 2.0, 3.0]),
            ]
            .concat(),
        );
        let offers = ["red", "green", "blue"]
            .map(|color| format!("{color},Ant,{color},200,500,12,{color}\n"));
        add(
            "leaseOffers.csv",
            "id,brand,model,monthly_cost,upfront_cost,term,colour\n".to_owned() + &offers.concat(),
        );
        for rates in ["recontractRateEV.csv", "churnRateEV.csv", "baseARPU_EV.csv"] {
            add(rates, "brand,young\nAnt,0.5\n".to_owned());
        }
        add(
            "baseVolumeEBIT_EV.csv",
            "brand,Share of SIOs,EBIT margin per SIO,Fixed cost percentage\nAnt,1,0.1,0.5\n"
                .to_owned(),
        );
        Simulation::new(Arc::new(read_study(&files).unwrap().study))
    }

    fn assert_close(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() < 1e-12,
            "{found} is not {expected}"
        );
    }

    #[test]
    fn a_competing_product_is_compared_with_the_chosen_one() {
        let [red, green, blue] = [0, 1, 2].map(ProductIndex::from_index);
        let CellDetail::Pairs(pairs) = simulation().cell_detail(red, blue) else {
            panic!("two products");
        };
        let respondents: Vec<_> = pairs.iter().map(|pair| pair.respondent.index()).collect();
        assert_eq!(respondents, [0, 2]);
        for (pair, (chosen, ratio)) in pairs.iter().zip([(0.6, 1.0 / 6.0), (0.5, 0.6)]) {
            assert_close(pair.probability, chosen);
            assert_close(pair.ratio, ratio);
        }
        let nobody = simulation().cell_detail(green, red);
        assert_eq!(nobody, CellDetail::Pairs(Vec::new()));
    }

    #[test]
    fn the_diagonal_has_a_distribution() {
        let red = ProductIndex::from_index(0);
        let CellDetail::Diagonal {
            respondents,
            distribution,
        } = simulation().cell_detail(red, red)
        else {
            panic!("one product");
        };
        assert_eq!(respondents, [0, 2].map(RespondentIndex::from_index));
        for (value, expected) in distribution.sample.iter().zip([0.6, 0.5]) {
            assert_close(*value, expected);
        }
        let density = distribution.density.unwrap();
        assert_close(density.min, 0.5);
        assert_close(density.max, 0.6);
    }

    #[test]
    fn a_product_that_was_removed_has_no_respondents() {
        let [red, gone] = [0, 9].map(ProductIndex::from_index);
        for (chosen, competing) in [(red, gone), (gone, red)] {
            let detail = simulation().cell_detail(chosen, competing);
            assert_eq!(detail, CellDetail::Pairs(Vec::new()));
        }
        let CellDetail::Diagonal { respondents, .. } = simulation().cell_detail(gone, gone) else {
            panic!("one product");
        };
        assert!(respondents.is_empty());
    }
}
