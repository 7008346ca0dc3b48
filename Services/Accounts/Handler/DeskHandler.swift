import Calendar
package import Contracts
import Mail
package import RPC

/// Answers what people keep about codes.
package struct DeskHandler: DeskAPI.Service {
    private let me: MeHandler
    private let desks: DeskStore

    /// Works with the same store and clock as `me`.
    package init(_ me: MeHandler) {
        self.me = me
        desks = me.desks
    }

    /// All of a desk; see the contract.
    package func getDesk(
        _ request: DeskAPI.GetDeskRequest, context: CallContext
    ) async throws(ServiceError) -> DeskAPI.DeskContent {
        try await me.answering(context, .read) { caller in
            guard !request.code.isEmpty else { return try me.desk(of: caller.account.id) }
            let mark = try desks.mark(of: try MeteredItem(request.code).text, by: caller.account.id)
            return DeskAPI.DeskContent(codes: [mark].compactMap { $0 }.map(DeskAPI.MarkedCode.init))
        }
    }

    /// Changes what is kept about a code; see the contract.
    package func markCode(
        _ request: DeskAPI.MarkCodeRequest, context: CallContext
    ) async throws(ServiceError) -> DeskAPI.MarkedCode {
        try await me.answering(context, .write) { caller in
            let code = try MeteredItem(request.code).text
            let (on, note) = (request.on, request.note)
            guard note.utf8.count <= MarkedCode.noteLimit else {
                throw InvalidField("note", "a note has at most \(MarkedCode.noteLimit) bytes")
            }
            let change: @Sendable (MarkedCode) -> MarkedCode
            switch request.change {
            case "favourite": change = { $0.with(isFavourite: on, at: caller.now) }
            case "note": change = { $0.with(note: note, at: caller.now) }
            case "watch":
                guard !on || caller.account.isEmailVerified else {
                    throw AccountError.precondition("verify your address first", reason: "unverified")
                }
                change = { $0.with(isWatched: on, at: caller.now) }
            default: throw InvalidField("change", "the change is favourite, note or watch")
            }
            return DeskAPI.MarkedCode(
                try await desks.mark(code, of: caller.account.id, at: caller.now, change))
        }
    }

    /// Whether searches are kept; see the contract.
    package func setSearchHistory(
        _ request: DeskAPI.SetSearchHistoryRequest, context: CallContext
    ) async throws(ServiceError) -> DeskAPI.SetSearchHistoryReply {
        try await me.answering(context, .write) { caller in
            try await desks.setKeepsSearches(request.on, of: caller.account.id)
            return DeskAPI.SetSearchHistoryReply()
        }
    }

    /// Notes what was viewed or searched for; see the contract.
    package func noteUse(
        _ request: DeskAPI.NoteUseRequest, context: CallContext
    ) async throws(ServiceError) -> DeskAPI.NoteUseReply {
        try await me.answering(context, .read) { caller in
            let code = request.code.isEmpty ? "" : try MeteredItem(request.code).text
            let search = String(decoding: request.search.utf8.prefix(DeskUse.searchLimit), as: UTF8.self)
            desks.noteUse(code: code, search: search, by: caller.account.id, at: caller.now)
            return DeskAPI.NoteUseReply()
        }
    }

    /// Mails whoever watches a code that has changed; see the contract. Only other programs call it.
    package func announceChanges(
        _ request: DeskAPI.AnnounceChangesRequest, context: CallContext
    ) async throws(ServiceError) -> DeskAPI.AnnounceChangesReply {
        try await me.base.answering {
            let edition = try DisplayName(request.edition, field: "edition", limit: 80).text
            guard request.changes.count <= 10_000 else {
                throw InvalidField("changes", "at most 10000 changes are announced at a call")
            }
            let changes = Dictionary(
                request.changes.map { ($0.code, $0.what) }, uniquingKeysWith: { first, _ in first })
            let letters = me.base.letters
            let mails = try await desks.announce(changes, edition: edition, at: me.base.clock.now) {
                id, address, lines in letters.watch(lines, edition: edition, to: address, id: id)
            }
            return DeskAPI.AnnounceChangesReply(mails: UInt32(clamping: mails))
        }
    }
}

extension MarkedCode {
    /// The same with a part changed.
    fileprivate func with(
        isFavourite: Bool? = nil, note: String? = nil, isWatched: Bool? = nil, at now: UTCInstant
    ) -> MarkedCode {
        MarkedCode(
            code: code, isFavourite: isFavourite ?? self.isFavourite, note: note ?? self.note,
            isWatched: isWatched ?? self.isWatched, changedAt: now)
    }
}

extension DeskAPI.MarkedCode {
    init(_ mark: MarkedCode) {
        self.init(
            code: mark.code, favourite: mark.isFavourite, note: mark.note, watched: mark.isWatched,
            changedAt: mark.changedAt.rfc3339)
    }
}
