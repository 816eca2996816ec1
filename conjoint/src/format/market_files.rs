//! The four files behind the money figures. A study has all of them, or none.

use super::error::FormatError;
use super::file_names::{BASE_ARPU, CHURN, RECONTRACT};
use super::files::StudyFiles;
use super::problem::{Place, Problems};
use super::rates::{self, SegmentTable};
use super::utilities::Utilities;
use super::volumes::{self, Volumes};
use crate::index_vec::{BrandIndex, IndexVec, SegmentIndex};
use crate::study::Market;

/// The files, each read on its own.
pub(crate) struct MarketFiles {
    volumes: Option<Volumes>,
    /// Recontract rate, churn rate, ARPU.
    tables: [Option<SegmentTable>; 3],
    segments: Option<IndexVec<SegmentIndex, String>>,
}

impl MarketFiles {
    /// Reads the four files. A study without any of them gets a warning and `None`.
    pub(crate) fn read(files: &StudyFiles, problems: &mut Problems) -> Option<Self> {
        if !files.has_any_money_file() {
            problems.add(Place::file(RECONTRACT), FormatError::NoMoney);
            return None;
        }
        let volumes = volumes::read(files, problems);
        let tables = [RECONTRACT, CHURN, BASE_ARPU].map(|file| rates::read(file, files, problems));
        let segments = tables[0]
            .as_ref()
            .map(|table| table.segments.clone().into());
        Some(Self {
            volumes,
            tables,
            segments,
        })
    }

    /// The brands, in the order of their file.
    pub(crate) fn brands(&self) -> Option<&IndexVec<BrandIndex, String>> {
        self.volumes.as_ref().map(|volumes| &volumes.names)
    }

    /// The segments, in the order of their file.
    pub(crate) fn segments(&self) -> Option<&IndexVec<SegmentIndex, String>> {
        self.segments.as_ref()
    }

    /// Reports brands and segments that one file has and another does not, for every pair of files
    /// that could be read.
    pub(crate) fn match_names(&self, utilities: Option<&Utilities<'_>>, problems: &mut Problems) {
        for table in self.tables.iter().flatten() {
            if let Some(brands) = self.brands() {
                table.match_brands(brands, problems);
            }
            if let Some(segments) = &self.segments {
                table.match_segments(segments, problems);
            }
        }
        if let Some(utilities) = utilities {
            if let Some(brands) = self.brands() {
                utilities.match_brands(brands, problems);
            }
            if let Some((segments, table)) = self.segments.as_ref().zip(self.tables[0].as_ref()) {
                utilities.match_segments(segments, table.header_line, problems);
            }
        }
    }

    /// The market; `None` if a file is too damaged, which was reported.
    pub(crate) fn market(self, problems: &mut Problems) -> Option<Market> {
        let (volumes, segments) = (self.volumes?, self.segments?);
        let [recontract, churn, arpu] = self.tables;
        let churn = churn?;
        let [renewing, leaving, base_arpu] =
            [&recontract?, &churn, &arpu?].map(|table| table.to_matrix(&volumes.names, &segments));
        rates::check_sums(
            &renewing,
            &churn,
            &leaving,
            &volumes.names,
            &segments,
            problems,
        );
        Some(Market {
            volumes: volumes.volumes,
            recontract: renewing,
            churn: leaving,
            base_arpu,
        })
    }
}
