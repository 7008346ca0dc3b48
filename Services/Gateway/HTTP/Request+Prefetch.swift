import HTTPTypes
import Hummingbird

extension Request {
    /// Whether the browser fetches ahead of a reader who may never look (`Sec-Purpose: prefetch;prerender` included).
    var isPrefetch: Bool {
        let purposes = headers[values: .secPurpose] + headers[values: .purpose]
        return purposes.contains { $0.lowercased().contains("prefetch") || $0.lowercased().contains("prerender") }
    }
}
