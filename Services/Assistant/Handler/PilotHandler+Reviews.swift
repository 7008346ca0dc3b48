package import Contracts
package import RPC

extension PilotHandler {
    /// A sentence or two for everybody to read.
    private static let longestSummary = 2_000

    /// How an answer came about.
    package func getTrace(
        _ request: AssistantAPI.TraceRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Trace {
        let row: ExchangeRow?
        do { row = try store.exchange(request.traceId) } catch { throw failure(error, doing: "read the trace") }
        guard let row else {
            throw ServiceError(
                .notFound,
                "There is no such trace: the id is wrong, its conversation was deleted, or nothing was kept.",
                field: "trace_id")
        }
        var trace = try WireForm.value(AssistantAPI.Trace.self, from: row.traceData)
        trace.question = row.question
        return trace
    }

    /// The review queue.
    package func listReviews(
        _ request: AssistantAPI.ListReviewsRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ListReviewsReply {
        guard ["", "open", "closed"].contains(request.state) else {
            throw ServiceError(.invalidArgument, "Reviews are open or closed.", field: "state")
        }
        let size = try Self.size(request.pageSize, usual: 30, most: 100)
        let rows: [ReviewRow]
        let open: Int
        do {
            rows = try store.reviews(open: request.state != "closed", limit: size)
            open = try store.openReviews()
        } catch {
            throw failure(error, doing: "list the reviews")
        }
        var reviews: [AssistantAPI.Review] = []
        for row in rows { reviews.append(try review(row)) }
        return AssistantAPI.ListReviewsReply(reviews: reviews, open: UInt32(clamping: open))
    }

    /// Ends a review.
    package func resolveReview(
        _ request: AssistantAPI.ResolveReviewRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Review {
        let reviewer = try Self.reviewer(request.reviewer, context)
        guard ["right", "corrected"].contains(request.state) else {
            throw ServiceError(.invalidArgument, "Say right or corrected.", field: "state")
        }
        try Self.check(request.resolution, "resolution")
        try Self.check(request.publicSummary, "public_summary")
        let now = surroundings.now()
        let error: ErrorRow? =
            request.publicSummary.trimmed.isEmpty
            ? nil
            : ErrorRow(
                id: 0, summary: IdentifierScanner.redacted(request.publicSummary.trimmed), foundOn: UTCSeconds(now).day,
                fixedOn: request.state == "corrected" ? UTCSeconds(now).day : "", told: "", code: "")
        do {
            let isThere = try await store.resolve(
                request.traceId, state: request.state, resolution: request.resolution.trimmed, reviewer: reviewer,
                error: error, at: now)
            guard isThere, let row = try store.review(request.traceId) else {
                throw ServiceError(.notFound, "There is no such review.", field: "trace_id")
            }
            return try review(row)
        } catch {
            throw failure(error, doing: "end the review")
        }
    }

    /// The public error log.
    package func listErrors(
        _ request: AssistantAPI.ListErrorsRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ListErrorsReply {
        let size = try Self.size(request.pageSize, usual: 50, most: 100)
        let below = Int64(request.pageToken)
        guard request.pageToken.isEmpty || below != nil else {
            throw ServiceError(.invalidArgument, "This is no page token of this call.", field: "page_token")
        }
        let rows: [ErrorRow]
        do { rows = try store.errors(below: below, limit: size) } catch {
            throw failure(error, doing: "read the error log")
        }
        return AssistantAPI.ListErrorsReply(
            errors: rows.map(AssistantAPI.ErrorEntry.init),
            nextPageToken: rows.count == size ? rows.last.map { "\($0.id)" } ?? "" : "")
    }

    /// Writes or changes an entry of the public error log.
    package func putError(
        _ request: AssistantAPI.PutErrorRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.ErrorEntry {
        let reviewer = try Self.reviewer(request.reviewer, context)
        let entry = request.entry ?? AssistantAPI.ErrorEntry()
        try Self.check(entry.summary, "summary")
        guard !entry.summary.trimmed.isEmpty else {
            throw ServiceError(.invalidArgument, "Say what was wrong.", field: "summary")
        }
        guard DateReader.isDay(entry.foundOn), entry.fixedOn.isEmpty || DateReader.isDay(entry.fixedOn) else {
            throw ServiceError(.invalidArgument, "Give days as YYYY-MM-DD.", field: "found_on")
        }
        try Self.check(entry.told, "told")
        var row = ErrorRow(
            id: Int64(entry.id), summary: IdentifierScanner.redacted(entry.summary.trimmed), foundOn: entry.foundOn,
            fixedOn: entry.fixedOn, told: entry.told.trimmed, code: String(entry.code.prefix(64)))
        do {
            guard let id = try await store.put(row, by: reviewer, at: surroundings.now()) else {
                throw ServiceError(.notFound, "There is no entry with this number.", field: "id")
            }
            row.id = id
        } catch {
            throw failure(error, doing: "write the error log")
        }
        return AssistantAPI.ErrorEntry(row)
    }

    private func review(_ row: ReviewRow) throws(ServiceError) -> AssistantAPI.Review {
        let exchange: ExchangeRow?
        do { exchange = try store.exchange(row.trace) } catch { throw failure(error, doing: "read the review") }
        return AssistantAPI.Review(
            traceId: row.trace, openedAt: UTCSeconds(row.openedAt).rfc3339, comment: row.comment,
            question: exchange?.question ?? "",
            answer: try exchange.map { (found) throws(ServiceError) in
                try WireForm.value(AssistantAPI.Answer.self, from: found.answer)
            }, state: row.state, resolution: row.resolution,
            resolvedAt: row.resolvedAt == 0 ? "" : UTCSeconds(row.resolvedAt).rfc3339)
    }

    private static func check(_ text: String, _ field: String) throws(ServiceError) {
        guard text.count <= longestSummary else {
            throw ServiceError(.invalidArgument, "At most \(longestSummary) characters.", field: field)
        }
    }

    /// Gateway names the reviewer; the command line is the operator.
    static func reviewer(_ named: String, _ context: CallContext) throws(ServiceError) -> String {
        if !named.isEmpty { return named }
        let principal = String(decoding: context.principal, as: UTF8.self)
        guard principal.hasPrefix("operator ") else {
            throw ServiceError(.permissionDenied, "Only reviewers may do this.", reason: "role_needed")
        }
        return principal
    }
}

extension AssistantAPI.ErrorEntry {
    init(_ row: ErrorRow) {
        self.init(
            id: UInt32(clamping: row.id), summary: row.summary, foundOn: row.foundOn, fixedOn: row.fixedOn,
            told: row.told, code: row.code)
    }
}
