//! The study that ships: a real market, and random respondents.
//!
//! Nobody publishes respondent-level utilities for electric cars, so this module draws them from
//! distributions by segment. The part-worth of level v of a numeric attribute is
//! `sign · c · G · v` less the respondent's mean over the levels, with `G ~ Gamma(shape k, scale θ)`
//! drawn for each level, and `k = K·Beta(a₁,2)` and `θ = T·Beta(a₂,2)` drawn for each respondent.
//! Part-worths are rounded to four decimals, because all digits would treble the file that the page
//! loads.

mod facts;
pub mod precompute;
mod segments;
mod settings;

use nalgebra::DMatrix;

use crate::index_vec::{BrandIndex, IndexVec, ParentIndex, Position, ProductIndex};
use crate::stats::random::Draw;
use crate::study::{
    BRAND, Brand, Cell, CustomNames, Levels, Market, Offer, ProductId, Respondents, Schema, Study,
    StudyError, StudyParts, Volume,
};
use facts::{BRANDS, NUMERIC, OFFERS};
use segments::{SEGMENTS, SegmentModel};

/// Dirichlet weights of the brands' part-worths.
const BRAND_WEIGHTS: [f64; 8] = [0.6, 0.7, 0.7, 0.1, 0.9, 4.4, 1.6, 1.0];

/// The largest part-worth of a body.
const BODY_BOUND: f64 = 5.0;

/// How many respondents to draw, and from which seed.
///
/// # Examples
/// ```
/// use conjoint::sample_study::{Sample, generate};
///
/// let sample = Sample {
///     seed: 1,
///     respondents: vec![("Gen X".to_owned(), 5)],
/// };
/// assert_eq!(generate(&sample)?.respondents().len(), 5);
/// # Ok::<(), conjoint::sample_study::SampleError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The seed. The same seed gives the same bytes on every machine.
    pub seed: u64,
    /// Segments, in the order of the study, and their numbers of respondents.
    pub respondents: Vec<(String, u32)>,
}

impl Default for Sample {
    /// The study that ships.
    fn default() -> Self {
        let segments = SEGMENTS.iter();
        Self {
            seed: 2020,
            respondents: segments
                .map(|segment| (segment.name.to_owned(), segment.respondents))
                .collect(),
        }
    }
}

/// Why a sample cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// There are no distributions for the segment.
    #[error(
        "the segment `{0}` is unknown; known segments are `Millennial`, `Gen X`, `Baby Boomer`"
    )]
    UnknownSegment(String),
    /// The segment is requested twice.
    #[error("the segment `{0}` occurs twice; name each segment once")]
    Twice(String),
    /// A segment without respondents, or no segment at all.
    #[error("a segment with 0 respondents has no effect; request at least 1")]
    Nobody,
    /// More respondents than a study can have.
    #[error("{0} respondents are too many; request at most 1000000")]
    TooMany(u64),
    /// The drawn parts do not make a study.
    #[error(transparent)]
    Study(#[from] StudyError),
}

/// Draws the study that ships, with the given sample of respondents.
///
/// # Errors
/// An unknown or repeated segment, no respondents, or too many of them.
pub fn generate(sample: &Sample) -> Result<Study, SampleError> {
    const MOST: u64 = 1_000_000;
    let mut models = Vec::new();
    for (index, (name, count)) in sample.respondents.iter().enumerate() {
        let named = SEGMENTS.iter().find(|segment| segment.name == name);
        let model = named.ok_or_else(|| SampleError::UnknownSegment(name.clone()))?;
        let before = sample.respondents.iter().take(index);
        if before.clone().any(|(other, _)| other == name) {
            return Err(SampleError::Twice(name.clone()));
        }
        if *count == 0 {
            return Err(SampleError::Nobody);
        }
        models.push((model, *count));
    }
    let total: u64 = models.iter().map(|(_, count)| u64::from(*count)).sum();
    match total {
        0 => return Err(SampleError::Nobody),
        total if total > MOST => return Err(SampleError::TooMany(total)),
        _ => {}
    }
    let segments = models.iter().map(|(model, _)| model.name.to_owned());
    let (brands, parents) = brands();
    let schema = schema()?;
    Ok(Study::new(StudyParts {
        settings: settings::settings(),
        offers: offers(&schema),
        respondents: respondents(sample.seed, &models, &schema),
        schema,
        brands,
        parents,
        segments: segments.collect(),
        market: Some(market(models.len())),
        prohibited: Vec::new(),
    })?)
}

