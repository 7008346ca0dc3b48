/// The labels of one series, ready to be written: `{method="GetCode",code="OK"}`.
struct MetricLabels: Sendable, Hashable {
    /// More labels than this say that something unbounded is being used as a label.
    static let maxLabels = 8
    /// Longest value; names of methods and kinds are shorter.
    static let maxValueBytes = 96

    /// `key="value",…` without braces; empty when there are no labels.
    let text: String

    init(_ dimensions: [(String, String)]) {
        text = dimensions.prefix(Self.maxLabels).map { key, value in
            "\(MetricName.sanitized(key))=\"\(Self.escaped(value))\""
        }.joined(separator: ",")
    }

    /// Where values go when a metric has as many series as it may have.
    static let overflow = MetricLabels([("overflow", "true")])

    /// With braces; empty when there are no labels.
    var braced: String { text.isEmpty ? "" : "{\(text)}" }

    /// With braces and one label more.
    func braced(adding key: String, _ value: String) -> String {
        text.isEmpty ? "{\(key)=\"\(value)\"}" : "{\(text),\(key)=\"\(value)\"}"
    }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            if result.utf8.count >= maxValueBytes { break }
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// Names as the Prometheus text format allows them.
enum MetricName {
    /// Letters, digits and `_`; every other byte becomes `_`; at most 128 bytes.
    static func sanitized(_ name: String) -> String {
        let bytes = name.utf8.prefix(128).enumerated().map { index, byte -> UInt8 in
            switch byte {
            case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): byte
            case 0x30...0x39 where index > 0: byte
            default: UInt8(ascii: "_")
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
