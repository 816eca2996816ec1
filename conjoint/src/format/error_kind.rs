//! Which errors are warnings, and which are of one kind whatever their details.

use std::mem::{Discriminant, discriminant};

use super::error::FormatError;
use super::table::TableError;
use crate::study::ValueError;

/// The kind of an error, whatever its details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ErrorKind {
    Value(Discriminant<ValueError>),
    Table(Discriminant<TableError>),
    Other(Discriminant<FormatError>),
}

impl FormatError {
    /// Whether the study can be used all the same.
    pub fn is_warning(&self) -> bool {
        match self {
            Self::Value(error) => error.is_warning(),
            Self::Renamed { error, .. } => error.is_warning(),
            Self::NoMoney
            | Self::ProhibitedPair { .. }
            | Self::Rescaled
            | Self::SegmentEmpty { .. }
            | Self::SettingUnknown { .. } => true,
            _ => false,
        }
    }

    /// The kind of error, whatever its details.
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::Renamed { error, .. } => error.kind(),
            Self::Value(error) => ErrorKind::Value(discriminant(error)),
            Self::Table(error) => ErrorKind::Table(discriminant(error)),
            error => ErrorKind::Other(discriminant(error)),
        }
    }
}
