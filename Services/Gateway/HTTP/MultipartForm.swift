import HTTPTypes
import Hummingbird
import NIOCore

/// A form with a file that a browser posted (RFC 7578), accepted only with its token.
///
/// Nothing of it touches a disk, and a file's name is only told on: content and name are for the service to judge.
struct MultipartForm: Sendable {
    /// A résumé of 5 MB, or a feed of 4 MiB, and the fields around it.
    static let maximumBytes = 6_000_000
    private static let maximumParts = 64
    private static let maximumHeaderBytes = 2_048

    /// A file that came along.
    struct File: Sendable, Equatable {
        let name: String
        let bytes: [UInt8]
    }

    private(set) var values: [String: String] = [:]
    private(set) var files: [String: File] = [:]

    /// Reads the body of a request.
    /// - Throws: `HTTPError` 413 for a longer body, 415 for another media type, 400 for a broken one, 403 without a valid
    ///   token or when the browser says that another site made it post.
    init(_ request: Request, tokens: FormTokens) async throws {
        let body: ByteBuffer
        guard let boundary = Self.boundary(request.headers[.contentType] ?? "") else {
            throw HTTPError(.unsupportedMediaType, message: "Send the form as multipart/form-data.")
        }
        do {
            body = try await request.body.collect(upTo: Self.maximumBytes)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge, message: "A file may have at most 5 MB.")
        }
        guard read(Array(buffer: body), boundary: boundary) else {
            throw HTTPError(.badRequest, message: "The form broke off on its way; send it again.")
        }
        let site = request.headers[.secFetchSite] ?? "same-origin"
        guard site == "same-origin" || site == "none", tokens.isValid(self["csrf"], for: request) else {
            throw HTTPError(
                .forbidden,
                message: "This form is out of date, or cookies are off. "
                    + "Go back, load the page again and send it once more.")
        }
    }

    /// A form from its bytes, for tests; nil when they are none.
    init?(_ bytes: [UInt8], contentType: String) {
        guard let boundary = Self.boundary(contentType), read(bytes, boundary: boundary) else { return nil }
    }

    /// A field without white space at its ends; empty when it is absent.
    subscript(_ name: String) -> String { (values[name] ?? "").trimmingWhitespace }

    private static func boundary(_ contentType: String) -> [UInt8]? {
        let parts = contentType.split(separator: ";").map { $0.trimmingWhitespace }
        guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
        let prefix = "boundary="
        guard let parameter = parts.dropFirst().first(where: { $0.lowercased().hasPrefix(prefix) }) else { return nil }
        let text = parameter.dropFirst(prefix.count).filter { $0 != "\"" }
        guard (1...70).contains(text.utf8.count) else { return nil }
        return Array("--\(text)".utf8)
    }

    private mutating func read(_ bytes: [UInt8], boundary: [UInt8]) -> Bool {
        var rest = bytes[...]
        guard rest.starts(with: boundary) else { return false }
        rest = rest.dropFirst(boundary.count)
        // Every further boundary begins a line.
        let mark = [0x0D, 0x0A] + boundary
        var parts = 0
        while !rest.starts(with: "--".utf8) {
            parts += 1
            guard parts <= Self.maximumParts, rest.starts(with: [0x0D, 0x0A]),
                let end = rest.dropFirst(2).firstIndex(of: mark)
            else { return false }
            guard take(rest[(rest.startIndex + 2)..<end]) else { return false }
            rest = rest[(end + mark.count)...]
        }
        return true
    }

    /// One part: its header fields, an empty line, its content.
    private mutating func take(_ part: ArraySlice<UInt8>) -> Bool {
        let head = part.prefix(Self.maximumHeaderBytes)
        guard let end = head.firstIndex(of: [0x0D, 0x0A, 0x0D, 0x0A]),
            let header = String(validating: part[part.startIndex..<end], as: UTF8.self)
        else { return false }
        let content = part[(end + 4)...]
        let field = header.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") }
        guard let field, let name = Self.parameter("name", of: field) else { return false }
        if let file = Self.parameter("filename", of: field) {
            // A browser sends an empty file where none was chosen.
            if files[name] == nil, !content.isEmpty { files[name] = File(name: file, bytes: Array(content)) }
        } else if values[name] == nil {
            guard let text = String(validating: content, as: UTF8.self) else { return false }
            values[name] = text.replacing("\r\n", with: "\n")
        }
        return true
    }

    /// The value of `name="…"`; browsers escape quotation marks and line ends in it (HTML, multipart/form-data encoding).
    private static func parameter(_ name: String, of field: Substring) -> String? {
        let mark = "; \(name)=\""
        guard let start = field.firstRange(of: mark)?.upperBound else { return nil }
        let value = field[start...].prefix { $0 != "\"" }
        return String(value).replacing("%22", with: "\"").replacing("%0D", with: "").replacing("%0A", with: "")
    }
}

extension ArraySlice<UInt8> {
    /// Where some bytes begin.
    fileprivate func firstIndex(of needle: [UInt8]) -> Int? {
        guard let first = needle.first, count >= needle.count else { return nil }
        var index = startIndex
        while index <= endIndex - needle.count {
            guard let found = self[index...].firstIndex(of: first), found <= endIndex - needle.count else { return nil }
            if self[found..<(found + needle.count)].elementsEqual(needle) { return found }
            index = found + 1
        }
        return nil
    }
}

extension StringProtocol {
    fileprivate var trimmingWhitespace: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