/// The attributes: brand, the three that make up the price, and the others.
fn schema() -> Result<Schema, StudyError> {
    let names =
        |names: &[&str]| Levels::Categorical(names.iter().map(|name| (*name).to_owned()).collect());
    let numeric = NUMERIC.map(|(name, levels)| (name, Levels::Numeric(levels.to_vec())));
    let brand = (BRAND, names(&BRANDS.map(|brand| brand.name)));
    let energy = ("energy", names(&[facts::ELECTRIC, facts::PLUG_IN]));
    let body = ("vehicle_type", names(&[facts::SEDAN, facts::SUV]));
    let attributes = std::iter::once(brand).chain(numeric).chain([energy, body]);
    Schema::new(
        attributes.map(|(name, levels)| (name.to_owned(), levels)),
        &CustomNames::columns(),
        true,
        (0..BRANDS.len()).map(BrandIndex::from_index).collect(),
    )
}

fn offers(schema: &Schema) -> IndexVec<ProductIndex, Offer> {
    let offer = |(number, (brand, model, numbers, energy, body)): (usize, facts::OfferFacts)| {
        let texts = [brand.to_owned()]
            .into_iter()
            .chain(numbers.map(|number| number.to_string()))
            .chain([energy.to_owned(), body.to_owned()]);
        // The facts only name existing levels, which Study::new checks.
        let cells = schema
            .attributes
            .iter()
            .zip(texts)
            .map(|(attribute, text)| attribute.parse(&text).unwrap_or(Cell::Empty));
        Offer {
            id: ProductId::from((number + 1).to_string()),
            model: model.to_owned(),
            withdrawn: false,
            cells: cells.collect(),
        }
    };
    OFFERS.into_iter().enumerate().map(offer).collect()
}

fn brands() -> (IndexVec<BrandIndex, Brand>, IndexVec<ParentIndex, String>) {
    let mut parents: IndexVec<ParentIndex, String> = Vec::new().into();
    let brands = BRANDS.map(|facts| Brand {
        name: facts.name.to_owned(),
        parent: parents
            .position(|parent| parent == facts.parent)
            .unwrap_or_else(|| parents.push(facts.parent.to_owned())),
        tier: Some(facts.tier),
        color: facts.color.to_owned(),
    });
    (Vec::from(brands).into(), parents)
}

fn market(segments: usize) -> Market {
    let table = |figure: fn(&facts::BrandFacts) -> f64| {
        DMatrix::from_fn(BRANDS.len(), segments, |brand, _| figure(&BRANDS[brand]))
    };
    let volumes = BRANDS.map(|brand| Volume {
        share: brand.share,
        margin: brand.margin,
        fixed_cost: brand.fixed_cost,
    });
    Market {
        volumes: Vec::from(volumes).into(),
        recontract: table(|brand| brand.recontract),
        churn: table(|brand| brand.churn),
        base_arpu: table(|brand| brand.arpu),
    }
}

fn respondents(seed: u64, models: &[(&SegmentModel, u32)], schema: &Schema) -> Respondents {
    let columns = schema.column_count();
    let mut ids: IndexVec<_, String> = Vec::new().into();
    let mut segments = Vec::new();
    let mut owners = Vec::new();
    let mut part_worths = Vec::new();
    for (segment, (model, count)) in models.iter().enumerate() {
        for _ in 0..*count {
            // One stream per respondent, so a larger sample contains the smaller one.
            let number = ids.len() as u64 + 1;
            let mut draw = Draw::stream(seed, number);
            owners.push(BrandIndex::from_index(
                draw.pick(&BRANDS.map(|brand| brand.share)),
            ));
            draw_part_worths(model, &mut draw, &mut part_worths);
            segments.push(Position::from_index(segment));
            ids.push(number.to_string());
        }
    }
    Respondents {
        weights: vec![1.0; ids.len()].into(),
        part_worths: DMatrix::from_row_slice(ids.len(), columns, &part_worths),
        none_column: None,
        excluded: Vec::new(),
        draws: None,
        rows_each: 1,
        ids,
        segments: segments.into(),
        owners: owners.into(),
    }
}

