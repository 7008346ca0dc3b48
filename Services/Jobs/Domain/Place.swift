/// Where one works: a place of the United States with its coordinates.
package struct Place: Sendable, Equatable, Codable {
    package var city: String
    package var state: USState
    /// Five digits; empty when only the city is known.
    package var postalCode: String
    /// Degrees, WGS 84.
    package var latitude: Double
    package var longitude: Double

    /// The coordinates come from the place table.
    package init(city: String, state: USState, postalCode: String, latitude: Double, longitude: Double) {
        self.city = city
        self.state = state
        self.postalCode = postalCode
        self.latitude = latitude
        self.longitude = longitude
    }
}
