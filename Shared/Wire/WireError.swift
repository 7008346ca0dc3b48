/// Why bytes and values do not fit together.
package enum WireError: Error, Sendable, Equatable {
    /// The bytes are no message of this type.
    case malformed(message: String)
    /// A string holds bytes that are not UTF-8.
    case invalidText
    /// Unpacking or packing takes more memory than the message may.
    case tooLarge(message: String)
    /// The machine has no memory.
    case outOfMemory
}
