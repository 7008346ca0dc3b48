import CArena
package import CProtobufC

/// A scope in this thread's capped arena (`CArena`), in which C message trees are built. It lives only inside `Wire`'s functions.
///
/// A refused allocation gives empty values and marks the arena exhausted; whoever opened the scope checks that before using what was built.
package struct Arena {
    let pointer: UnsafeMutablePointer<arena>

    var isExhausted: Bool { pointer.pointee.exhausted }

    func take<T>(_ type: T.Type, count: Int) -> UnsafeMutablePointer<T>? {
        arena_take(pointer, MemoryLayout<T>.stride * count)?.bindMemory(to: T.self, capacity: count)
    }

    /// The UTF-8 of a string.
    package func value(_ string: String) -> ProtobufCBinaryData {
        var string = string
        return string.withUTF8 { copy(UnsafeRawBufferPointer($0)) }
    }

    /// Bytes.
    package func value(_ bytes: [UInt8]) -> ProtobufCBinaryData { bytes.withUnsafeBytes { copy($0) } }

    /// A sub-message; nil when it is absent.
    package func value<M: WireMessage>(_ message: M?) -> UnsafeMutablePointer<M.CMessage>? {
        guard let message, let c = take(M.CMessage.self, count: 1) else { return nil }
        message.fill(c, in: self)
        return c
    }

    /// A list of sub-messages.
    package func list<M: WireMessage>(_ messages: [M]) -> UnsafeMutablePointer<UnsafeMutablePointer<M.CMessage>?>? {
        guard !messages.isEmpty,
            let pointers = take(UnsafeMutablePointer<M.CMessage>?.self, count: messages.count),
            let values = take(M.CMessage.self, count: messages.count)
        else { return nil }
        for (index, message) in messages.enumerated() {
            message.fill(values + index, in: self)
            pointers[index] = values + index
        }
        return pointers
    }

    /// A list of strings.
    package func list(_ strings: [String]) -> UnsafeMutablePointer<ProtobufCBinaryData>? {
        guard !strings.isEmpty, let values = take(ProtobufCBinaryData.self, count: strings.count) else { return nil }
        for (index, string) in strings.enumerated() { values[index] = value(string) }
        return values
    }

    /// A list of byte strings.
    package func list(_ items: [[UInt8]]) -> UnsafeMutablePointer<ProtobufCBinaryData>? {
        guard !items.isEmpty, let values = take(ProtobufCBinaryData.self, count: items.count) else { return nil }
        for (index, item) in items.enumerated() { values[index] = value(item) }
        return values
    }

    /// A list of numbers.
    package func list<T: Numeric>(_ numbers: [T]) -> UnsafeMutablePointer<T>? {
        guard !numbers.isEmpty, let values = take(T.self, count: numbers.count) else { return nil }
        for (index, number) in numbers.enumerated() { values[index] = number }
        return values
    }

    private func copy(_ bytes: UnsafeRawBufferPointer) -> ProtobufCBinaryData {
        guard let source = bytes.baseAddress, !bytes.isEmpty, let target = take(UInt8.self, count: bytes.count)
        else { return ProtobufCBinaryData(len: 0, data: nil) }
        UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: bytes.count)
        return ProtobufCBinaryData(len: bytes.count, data: target)
    }
}
