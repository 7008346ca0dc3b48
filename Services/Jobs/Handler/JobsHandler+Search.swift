import Calendar
package import Contracts
package import RPC

extension JobsHandler {
    /// Values of a facet that are shown: all states with territories, and more than anybody reads of employers.
    private static let facetValues = 60

    /// Open postings with facets.
    package func searchJobs(
        _ request: JobsAPI.SearchJobsRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.SearchJobsReply {
        try await answering(context) {
            let start = ContinuousClock.now
            let reading = SearchReading(request)
            var query = try reading.query(places: store.places)
            if !request.pageToken.isEmpty {
                query.after = try BoardToken.position(request.pageToken, of: reading.fingerprint)
            }
            let (answer, entries) = board.search(query, at: clock.now)
            var reply = JobsAPI.SearchJobsReply(
                jobs: entries.map { JobsAPI.JobSummary($0) }, facets: facets(answer, query),
                total: UInt32(clamping: answer.total), relaxed: answer.isRelaxed)
            if answer.hasMore, let last = answer.positions.last {
                reply.nextPageToken = BoardToken.text(last, of: reading.fingerprint)
            }
            reply.tookMicros = UInt32(clamping: Int((ContinuousClock.now - start) / .microseconds(1)))
            return reply
        }
    }

    /// All open postings for the sitemap.
    package func listSitemap(
        _ request: JobsAPI.ListSitemapRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ListSitemapReply {
        try await answering(context) {
            let page = try store.sitemap(after: request.pageToken, limit: JobsStore.sitemapPage)
            return JobsAPI.ListSitemapReply(
                entries: page.map { .init(id: $0.id.text, updatedAt: $0.updatedAt.rfc3339) },
                nextPageToken: page.count == JobsStore.sitemapPage ? page.last?.id.text ?? "" : "")
        }
    }

    private func facets(_ answer: BoardAnswer, _ query: BoardQuery) -> [JobsAPI.JobFacet] {
        return Facet.allCases.map { facet in
            let counts = answer.counts[facet] ?? [:]
            let chosen = query.filters[facet] ?? []
            // A value that is chosen stays in sight, also with nothing left of it.
            let values = Set(counts.keys).union(chosen)
            let sorted = values.sorted { left, right in
                facet.isNumeric
                    ? (Int(left) ?? 0) < (Int(right) ?? 0)
                    : (counts[right] ?? 0, left) < (counts[left] ?? 0, right)
            }
            return JobsAPI.JobFacet(
                field: facet.rawValue,
                values: sorted.prefix(Self.facetValues).map { value in
                    .init(
                        value: value, label: facet.label(of: value) ?? answer.employerNames[value] ?? value,
                        count: UInt32(clamping: counts[value] ?? 0))
                })
        }
    }
}
