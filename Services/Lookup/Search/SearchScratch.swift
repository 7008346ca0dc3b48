/// The working memory of one search at a time: a number a document, cleared after use. Searches borrow it from `SearchPool`.
final class SearchScratch {
    /// Sums over concepts.
    let scores: UnsafeMutableBufferPointer<Float>
    /// Of the concept, the alternative and the group being read.
    let concept: UnsafeMutableBufferPointer<Float>
    let alternative: UnsafeMutableBufferPointer<Float>
    let group: UnsafeMutableBufferPointer<Float>
    /// By term, the number of its mark in `SearchCoverage`; 0: the question does not have it.
    let marks: UnsafeMutableBufferPointer<UInt16>
    /// Documents that have a score, and those of the concept, the alternative and the group.
    var touched: [Int32] = []
    var inConcept: [Int32] = []
    var inAlternative: [Int32] = []
    var inGroup: [Int32] = []

    init(documents: Int, terms: Int) {
        marks = .allocate(capacity: terms)
        marks.initialize(repeating: 0)
        func zeros() -> UnsafeMutableBufferPointer<Float> {
            let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: documents)
            buffer.initialize(repeating: 0)
            return buffer
        }
        scores = zeros()
        concept = zeros()
        alternative = zeros()
        group = zeros()
    }

    deinit {
        scores.deallocate()
        concept.deallocate()
        alternative.deallocate()
        group.deallocate()
        marks.deallocate()
    }

    /// Clears what a search left.
    func clear() {
        for place in touched { scores[Int(place)] = 0 }
        touched.removeAll(keepingCapacity: true)
    }
}
