/// How long a reader may be kept waiting for each service. Each is far above what a healthy service takes, and short
/// enough that a page about the failure still comes while the reader looks.
enum CallTimeouts {
    /// Point reads and searches of a local snapshot.
    static let lookup = Duration.seconds(5)
    /// Includes an Argon2id password hash and a wait for a free slot to compute it.
    static let accounts = Duration.seconds(10)
    static let assistant = Duration.seconds(15)
    static let jobs = Duration.seconds(5)
    /// A health question is no use when it takes longer.
    static let health = Duration.seconds(1)
}
