import Contracts

/// A job as an employer's feed has it.
struct FeedJob: Sendable, Equatable {
    /// The employer's own id of it; empty: it has none, and cannot be taken.
    var id = ""
    var content = JobsAPI.JobContent()

    /// Characters of an id.
    static let idLimit = 100

    /// schema.org's and the job boards' words for the contract's.
    static func employment(_ text: String) -> String {
        let word = text.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
        let known = [
            "fulltime": "full_time", "parttime": "part_time", "contract": "contractor", "temp": "temporary",
            "internship": "intern", "perdiem": "per_diem", "prn": "per_diem",
        ]
        return known[word] ?? word
    }

    /// `HOUR`, `hourly`, `per hour` are all `hour`.
    static func unit(_ text: String) -> String {
        let word = text.lowercased().replacing("per ", with: "")
        let known = [
            "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year",
            "annually": "year", "": "year",
        ]
        return known[word] ?? word
    }

    /// Dollars, `28.50` or `62,000`, as cents; 0 for what is no amount.
    static func cents(_ text: String) -> UInt64 {
        let plain = text.filter { $0 != "," && $0 != "$" && $0 != " " }
        guard let dollars = Double(plain), dollars > 0, dollars < 10_000_000 else { return 0 }
        return UInt64((dollars * 100).rounded())
    }

    /// `CPC, CCS;COC`.
    static func list(_ text: String) -> [String] {
        text.split { $0 == "," || $0 == ";" }.map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// `Risk adjustment` is `risk_adjustment`.
    static func specialty(_ text: String) -> String {
        text.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    }

    /// The day of a date or of a moment; empty for none.
    static func day(_ text: String) -> String { String(text.trimmed.prefix(10)) }
}
