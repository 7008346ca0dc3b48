/// A phrase as it stands in the file: 12 bytes. Its tokens are the required ones, then the optional ones.
struct SearchPhraseEntry: Sendable, BitwiseCopyable {
    /// Where its tokens begin.
    var tokens: UInt32
    /// The weight of its required tokens together.
    var weight: Float
    var required: UInt16
    var optional: UInt8
    var kind: UInt8
}

/// A token of a phrase: the number of its term and whether the phrase denies it ("without gangrene").
struct SearchToken: Sendable, BitwiseCopyable {
    private let bits: UInt32

    init(term: Int, denied: Bool) { bits = UInt32(term) << 1 | (denied ? 1 : 0) }

    var term: Int { Int(bits >> 1) }
    var denied: Bool { bits & 1 != 0 }
}

/// A term as it stands in the file: 16 bytes.
struct SearchTermEntry: Sendable, BitwiseCopyable {
    /// Where its postings begin.
    var postings: UInt32
    var count: UInt32
    /// How much the term says: rare words say more.
    var weight: Float
    /// What it weighs in a title when nobody asked for it.
    var unasked: Float
}

/// A document that has a term, and how much of the term's weight it gets there: one number, sorted by document.
struct SearchPosting: Sendable, BitwiseCopyable {
    private let bits: UInt32
    /// Documents are numbered in 24 bits.
    static let mostDocuments = 1 << 24

    init(document: Int, share: Float) { bits = UInt32(document) << 8 | UInt32(max(1, min(255, share * 255))) }

    @inline(__always)
    var document: Int { Int(bits >> 8) }
    /// Above 0, at most 1.
    @inline(__always)
    var share: Float { Float(bits & 255) / 255 }
}
