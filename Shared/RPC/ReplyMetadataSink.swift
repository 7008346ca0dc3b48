/// Takes the metadata that a handler says with its reply.
protocol ReplyMetadataSink: AnyObject, Sendable {
    /// - Throws: `failedPrecondition` after the first reply, or when it was said already; `invalidArgument` for more than a header holds.
    func setInitial(_ metadata: Metadata) throws(ServiceError)

    /// - Throws: `invalidArgument` for more than a header holds.
    func setTrailing(_ metadata: Metadata) throws(ServiceError)
}

extension Metadata {
    /// Most bytes of keys and values in a reply: the header has 8 KiB, and the status needs its place.
    static let replyLimit = 6 * 1024

    /// - Throws: `invalidArgument` for more than `replyLimit`.
    func checkReplySize() throws(ServiceError) {
        let size = entries.reduce(0) { $0 + $1.key.utf8.count + $1.value.count + 8 }
        guard size <= Metadata.replyLimit else {
            throw ServiceError(.invalidArgument, "the metadata of a reply has at most \(Metadata.replyLimit) bytes")
        }
    }
}
