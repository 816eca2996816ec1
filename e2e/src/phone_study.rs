//! A small study with other brands, segments and attributes than the shipped one.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::Result;

/// A brand that no shipped file contains: finding it in the browser's traffic proves that a byte of
/// the study was sent.
pub const MARKER: &str = "Quixotic";

const BRANDS: [&str; 3] = [MARKER, "Brisk", "Calm"];
const SEGMENTS: [&str; 2] = ["Commuters", "Night owls"];
/// Every attribute's levels, numbers in ascending order.
const ATTRIBUTES: [(&str, &[&str]); 6] = [
    ("brand", &BRANDS),
    ("monthly_cost", &["10", "20", "40"]),
    ("upfront_cost", &["0", "100", "300"]),
    ("term", &["12", "24"]),
    ("screen", &["matt", "bright"]),
    ("storage", &["64", "128", "256"]),
];
const OFFERS: &str = "id,brand,model,monthly_cost,upfront_cost,term,screen,storage
a,Quixotic,One,25,50,24,bright,128
b,Quixotic,Two,15,0,12,matt,64
c,Brisk,Air,18,100,24,matt,256
d,Calm,Sea,30,250,24,bright,200
e,Calm,Lake,12,0,12,matt,64
";

/// The study's files in a temporary folder, which is deleted when this is dropped.
#[derive(Debug)]
pub struct PhoneStudy {
    folder: tempfile::TempDir,
    names: Vec<String>,
}

impl PhoneStudy {
    /// A study of telephone tariffs with this number of respondents.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn new(respondents: usize) -> Result<Self> {
        let rate = |rates: [&str; 3]| {
            let rows = BRANDS.iter().zip(rates);
            let rows = rows.map(|(brand, rates)| format!("{brand},{rates}\n"));
            format!("brand,{}\n{}", SEGMENTS.join(","), rows.collect::<String>())
        };
        let mut study = Self {
            folder: tempfile::tempdir()?,
            names: Vec::new(),
        };
        study.write("leaseOffers.csv", OFFERS)?;
        study.write("UtilityScoresEV.csv", &format_utilities(respondents))?;
        let recontract = rate(["0.1,0.2", "0.3,0.1", "0.25,0.2"]);
        study.write("recontractRateEV.csv", &recontract)?;
        study.write("churnRateEV.csv", &rate(["0.2,0.1", "0.1,0.3", "0.15,0.2"]))?;
        study.write("baseARPU_EV.csv", &rate(["21,19", "22.5,20", "17,18"]))?;
        study.write(
            "baseVolumeEBIT_EV.csv",
            "brand,Share of SIOs,EBIT margin per SIO,Fixed cost percentage\n\
             Quixotic,0.5,0.1,0.3\nBrisk,0.2,-0.05,0.5\nCalm,0.3,0.2,0.1\n",
        )?;
        study.write(
            "study.json",
            "{\"title\": \"Telephones\", \"currency\": \"€\", \"market_size_thousands\": 80}",
        )?;
        Ok(study)
    }

    /// Writes a file, or replaces it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&mut self, name: &str, text: &str) -> Result {
        std::fs::write(self.path().join(name), text)?;
        if !self.names.iter().any(|other| other == name) {
            self.names.push(name.to_owned());
        }
        Ok(())
    }

    /// Replaces the first `from` in a file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn replace_text(&mut self, name: &str, from: &str, to: &str) -> Result {
        let text = std::fs::read_to_string(self.path().join(name))?;
        assert!(text.contains(from), "{name} has no {from}");
        self.write(name, &text.replacen(from, to, 1))
    }

    /// Removes a file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn remove(&mut self, name: &str) -> Result {
        self.names.retain(|other| other != name);
        Ok(std::fs::remove_file(self.path().join(name))?)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The files' paths.
    pub fn files(&self) -> Vec<PathBuf> {
        let names = self.names.iter();
        names.map(|name| self.path().join(name)).collect()
    }

    /// Writes a zip that holds the files in this folder, and gives its path.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write_zip(&self, name: &str, folder: &str) -> Result<PathBuf> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for file in &self.names {
            zip.start_file(format!("{folder}{file}"), SimpleFileOptions::default())?;
            zip.write_all(&std::fs::read(self.path().join(file))?)?;
        }
        let path = self.path().join(name);
        std::fs::write(&path, zip.finish()?.into_inner())?;
        Ok(path)
    }
}

/// Part-worths without ties: the fractional parts of multiples of the golden ratio.
fn format_utilities(respondents: usize) -> String {
    let columns = || {
        let attributes = ATTRIBUTES.iter();
        attributes.flat_map(|(name, levels)| levels.iter().map(move |level| (*name, *level)))
    };
    let fixed = "id,segment,current brand";
    let names = columns().map(|(name, _)| format!(",{name}"));
    let levels = columns().map(|(_, level)| format!(",{level}"));
    let mut text = format!(
        "{fixed}{}\n{fixed}{}\n",
        names.collect::<String>(),
        levels.collect::<String>()
    );
    for respondent in 0..respondents {
        let segment = SEGMENTS[respondent % 3 / 2];
        let owner = BRANDS[respondent * 5 % 7 % 3];
        text += &format!("{MARKER}-{respondent},{segment},{owner}");
        for column in 0..columns().count() {
            let part = ((respondent * 31 + column * 17 + 1) as f64 * 0.618_033_988_75).fract();
            text += &format!(",{:.4}", 4.0 * part - 2.0);
        }
        text.push('\n');
    }
    text
}
