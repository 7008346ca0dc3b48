import Schema

/// Which call of the contract an address stands for: a tree of path segments, made once from the annotations.
///
/// Words go before fields and longer suffixes before shorter ones, so `jobs/{id}:submit` is never a job named `x:submit`.
struct RouteTable: Sendable {
    enum Match: Sendable {
        /// The call, and the path's fields as they stand in the address.
        case found(ContractRoute, [Substring])
        /// The address is one of ours, but not with this method.
        case otherMethods([String])
        case nothing
    }

    private struct Node: Sendable {
        var words: [String: Int] = [:]
        /// Longest suffix first.
        var fields: [(suffix: String, node: Int)] = []
        /// By method: GET, POST …
        var routes: [String: ContractRoute] = [:]
    }

    /// Longer addresses are none of ours.
    private static let maximumSegments = 16

    private var nodes = [Node()]

    /// - Precondition: no two routes have the same method and path.
    init(_ routes: [ContractRoute]) {
        for route in routes {
            var place = 0
            for segment in route.template.segments { place = child(of: place, segment) }
            precondition(
                nodes[place].routes.updateValue(route, forKey: route.rule.verb) == nil,
                "two calls are at \(route.rule.verb) \(route.template.text)")
        }
    }

    private mutating func child(of parent: Int, _ segment: PathTemplate.Segment) -> Int {
        switch segment {
        case .word(let word):
            if let known = nodes[parent].words[word] { return known }
            nodes.append(Node())
            nodes[parent].words[word] = nodes.count - 1
        case .field(_, let suffix):
            if let known = nodes[parent].fields.first(where: { $0.suffix == suffix }) { return known.node }
            nodes.append(Node())
            nodes[parent].fields.append((suffix, nodes.count - 1))
            nodes[parent].fields.sort { $0.suffix.utf8.count > $1.suffix.utf8.count }
        }
        return nodes.count - 1
    }

    /// The call at a path (as sent, still percent-encoded). HEAD is served by what serves GET.
    /// - Complexity: a dictionary look-up for each segment.
    func match(_ method: String, _ path: String) -> Match {
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard path.hasPrefix("/"), segments.count <= Self.maximumSegments else { return .nothing }
        var values: [Substring] = []
        guard let place = find(segments[...], at: 0, &values) else { return .nothing }
        let routes = nodes[place].routes
        if let route = routes[method == "HEAD" ? "GET" : method] { return .found(route, values) }
        return .otherMethods((routes.keys + (routes["GET"] == nil ? [] : ["HEAD"])).sorted())
    }

    private func find(_ segments: ArraySlice<Substring>, at place: Int, _ values: inout [Substring]) -> Int? {
        guard let segment = segments.first else { return nodes[place].routes.isEmpty ? nil : place }
        let rest = segments.dropFirst()
        if let next = nodes[place].words[String(segment)], let found = find(rest, at: next, &values) { return found }
        for (suffix, next) in nodes[place].fields where segment.hasSuffix(suffix) {
            let value = segment.dropLast(suffix.count)
            guard !value.isEmpty else { continue }
            values.append(value)
            if let found = find(rest, at: next, &values) { return found }
            values.removeLast()
        }
        return nil
    }
}
