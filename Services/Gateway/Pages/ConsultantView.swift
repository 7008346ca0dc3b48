import Contracts

/// CaseConsultant's page, as `caseconsultant.mustache` takes it: where to mail, and the reader's own cases.
struct ConsultantView: Sendable {
    struct CaseView: Sendable {
        let subject: String
        let path: String
        let receivedAt: String
        let state: String
        let reason: String

        init(_ one: ConsultantAPI.Case, under path: String) {
            subject = one.subject.isEmpty ? "(no subject)" : one.subject
            self.path = "\(path)/\(one.id)"
            receivedAt = UTCInstant(one.receivedAt)?.words ?? one.receivedAt
            state = Self.words(one.state)
            reason = one.reason
        }

        static func words(_ state: String) -> String {
            switch state {
            case "received": "being answered"
            case "answered": "answered by mail"
            case "waiting": "waits for a consultant"
            case "replied": "answered by a consultant"
            case "refused": "not answered"
            default: state
            }
        }
    }

    let address: String
    let isOpen: Bool
    let isSignedIn: Bool
    let cases: [CaseView]
    let hasCases: Bool

    /// - Parameter cases: nil when nobody is signed in.
    init(address: String, cases: [ConsultantAPI.Case]?) {
        self.address = address
        isOpen = !address.isEmpty
        isSignedIn = cases != nil
        self.cases = (cases ?? []).map { CaseView($0, under: "/caseconsultant") }
        hasCases = !self.cases.isEmpty
    }
}
