import CCurl
import Foundation
import Runtime

/// Hands messages to a relay by SMTP, through libcurl. One connection a message: a desk sends few.
package struct SMTPDelivery: MailDelivery {
    /// Time for the connection and its greeting, seconds.
    static let connectTimeout = 20
    /// Time for one message as a whole, seconds.
    static let timeout = 120

    private let relay: SMTPRelay
    private let queue = DispatchQueue(label: "smtp")

    /// Messages for one relay.
    package init(_ relay: SMTPRelay) {
        self.relay = relay
    }

    /// Hands a message over on a thread of its own, since libcurl's easy interface waits for the network.
    package func deliver(
        _ message: [UInt8], from sender: String, to recipient: String
    ) async throws(MailDeliveryError) {
        let outcome: MailDeliveryError? = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: transfer(message, from: sender, to: recipient))
            }
        }
        if let outcome { throw outcome }
    }

    private func transfer(_ message: [UInt8], from sender: String, to recipient: String) -> MailDeliveryError? {
        guard ccurl_start() == CURLE_OK, let curl = curl_easy_init() else {
            return MailDeliveryError(isPermanent: false, "libcurl did not start")
        }
        defer { curl_easy_cleanup(curl) }
        var recipients = curl_slist_append(nil, "<\(recipient)>")
        defer {
            curl_slist_free_all(recipients)
            recipients = nil
        }
        configure(curl, from: sender)
        ccurl_set_list(curl, CURLOPT_MAIL_RCPT, recipients)
        let upload = Upload(message)
        let code = withExtendedLifetime(upload) {
            ccurl_set_read(curl, readUpload, Unmanaged.passUnretained(upload).toOpaque())
            ccurl_set_size(curl, CURLOPT_INFILESIZE_LARGE, curl_off_t(message.count))
            return curl_easy_perform(curl)
        }
        guard code != CURLE_OK else { return nil }
        let reply = Int(ccurl_response_code(curl))
        // 5xx is for good; but not of the log-in or of a missing STARTTLS: those are the operator's to put right.
        let isPermanent = (500..<600).contains(reply) && code != CURLE_LOGIN_DENIED && code != CURLE_USE_SSL_FAILED
        return MailDeliveryError(isPermanent: isPermanent, code: reply, String(cString: curl_easy_strerror(code)))
    }

    private func configure(_ curl: UnsafeMutableRawPointer, from sender: String) {
        let scheme = relay.protection == .implicit ? "smtps" : "smtp"
        ccurl_set_text(curl, CURLOPT_URL, "\(scheme)://\(relay.host):\(relay.port)/\(Self.greetingName)")
        ccurl_set_text(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        ccurl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        ccurl_set_number(curl, CURLOPT_UPLOAD, 1)
        ccurl_set_number(curl, CURLOPT_CONNECTTIMEOUT, Self.connectTimeout)
        ccurl_set_number(curl, CURLOPT_TIMEOUT, Self.timeout)
        ccurl_set_text(curl, CURLOPT_MAIL_FROM, "<\(sender)>")
        let security: curl_usessl =
            switch relay.protection {
            case .required, .implicit: CURLUSESSL_ALL
            case .wanted: CURLUSESSL_TRY
            case .none: CURLUSESSL_NONE
            }
        ccurl_set_number(curl, CURLOPT_USE_SSL, Int(security.rawValue))
        if !relay.authorities.isEmpty { ccurl_set_text(curl, CURLOPT_CAINFO, relay.authorities) }
        if !relay.user.isEmpty {
            ccurl_set_text(curl, CURLOPT_USERNAME, relay.user)
            ccurl_set_text(curl, CURLOPT_PASSWORD, relay.password)
        }
    }

    /// What this machine calls itself in EHLO.
    private static let greetingName: String = {
        let name = ProcessInfo.processInfo.hostName
        let isPlain = name.utf8.allSatisfy { $0 == 0x2D || $0 == 0x2E || isalnum(Int32($0)) != 0 }
        return name.isEmpty || !isPlain ? "localhost" : name
    }()
}

/// The bytes that libcurl reads.
private final class Upload {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func read(into buffer: UnsafeMutablePointer<CChar>, limit: Int) -> Int {
        let count = min(limit, bytes.count - offset)
        bytes.withUnsafeBytes { source in
            guard count > 0, let start = source.baseAddress else { return }
            UnsafeMutableRawPointer(buffer).copyMemory(from: start + offset, byteCount: count)
        }
        offset += count
        return count
    }
}

private func readUpload(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer, let context else { return 0 }
    return Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue().read(into: buffer, limit: size * count)
}
