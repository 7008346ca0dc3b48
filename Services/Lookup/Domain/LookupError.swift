/// Why a question has no answer. Messages say what to do next and repeat at most a shortened part of what was asked.
enum LookupError: Error, Sendable, Equatable {
    /// The question is malformed; `field` names the request's field.
    case invalid(field: String, String)
    case notFound(String)
    /// Somebody else wrote first.
    case conflict(String)
    /// More of a licensed set than one answer may list.
    case licenceLimit(String)
    /// A part of the service could not be started.
    case unavailable(String)
    /// The page token belongs to editions that have been replaced.
    case stale(String)

    /// What to tell.
    var message: String {
        switch self {
        case .invalid(_, let text), .notFound(let text), .conflict(let text), .licenceLimit(let text),
            .unavailable(let text), .stale(let text):
            text
        }
    }
}
