//! The figures of the page, one file each.

mod choosers;
mod demand_curve;
mod money;
mod segment_shares;

pub(super) use choosers::ChoosersFigure;
pub(super) use demand_curve::DemandCurveFigure;
pub(super) use money::MoneyFigure;
pub(super) use segment_shares::SegmentSharesFigure;
