package import Calendar
package import Contracts
package import Logging
package import RPC
import Synchronization

/// The calls of CareerCenter.
package struct JobsHandler: JobsAPI.Service {
    /// Asks Accounts about an account.
    package typealias StandingLookup = @Sendable (_ account: String, CallContext) async throws(ServiceError) -> Standing

    let store: JobsStore
    let board: LiveBoard
    let resumes: ResumeFolder
    let letters: JobsLetters
    let standing: StandingLookup
    let clock: WallClock
    let logger: Logger
    let credentials: [Credential]

    /// Fills the board from the store.
    ///
    /// - Parameter store: open as long as calls are served.
    /// - Throws: `StorageError`.
    package init(
        store: JobsStore, resumes: ResumeFolder, letters: JobsLetters, standing: @escaping StandingLookup,
        clock: WallClock, logger: Logger
    ) throws {
        self.store = store
        self.resumes = resumes
        self.letters = letters
        self.standing = standing
        self.clock = clock
        self.logger = logger
        credentials = try store.credentials()
        board = try LiveBoard(filledFrom: store)
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
        guard try await standing(caller.account, context).isModerator else {
            throw ServiceError(.permissionDenied, "Only a moderator may do this.", reason: "role")
        }
    }

    /// Whether whoever calls is a moderator; a reader without an account is none.
    func isModerator(_ context: CallContext) async throws(ServiceError) -> Bool {
        guard let caller = Caller(context), caller.mayWrite else { return false }
        return try await standing(caller.account, context).isModerator
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
