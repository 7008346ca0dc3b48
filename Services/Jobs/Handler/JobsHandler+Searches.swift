import Calendar
package import Contracts
package import RPC

extension JobsHandler {
    /// Remembers a search.
    package func saveSearch(
        _ request: SeekersAPI.SaveSearchRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.SavedSearch {
        try await answering(context) {
            let caller = try Caller.writing(context)
            let search = request.search ?? JobsAPI.SearchJobsRequest()
            // A search that cannot be run is not kept.
            _ = try SearchReading(search).query(places: store.places)
            let now = clock.now
            var chance = SystemRandomNumberGenerator()
            let saved = SavedSearch(
                id: RandomID.make(using: &chance), account: caller.account,
                name: try Self.name(request.name) ?? Self.name(of: search), query: SearchText.text(of: search),
                rhythm: try Self.rhythm(request.rhythm) ?? .daily, createdAt: now, seenThrough: now)
            try await store.save(saved, at: now)
            return SeekersAPI.SavedSearch(saved)
        }
    }

    /// The saved searches.
    package func listSavedSearches(
        _ request: SeekersAPI.ListSavedSearchesRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.ListSavedSearchesReply {
        try await answering(context) {
            let caller = try Caller.reading(context)
            return SeekersAPI.ListSavedSearchesReply(
                searches: try store.searches(of: caller.account).map { SeekersAPI.SavedSearch($0) })
        }
    }

    /// Changes name or rhythm.
    package func changeSavedSearch(
        _ request: SeekersAPI.ChangeSavedSearchRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.SavedSearch {
        try await answering(context) {
            let caller = try Caller.writing(context)
            let changed = try await store.changeSearch(
                request.id, of: caller.account, name: try Self.name(request.name),
                rhythm: try Self.rhythm(request.rhythm), at: clock.now)
            return SeekersAPI.SavedSearch(changed)
        }
    }

    /// Forgets one.
    package func deleteSavedSearch(
        _ request: SeekersAPI.DeleteSavedSearchRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.DeleteSavedSearchReply {
        try await answering(context) {
            let caller = try Caller.writing(context)
            try await store.deleteSearch(request.id, of: caller.account)
            return SeekersAPI.DeleteSavedSearchReply()
        }
    }

    /// No more digests.
    package func unsubscribe(
        _ request: SeekersAPI.UnsubscribeRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.UnsubscribeReply {
        try await answering(context) {
            try await store.unsubscribe(token: request.token)
            return SeekersAPI.UnsubscribeReply()
        }
    }

    private static func name(_ text: String) throws -> String? {
        let name = ContentReading.line(text)
        guard name.unicodeScalars.count <= SavedSearch.nameLimit else {
            throw SeekerError.invalid(FieldFault("name", "At most \(SavedSearch.nameLimit) characters."))
        }
        return name.isEmpty ? nil : name
    }

    private static func rhythm(_ text: String) throws -> SavedSearch.Rhythm? {
        if text.isEmpty { return nil }
        guard let rhythm = SavedSearch.Rhythm(rawValue: text) else {
            throw SeekerError.invalid(FieldFault("rhythm", "daily, weekly or never."))
        }
        return rhythm
    }

    /// What a search is called that nobody has named: its words and filters.
    private static func name(of search: JobsAPI.SearchJobsRequest) -> String {
        let labelled: [(Facet, [String])] = [
            (.credentialRequired, search.required), (.specialty, search.specialty), (.workplace, search.workplace),
            (.state, search.state),
        ]
        let filters = labelled.flatMap { facet, values in values.compactMap { facet.label(of: $0) } }
        let apprentices = search.apprentices.isEmpty ? [] : ["CPC-A welcome"]
        let parts = ([search.q] + filters + apprentices + [search.near]).filter { !$0.isEmpty }
        return parts.isEmpty ? "All jobs" : String(parts.joined(separator: ", ").prefix(SavedSearch.nameLimit))
    }
}

extension SeekersAPI.SavedSearch {
    init(_ saved: SavedSearch) {
        self.init(
            id: saved.id, name: saved.name, search: SearchText.search(saved.query), rhythm: saved.rhythm.rawValue,
            createdAt: saved.createdAt.rfc3339, mailedAt: saved.mailedAt?.rfc3339 ?? "")
    }
}
