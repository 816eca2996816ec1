//! The market today: how customers are distributed over brands, and what they earn.

use nalgebra::DMatrix;

use super::error::StudyError;
use crate::index_vec::{BrandIndex, IndexVec};

/// A brand's customers and costs today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Volume {
    /// Share of all customers (SIOs), 0–1.
    pub share: f64,
    /// EBIT as a fraction of revenue, -1–1; a loss is negative.
    pub margin: f64,
    /// Share of cost that does not vary with the number of customers, 0–1.
    pub fixed_cost: f64,
}

/// The market today. Matrices are brands × segments.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    pub(crate) volumes: IndexVec<BrandIndex, Volume>,
    /// Share of customers who renew their contract, 0–1.
    pub(crate) recontract: DMatrix<f64>,
    /// Share of customers who leave, 0–1. Together with the renewing ones they are at most 1.
    pub(crate) churn: DMatrix<f64>,
    /// Average revenue per user and month, 0 or above.
    pub(crate) base_arpu: DMatrix<f64>,
}

impl Market {
    /// Checks shapes and ranges.
    ///
    /// # Errors
    /// The first part that is wrong.
    pub(crate) fn check(&self, brands: usize, segments: usize) -> Result<(), StudyError> {
        StudyError::check_length("volumes", self.volumes.len(), brands)?;
        StudyError::check_values("volumes", &self.volumes, |volume| {
            (0.0..=1.0).contains(&volume.share)
                && (-1.0..=1.0).contains(&volume.margin)
                && (0.0..=1.0).contains(&volume.fixed_cost)
        })?;
        let matrices = [
            ("recontract rates", &self.recontract, 1.0),
            ("churn rates", &self.churn, 1.0),
            ("base ARPU", &self.base_arpu, f64::MAX),
        ];
        for (part, matrix, most) in matrices {
            StudyError::check_length(part, matrix.nrows(), brands)?;
            StudyError::check_length(part, matrix.ncols(), segments)?;
            StudyError::check_values(part, matrix, |value| (0.0..=most).contains(value))?;
        }
        Ok(())
    }
}
