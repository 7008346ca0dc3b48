import Storage

extension Catalogue {
    /// What coverage documents are asked for, as the contract words it.
    struct CoverageQuestion: Sendable {
        var q = ""
        var state = ""
        var contractor = ""
        var kind = ""
        var day = ""
        var pageSize = 0
        var pageToken = ""
    }

    /// A page of coverage documents.
    struct CoverageShelf: Sendable {
        var documents: [(document: CoverageDocument, states: [String])]
        var total: Int
        var nextPageToken: String
        var notice: String
        var sources: [Citation]
    }

    private static let coveragePage = 20
    private static let largestCoveragePage = 100
    private static let longestCoverageQuery = 200
    /// Of versions of a document the newest in effect is shown; the whole index has some thousand rows.
    private static let coverageKinds = ["lcd": "LCD", "article": "Article", "ncd": "NCD"]

    /// The documents in effect on a day that fit every condition, newest first.
    /// - Throws: `LookupError`; `SnapshotError`.
    func coverage(_ question: CoverageQuestion) throws -> CoverageShelf {
        let day = try Self.day(question.day) ?? today()
        let state = question.state.uppercased()
        guard question.q.utf8.count <= Self.longestCoverageQuery,
            question.contractor.utf8.count <= Self.longestCoverageQuery
        else {
            throw LookupError.invalid(field: "q", "At most \(Self.longestCoverageQuery) characters are searched for.")
        }
        guard state.isEmpty || contractorStates.knows(state) else {
            throw LookupError.invalid(
                field: "state", "“\(Self.shortened(question.state))” is no state that a contractor serves; write CA.")
        }
        let kind = Self.coverageKinds[question.kind.lowercased()] ?? ""
        guard question.kind.isEmpty || !kind.isEmpty else {
            throw LookupError.invalid(
                field: "kind", "“\(Self.shortened(question.kind))” is no kind; use LCD, Article or NCD.")
        }
        let size = question.pageSize == 0 ? Self.coveragePage : min(question.pageSize, Self.largestCoveragePage)
        let fingerprint = PageToken.fingerprint([
            "coverage", question.q, state, question.contractor, kind, day.description,
        ])
        return try reader.read { connection, contents in
            let store = ReferenceStore(connection, contents)
            let files = store.shelf.files(of: .coverageDocuments) + store.shelf.files(of: .nationalCoverage)
            guard !files.isEmpty else {
                throw LookupError.notFound(store.shelf.absence(of: .coverageDocuments, on: day))
            }
            let offset = try PageToken.position(
                question.pageToken, of: fingerprint, in: contents.identity, atMost: Int(Int32.max))
            let words = Set(Self.words(question.q))
            let all = try files.flatMap { try store.rows(CoverageDocument.self, in: $0.id) }
            let fitting = all.filter { document in
                (kind.isEmpty || document.kind == kind) && Self.isInEffect(document, on: day)
                    && (state.isEmpty || document.kind == "NCD"
                        || contractorStates.states(of: document.contractor).contains(state))
                    && document.contractor.lowercased().contains(question.contractor.lowercased())
                    && (words.isSubset(of: Self.words(document.title)) || words == [document.key.lowercased()])
            }.sorted { ($1.effective, $0.key) < ($0.effective, $1.key) }
            let end = min(offset + size, fitting.count)
            return CoverageShelf(
                documents: fitting[min(offset, end)..<end].map {
                    ($0, contractorStates.states(of: $0.contractor))
                }, total: fitting.count,
                nextPageToken: end < fitting.count
                    ? PageToken.text(at: end, of: fingerprint, in: contents.identity) : "",
                notice: Self.coverageNotice(store.shelf), sources: files.map { Citation($0.record) })
        }
    }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func isInEffect(_ document: CoverageDocument, on day: Day) -> Bool {
        let text = day.description
        return document.effective <= text && (document.retired.isEmpty || document.retired > text)
    }

    private static func coverageNotice(_ shelf: ReferenceShelf) -> String {
        let index =
            "The index names contractors; states are those that they serve, and a document may hold for a part of them. "
            + "It holds titles and dates, not the texts."
        return shelf.files(of: .nationalCoverage).isEmpty
            ? index + " National coverage determinations are not loaded." : index
    }
}
