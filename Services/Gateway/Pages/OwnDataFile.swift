import Contracts
import RPC
import Schema
import Wire

/// Everything that the desk holds on somebody, as one JSON object: Accounts' export, and beside its members `careers` and
/// `conversations`. Whole or not at all: a service that is away would be a gap that nobody sees.
struct OwnDataFile: Sendable {
    let bytes: [UInt8]

    /// - Throws: `ServiceFailure` of the service that did not answer.
    init(of account: AccountsAPI.Account, site: Site, context: GatewayContext) async throws {
        let own = context.options(for: account)
        let everything = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.me.exportMe(MeAPI.ExportMeRequest(), options: own)
        }
        let conversations = try await asking(.assistant) { () throws(ServiceError) in
            try await site.services.assistant.exportConversations(
                AssistantAPI.ExportConversationsRequest(),
                options: context.options(timeout: CallTimeouts.assistant, principal: own.principal))
        }
        let careers = try await Self.careers(site.services.seekers, site.jobsOptions(account, context))
        let parts: [(key: String, value: JSONValue)] = [
            ("careers", careers),
            (
                "conversations",
                try Self.json(conversations, "codingahead.assistant.v1.ExportConversationsReply", "conversations")
            ),
        ]
        guard
            case .object(let members) = try JSONValue(
                ContractRoute.json(everything, of: "codingahead.accounts.me.v1.Export"))
        else { preconditionFailure("a message is an object in JSON") }
        bytes = JSONValue.object(members + parts).bytes
    }

    private static func careers(_ seekers: SeekersAPI.Client, _ options: CallOptions) async throws -> JSONValue {
        let (profile, applications, jobs, searches) = try await asking(.jobs) { () throws(ServiceError) in
            (
                try await seekers.getProfile(SeekersAPI.GetProfileRequest(), options: options),
                try await seekers.listMyApplications(SeekersAPI.ListMyApplicationsRequest(), options: options),
                try await seekers.listSavedJobs(SeekersAPI.ListSavedJobsRequest(), options: options),
                try await seekers.listSavedSearches(SeekersAPI.ListSavedSearchesRequest(), options: options)
            )
        }
        let package = "codingahead.jobs.seekers.v1"
        return .object([
            ("profile", try JSONValue(ContractRoute.json(profile, of: "\(package).Profile"))),
            ("applications", try json(applications, "\(package).ListApplicationsReply", "applications")),
            ("savedJobs", try json(jobs, "\(package).ListSavedJobsReply", "jobs")),
            ("savedSearches", try json(searches, "\(package).ListSavedSearchesReply", "searches")),
        ])
    }

    /// A member of a message.
    private static func json(_ message: some WireMessage, _ type: String, _ member: String) throws -> JSONValue {
        try JSONValue(ContractRoute.json(message, of: type))[member] ?? .array([])
    }
}
