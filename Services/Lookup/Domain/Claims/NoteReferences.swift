/// Reads the codes that a note names. What it cannot read for certain ("with open fracture 7th character") it leaves out:
/// a conflict that is not there must not be reported.
enum NoteReferences {
    /// The references of a note, in its order.
    static func parse(_ note: String) -> [NoteReference] {
        var scanner = Scanner(note)
        return scanner.references()
    }

    /// Walks over the words of a note.
    private struct Scanner {
        /// Codes, hyphens between them, and words.
        private enum Token: Equatable {
            case code(String)
            /// Between two codes: "to", "through", a hyphen.
            case range
            case word(String)
            /// Ends a reference and what qualifies it.
            case stop
        }

        private let tokens: [Token]

        init(_ note: String) { tokens = Self.tokens(note) }

        mutating func references() -> [NoteReference] {
            var found: [NoteReference] = []
            var place = 0
            while place < tokens.count {
                guard case .code(let low) = tokens[place] else {
                    place += 1
                    continue
                }
                place += 1
                var high = low
                if place + 1 < tokens.count, tokens[place] == .range, case .code(let end) = tokens[place + 1] {
                    high = end
                    place += 2
                }
                var reference = NoteReference(low: low, high: high)
                guard place < tokens.count, tokens[place] == .word("with") else {
                    found.append(reference)
                    continue
                }
                let end = tokens[place...].firstIndex { $0 == .stop } ?? tokens.count
                let words = tokens[(place + 1)..<end].map { token -> String in
                    switch token {
                    case .word(let word): word
                    case .code(let code): code
                    case .range: "-"
                    case .stop: ""
                    }
                }
                // What cannot be read may qualify the codes before it as well.
                guard let characters = Self.characters(words, of: low) else { return [] }
                reference.characters = characters
                found.append(reference)
                place = end
            }
            return found
        }

        /// "5th character 9", "fifth character 1", ".51-.52", ".62-", "final characters -23".
        private static func characters(_ words: [String], of code: String) -> [Int: Set<Character>]? {
            if words.count == 3, words[1].hasPrefix("character"), let place = places[words[0]],
                let value = words[2].last, words[2].filter({ $0 != "." }).count == 1
            {
                return [place: [value]]
            }
            guard words.count == 1, words[0].hasPrefix("."), !words[0].dropFirst().contains("."), code.utf8.count == 3
            else { return nil }
            let digits = words[0].filter { $0 != "." && $0 != "-" }
            guard !digits.isEmpty, digits.count <= 4 else { return nil }
            var result: [Int: Set<Character>] = [:]
            for (offset, digit) in digits.enumerated() { result[4 + offset] = [digit] }
            return result
        }

        private static let places = [
            "4th": 4, "fourth": 4, "5th": 5, "fifth": 5, "6th": 6, "sixth": 6, "7th": 7, "seventh": 7,
        ]

        private static func tokens(_ note: String) -> [Token] {
            var tokens: [Token] = []
            for piece in note.split(whereSeparator: { $0 == " " || $0 == "(" || $0 == "[" }) {
                var word = String(piece)
                var closes = false
                while let last = word.last, last == ")" || last == "]" || last == "," || last == ";" || last == ":" {
                    closes = true
                    word.removeLast()
                }
                append(word, to: &tokens)
                if closes { tokens.append(.stop) }
            }
            return tokens
        }

        private static func append(_ word: String, to tokens: inout [Token]) {
            if word == "to" || word == "through" || word == "-" { return tokens.append(.range) }
            if word == "and" || word == "or" { return tokens.append(.stop) }
            if let code = code(word) { return tokens.append(.code(code)) }
            let halves = word.split(separator: "-", omittingEmptySubsequences: true)
            if halves.count == 2, let low = code(halves[0]), let high = code(halves[1]) {
                tokens += [.code(low), .range, .code(high)]
            } else if word.hasPrefix("-"), let high = code(word.dropFirst()) {
                tokens += [.range, .code(high)]
            } else if !word.isEmpty {
                let hasHyphen = halves.count == 2 && code(halves[0]) != nil
                tokens += hasHyphen ? [.stop] : [.word(word.lowercased())]
            }
        }

        /// A code or the start of one, without dot and trailing hyphen; nil for other words. A letter, a digit, a digit or
        /// letter; behind a dot up to four more.
        private static func code(_ word: some StringProtocol) -> String? {
            var text = word[...]
            while text.last == "-" || text.last == "." { text = text.dropLast() }
            let bytes = Array(text.utf8)
            guard bytes.count >= 3, (0x41...0x5A).contains(bytes[0]), isDigit(bytes[1]),
                isDigit(bytes[2]) || (0x41...0x5A).contains(bytes[2])
            else { return nil }
            let rest = bytes.dropFirst(3)
            guard !rest.isEmpty else { return String(text) }
            guard rest.first == UInt8(ascii: "."), (2...5).contains(rest.count),
                rest.dropFirst().allSatisfy({ isDigit($0) || (0x41...0x5A).contains($0) })
            else { return nil }
            return String(decoding: Array(bytes.prefix(3)) + Array(rest.dropFirst()), as: UTF8.self)
        }

        private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    }
}
