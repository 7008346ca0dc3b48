/// The fingerprint of a text, by which near-duplicates are found: the smallest hashes of its runs of words (a bottom-k
/// sketch, after A. Broder, On the resemblance and containment of documents, 1997).
package struct Shingles: Sendable, Equatable {
    /// Words of a run.
    static let run = 4
    /// Hashes kept: the resemblance of two texts is then known to about ± 0.06.
    static let size = 128
    /// Resemblance from which on two postings say the same.
    package static let threshold = 0.55
    /// Shorter texts resemble each other by chance.
    static let leastRuns = 12

    /// Ascending, distinct.
    package let hashes: [UInt64]

    /// Of a text.
    package init(_ text: String) {
        let words = Words.split(text)
        guard words.count >= Self.run + Self.leastRuns - 1 else {
            hashes = []
            return
        }
        var all: Set<UInt64> = []
        for start in 0...(words.count - Self.run) {
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            for word in words[start..<start + Self.run] {
                for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
                hash = (hash ^ 0xff) &* 0x100_0000_01b3
            }
            // FNV's high bits are poor in short inputs; the smallest hashes must be a fair sample.
            hash = (hash ^ (hash >> 31)) &* 0x9E37_79B9_7F4A_7C15
            all.insert(hash ^ (hash >> 29))
        }
        hashes = Array(all.sorted().prefix(Self.size))
    }

    /// What the store keeps.
    package init(hashes: [UInt64]) { self.hashes = hashes }

    /// The share of runs that both have of those that either has, estimated; 0 for a text too short to tell.
    package func resemblance(_ other: Shingles) -> Double {
        guard !hashes.isEmpty, !other.hashes.isEmpty else { return 0 }
        var (left, right, taken, shared) = (0, 0, 0, 0)
        while taken < Self.size, left < hashes.count || right < other.hashes.count {
            taken += 1
            if right == other.hashes.count {
                left += 1
            } else if left == hashes.count {
                right += 1
            } else if hashes[left] == other.hashes[right] {
                shared += 1
                left += 1
                right += 1
            } else if hashes[left] < other.hashes[right] {
                left += 1
            } else {
                right += 1
            }
        }
        return Double(shared) / Double(taken)
    }
}
