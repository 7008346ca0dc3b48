import Contracts
import Foundation
import RPC
import Schema
import Testing

/// Every address of the contract, called by everybody who could call it.
@Suite struct AuthorizationMatrixTests {
    @Test func `every address answers each kind of caller as it should, and nobody gets at another's things`()
        async throws
    {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let callers = try await Callers(desk)
            var calls = 0
            for route in Self.routes {
                for caller in callers.all {
                    let answer = try await Web().call(
                        route.verb, desk.origin + route.path(callers.owner), headers: caller.headers,
                        json: route.body(callers.owner))
                    calls += 1
                    let place = "\(route.verb) \(route.template) by \(caller.name): \(answer.status)"
                    #expect(answer.status < 500, "\(place)")
                    if let fault = route.fault(answer.status, caller) { Issue.record("\(place): \(fault)") }
                }
            }
            #expect(calls == Self.routes.count * callers.all.count && calls > 200)
            // Nothing of the owner's was touched by any of it.
            let me = try await Web().call("GET", "\(desk.origin)/v1/me/keys", headers: callers.owner.headers)
            #expect(me.status == 200 && me.body.contains(callers.owner.key))
            let sessions = try await Web().call("GET", "\(desk.origin)/v1/me/sessions", headers: callers.owner.headers)
            #expect(sessions.body.contains(callers.owner.session))
        }
    }

    private static let routes: [Route] = Contract.schema.files.flatMap(\.services).flatMap { service in
        service.methods.flatMap { method in method.http.map { Route(method, $0) } }
    }
}

/// Somebody who calls.
private struct Caller {
    enum Kind { case nobody, member, administrator, readKey, writeKey }

    let name: String
    let kind: Kind
    let token: String

    var headers: [String: String] { token.isEmpty ? [:] : ["Authorization": "Bearer \(token)"] }
}

/// Somebody whose things the others try to reach.
private struct Owner {
    let account: String
    let session: String
    let key: String
    let headers: [String: String]
}

private struct Callers {
    let all: [Caller]
    let owner: Owner

    init(_ desk: RunningDesk) async throws {
        let owner = try await Self.register("owner@example.org", desk)
        let other = try await Self.register("other@example.org", desk)
        let administrator = try await Self.administrator(desk)
        let ownerHeaders = ["Authorization": "Bearer \(owner.token)"]
        let sessions = try await Web().call("GET", "\(desk.origin)/v1/me/sessions", headers: ownerHeaders)
        let key = try await Self.key(["read"], owner.token, desk)
        self.owner = Owner(
            account: owner.id, session: try Self.word("id", in: sessions.body), key: key.id, headers: ownerHeaders)
        all = [
            Caller(name: "nobody", kind: .nobody, token: ""),
            Caller(name: "another member", kind: .member, token: other.token),
            Caller(
                name: "a key that may read", kind: .readKey,
                token: try await Self.key(["read"], other.token, desk).secret),
            Caller(
                name: "a key that may write", kind: .writeKey,
                token: try await Self.key(["write"], other.token, desk).secret),
            Caller(name: "an administrator", kind: .administrator, token: administrator),
        ]
    }

    private static func word(_ name: String, in body: String) throws -> String {
        let match = try #require(body.firstMatch(of: try Regex("\"\(name)\":\"([^\"]+)\"")), "\(body)")
        return String(try #require(match.output[1].substring))
    }

    private static func register(_ email: String, _ desk: RunningDesk) async throws -> (id: String, token: String) {
        let body = #"{"email":"\#(email)","password":"correct horse battery"}"#
        let answer = try await Web().call("POST", "\(desk.origin)/v1/accounts", json: body)
        return (try word("id", in: answer.body), try word("token", in: answer.body))
    }

    private static func key(
        _ scopes: [String], _ token: String, _ desk: RunningDesk
    ) async throws -> (id: String, secret: String) {
        let list = scopes.map { "\"\($0)\"" }.joined(separator: ",")
        let answer = try await Web().call(
            "POST", "\(desk.origin)/v1/me/keys", headers: ["Authorization": "Bearer \(token)"],
            json: #"{"name":"test","scopes":[\#(list)]}"#)
        return (try word("id", in: answer.body), try word("secret", in: answer.body))
    }

    private static func administrator(_ desk: RunningDesk) async throws -> String {
        let email = "root@example.org"
        let client = AdministrationAPI.Client(desk.client(.accounts))
        _ = try await client.makeAccount(
            AdministrationAPI.MakeAccountRequest(
                email: email, password: "correct horse battery", roles: ["administrator"]),
            options: CallOptions(principal: Array("operator test".utf8)))
        let answer = try await Web().call(
            "POST", "\(desk.origin)/v1/sessions", json: #"{"email":"\#(email)","password":"correct horse battery"}"#)
        return try word("token", in: answer.body)
    }
}

/// An address, and what may come of it.
private struct Route {
    let verb: String
    let template: String
    private let method: MethodDescriptor
    private let takesBody: Bool

    init(_ method: MethodDescriptor, _ rule: MethodDescriptor.HTTPRule) {
        self.method = method
        verb = rule.verb
        template = rule.path
        takesBody = !rule.body.isEmpty
    }

    func path(_ owner: Owner) -> String {
        let values = [
            "{account_id}": owner.account, "{system}": "icd10cm", "{code}": "A10", "{year}": "2026",
            "{map}": "icd9cm-icd10cm",
        ]
        var path = template
        for (name, value) in values { path = path.replacingOccurrences(of: name, with: value) }
        let id = template.contains("/sessions/") ? owner.session : owner.key
        return path.replacing(try! Regex(#"\{\w+\}"#), with: id)
    }

    func body(_ owner: Owner) -> String? { takesBody ? "{}" : nil }

    /// What is wrong with an answer; nil: nothing.
    func fault(_ status: Int, _ caller: Caller) -> String? {
        switch template {
        case _ where template.hasPrefix("/v1/admin/"):
            switch caller.kind {
            case .nobody: return status == 401 ? nil : "nobody administers"
            case .administrator: return [401, 403].contains(status) ? "an administrator administers" : nil
            default: return status == 403 ? nil : "only administrators administer"
            }
        case "/v1/me/sessions/{id}", "/v1/me/keys/{id}":
            if caller.kind == .nobody { return status == 401 ? nil : "nobody has sessions or keys" }
            return [403, 404].contains(status) ? nil : "it is somebody else's"
        case _ where template == "/v1/me" || template.hasPrefix("/v1/me/"):
            if caller.kind == .nobody { return status == 401 ? nil : "nobody has an account" }
            if caller.kind == .readKey, verb != "GET" { return status == 403 ? nil : "the key may only read" }
            return status == 401 ? "the caller is known" : nil
        case _ where verb != "GET" && caller.kind == .nobody:
            // Registration and login are for nobody; an empty request makes no account. What only reads is for everyone.
            return (200..<300).contains(status) && !method.isIdempotent ? "nobody changes anything" : nil
        default: return nil
        }
    }
}
