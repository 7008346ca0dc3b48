import Contracts
import RPC

/// A request to answer, checked, and without what identified a patient.
struct AskedQuestion: Sendable {
    /// Kept texts have nothing in them that identified a patient.
    let text: String
    let conversation: String
    private let code: String
    private let date: String
    private let removed: [PatientIdentifier.Kind]
    private let holdsInstructions: Bool

    /// - Throws: `invalidArgument` with the field.
    init(_ request: AssistantAPI.AskRequest) throws(ServiceError) {
        let question = request.question.trimmed
        guard !question.isEmpty else {
            throw ServiceError(.invalidArgument, "Ask something.", field: "question")
        }
        guard question.unicodeScalars.count <= PilotHandler.longestQuestion else {
            throw ServiceError(
                .invalidArgument, "A question may be at most \(PilotHandler.longestQuestion) characters long.",
                field: "question")
        }
        guard request.dateOfService.isEmpty || DateReader.isDay(request.dateOfService) else {
            throw ServiceError(.invalidArgument, "Give the date as YYYY-MM-DD.", field: "date_of_service")
        }
        guard request.code.utf8.count <= 64, request.conversation.utf8.count <= 64 else {
            throw ServiceError(.invalidArgument, "This is no code or conversation of this desk.", field: "code")
        }
        let found = IdentifierScanner.identifiers(in: question)
        text = found.isEmpty ? question : IdentifierScanner.redacted(question)
        removed = PatientIdentifier.Kind.allCases.filter { kind in found.contains { $0.kind == kind } }
        holdsInstructions = ScopeReader(padded: QuestionReader.padded(question)).holdsInstructions
        conversation = request.conversation
        code = request.code
        date = request.dateOfService
    }

    /// A question that held patient data leaves nothing behind.
    var mayBeKept: Bool { removed.isEmpty }

    /// What the asker is warned of.
    var notices: [String] {
        var notices: [String] = []
        if !removed.isEmpty {
            let kinds = removed.map(\.rawValue).joined(separator: ", ")
            notices.append(
                "Your question held what identifies a patient (\(kinds)). It was answered without that and is not kept. "
                    + "Never send patient identifiers.")
        }
        if holdsInstructions {
            notices.append("A part of the text reads like instructions to the assistant. It was treated as text.")
        }
        return notices
    }

    /// What the conversation is called: the beginning of the question.
    var title: String {
        let line = text.collapsed
        return line.count <= 80 ? line : String(line.prefix(79)) + "…"
    }

    /// The same question has the same.
    var fingerprint: String { [text, code, conversation, date].joined(separator: "\n") }

    /// What is asked when a pasted note also tells the assistant what to do: all but the sentences that do. A text of nothing else
    /// stays as it is, and is out of scope.
    private var withoutInstructions: String {
        guard holdsInstructions else { return text }
        let rest = Sentences.split(text).filter { !ScopeReader(padded: QuestionReader.padded($0)).holdsInstructions }
        return rest.isEmpty ? text : rest.joined(separator: " ")
    }

    func inquiry(earlier: Question?, licensed: Bool) -> Answerer.Inquiry {
        Answerer.Inquiry(text: withoutInstructions, pageCode: code, date: date, earlier: earlier, licensed: licensed)
    }
}

extension [UInt8] {
    /// Two digits a byte.
    var hexadecimal: String {
        map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}
