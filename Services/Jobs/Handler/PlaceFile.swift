import Foundation
package import Logging

/// The table of US places that `codingahead data pull` lays into the data folder.
package enum PlaceFile {
    /// Its name in `DATA/sources`.
    package static let name = "us-places.tsv"

    /// A file that is not the table.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    /// Loads the table when it holds other places than the store does. Without a file nothing happens: jobs are then found
    /// by everything but a radius.
    ///
    /// - Throws: `StorageError`. A file that is no such table is logged and left alone.
    package static func load(into places: Places, dataFolder: String, logger: Logger) async throws {
        let path = "\(dataFolder)/sources/\(name)"
        guard let data = FileManager.default.contents(atPath: path) else {
            if try places.count() == 0 {
                logger.notice("no place table: search by radius finds nothing; run codingahead data pull")
            }
            return
        }
        do {
            let found = try read(String(decoding: data, as: UTF8.self))
            guard try Set(found.map(\.postalCode)).count != places.count() else { return }
            try await places.replace(with: found)
            logger.info("places loaded", metadata: ["count": "\(found.count)"])
        } catch let fault as Fault {
            logger.error("the place table was not taken", metadata: ["cause": "\(fault)"])
        }
    }

    /// Reads `ZIP tab CITY tab STATE tab LATITUDE tab LONGITUDE`, a line each, closed by `#end` and the number of lines.
    ///
    /// - Throws: `Fault` naming the line.
    package static func read(_ text: String) throws(Fault) -> [Place] {
        var places: [Place] = []
        var rows = 0
        var isWhole = false
        for (index, line) in text.split(separator: "\n").enumerated() where index > 0 || !line.hasPrefix("#") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            if fields[0] == "#end" {
                isWhole = fields.count == 2 && Int(fields[1]) == rows
                continue
            }
            guard fields.count == 5, fields[0].utf8.count == 5, let latitude = Double(fields[3]),
                let longitude = Double(fields[4]), (-90...90).contains(latitude), (-180...180).contains(longitude)
            else { throw Fault(description: "line \(index + 1) is no place") }
            rows += 1
            // Military post offices are in no state.
            guard let state = USState(String(fields[2])) else { continue }
            places.append(
                Place(
                    city: String(fields[1]), state: state, postalCode: String(fields[0]), latitude: latitude,
                    longitude: longitude))
        }
        guard isWhole else { throw Fault(description: "the file is cut off") }
        return places
    }
}
