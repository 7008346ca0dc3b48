/// What a client is pointed at: "host:port", "[::1]:port", "unix:/path", or several of them with commas between. Each host may be a name with
/// several addresses.
package struct Target: Sendable, Equatable {
    /// One server, or one name of several.
    package enum Place: Sendable, Equatable {
        case host(String, port: Int)
        /// The path of a unix socket.
        case unix(String)
    }

    /// A person writes the list; more than this belongs into DNS.
    package static let placeLimit = 64

    package let places: [Place]

    /// Nil when the text is malformed or names more than 64 places.
    package init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let places = parts.compactMap(Place.init)
        guard places.count == parts.count, places.count <= Target.placeLimit else { return nil }
        self.places = places
    }
}

extension Target.Place {
    /// "host:port", where an IPv6 address stands in brackets, or "unix:/path".
    fileprivate init?(_ text: Substring) {
        let text = text.drop { $0 == " " }
        if let path = UnixSocket.path(in: String(text)) {
            self = .unix(path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65535).contains(port), colon != text.startIndex
        else { return nil }
        let host = text[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        guard isBracketed || !host.contains(":") else { return nil }
        self = .host(String(isBracketed ? host.dropFirst().dropLast() : host), port: port)
    }
}
