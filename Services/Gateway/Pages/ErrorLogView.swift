import Contracts

/// The public error log, as `errors.mustache` takes it.
struct ErrorLogView: Sendable {
    struct EntryView: Sendable {
        let id: UInt32
        let summary: String
        let code: String
        let foundOn: String
        let fixedOn: String
        let isFixed: Bool
        let told: String
    }

    let errors: [EntryView]
    let hasErrors: Bool
    let nextPath: String
    let hasNext: Bool

    init(_ reply: AssistantAPI.ListErrorsReply) {
        errors = reply.errors.map { entry in
            EntryView(
                id: entry.id, summary: entry.summary, code: entry.code, foundOn: entry.foundOn, fixedOn: entry.fixedOn,
                isFixed: !entry.fixedOn.isEmpty, told: entry.told)
        }
        hasErrors = !errors.isEmpty
        hasNext = !reply.nextPageToken.isEmpty
        nextPath = "/errors" + PercentCoding.query([("page", reply.nextPageToken)])
    }
}
