import Foundation

/// The reference files of a list of sources: pair edits, unit limits, fees, crosswalks, coverage. The program's own are in
/// `Resources/reference-sources.json`; an operator's stand in the data folder's `sources.json` beside the editions.
package struct ReferenceList: Sendable, Equatable, Decodable {
    package private(set) var files: [FileSource] = []
    package private(set) var references: [ReferenceSource] = []
    /// What no reference of the list covers.
    package private(set) var wantedReferences: [WantedReference] = []

    private enum Key: String, CodingKey { case files, references, wantedReferences }

    /// No reference files.
    package init() {}

    /// Reads the three lists; a list that is left out is empty.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        files = try container.decodeIfPresent([FileSource].self, forKey: .files) ?? []
        references = try container.decodeIfPresent([ReferenceSource].self, forKey: .references) ?? []
        wantedReferences = try container.decodeIfPresent([WantedReference].self, forKey: .wantedReferences) ?? []
    }

    /// The program's own.
    ///
    /// - Throws: ``FileRefusal`` when the resource is missing or malformed.
    static func bundled() throws -> ReferenceList {
        try ImportResource.table(ReferenceList.self, "reference-sources.json")
    }

    /// Adds an operator's: entries of the same id replace.
    mutating func add(_ own: ReferenceList) {
        references.removeAll { reference in own.references.contains { $0.id == reference.id } }
        references += own.references
        wantedReferences += own.wantedReferences
    }

    /// The references that can be imported from these files, in the order of the list.
    ///
    /// - Parameter present: ids of the files that are there.
    package func references(of present: Set<String>) -> [ReferenceSource] {
        references.filter { reference in
            reference.neededFiles.allSatisfy(present.contains)
                && !(reference.unless ?? []).contains(where: present.contains)
        }
    }
}
