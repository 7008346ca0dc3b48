/// A question and its answer as they are kept; answer and trace in the contract's wire form.
struct ExchangeRow: Sendable, Equatable {
    var trace: String
    var conversation: String
    var owner: Owner
    /// Seconds since 1970.
    var askedAt: Int64
    var question: String
    var answer: [UInt8]
    var traceData: [UInt8]
    /// good | wrong; empty: nobody said.
    var verdict = ""
}
