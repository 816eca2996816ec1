//! A file as the user has it.

use std::borrow::Cow;

use super::{Grid, TabularError, is_workbook, read_text, read_workbook};

/// A file of the user: the sheets of a workbook, or the bytes of any other file.
#[derive(Clone, Debug, PartialEq)]
pub struct InputFile {
    /// Its name, for messages and as a hint of what it contains.
    pub name: String,
    content: Content,
}

#[derive(Clone, Debug, PartialEq)]
enum Content {
    Plain(Vec<u8>),
    Workbook(Result<Vec<Grid>, TabularError>),
}

impl InputFile {
    /// A file with this content. What is wrong with a workbook is reported by [`InputFile::grids`].
    ///
    /// # Examples
    /// ```
    /// use conjoint::format::tabular::InputFile;
    ///
    /// let file = InputFile::open("utilities.csv", "id;Price: 10\nr1;1,5\n".into());
    /// assert_eq!(file.grids()?[0].number(1, 1), Some(1.5));
    /// # Ok::<(), conjoint::format::tabular::TabularError>(())
    /// ```
    pub fn open(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let name = name.into();
        match is_workbook(&bytes) {
            true => Self::workbook(name.clone(), read_workbook(&name, &bytes)),
            false => Self::plain(name, bytes),
        }
    }

    /// A file that is no workbook. A program that uses only this instead of [`InputFile::open`] does not
    /// contain the reader of workbooks.
    pub fn plain(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            name: name.into(),
            content: Content::Plain(bytes),
        }
    }

    /// A workbook with these sheets, or that cannot be read.
    pub fn workbook(name: impl Into<String>, sheets: Result<Vec<Grid>, TabularError>) -> Self {
        Self {
            name: name.into(),
            content: Content::Workbook(sheets),
        }
    }

    /// The bytes of a file that is no workbook; none of a workbook.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Plain(bytes) => bytes,
            Content::Workbook(_) => &[],
        }
    }

    /// Whether it is a workbook.
    pub fn is_workbook(&self) -> bool {
        matches!(self.content, Content::Workbook(_))
    }

    /// Its tables: the one of a text, or every sheet of a workbook in its order.
    ///
    /// # Errors
    /// Neither text nor a workbook, a workbook that is damaged, protected or too large, an open quote.
    pub fn grids(&self) -> Result<Cow<'_, [Grid]>, TabularError> {
        match &self.content {
            Content::Plain(bytes) => Ok(Cow::Owned(vec![read_text(&self.name, bytes)?])),
            Content::Workbook(Ok(sheets)) => Ok(Cow::Borrowed(sheets)),
            Content::Workbook(Err(error)) => Err(error.clone()),
        }
    }
}
