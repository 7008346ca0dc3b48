package import NIOCore
import Wire

extension ByteBuffer {
    /// Appends a frame's 12 bytes.
    mutating func writeFramePrefix(_ kind: Frame.Kind, flags: Frame.Flags, stream: UInt32, header: Int, length: Int) {
        writeMultipleIntegers(
            UInt32(length), kind.rawValue, flags.rawValue, UInt16(header), stream, endianness: .little)
    }

    /// Appends a frame.
    package mutating func writeFrame(_ frame: Frame) {
        let length = frame.header.readableBytes + frame.message.readableBytes
        writeFramePrefix(
            frame.kind, flags: frame.flags, stream: frame.stream, header: frame.header.readableBytes, length: length)
        writeImmutableBuffer(frame.header)
        writeImmutableBuffer(frame.message)
    }

    /// Appends a message in its wire form, packed in place; returns its size.
    @discardableResult
    mutating func writeMessage(_ message: some WireMessage) throws(WireError) -> Int {
        try Wire.encode(message) { count, pack in
            writeWithUnsafeMutableBytes(minimumWritableBytes: count) { target in
                pack(UnsafeMutableRawBufferPointer(rebasing: target[0..<count]))
                return count
            }
        }
    }

    /// The message that these bytes hold.
    func message<M: WireMessage>(_ type: M.Type) throws(WireError) -> M {
        let result: Result<M, WireError> = withUnsafeReadableBytes { bytes in
            do throws(WireError) { return .success(try Wire.decode(type, from: bytes)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}

extension Frame {
    /// What a CREDIT adds; nil when it is malformed.
    var credit: Int? {
        guard header.readableBytes == 0, message.readableBytes == 4,
            let bytes: UInt32 = message.getInteger(at: message.readerIndex, endianness: .little), bytes > 0
        else { return nil }
        return Int(bytes)
    }

    static func ping(_ opaque: UInt64) -> Frame { Frame(.ping, message: ByteBuffer(integer: opaque)) }

    static func pong(_ opaque: UInt64) -> Frame { Frame(.pong, message: ByteBuffer(integer: opaque)) }

    static func drain(last: UInt32, code: ConnectionCode, reason: String) -> Frame {
        var payload = ByteBuffer()
        payload.writeMultipleIntegers(last, code.rawValue, endianness: .little)
        payload.writeBytes(reason.utf8.prefix(256))
        return Frame(.drain, message: payload)
    }

    static func error(_ error: ConnectionError) -> Frame {
        var payload = ByteBuffer()
        payload.writeInteger(error.code.rawValue, endianness: .little)
        payload.writeBytes(error.reason.utf8.prefix(256))
        return Frame(.error, message: payload)
    }

    static func cancel(stream: UInt32, kind: ServiceError.Kind) -> Frame {
        Frame(.cancel, stream: stream, message: ByteBuffer(integer: UInt16(kind.rawValue), endianness: .little))
    }

    /// - Parameter pushback: milliseconds until another try; -1: none.
    static func refuse(stream: UInt32, kind: ServiceError.Kind, pushback: Int32) -> Frame {
        var payload = ByteBuffer()
        payload.writeMultipleIntegers(UInt16(kind.rawValue), pushback, endianness: .little)
        return Frame(.refuse, stream: stream, message: payload)
    }

    static func credit(stream: UInt32, bytes: Int) -> Frame {
        Frame(.credit, stream: stream, message: ByteBuffer(integer: UInt32(clamping: bytes), endianness: .little))
    }

    static func initial(stream: UInt32, _ metadata: Metadata) throws(WireError) -> Frame {
        var header = ByteBuffer()
        try header.writeMessage(RPCHeaders.InitHeader(meta: metadata.meta))
        return Frame(.initial, stream: stream, header: header)
    }

    /// The end of a stream of requests, when it does not come with the last message.
    static func endOfRequests(stream: UInt32) -> Frame {
        Frame(.data, flags: [.last, .noMessage], stream: stream)
    }

    static func hello(_ hello: RPCHeaders.Hello) throws(WireError) -> Frame {
        var payload = ByteBuffer()
        try payload.writeMessage(hello)
        return Frame(.hello, message: payload)
    }
}
