import CCurl
import Dispatch

/// One request to a language model, through libcurl on a thread of its own: its easy interface waits for the network.
enum ChatCall {
    /// Why there is no reply.
    enum Fault: Error, Equatable {
        case unreachable, late, tooLarge
        case status(Int)
    }

    /// Bytes of a reply; one of 600 tokens has a few thousand.
    static let mostBytes = 256 * 1_024
    private static let connectMilliseconds = 2_000
    /// As many threads as `ModelGate` lets in.
    private static let queue = DispatchQueue(label: "language-model", attributes: .concurrent)

    /// Collects what comes, up to the limit.
    private final class Collected {
        var bytes: [UInt8] = []
        var isTooLarge = false
    }

    /// Sends JSON, and takes the bytes of a reply of status 200.
    static func post(_ body: String, to url: String, key: String, within limit: Duration) async -> Result<
        [UInt8], Fault
    > {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: perform(body, url, key, limit)) }
        }
    }

    private static func perform(_ body: String, _ url: String, _ key: String, _ limit: Duration) -> Result<
        [UInt8], Fault
    > {
        guard ccurl_start() == CURLE_OK, let curl = curl_easy_init() else { return .failure(.unreachable) }
        defer { curl_easy_cleanup(curl) }
        var headers = curl_slist_append(nil, "Content-Type: application/json")
        headers = curl_slist_append(headers, "Expect:")
        if !key.isEmpty { headers = curl_slist_append(headers, "Authorization: Bearer \(key)") }
        let list = headers
        defer { curl_slist_free_all(list) }
        ccurl_set_text(curl, CURLOPT_URL, url)
        ccurl_set_text(curl, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_set_text(curl, CURLOPT_PROXY, "")
        ccurl_set_list(curl, CURLOPT_HTTPHEADER, list)
        ccurl_set_text(curl, CURLOPT_COPYPOSTFIELDS, body)
        ccurl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        ccurl_set_number(curl, CURLOPT_FOLLOWLOCATION, 0)
        ccurl_set_number(curl, CURLOPT_CONNECTTIMEOUT_MS, connectMilliseconds)
        ccurl_set_number(curl, CURLOPT_TIMEOUT_MS, max(1, limit.micros / 1_000))
        let collected = Collected()
        let code = withExtendedLifetime(collected) {
            ccurl_set_write(curl, collect, Unmanaged.passUnretained(collected).toOpaque())
            return curl_easy_perform(curl)
        }
        guard !collected.isTooLarge else { return .failure(.tooLarge) }
        guard code == CURLE_OK else { return .failure(code == CURLE_OPERATION_TIMEDOUT ? .late : .unreachable) }
        let status = Int(ccurl_response_code(curl))
        return status == 200 ? .success(collected.bytes) : .failure(.status(status))
    }

    private static let collect: ccurl_write = { buffer, size, count, context in
        guard let buffer, let context else { return 0 }
        let collected = Unmanaged<Collected>.fromOpaque(context).takeUnretainedValue()
        let length = size * count
        guard collected.bytes.count + length <= mostBytes else {
            collected.isTooLarge = true
            return 0
        }
        collected.bytes += UnsafeRawBufferPointer(start: buffer, count: length)
        return length
    }
}
