/// The records of `pairs.seconds` in place; see `ReferenceSchema`.
struct PairRecords: RandomAccessCollection {
    struct Record: Equatable {
        var second: UInt32
        var window: UInt16
    }

    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var startIndex: Int { 0 }
    var endIndex: Int { bytes.count / ReferenceSchema.pairBytes }

    subscript(position: Int) -> Record {
        let offset = position * ReferenceSchema.pairBytes
        return Record(
            second: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)),
            window: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt16.self)))
    }

    /// The bytes of records, each given as its code (times 65 536) and its window.
    static func bytes(of records: [UInt64]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(records.count * ReferenceSchema.pairBytes)
        for record in records {
            let code = UInt32(truncatingIfNeeded: record >> 16)
            let window = UInt16(truncatingIfNeeded: record)
            for shift: UInt32 in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: code >> shift)) }
            bytes.append(UInt8(truncatingIfNeeded: window))
            bytes.append(UInt8(truncatingIfNeeded: window >> 8))
        }
        return bytes
    }

    /// The windows of the pairs with a column-two code.
    /// - Complexity: O(log n).
    func windows(of second: ProcedureCode) -> [UInt16] {
        let wanted = UInt32(second.number)
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].second < wanted { low = middle + 1 } else { high = middle }
        }
        return self[low...].prefix { $0.second == wanted }.map(\.window)
    }
}
