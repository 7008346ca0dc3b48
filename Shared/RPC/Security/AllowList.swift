/// Which callers may call which methods.
///
/// One line a caller: its name (`Caller.name`), then the methods: `package.Service/Method`, `package.Service/*` or `*`. The name `*` stands
/// for every caller but an anonymous one. A caller's lines add up; what no line allows is refused. What follows a word that begins with
/// `#` is a comment.
///
/// ```
/// spiffe://codingahead/gateway  codingahead.lookup.v1.Lookup/* codingahead.accounts.v1.Accounts/*
/// uid:1000                      *                        # the operator
/// *                             grpc.health.v1.Health/*
/// ```
package struct AllowList: Sendable, Equatable {
    /// A list that people keep by hand is shorter.
    static let lineLimit = 1024

    private enum Rule: Equatable {
        case everything
        case methods(Set<UInt32>)
    }

    /// By `Caller.name`.
    private var rules: [String: Rule] = [:]

    /// Reads a list.
    ///
    /// - Parameter methods: full names of all methods there are.
    /// - Throws: `AllowListError` with the number of the line, for a line without methods, a method or service that does not exist, and more
    ///   than 1024 lines.
    package init(_ text: String, methods: [String]) throws(AllowListError) {
        let known = Set(methods)
        let services = Dictionary(grouping: methods) { $0.prefix { $0 != "/" } }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count <= AllowList.lineLimit else {
            throw AllowListError(
                line: AllowList.lineLimit + 1, reason: "there are at most \(AllowList.lineLimit) lines")
        }
        for (index, line) in lines.enumerated() {
            let words = line.split { $0.isWhitespace }.prefix { !$0.hasPrefix("#") }
            guard let caller = words.first else { continue }
            guard words.count > 1 else {
                throw AllowListError(
                    line: index + 1, reason: "\(caller) is allowed no method; a line without is left out")
            }
            for pattern in words.dropFirst() {
                if pattern == "*" {
                    rules[String(caller)] = .everything
                } else if pattern.hasSuffix("/*"), let all = services[pattern.dropLast(2)] {
                    allow(String(caller), all)
                } else if known.contains(String(pattern)) {
                    allow(String(caller), [String(pattern)])
                } else {
                    throw AllowListError(
                        line: index + 1,
                        reason: "\(pattern) is no method: it takes package.Service/Method, package.Service/* or *")
                }
            }
        }
    }

    /// - Complexity: two look-ups by name.
    package func permits(_ caller: Caller, _ method: Method) -> Bool {
        if allows(rules[caller.name], method) { return true }
        return caller != .anonymous && allows(rules["*"], method)
    }

    private func allows(_ rule: Rule?, _ method: Method) -> Bool {
        switch rule {
        case nil: false
        case .everything: true
        case .methods(let ids): ids.contains(method.id)
        }
    }

    private mutating func allow(_ caller: String, _ names: [String]) {
        guard rules[caller] != .everything else { return }
        var ids: Set<UInt32> = []
        if case .methods(let known) = rules[caller] { ids = known }
        rules[caller] = .methods(ids.union(names.map(Method.id)))
    }
}

/// What is wrong with an allow-list.
package struct AllowListError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Counted from 1.
    package let line: Int
    package let reason: String

    package var description: String { "line \(line): \(reason)" }
}
