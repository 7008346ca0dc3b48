/// A question as it was read.
struct Question: Sendable, Equatable {
    /// The words, without what identified a patient.
    var text: String
    var intents: [Intent] = []
    var mentions: [CodeMention] = []
    /// First and last code of each range, e.g. A4206-A4232.
    var ranges: [CodeRange] = []
    var modifiers: [String] = []
    /// YYYY-MM-DD; nil: none is said.
    var date: String?
    /// Two letters of a US state.
    var state: String?
    /// Five digits, when a ZIP code is said.
    var zip: String?
    /// facility | non-facility
    var setting: String?
    /// What a search is for, without the words that ask: "which code for right ankle sprain" → "right ankle sprain".
    var topic = ""
    /// A set that is named: "icd-10", "HCPCS".
    var system: String?
    var outOfScope: OutOfScope?
    /// It leans on what was said before: "and with modifier 59?"
    var isFollowUp = false
}
