import Contracts
import Storage
import Wire

/// A search as it lies in the store: the contract's message in hexadecimal, so that a field that is added later is absent
/// in earlier ones.
enum StoredSearch {
    static func text(_ search: JobsAPI.SearchJobsRequest) throws -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: try Wire.encode(search).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    static func search(_ text: String) throws -> JobsAPI.SearchJobsRequest {
        let digits = Array(text.utf8)
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count - 1, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else {
                throw StorageError(.damaged, "A saved search cannot be read; run codingahead check.")
            }
            bytes.append(byte)
        }
        return try Wire.decode(JobsAPI.SearchJobsRequest.self, from: bytes)
    }
}

/// What a search without a name is called.
enum SearchName {
    static func words(of search: JobsAPI.SearchJobsRequest) -> String {
        let named: [(Facet, [String])] = [
            (.credentialRequired, search.required), (.specialty, search.specialty), (.workplace, search.workplace),
            (.state, search.state), (.employment, search.employment),
        ]
        var parts = search.q.isEmpty ? [] : [ContentReading.line(search.q)]
        for (facet, values) in named { parts += values.map { facet.label(of: $0.uppercasedState(facet)) ?? $0 } }
        if search.apprentices == "yes" { parts.append("CPC-A welcome") }
        if !search.near.isEmpty { parts.append("near \(search.near)") }
        return parts.isEmpty ? "All jobs" : String(parts.joined(separator: ", ").prefix(80))
    }
}

extension String {
    fileprivate func uppercasedState(_ facet: Facet) -> String { facet == .state ? uppercased() : self }
}
