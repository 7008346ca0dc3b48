import Schema
import Contracts
import Runtime
import HTTPTypes
import Hummingbird
import RPC

extension Site {
    /// Who makes a call: `Authorization: Bearer` first, then the cookies of a session or a guest; a newcomer without them.
    /// - Throws: 401 for a bearer token that is not valid; 403 for a key whose scopes do not hold the call, and for a changing
    ///   call that a browser makes for another site; what `Accounts.Authenticate` throws.
    func caller(_ call: ContractCall) async throws -> Reader {
        try await caller(
            of: call.request, context: call.context, need: call.route.need, isChange: call.route.rule.verb != "GET")
    }

    /// The same for what is no call of the contract.
    /// - Throws: the same.
    func caller(
        of request: Request, context: GatewayContext, need: ContractRoute.Need?, isChange: Bool
    ) async throws -> Reader {
        let reader: Reader
        if request.headers[.authorization] != nil {
            reader = try await readers.callingReader(of: request, context: context)
        } else {
            reader = try await readers.reader(of: request, context: context)
            if reader.account != nil, isChange { try refuseForeignPages(request) }
        }
        if let need { try requireScope(need, of: reader) }
        return reader
    }

    /// - Throws: 403 `scope_needed` when the reader shows an API key that does not hold it. `write` holds the others.
    func requireScope(_ need: ContractRoute.Need, of reader: Reader) throws {
        guard let scopes = reader.account?.scopes, !scopes.isEmpty else { return }
        guard scopes.contains(need.rawValue) || scopes.contains(ContractRoute.Need.write.rawValue) else {
            throw ServiceError(
                .permissionDenied, "This API key needs the scope \(need.rawValue).", reason: "scope_needed")
        }
    }

    /// A session cookie is sent by the browser whoever makes it ask; a page of another site may not change anything with it.
    /// (JSON bodies and DELETE also need a preflight that other origins do not pass, and the cookie is SameSite=Lax.)
    private func refuseForeignPages(_ request: Request) throws {
        let site = request.headers[.secFetchSite]
        let isOurs = site.map { $0 == "same-origin" || $0 == "none" } ?? true
        let comesFromUs = request.headers[.origin].map { $0 == origin.description } ?? true
        guard isOurs, site != nil || comesFromUs else {
            throw ServiceError(
                .permissionDenied, "Another site's page may not do this with your session: use an API key.",
                reason: "foreign_page")
        }
    }
}