/// Draws the part-worths of a respondent, in the order of [`schema`].
fn draw_part_worths(model: &SegmentModel, draw: &mut Draw, row: &mut Vec<f64>) {
    let first = row.len();
    let strength = 10.0 * draw.beta(10.0, 2.0);
    let brands = draw.dirichlet(BRAND_WEIGHTS).map(|share| strength * share);
    row.extend(center(brands.to_vec()));

    let [monthly, upfront, term] = model.costs;
    let (cost, worth, reach) = (model.cost_beta, model.worth_beta, model.reach_beta);
    // sign · c, K, T and (a₁, a₂) of each numeric attribute
    let numeric = [
        (-monthly, 100.0, 0.1, cost),
        (-upfront, 100.0, 0.1, cost),
        (-term, 100.0, 0.1, cost),
        (1.5e-5, 1000.0, 0.01, worth),
        (2e-3, 1000.0, model.reach_scale, reach),
        (2e-3, 1000.0, model.reach_scale, reach),
    ];
    for ((factor, largest_shape, largest_scale, (a1, a2)), (_, levels)) in
        numeric.into_iter().zip(NUMERIC)
    {
        let shape = largest_shape * draw.beta(a1, 2.0);
        let scale = largest_scale * draw.beta(a2, 2.0);
        let values = levels.iter();
        row.extend(center(
            values
                .map(|level| factor * draw.gamma(shape, scale) * level)
                .collect(),
        ));
    }

    let (mean, factor) = model.energy;
    let deviation = 0.4 * draw.beta(10.0, 2.0);
    let mean = draw.normal(mean, 0.1);
    let plug_in = factor * draw.normal(mean, deviation);
    row.extend([-plug_in, plug_in]);

    let lean = f64::from(u8::from(draw.bernoulli(model.sedan))) - 0.5;
    let mean = draw.normal(3.0 * lean, 0.1);
    let deviation = 2.0 * draw.beta(10.0, 2.0);
    let sedan = (0.5 * draw.normal(mean, deviation)).clamp(-BODY_BOUND, BODY_BOUND);
    row.extend([sedan, -sedan]);

    for part_worth in row.iter_mut().skip(first) {
        *part_worth = round(*part_worth);
    }
}

/// Subtracts the mean from all values.
fn center(mut values: Vec<f64>) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    for value in &mut values {
        *value -= mean;
    }
    values
}

/// Rounds to four decimals, without a negative zero.
fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{StudyReading, read_study, write_study};
    use crate::testing::generate_study;

    #[test]
    fn the_study_reads_back_the_same() {
        let study = generate(&Sample::default()).unwrap();
        let StudyReading {
            study: read,
            warnings,
        } = read_study(&write_study(&study)).unwrap();
        assert!(warnings.is_empty(), "{warnings}");
        assert_eq!(read, study);
    }

    #[test]
    fn a_larger_sample_contains_the_smaller_one() {
        let [small, large] = [5, 9].map(|count| generate_study(1, &[("Gen X", count)]));
        let rows = large.respondents.part_worths.rows(0, 5);
        assert_eq!(rows, small.respondents.part_worths);
        assert_eq!(large.segments.as_slice(), ["Gen X"]);
    }

    #[test]
    fn samples_that_cannot_be_drawn_are_refused() {
        let error = |respondents: &[(&str, u32)]| {
            let respondents = respondents.iter();
            generate(&Sample {
                seed: 1,
                respondents: respondents.map(|(n, c)| ((*n).to_owned(), *c)).collect(),
            })
            .unwrap_err()
        };
        assert_eq!(error(&[]), SampleError::Nobody);
        assert_eq!(error(&[("Gen X", 0)]), SampleError::Nobody);
        assert!(matches!(
            error(&[("Gen Z", 1)]),
            SampleError::UnknownSegment(_)
        ));
        assert!(matches!(
            error(&[("Gen X", 1), ("Gen X", 1)]),
            SampleError::Twice(_)
        ));
        let many = error(&[("Gen X", u32::MAX), ("Millennial", u32::MAX)]);
        assert!(matches!(many, SampleError::TooMany(_)));
    }
}
