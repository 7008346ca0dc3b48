package import Calendar
package import Contracts
package import Logging
package import RPC

/// The calls of CareerCenter: readers', employers', seekers' and moderators'.
package struct JobsHandler: JobsAPI.Service, EmployersAPI.Service, SeekersAPI.Service, ModerationAPI.Service {
    let store: JobsStore
    let board: LiveBoard
    let resumes: ResumeFolder
    let letters: JobsLetters
    let standings: Standings
    let records: DomainRecords
    let clock: WallClock
    let logger: Logger
    let credentials: [Credential]

    /// Closes what ended while the service was down, and fills the board.
    ///
    /// - Parameters:
    ///   - store: open as long as calls are served.
    ///   - accounts: the way to Accounts.
    /// - Throws: `StorageError`.
    package init(
        store: JobsStore, resumes: ResumeFolder, letters: JobsLetters, accounts: any RPCChannel,
        records: DomainRecords = DomainRecords(), clock: WallClock, logger: Logger
    ) async throws {
        self.store = store
        self.resumes = resumes
        self.letters = letters
        self.standings = Standings(accounts)
        self.records = records
        self.clock = clock
        self.logger = logger
        credentials = try store.credentials()
        while try await store.expire(at: clock.now, limit: Self.batch).count == Self.batch {}
        board = try LiveBoard(filledFrom: store)
    }

    /// Postings that are closed in one act.
    static let batch = 500

    /// The routes of all four services.
    package var routes: [Route] {
        JobsAPI.routes(self) + EmployersAPI.routes(self) + SeekersAPI.routes(self) + ModerationAPI.routes(self)
    }

    package func listCredentials(
        _ request: JobsAPI.ListCredentialsRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ListCredentialsReply {
        JobsAPI.ListCredentialsReply(
            credentials: credentials.map {
                JobsAPI.Credential(
                    abbreviation: $0.abbreviation, name: $0.name, awardedBy: $0.awardingBody.rawValue)
            })
    }

    /// Runs the body of a call and words its errors; what is nobody's mistake is logged.
    func answering<Reply>(
        _ context: CallContext, _ body: () async throws -> Reply
    ) async throws(ServiceError) -> Reply {
        do {
            return try await body()
        } catch {
            let worded = ServiceError(jobs: error)
            if worded.kind == .internal || worded.kind == .dataLoss {
                logger.error(
                    "call failed", metadata: ["cause": "\(error)", "request": "\(context.requestID)"])
            }
            throw worded
        }
    }

    /// The caller, a moderator.
    ///
    /// - Throws: `permissionDenied` for others.
    func moderator(_ context: CallContext) async throws(ServiceError) {
        let caller = try Caller.writing(context)
        guard try await standings.of(caller.account, within: context).isModerator else {
            throw ServiceError(.permissionDenied, "Only a moderator may do this.", reason: "role")
        }
    }

    /// Whether whoever calls is a moderator; a reader without an account is none.
    func isModerator(_ context: CallContext) async throws(ServiceError) -> Bool {
        guard let caller = Caller(context), caller.mayWrite else { return false }
        return try await standings.of(caller.account, within: context).isModerator
    }

    /// Who acts for employers in this call.
    ///
    /// - Throws: `unauthenticated`; `permissionDenied` for a key that may not write and for a suspended account.
    func agent(writing context: CallContext) async throws(ServiceError) -> Agent {
        try await standings.of(try Caller.writing(context).account, within: context).agent
    }

    /// The same for a call that changes nothing.
    func agent(reading context: CallContext) async throws(ServiceError) -> Agent {
        try await standings.of(try Caller.reading(context).account, within: context).agent
    }

    /// The same for a call that anybody may make; nil for a reader without an account.
    func agentIfAny(_ context: CallContext) async throws(ServiceError) -> Agent? {
        guard Caller(context) != nil else { return nil }
        return try await agent(reading: context)
    }

    /// The posting of an id in the contract.
    ///
    /// - Throws: `PostingError.unknown` for what is no id.
    func postingID(_ text: String) throws -> PostingID {
        guard let id = PostingID(text) else { throw PostingError.unknown }
        return id
    }

    /// The same for an employer.
    func employerID(_ text: String) throws -> EmployerID {
        guard let id = EmployerID(text) else { throw EmployerError.unknown }
        return id
    }

    /// The rules as of today.
    var rules: PostingRules {
        PostingRules(credentials: Set(credentials.map(\.abbreviation)), today: clock.now.date)
    }
}
