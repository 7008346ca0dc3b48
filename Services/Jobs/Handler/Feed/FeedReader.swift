import Foundation

/// Reads an employer's feed, whichever of the two forms it has.
enum FeedReader {
    /// Jobs of a feed: more postings than any employer of coders has.
    static let limit = 2_000

    /// Why a feed cannot be read.
    struct Fault: Error, Sendable, Equatable {
        let message: String
    }

    /// The jobs in their order.
    ///
    /// - Throws: `Fault`.
    static func read(_ bytes: [UInt8]) throws(Fault) -> [FeedJob] {
        let first = bytes.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
        let jobs: [FeedJob]
        switch first {
        case UInt8(ascii: "<"): jobs = try XMLFeed.read(bytes)
        case UInt8(ascii: "["), UInt8(ascii: "{"): jobs = try JSONFeed.read(bytes)
        default: throw Fault(message: "A feed is XML or JSON.")
        }
        guard jobs.count <= limit else { throw Fault(message: "A feed has at most \(limit) jobs.") }
        guard !jobs.isEmpty else { throw Fault(message: "There is no job in this feed; nothing was changed.") }
        return jobs
    }
}
