import CCurl
import Dispatch
import Foundation
import Glibc

/// Asks a web server whether there is something at a link, without fetching it.
package struct LinkProbe: Sendable {
    /// What a look found.
    package enum Finding: Sendable, Equatable {
        case alive
        /// Nobody can tell: the server is busy, or wants no programs.
        case unclear(String)
        /// There is nothing, or nothing that may be looked at.
        case dead(String)
    }

    private static let connectTimeout = 5
    private static let timeout = 10
    private static let queue = DispatchQueue(label: "link-probe")

    private let agent: String
    private let allowsAnyAddress: Bool

    /// - Parameters:
    ///   - origin: where the desk is, for whoever reads the logs of a looked-at server.
    ///   - allowsAnyAddress: for tests with a server of this machine.
    package init(origin: String, allowsAnyAddress: Bool = false) {
        agent = "CodingAhead-LinkCheck/1 (+\(origin))"
        self.allowsAnyAddress = allowsAnyAddress
    }

    /// Looks at an https link. Redirections are not followed: where one leads is for the reader's browser.
    package func look(_ link: String) async -> Finding {
        await withCheckedContinuation { continuation in
            Self.queue.async { continuation.resume(returning: request(link)) }
        }
    }

    private func request(_ link: String) -> Finding {
        guard ApplyTarget.isLink(link), let host = ApplyTarget.domain(of: link) else { return .dead("no https link") }
        let addresses = PublicAddress.addresses(of: host)
        guard let address = addresses.first else { return .dead("no such host") }
        // A link must not make the desk knock at its own network's doors; curl is held to the address that was checked.
        guard allowsAnyAddress || addresses.allSatisfy(\.isPublic) else { return .dead("a private address") }
        guard ccurl_start() == CURLE_OK, let curl = curl_easy_init() else { return .unclear("libcurl did not start") }
        defer { curl_easy_cleanup(curl) }
        var pins = curl_slist_append(nil, "\(host):443:\(address.text)")
        defer {
            curl_slist_free_all(pins)
            pins = nil
        }
        ccurl_set_text(curl, CURLOPT_URL, link)
        ccurl_set_text(curl, CURLOPT_PROTOCOLS_STR, "https")
        ccurl_set_text(curl, CURLOPT_USERAGENT, agent)
        ccurl_set_list(curl, CURLOPT_RESOLVE, pins)
        ccurl_set_number(curl, CURLOPT_NOBODY, 1)
        ccurl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        ccurl_set_number(curl, CURLOPT_FOLLOWLOCATION, 0)
        ccurl_set_number(curl, CURLOPT_CONNECTTIMEOUT, Self.connectTimeout)
        ccurl_set_number(curl, CURLOPT_TIMEOUT, Self.timeout)
        ccurl_set_text(curl, CURLOPT_PROXY, "")
        let code = curl_easy_perform(curl)
        guard code == CURLE_OK else { return Self.finding(ofFailure: code) }
        return Self.finding(ofStatus: Int(ccurl_response_code(curl)))
    }

    /// RFC 9110 §15: 404 and 410 say that there is nothing; 405 and others only that a HEAD is not liked.
    static func finding(ofStatus status: Int) -> Finding {
        switch status {
        case 200..<400, 401, 405, 501: .alive
        case 404, 410: .dead("HTTP \(status)")
        default: .unclear("HTTP \(status)")
        }
    }

    private static func finding(ofFailure code: CURLcode) -> Finding {
        let words = String(cString: curl_easy_strerror(code))
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR:
            return .dead(words)
        default: return .unclear(words)
        }
    }
}
