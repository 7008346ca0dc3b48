import Foundation
import FoundationNetworking

/// A person's browser as far as these tests need one: cookies, forms, no redirects of its own.
final class Web: NSObject, URLSessionTaskDelegate, Sendable {
    struct Answer {
        let status: Int
        let body: String
        let headers: [String: String]
    }

    private let session: URLSession

    override init() {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 64
        configuration.timeoutIntervalForRequest = 30
        session = URLSession(configuration: configuration)
        super.init()
    }

    /// A single request without cookies; nil when nobody answers.
    static func status(_ address: String) async -> Int? {
        do { return try await Web().get(address).status } catch { return nil }
    }

    func get(_ address: String, headers: [String: String] = [:], method: String = "GET") async throws -> Answer {
        var request = URLRequest(url: URL(string: address)!)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        return try await send(request)
    }

    func post(_ address: String, form: [String: String]) async throws -> Answer {
        var request = URLRequest(url: URL(string: address)!)
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        let allowed = CharacterSet.alphanumerics
        let pairs = form.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")" }
        request.httpBody = Data(pairs.joined(separator: "&").utf8)
        return try await send(request)
    }

    func post(_ address: String, json: String) async throws -> Answer {
        var request = URLRequest(url: URL(string: address)!)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(json.utf8)
        return try await send(request)
    }

    /// A request of any method, with a JSON body or none.
    func call(
        _ method: String, _ address: String, headers: [String: String] = [:], json: String? = nil
    ) async throws -> Answer {
        var request = URLRequest(url: URL(string: address)!)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if let json {
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = Data(json.utf8)
        }
        return try await send(request)
    }

    private func send(_ request: URLRequest) async throws -> Answer {
        let (data, response) = try await session.data(for: request)
        let http = response as? HTTPURLResponse
        var headers: [String: String] = [:]
        for (name, value) in http?.allHeaderFields ?? [:] { headers["\(name)".lowercased()] = "\(value)" }
        return Answer(status: http?.statusCode ?? 0, body: String(decoding: data, as: UTF8.self), headers: headers)
    }
}

extension Web.Answer {
    /// The value of a hidden field or attribute, e.g. `name="csrf" value="…"`.
    func value(of field: String) -> String? {
        guard let match = body.firstMatch(of: try! Regex("name=\"\(field)\"[^>]*value=\"([^\"]*)\"")) else {
            return nil
        }
        return match.output[1].substring.map(String.init)
    }

    /// The value of a `data-…` attribute, at its first place.
    func data(_ name: String) -> String? {
        guard let match = body.firstMatch(of: try! Regex("data-\(name)=\"([^\"]*)\"")) else { return nil }
        return match.output[1].substring.map(String.init)
    }
}
