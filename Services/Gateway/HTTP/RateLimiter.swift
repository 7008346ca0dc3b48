import Synchronization

/// How often somebody may ask: a bucket that holds a minute's requests and is filled again evenly over a minute.
final class RateLimiter: Sendable {
    /// Whose requests are counted together.
    enum Subject: Hashable, Sendable {
        /// A network by its prefix (/24 or /56).
        case network(String)
        /// A session or key, by a hash of its token that is this process's own.
        case credential(Int)

        var name: String {
            switch self {
            case .network: "network"
            case .credential: "credential"
            }
        }
    }

    /// What a request found.
    struct Verdict: Sendable, Equatable {
        let name: String
        let quota: Int
        /// Requests left now.
        let remaining: Int
        /// Seconds until the bucket is full; of a refused request, until there is one request again.
        let seconds: Int
        let isRefused: Bool
    }

    private struct Bucket {
        /// In sixtieths of a request, so that a second gives whole numbers.
        var sixtieths: Int
        var filledAt: Int
    }

    /// Seconds of a bucket's content.
    static let window = 60
    /// Buckets at once; one that was not used for a minute is full, which is the same as none.
    private static let maximumBuckets = 65_536

    private let buckets = Mutex<[Subject: Bucket]>([:])

    /// Takes a request out of a subject's bucket.
    /// - Parameters:
    ///   - quota: requests a minute, above 0.
    ///   - now: seconds, from anywhere.
    /// - Complexity: a dictionary look-up.
    func take(_ subject: Subject, quota: Int, now: Int) -> Verdict {
        let full = quota * Self.window
        return buckets.withLock { buckets in
            if buckets.count >= Self.maximumBuckets, buckets[subject] == nil { Self.makeRoom(&buckets, now: now) }
            var bucket = buckets[subject] ?? Bucket(sixtieths: full, filledAt: now)
            let elapsed = max(0, min(now - bucket.filledAt, Self.window))
            bucket.sixtieths = min(full, bucket.sixtieths + elapsed * quota)
            bucket.filledAt = now
            let isRefused = bucket.sixtieths < Self.window
            if !isRefused { bucket.sixtieths -= Self.window }
            buckets[subject] = bucket
            let missing = isRefused ? Self.window - bucket.sixtieths : full - bucket.sixtieths
            return Verdict(
                name: subject.name, quota: quota, remaining: bucket.sixtieths / Self.window,
                seconds: max(isRefused ? 1 : 0, (missing + quota - 1) / quota), isRefused: isRefused)
        }
    }

    private static func makeRoom(_ buckets: inout [Subject: Bucket], now: Int) {
        buckets = buckets.filter { now - $0.value.filledAt < window }
        // A flood from that many networks in a minute: counting starts anew, which no single one of them gains much by.
        if buckets.count >= maximumBuckets { buckets.removeAll(keepingCapacity: true) }
    }
}
