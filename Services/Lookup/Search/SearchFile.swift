import Storage

/// The search index of a snapshot, read in place from a mapped file.
///
/// The file is written once by `SearchFileBuilder` beside the snapshot and published with it. It begins with eight bytes of
/// name and format, the number of sections, and for each its offset and length in bytes (64 bits each); sections begin at
/// multiples of eight. Numbers have the byte order of the machine, which the name's last byte tells.
///
/// | section | holds |
/// |---|---|
/// | documents | a `SearchDocument` a code, by system and number of the code: its index is the *place* |
/// | places | by number of the code minus one, its place |
/// | editions | the editions that list each document, one list after the other |
/// | term offsets, term bytes | the lexicon, sorted |
/// | terms | a `SearchTermEntry` a term |
/// | postings | the documents of each term, one list after the other, by place |
/// | phrase offsets | by place, where the document's phrases begin; the title first |
/// | phrases, tokens | a `SearchPhraseEntry` a phrase, and their tokens |
/// | anchor offsets, phrases, documents | by term, the wordings of diagnoses whose rarest telling word it is, with their documents |
/// | vocabulary keys and values, offsets and bytes each | `SearchVocabulary` |
struct SearchFile: Sendable {
    enum Section: Int, CaseIterable {
        case documents, places, editions, termOffsets, termBytes, terms, postings, phraseOffsets, phrases, tokens
        case anchorOffsets, anchorPhrases, anchorDocuments, keyOffsets, keyBytes, valueOffsets, valueBytes
    }

    /// Changes with the layout.
    static let name: [UInt8] = Array("CodeIdx".utf8) + [UInt8(truncatingIfNeeded: UInt16(2).littleEndian)]
    static let headerBytes = 16 + Section.allCases.count * 16

    let documents: Column<SearchDocument>
    let places: Column<UInt32>
    let editions: Column<UInt16>
    let lexicon: StringTable
    let terms: Column<SearchTermEntry>
    let postings: Column<SearchPosting>
    let phraseOffsets: Column<UInt32>
    let phrases: Column<SearchPhraseEntry>
    let tokens: Column<SearchToken>
    private let anchorOffsets: Column<UInt32>
    let anchorPhrases: Column<UInt32>
    let anchorDocuments: Column<UInt32>
    let vocabulary: SearchVocabulary
    private let file: MappedFile

    /// - Throws: `SnapshotError.damaged` when the file is not of this format.
    init(_ file: MappedFile, path: String) throws(SnapshotError) {
        guard let sections = Self.sections(file.bytes) else {
            throw .damaged(path: path, reason: "it is no search index of this program's format")
        }
        func column<Element: BitwiseCopyable>(_ section: Section, _: Element.Type) throws(SnapshotError)
            -> Column<Element>
        {
            guard let column = Column<Element>(sections[section.rawValue]) else {
                throw .damaged(path: path, reason: "its section \(section) is cut off")
            }
            return column
        }
        func strings(_ offsets: Section, _ bytes: Section) throws(SnapshotError) -> StringTable {
            let table = StringTable(
                offsets: try column(offsets, UInt32.self), bytes: try column(bytes, UInt8.self))
            guard let table else { throw .damaged(path: path, reason: "its section \(offsets) is out of order") }
            return table
        }
        self.file = file
        documents = try column(.documents, SearchDocument.self)
        places = try column(.places, UInt32.self)
        editions = try column(.editions, UInt16.self)
        lexicon = try strings(.termOffsets, .termBytes)
        terms = try column(.terms, SearchTermEntry.self)
        postings = try column(.postings, SearchPosting.self)
        phraseOffsets = try column(.phraseOffsets, UInt32.self)
        phrases = try column(.phrases, SearchPhraseEntry.self)
        tokens = try column(.tokens, SearchToken.self)
        anchorOffsets = try column(.anchorOffsets, UInt32.self)
        anchorPhrases = try column(.anchorPhrases, UInt32.self)
        anchorDocuments = try column(.anchorDocuments, UInt32.self)
        vocabulary = SearchVocabulary(
            keys: try strings(.keyOffsets, .keyBytes), values: try strings(.valueOffsets, .valueBytes))
        guard terms.count == lexicon.count, phraseOffsets.count == documents.count + 1,
            anchorOffsets.count == terms.count + 1, anchorPhrases.count == anchorDocuments.count
        else {
            throw .damaged(path: path, reason: "its sections do not belong together")
        }
    }

    private static func sections(_ bytes: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer]? {
        guard bytes.count >= headerBytes, bytes.prefix(name.count).elementsEqual(name),
            bytes.load(fromByteOffset: 8, as: UInt64.self) == UInt64(Section.allCases.count)
        else { return nil }
        var sections: [UnsafeRawBufferPointer] = []
        for section in Section.allCases {
            let at = 16 + section.rawValue * 16
            let offset = Int(clamping: bytes.load(fromByteOffset: at, as: UInt64.self))
            let length = Int(clamping: bytes.load(fromByteOffset: at + 8, as: UInt64.self))
            guard offset <= bytes.count, length <= bytes.count - offset, offset.isMultiple(of: 8) else { return nil }
            sections.append(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]))
        }
        return sections
    }

    /// The place of a code.
    func place(of code: CodeID) -> Int? {
        guard code.number > 0, code.number <= places.count else { return nil }
        let place = places[code.number - 1]
        return place == UInt32.max ? nil : Int(place)
    }

    /// The places of the phrases of a document.
    @inline(__always)
    func phrases(of place: Int) -> Range<Int> { Int(phraseOffsets[place])..<Int(phraseOffsets[place + 1]) }

    /// The indexes into `anchorPhrases` and `anchorDocuments` of a term.
    func anchors(of term: Int) -> Range<Int> { Int(anchorOffsets[term])..<Int(anchorOffsets[term + 1]) }

    /// Whether one of some editions lists the document.
    func isListed(_ document: SearchDocument, in wanted: [EditionID]) -> Bool {
        let start = Int(document.editions)
        for index in start..<start + Int(document.editionCount)
        where wanted.contains(where: { $0.number == Int(editions[index]) }) { return true }
        return false
    }

    /// The first place of a system's documents and the first behind them.
    func places(of system: UInt8) -> Range<Int> {
        func first(atLeast system: Int) -> Int {
            var low = 0
            var high = documents.count
            while low < high {
                let middle = (low + high) / 2
                if Int(documents[middle].system) < system { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return first(atLeast: Int(system))..<first(atLeast: Int(system) + 1)
    }
}
