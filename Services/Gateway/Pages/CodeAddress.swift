import Hummingbird

/// Which code page an address means, and the addresses of code pages.
struct CodeAddress: Sendable, Equatable {
    let system: String
    let code: String
    /// Date of service; empty: the latest edition.
    let on: String

    init(system: String, code: String, on: String = "") {
        self.system = system
        self.code = code
        self.on = on
    }

    /// Reads what a grant or a mark is for, `system/CODE`; nil for anything else.
    init?(item: String) {
        let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, CodeSystem(rawValue: String(parts[0])) != nil, !parts[1].isEmpty else { return nil }
        self.init(system: String(parts[0]), code: String(parts[1]))
    }

    /// Reads `{system}` and `{code}` of the route and `on` of the query.
    /// - Throws: `HTTPError` 404 when a part is not decodable text.
    init(_ request: Request, context: GatewayContext, query: FormFields) throws {
        guard let system = context.parameters.get("system").flatMap({ PercentCoding.decode($0.utf8) }),
            let code = context.parameters.get("code").flatMap({ PercentCoding.decode($0.utf8) })
        else { throw HTTPError(.notFound) }
        self.init(system: system, code: code, on: query["on"])
    }

    /// The page's address.
    var path: String {
        "/codes/\(PercentCoding.encode(system))/\(PercentCoding.encode(code))" + PercentCoding.query([("on", on)])
    }

    /// What a grant is for: the same whatever the date or the form of the answer.
    var grantItem: String { "\(system)/\(code)" }

    /// The address of the codes below a heading.
    static func browsePath(system: String, under code: String, on: String = "", pageToken: String = "") -> String {
        "/codes/\(PercentCoding.encode(system))"
            + PercentCoding.query([("under", code), ("on", on), ("page_token", pageToken)])
    }
}
