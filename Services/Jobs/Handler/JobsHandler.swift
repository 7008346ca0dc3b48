package import Contracts
package import Logging
package import RPC

/// The calls of CareerCenter.
package struct JobsHandler: JobsAPI.Service {
    private let store: JobsStore
    private let logger: Logger

    /// - Parameter store: open as long as calls are served.
    package init(store: JobsStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// - Throws: `internal` when the store cannot be read.
    package func listCredentials(
        _ request: JobsAPI.ListCredentialsRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ListCredentialsReply {
        let credentials: [Credential]
        do { credentials = try store.credentials() } catch {
            logger.error("store not read", metadata: ["cause": "\(error)", "request": "\(context.requestID)"])
            throw ServiceError(.internal, "The jobs store could not be read; its program's log says why.")
        }
        return JobsAPI.ListCredentialsReply(
            credentials: credentials.map {
                JobsAPI.Credential(
                    abbreviation: $0.abbreviation, name: $0.name, awardedBy: $0.awardingBody.rawValue)
            })
    }
}
