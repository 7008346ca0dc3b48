import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization

/// A reader's browser: keeps cookies and follows nothing by itself.
final class Browser: Sendable {
    private let client: any TestClientProtocol
    private let jar = Mutex<[String: String]>([:])

    init(_ client: any TestClientProtocol) {
        self.client = client
    }

    /// The cookies as they would be sent.
    var cookies: [String: String] { jar.withLock { $0 } }

    func forgetCookies() { jar.withLock { $0 = [:] } }

    func setCookie(_ name: String, _ value: String) { jar.withLock { $0[name] = value } }

    /// Sends a request with the kept cookies, keeps those that come back.
    @discardableResult
    func send(
        _ uri: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> Page {
        var headers = headers
        let cookies = jar.withLock { $0.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
        if !cookies.isEmpty { headers[.cookie] = cookies }
        let response = try await client.execute(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for line in response.headers[values: .setCookie] {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let isRemoval = line.contains("Max-Age=0")
            jar.withLock { $0[String(pair[0])] = isRemoval ? nil : String(pair[1]) }
        }
        return Page(status: response.status, headers: response.headers, text: String(buffer: response.body))
    }

    /// Loads the page of a form (at the same address unless another is given) and posts it with its token.
    func post(_ uri: String, _ fields: [String: String], from page: String? = nil) async throws -> Page {
        let form = try await send(page ?? uri)
        var fields = fields
        fields["csrf"] = form.token
        return try await postRaw(uri, fields)
    }

    /// Posts fields and nothing else.
    func postRaw(_ uri: String, _ fields: [String: String], headers: HTTPFields = [:]) async throws -> Page {
        let body = fields.map { "\(Self.escape($0.key))=\(Self.escape($0.value))" }.joined(separator: "&")
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await send(uri, method: .post, headers: headers, body: body)
    }

    /// Posts fields and a file as `multipart/form-data`.
    func postForm(
        _ uri: String, _ fields: [String: String], file: (name: String, fileName: String, content: String)?
    ) async throws -> Page {
        var body = fields.map { "--b1\r\nContent-Disposition: form-data; name=\"\($0.key)\"\r\n\r\n\($0.value)\r\n" }
            .joined()
        if let file {
            body +=
                "--b1\r\nContent-Disposition: form-data; name=\"\(file.name)\"; filename=\"\(file.fileName)\"\r\n"
                + "Content-Type: application/pdf\r\n\r\n\(file.content)\r\n"
        }
        return try await send(
            uri, method: .post, headers: [.contentType: "multipart/form-data; boundary=b1"], body: body + "--b1--\r\n")
    }

    func register(_ email: String) async throws -> Page {
        try await post("/register", ["email": email, "password": "correct horse battery"])
    }

    private static func escape(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
