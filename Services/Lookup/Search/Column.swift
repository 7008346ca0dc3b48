/// A run of equal records in mapped bytes, read in place.
struct Column<Element: BitwiseCopyable>: Sendable {
    /// SAFETY: points into the file that `SearchFile` keeps mapped; the bytes are never written.
    nonisolated(unsafe) private let start: UnsafePointer<Element>?
    let count: Int

    /// - Returns: nil when the bytes are not whole records or not aligned for them.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count.isMultiple(of: MemoryLayout<Element>.stride),
            Int(bitPattern: bytes.baseAddress).isMultiple(of: MemoryLayout<Element>.alignment)
        else { return nil }
        start = bytes.baseAddress?.assumingMemoryBound(to: Element.self)
        count = bytes.count / MemoryLayout<Element>.stride
    }

    /// The record at a place; places come from the file itself and are checked against damage here.
    @inline(__always)
    subscript(place: Int) -> Element {
        precondition(place >= 0 && place < count)
        // The precondition implies that there is a start.
        return start.unsafelyUnwrapped[place]
    }
}
