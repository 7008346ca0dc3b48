import CArena
package import CProtobufC

/// Between bytes and values, through protobuf-c in a capped arena.
package enum Wire {
    /// Memory that unpacking `count` bytes may take: 8 × the message + 64 KiB, at most 32 MiB.
    ///
    /// An honest message takes 2 to 6 times its size; unknown-field bombs take 16 and more.
    package static func arenaCap(forMessageOf count: Int) -> Int { min(8 * count + 64 * 1024, 32 * 1024 * 1024) }

    /// Once touched, the process keeps up to 64 MiB of freed memory for the next large messages (`arena_keep_memory`).
    package static let keepsMemory: Void = arena_keep_memory()

    /// Memory that the C tree of a message to be packed may take.
    static let packingCap = 32 * 1024 * 1024

    /// The value of a message.
    ///
    /// - Throws: `malformed` for bytes that are no such message, `tooLarge` past the arena's cap, `invalidText` for a string that is not UTF-8.
    /// - Complexity: O(bytes).
    package static func decode<M: WireMessage>(_ type: M.Type, from bytes: UnsafeRawBufferPointer) throws(WireError)
        -> M
    {
        if bytes.isEmpty { return M() }
        var mark = arena_mark()
        guard let arena = arena_begin(arenaCap(forMessageOf: bytes.count), &mark) else { throw .outOfMemory }
        defer { arena_end(arena, &mark) }
        let unpacked = protobuf_c_message_unpack(
            M.descriptor, &arena.pointee.allocator, bytes.count, bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
        guard let unpacked else {
            let name = String(cString: M.descriptor.pointee.name)
            throw arena.pointee.exhausted ? .tooLarge(message: name) : .malformed(message: name)
        }
        return try M(reading: UnsafeRawPointer(unpacked).assumingMemoryBound(to: M.CMessage.self))
    }

    /// The value of a message in an array.
    package static func decode<M: WireMessage>(_ type: M.Type, from bytes: [UInt8]) throws(WireError) -> M {
        let result: Result<M, WireError> = bytes.withUnsafeBytes { bytes in
            do throws(WireError) { return .success(try decode(type, from: bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Packs a message in place: `body` gets its size and a function that writes exactly that many bytes.
    ///
    /// - Throws: `tooLarge` when the C tree passes 32 MiB; what `body` throws it returns as its own result.
    package static func encode<M: WireMessage, R>(
        _ message: M, _ body: (_ count: Int, _ pack: (UnsafeMutableRawBufferPointer) -> Void) -> R
    ) throws(WireError) -> R {
        var mark = arena_mark()
        guard let arena = arena_begin(packingCap, &mark) else { throw .outOfMemory }
        defer { arena_end(arena, &mark) }
        let scope = Arena(pointer: arena)
        guard let c = scope.take(M.CMessage.self, count: 1) else { throw .outOfMemory }
        message.fill(c, in: scope)
        if scope.isExhausted { throw .tooLarge(message: String(cString: M.descriptor.pointee.name)) }
        let base = UnsafeRawPointer(c).assumingMemoryBound(to: ProtobufCMessage.self)
        let count = protobuf_c_message_get_packed_size(base)
        return body(count) { target in
            precondition(target.count >= count, "the target is smaller than the message")
            if count > 0 { protobuf_c_message_pack(base, target.assumingMemoryBound(to: UInt8.self).baseAddress) }
        }
    }

    /// The bytes of a message in an array.
    package static func encode<M: WireMessage>(_ message: M) throws(WireError) -> [UInt8] {
        try encode(message) { count, pack in
            [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                pack(UnsafeMutableRawBufferPointer(buffer))
                filled = count
            }
        }
    }
}

// MARK: What generated code calls

extension Wire {
    /// A string, checked to be UTF-8.
    package static func value(_ data: ProtobufCBinaryData) throws(WireError) -> String {
        guard data.len > 0, let start = data.data else { return "" }
        guard let string = String(validating: UnsafeBufferPointer(start: start, count: data.len), as: UTF8.self)
        else { throw .invalidText }
        return string
    }

    /// Bytes.
    package static func value(_ data: ProtobufCBinaryData) throws(WireError) -> [UInt8] {
        [UInt8](UnsafeBufferPointer(start: data.data, count: data.len))
    }

    /// A sub-message; nil when it is absent.
    package static func value<M: WireMessage>(_ c: UnsafeMutablePointer<M.CMessage>?) throws(WireError) -> M? {
        guard let c else { return nil }
        return try M(reading: c)
    }

    /// A list of sub-messages.
    package static func list<M: WireMessage>(
        _ count: Int, _ values: UnsafeMutablePointer<UnsafeMutablePointer<M.CMessage>?>?
    ) throws(WireError) -> [M] {
        guard count > 0, let values else { return [] }
        var result: [M] = []
        result.reserveCapacity(count)
        for index in 0..<count {
            if let c = values[index] { result.append(try M(reading: c)) }
        }
        return result
    }

    /// A list of strings.
    package static func list(_ count: Int, _ values: UnsafeMutablePointer<ProtobufCBinaryData>?) throws(WireError)
        -> [String]
    {
        guard count > 0, let values else { return [] }
        var result: [String] = []
        result.reserveCapacity(count)
        for index in 0..<count { result.append(try value(values[index])) }
        return result
    }

    /// A list of byte strings.
    package static func list(_ count: Int, _ values: UnsafeMutablePointer<ProtobufCBinaryData>?) throws(WireError)
        -> [[UInt8]]
    {
        guard count > 0, let values else { return [] }
        return (0..<count).map { [UInt8](UnsafeBufferPointer(start: values[$0].data, count: values[$0].len)) }
    }

    /// A list of numbers.
    package static func list<T: Numeric>(_ count: Int, _ values: UnsafeMutablePointer<T>?) throws(WireError) -> [T] {
        [T](UnsafeBufferPointer(start: values, count: count))
    }
}
