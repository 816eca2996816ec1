//! A message within a message.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{WorkerError, decode, encode};

/// A message within a message, as bytes: a program that only passes it on, or never receives it, does
/// not link what reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Encoded<M> {
    bytes: Vec<u8>,
    #[serde(skip)]
    message: PhantomData<M>,
}

impl<M: Serialize> From<&M> for Encoded<M> {
    fn from(message: &M) -> Self {
        Self {
            bytes: encode(message),
            message: PhantomData,
        }
    }
}

impl<M: DeserializeOwned> Encoded<M> {
    /// The message.
    ///
    /// # Errors
    /// Bytes of another version of the program.
    pub fn read(&self) -> Result<M, WorkerError> {
        decode(&self.bytes)
    }
}
