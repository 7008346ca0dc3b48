import GRDB
import Storage

/// The place table: US ZIP codes with city, state and coordinates.
package struct Places: Sendable {
    private let store: Store

    init(_ store: Store) { self.store = store }

    /// A place by its ZIP code, or by city and state: then the middle of the city's ZIP codes, and no ZIP code.
    package func find(city: String, state: String, postalCode: String) throws -> Place? {
        if !postalCode.isEmpty {
            let found = try place(postalCode: postalCode)
            // A ZIP code of another state is a slip.
            if let found, !state.isEmpty, found.state != USState(state) { return nil }
            return found
        }
        guard let state = USState(state) else { return nil }
        let key = Self.key(city)
        guard !key.isEmpty else { return nil }
        return try store.read { database in
            try database.first(
                """
                SELECT min(city), avg(latitude), avg(longitude), count(*) FROM place
                WHERE city_key = ? AND state = ?
                """, [.text(key), .text(state.letters)]
            ) { row in
                guard row.integer(3) > 0 else { return nil }
                return Place(
                    city: row.text(0), state: state, postalCode: "", latitude: row.real(1), longitude: row.real(2))
            } ?? nil
        }
    }

    /// What a reader typed: a ZIP code, or `City, ST`.
    package func find(_ text: String) throws -> Place? {
        let parts = text.split(separator: ",", maxSplits: 1).map { String($0).trimmed }
        if parts.count == 2 { return try find(city: parts[0], state: parts[1], postalCode: "") }
        guard let only = parts.first else { return nil }
        if only.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return try find(city: "", state: "", postalCode: only)
        }
        // `Austin TX`
        guard let blank = only.lastIndex(of: " ") else { return nil }
        return try find(city: String(only[..<blank]), state: String(only[only.index(after: blank)...]), postalCode: "")
    }

    /// How many ZIP codes are known.
    package func count() throws -> Int {
        try store.read { database in
            try database.first("SELECT count(*) FROM place") { Int($0.integer(0)) } ?? 0
        }
    }

    /// Replaces the table in one act.
    package func replace(with places: [Place]) async throws {
        try await store.writer.write { database in
            try database.run("DELETE FROM place")
            for place in places {
                try database.run(
                    """
                    INSERT INTO place (postal_code, city, city_key, state, latitude, longitude)
                    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                    """,
                    [
                        .text(place.postalCode), .text(place.city), .text(Self.key(place.city)),
                        .text(place.state.letters), .real(place.latitude), .real(place.longitude),
                    ])
            }
        }
    }

    private func place(postalCode: String) throws -> Place? {
        try store.read { database in
            try database.first(
                "SELECT city, state, latitude, longitude FROM place WHERE postal_code = ?", [.text(postalCode)]
            ) { row in
                USState(row.text(1)).map { state in
                    Place(
                        city: row.text(0), state: state, postalCode: postalCode, latitude: row.real(2),
                        longitude: row.real(3))
                }
            } ?? nil
        }
    }

    /// `St. Louis` and `saint louis` are one city.
    static func key(_ city: String) -> String {
        Words.split(city).map { $0 == "st" ? "saint" : $0 == "ft" ? "fort" : $0 == "mt" ? "mount" : $0 }
            .joined(separator: " ")
    }
}

extension JobsStore {
    /// The place table.
    package var places: Places { Places(store) }
}
