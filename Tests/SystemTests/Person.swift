import Contracts
import Foundation
import RPC
import Testing

/// Somebody with a verified account who uses the JSON API of a running desk.
struct Person {
    private static let password = "correct horse battery"

    let id: String
    private let origin: String
    private let token: String

    /// Makes the account, as the operator does, and logs in.
    init(_ name: String, roles: [String] = ["member"], at desk: RunningDesk) async throws {
        origin = desk.origin
        let email = "\(name)@example.org"
        let channel = desk.client(.accounts)
        let made = try await AdministrationAPI.Client(channel).makeAccount(
            AdministrationAPI.MakeAccountRequest(email: email, password: Self.password, roles: roles),
            options: CallOptions(principal: Array("operator test".utf8), waitForReady: true))
        await channel.close()
        id = made.account?.id ?? ""
        let answer = try await Web().call(
            "POST", "\(desk.origin)/v1/sessions", json: #"{"email":"\#(email)","password":"\#(Self.password)"}"#)
        token = try #require(answer.word("token"), "\(answer.body)")
    }

    /// A call as this person.
    func call(_ method: String, _ path: String, _ json: String? = nil) async throws -> Web.Answer {
        try await Web().call(method, origin + path, headers: ["Authorization": "Bearer \(token)"], json: json)
    }

    /// A call that has to succeed.
    func done(_ method: String, _ path: String, _ json: String? = nil) async throws -> Web.Answer {
        let answer = try await call(method, path, json)
        try #require(answer.status == 200, "\(method) \(path): \(answer.status) \(answer.body.prefix(500))")
        return answer
    }
}

extension Web.Answer {
    /// The first text of this name in a JSON body.
    func word(_ name: String) -> String? {
        body.firstMatch(of: try! Regex("\"\(name)\":\"([^\"]+)\""))?.output[1].substring.map(String.init)
    }
}
