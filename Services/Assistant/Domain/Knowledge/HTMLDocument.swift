/// Turns HTML into Markdown of headings, list items and paragraphs, which is all that passages need of it.
///
/// Own code, as the two parsers at hand do not fit: FoundationXML reads no HTML, and libxml2 beside it would be the same library twice in
/// one process. Every input gives some text: tags are dropped, scripts and styles with what they hold, nesting is not followed.
struct HTMLDocument {
    private let bytes: [UInt8]
    private var output: [UInt8] = []
    private var place = 0

    /// The text with `#` before headings and `-` before list items.
    static func markdown(of html: String) -> String {
        var reader = HTMLDocument(bytes: Array(html.utf8))
        reader.run()
        return String(decoding: reader.output, as: UTF8.self)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func run() {
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "<"): tag()
            case UInt8(ascii: "&"): entity()
            case let byte where byte <= 0x20:
                if let last = output.last, last > 0x20 { output.append(0x20) }
                place += 1
            case let byte:
                output.append(byte)
                place += 1
            }
        }
    }

    private mutating func tag() {
        if has("<!--") {
            place = find("-->", from: place).map { $0 + 3 } ?? bytes.count
            return
        }
        guard let end = bytes[place...].firstIndex(of: UInt8(ascii: ">")) else {
            place = bytes.count
            return
        }
        var name = bytes[(place + 1)..<end].prefix { $0 > 0x20 && $0 != UInt8(ascii: ">") }.map(Self.lower)
        let isClosing = name.first == UInt8(ascii: "/")
        if isClosing { name.removeFirst() }
        if name.last == UInt8(ascii: "/") { name.removeLast() }
        place = end + 1
        let word = String(decoding: name, as: UTF8.self)
        if Self.silent.contains(word), !isClosing {
            place = find("</" + word, from: place) ?? bytes.count
            return
        }
        guard Self.blocks.contains(word) else { return }
        output += Array("\n\n".utf8)
        guard !isClosing else { return }
        if word == "li" { output += Array("- ".utf8) }
        if word.utf8.count == 2, word.hasPrefix("h"), let level = Int(word.dropFirst()), (1...6).contains(level) {
            output += Array((String(repeating: "#", count: level) + " ").utf8)
        }
    }

    private mutating func entity() {
        let rest = bytes[(place + 1)...].prefix(Self.longestEntity)
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else {
            output.append(bytes[place])
            place += 1
            return
        }
        let name = String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
        guard let scalar = Self.scalar(name) else {
            output.append(bytes[place])
            place += 1
            return
        }
        output += Array(String(Character(scalar)).utf8)
        place = end + 1
    }

    /// `thetasym;` and its like are rare; the longest named one that is known here has six letters.
    private static let longestEntity = 10

    private static func scalar(_ name: String) -> Unicode.Scalar? {
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let value =
                digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return value.flatMap { $0 < 0x20 ? " " : Unicode.Scalar($0) }
        }
        return names[name]
    }

    private static let names: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "reg": "®", "copy": "©", "trade": "™",
        "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "bull": "•", "hellip": "…",
        "sect": "§", "deg": "°", "plusmn": "±", "times": "×", "le": "≤", "ge": "≥", "micro": "µ",
    ]

    private static let silent: Set<String> = ["script", "style", "head", "noscript", "template", "svg"]
    private static let blocks: Set<String> = [
        "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "section", "article",
        "header", "footer", "blockquote", "pre", "dl", "dt", "dd", "hr", "main", "aside", "nav", "title", "td", "th",
    ]

    private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 32 : byte }

    private func has(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    private func find(_ text: String, from start: Int) -> Int? {
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return nil }
        var index = start
        while index + wanted.count <= bytes.count {
            if Self.lower(bytes[index]) == wanted[0],
                zip(bytes[index...], wanted).allSatisfy({ Self.lower($0) == $1 })
            {
                return index
            }
            index += 1
        }
        return nil
    }
}
