/// An answer that somebody called wrong.
struct ReviewRow: Sendable, Equatable {
    var trace: String
    /// Seconds since 1970.
    var openedAt: Int64
    var comment: String
    /// open | right | corrected
    var state: String
    var resolution: String
    /// 0: not yet.
    var resolvedAt: Int64
}
