import Foundation

/// Takes the operator's own AMA delivery into the data folder: finds its files, checks them, copies them beside the other
/// pulled files and lists them, pinned, in the data folder's `sources.json`. Nothing is taken when anything is refused.
package struct CPTIntake {
    /// A file of the delivery: its name there, in any case, and what it is to the edition.
    private static let names: [(role: String, names: [String])] = [
        ("long", ["longult.txt"]), ("medium", ["medu.txt"]), ("short", ["shortu.txt"]), ("modifiers", ["modul.txt"]),
        ("consumer", ["consumerdescriptor.txt"]), ("clinician", ["cliniciandescriptor.txt"]),
        ("history", ["history_dtk_tab.txt"]), ("pla", ["cptpla.txt", "pla.txt"]),
    ]
    /// A delivery has a few folders inside one another.
    private static let deepest = 5

    /// What was taken.
    package struct Summary: Sendable, Equatable {
        package let codes: Int
        package let modifiers: Int
        package let analyses: Int
        /// The files' names in the data folder.
        package let files: [String]
    }

    private let delivery: URL
    private let folder: DataFolder
    private let year: Int
    private let quarter: Int

    /// - Parameters:
    ///   - delivery: the folder of the delivery.
    ///   - year: the year of the code set, which takes effect on its 1 January.
    ///   - quarter: 1 to 4: of the list of proprietary laboratory analyses.
    package init(delivery: String, dataFolder: String, year: Int, quarter: Int) {
        self.delivery = URL(fileURLWithPath: delivery)
        folder = DataFolder(dataFolder)
        self.year = year
        self.quarter = quarter
    }

    /// - Throws: ``FileRefusal`` when a file is missing or refused; what writing files throws.
    package func take() throws -> Summary {
        let found = try find()
        let files = try found.mapValues { try SourceFile(at: $0.path, name: $0.lastPathComponent) }
        guard let long = files["long"], let medium = files["medium"], let short = files["short"] else {
            let missing = ["long", "medium", "short"].filter { files[$0] == nil }
            throw FileRefusal(
                file: delivery.path, reason: "lacks " + missing.compactMap(Self.name).joined(separator: ", "),
                remedy: CPTDelivery.remedy)
        }
        var counter = CountingSink(DiscardingSink())
        _ = try CPTDeliveryImporter(
            CPTDelivery(
                long: long, medium: medium, short: short, consumer: files["consumer"], clinician: files["clinician"],
                history: files["history"]), rights: rights
        ).read(into: &counter)
        var modifiers = CountingSink(DiscardingSink())
        if let file = files["modifiers"] { _ = try CPTModifierImporter(file).read(into: &modifiers) }
        var analyses = CountingSink(DiscardingSink())
        if let file = files["pla"] { _ = try CPTPLAImporter(file).read(into: &analyses) }
        try FileManager.default.createDirectory(atPath: folder.sources, withIntermediateDirectories: true)
        let lock = try SourcesLock(folder)
        defer { lock.release() }
        let names = try copy(files)
        try CPTSourceEntries(files: names, year: year, quarter: quarter, rights: rights).write(to: folder)
        return Summary(
            codes: counter.billableCodes, modifiers: modifiers.billableCodes, analyses: analyses.billableCodes,
            files: names.values.map(\.name).sorted())
    }

    /// The notice of the AMA that goes with every text.
    private var rights: String {
        "CPT copyright \(year) American Medical Association. All rights reserved. CPT is a registered trademark of the "
            + "American Medical Association."
    }

    private static func name(_ role: String) -> String? { names.first { $0.role == role }?.names[0].uppercased() }

    private func find() throws -> [String: URL] {
        var found: [String: URL] = [:]
        guard
            let walk = FileManager.default.enumerator(
                at: delivery, includingPropertiesForKeys: [.isRegularFileKey], options: [.skipsHiddenFiles])
        else {
            throw FileRefusal(file: delivery.path, reason: "is no folder", remedy: CPTDelivery.remedy)
        }
        for case let url as URL in walk {
            if walk.level > Self.deepest { walk.skipDescendants() }
            let name = url.lastPathComponent.lowercased()
            guard let role = Self.names.first(where: { $0.names.contains(name) })?.role else { continue }
            if let other = found[role], other.lastPathComponent.lowercased() == name {
                throw FileRefusal(
                    file: url.lastPathComponent, reason: "is there twice: \(other.path) and \(url.path)",
                    remedy: "Give the folder of one delivery")
            }
            found[role] = found[role] ?? url
        }
        return found
    }

    private func copy(_ files: [String: SourceFile]) throws -> [String: (
        name: String, sha256: String, publisher: String
    )] {
        var names: [String: (name: String, sha256: String, publisher: String)] = [:]
        for (role, file) in files {
            let isQuarterly = role == "pla"
            let name = isQuarterly ? "cpt-\(year)-q\(quarter)-pla.txt" : "cpt-\(year)-\(role).txt"
            try Data(file.bytes).write(to: URL(fileURLWithPath: folder.sources + "/" + name), options: .atomic)
            names[role] = (name, FileDigest.sha256(file.bytes), file.name)
        }
        return names
    }
}
