//! Seeds from names: the same on every machine, in any order of a file.

/// A number derived from the seed and the names.
///
/// 64-bit FNV-1a (G. Fowler, L. C. Noll and K.-P. Vo) with the finalizer of MurmurHash3 (A. Appleby),
/// so that similar names are far apart.
pub(super) fn seeded_hash(seed: u64, names: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for name in names {
        // The length separates a name from the next one.
        let length = (name.len() as u64).to_le_bytes();
        for byte in name.bytes().chain(length) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_separated_and_the_seed_counts() {
        let hashes = [
            seeded_hash(1, &["ab", "c"]),
            seeded_hash(1, &["a", "bc"]),
            seeded_hash(1, &["abc"]),
            seeded_hash(2, &["abc"]),
        ];
        for (index, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..index].contains(hash));
        }
    }
}
