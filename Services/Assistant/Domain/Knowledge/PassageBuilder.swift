/// Gathers blocks of a document into passages: a new one at each heading and numbered item, and where one has grown long.
struct PassageBuilder {
    /// A paragraph that follows so much text begins a passage of its own.
    static let enough = 500
    /// A passage is ended at this length, even within a list: a reader must be able to check it at a glance.
    static let most = 2_400
    /// A paragraph may be longer than that; it is cut at the end of a sentence.
    static let longest = 4_000

    private(set) var passages: [Passage] = []
    private var headings: [String] = []
    private var page = ""
    private var text = ""

    /// What a block is to its passage.
    enum Kind {
        /// Begins a passage.
        case item
        /// Begins one when enough was said.
        case paragraph
        /// Belongs to what stands before it.
        case listed
    }

    /// Sets the headings of what follows.
    mutating func begin(_ headings: [String]) {
        close()
        self.headings = headings
    }

    /// Adds a block that begins on a page.
    mutating func add(_ block: String, _ kind: Kind, page: String = "") {
        let isNew =
            switch kind {
            case .item: true
            case .paragraph: text.utf8.count >= Self.enough
            case .listed: text.utf8.count + block.utf8.count > Self.most
            }
        if isNew || text.utf8.count + block.utf8.count > Self.longest { close() }
        if text.isEmpty { self.page = page }
        for piece in Self.pieces(block) {
            if text.utf8.count + piece.utf8.count > Self.longest { close() }
            text += (text.isEmpty ? "" : "\n") + piece
        }
    }

    /// Ends the passage under way.
    mutating func close() {
        let trimmed = text.trimmed
        if trimmed.contains(where: \.isLetter) {
            passages.append(Passage(headings: headings, page: page, text: trimmed))
        }
        text = ""
    }

    /// A block in pieces of at most `longest` bytes, cut after a sentence where there is one.
    private static func pieces(_ block: String) -> [String] {
        guard block.utf8.count > longest else { return [block] }
        var pieces: [String] = []
        var piece = ""
        for sentence in Sentences.split(block) {
            if piece.utf8.count + sentence.utf8.count > longest, !piece.isEmpty {
                pieces.append(piece)
                piece = ""
            }
            // A "sentence" without any full stop for pages is cut where it must be.
            var rest = Substring(sentence)
            while rest.utf8.count > longest {
                pieces.append(String(rest.prefix(longest / 4)))
                rest = rest.dropFirst(longest / 4)
            }
            piece += (piece.isEmpty ? "" : " ") + rest
        }
        return pieces + (piece.isEmpty ? [] : [piece])
    }
}
