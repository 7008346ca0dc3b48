/// Under which a repeated question finds its answer.
struct AskKey: Sendable, Equatable {
    /// The key was used for another question before.
    struct Conflict: Error {}

    /// 16 bytes.
    var bytes: [UInt8]
    /// Of the question: SHA-256.
    var digest: [UInt8]
}
