//! The distributions of the part-worths of each segment.

/// A segment of respondents, and the distributions of their part-worths.
pub(super) struct SegmentModel {
    pub(super) name: &'static str,
    /// The default number of respondents.
    pub(super) respondents: u32,
    /// `c` of monthly cost, upfront cost and term.
    pub(super) costs: [f64; 3],
    /// `a₁, a₂` of the costs, of the vehicle's worth, and of range and charge.
    pub(super) cost_beta: (f64, f64),
    pub(super) worth_beta: (f64, f64),
    pub(super) reach_beta: (f64, f64),
    /// `T` of range and charge.
    pub(super) reach_scale: f64,
    /// The mean of μ and the factor m, for the drive.
    pub(super) energy: (f64, f64),
    /// The probability of preferring a sedan.
    pub(super) sedan: f64,
}

pub(super) const SEGMENTS: [SegmentModel; 3] = [
    SegmentModel {
        name: "Millennial",
        respondents: 200,
        costs: [2e-3, 2e-5, 1e-2],
        cost_beta: (4.5, 3.5),
        worth_beta: (4.5, 3.5),
        reach_beta: (4.5, 4.0),
        reach_scale: 0.007,
        energy: (0.9, 1.0),
        sedan: 0.4,
    },
    SegmentModel {
        name: "Gen X",
        respondents: 200,
        costs: [1.6e-3, 1e-5, 1.2e-2],
        cost_beta: (4.0, 4.5),
        worth_beta: (4.0, 4.5),
        reach_beta: (4.0, 4.0),
        reach_scale: 0.008,
        energy: (0.9, 1.0),
        sedan: 0.2,
    },
    SegmentModel {
        name: "Baby Boomer",
        respondents: 160,
        costs: [1.8e-3, 1.5e-5, 1.2e-2],
        cost_beta: (3.5, 5.0),
        worth_beta: (3.5, 4.0),
        reach_beta: (3.5, 4.0),
        reach_scale: 0.008,
        energy: (1.1, 1.2),
        sedan: 0.4,
    },
];
