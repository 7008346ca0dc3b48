package import NIOCore

/// One frame of the wire: 12 bytes header (length u32, type u8, flags u8, header length u16, stream u32; little-endian), then a protobuf
/// header and a message or a fragment of one.
package struct Frame: Equatable {
    package enum Kind: UInt8, Sendable, CaseIterable {
        case hello = 0x01, ping, pong, drain, error, credit
        case call = 0x10, data, reply, cancel, refuse, initial
    }

    package struct Flags: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        /// The sender's last message of the stream.
        package static let last = Flags(rawValue: 0x01)
        /// The message continues in the next DATA.
        package static let more = Flags(rawValue: 0x02)
        /// The frame carries no message; without it, no bytes are a message of no bytes.
        package static let noMessage = Flags(rawValue: 0x20)
        /// An unknown type with this bit is skipped.
        package static let ignorable = Flags(rawValue: 0x80)
        /// What this version knows; 04 COMPRESSED, 08 CRC and 10 ATTACHMENT are reserved.
        static let known: Flags = [.last, .more, .noMessage, .ignorable]
    }

    /// Bytes before the payload.
    package static let prefixLength = 12

    package var kind: Kind
    package var flags: Flags
    package var stream: UInt32
    package var header: ByteBuffer
    package var message: ByteBuffer

    package init(
        _ kind: Kind, flags: Flags = [], stream: UInt32 = 0, header: ByteBuffer = ByteBuffer(),
        message: ByteBuffer = ByteBuffer()
    ) {
        self.kind = kind
        self.flags = flags
        self.stream = stream
        self.header = header
        self.message = message
    }
}

/// What a side says when it gives up a connection (ERROR) or asks for its end (DRAIN).
package enum ConnectionCode: UInt16, Sendable, CaseIterable {
    case `protocol` = 1, frameSize, flowControl, version, calm, auth, shutdown, `internal`, idle
}

/// A breach that ends the connection.
package struct ConnectionError: Error, Sendable, Equatable {
    package var code: ConnectionCode
    /// At most 256 bytes travel.
    package var reason: String

    package init(_ code: ConnectionCode, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}
