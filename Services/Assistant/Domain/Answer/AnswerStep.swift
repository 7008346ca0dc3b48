/// A tool that was asked for an answer.
struct AnswerStep: Sendable, Equatable {
    var tool: String
    /// In a few words.
    var about: String
    /// found | nothing | failed
    var outcome = ""
    var tookMicros = 0
}
