package import NIOCore

/// Cuts a byte stream into frames, checking every limit before it keeps anything. It holds no bytes itself.
package struct FrameDecoder: Sendable {
    /// 89 52 50 43 0D 0A 1A 01: a byte that is no ASCII, "RPC", CR LF, end-of-file, version. HTTP, TLS and links that mangle text differ in it.
    package static let preface: [UInt8] = [0x89, 0x52, 0x50, 0x43, 0x0D, 0x0A, 0x1A, 0x01]

    private let frameLimit: Int
    private let headerLimit: Int

    package init(limits: Limits) {
        frameLimit = limits.frame
        headerLimit = limits.header
    }

    /// Takes the preface when it is there; false when more bytes are needed.
    ///
    /// - Throws: `protocol` at the first byte that differs.
    package func takePreface(from buffer: inout ByteBuffer) throws(ConnectionError) -> Bool {
        let view = buffer.readableBytesView.prefix(FrameDecoder.preface.count)
        guard view.elementsEqual(FrameDecoder.preface.prefix(view.count)) else {
            throw ConnectionError(.protocol, "this port speaks the Coding Ahead RPC protocol only")
        }
        guard view.count == FrameDecoder.preface.count else { return false }
        buffer.moveReaderIndex(forwardBy: FrameDecoder.preface.count)
        return true
    }

    /// Takes the next frame that is whole; nil when more bytes are needed. Unknown frames that may be ignored are skipped.
    ///
    /// - Throws: `frameSize` for a length or header length past its limit, `protocol` for an unknown type or flag.
    package func next(from buffer: inout ByteBuffer) throws(ConnectionError) -> Frame? {
        while buffer.readableBytes >= Frame.prefixLength {
            let prefix = buffer.withUnsafeReadableBytes { bytes in
                (
                    length: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self)),
                    kind: bytes[4], flags: Frame.Flags(rawValue: bytes[5]),
                    header: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 6, as: UInt16.self)),
                    stream: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
                )
            }
            guard prefix.length <= UInt32(frameLimit) else {
                throw ConnectionError(.frameSize, "a frame has at most \(frameLimit) bytes")
            }
            let length = Int(prefix.length)
            let headerLength = Int(prefix.header)
            guard headerLength <= headerLimit else {
                throw ConnectionError(.frameSize, "a frame header has at most \(headerLimit) bytes")
            }
            guard headerLength <= length else {
                throw ConnectionError(.protocol, "a frame's header is longer than the frame")
            }
            let kind = Frame.Kind(rawValue: prefix.kind)
            if kind == nil, !prefix.flags.contains(.ignorable) {
                throw ConnectionError(.protocol, "unknown frame type \(prefix.kind)")
            }
            if kind != nil, !prefix.flags.isSubset(of: .known) {
                throw ConnectionError(.protocol, "unknown frame flags \(prefix.flags.rawValue)")
            }
            guard buffer.readableBytes >= Frame.prefixLength + length else { return nil }
            buffer.moveReaderIndex(forwardBy: Frame.prefixLength)
            guard let kind else {
                buffer.moveReaderIndex(forwardBy: length)
                continue
            }
            guard let header = buffer.readSlice(length: headerLength),
                let message = buffer.readSlice(length: length - headerLength)
            else { return nil }
            return Frame(kind, flags: prefix.flags, stream: prefix.stream, header: header, message: message)
        }
        return nil
    }
}

extension ByteBuffer {
    /// Moves bytes that came later behind these: as many as the frame wants that these begin, at least one, so that whole frames behind it
    /// need not be moved. A preface is no frame; then it may be more than is wanted.
    mutating func completeFrame(from later: inout ByteBuffer) {
        let length = getInteger(at: readerIndex, endianness: .little, as: UInt32.self) ?? 0
        let whole = Frame.prefixLength + Int(length)
        let wanted = readableBytes < Frame.prefixLength ? Frame.prefixLength - readableBytes : whole - readableBytes
        guard var part = later.readSlice(length: min(max(1, wanted), later.readableBytes)) else { return }
        if writableBytes < part.readableBytes || readerIndex > 0 {
            // A frame past its limit is refused once its length is here: nothing is kept for it.
            var joined = ByteBuffer()
            joined.reserveCapacity(min(whole, readableBytes + part.readableBytes + ByteBuffer.mostKept))
            joined.writeBuffer(&self)
            self = joined
        }
        writeBuffer(&part)
    }

    /// What is reserved ahead for the rest of a frame.
    private static let mostKept = 64 * 1024
}
