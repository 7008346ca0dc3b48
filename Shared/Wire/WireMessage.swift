package import CProtobufC

/// A message of the contract as a Swift value. Only generated types conform.
package protocol WireMessage: Sendable, Equatable {
    /// protobuf-c's struct for it.
    associatedtype CMessage

    /// Every field at its default.
    init()

    /// protobuf-c's descriptor, which lives as long as the process.
    static var descriptor: UnsafePointer<ProtobufCMessageDescriptor> { get }

    /// Copies what an unpacked C struct holds.
    ///
    /// - Throws: `WireError.invalidText` for a string that is not UTF-8.
    init(reading c: UnsafePointer<CMessage>) throws(WireError)

    /// Initialises a C struct with this value; what it points to is in the arena.
    func fill(_ c: UnsafeMutablePointer<CMessage>, in arena: Arena)
}
