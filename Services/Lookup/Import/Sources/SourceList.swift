import Foundation

/// The list of sources: every file that is pulled and every edition that is made of it, in the order of import. The list
/// of the program (`Resources/sources.json`) comes first; an operator's own (`sources.json` in the data folder, same
/// shape) adds to it, and replaces entries of the same id.
package struct SourceList: Sendable, Equatable, Decodable {
    package private(set) var files: [FileSource]
    package private(set) var editions: [EditionSource]
    /// What no edition covers.
    package private(set) var wanted: [WantedSource]
    /// Pair edits, fees, crosswalks and the like.
    package private(set) var reference = ReferenceList()

    private enum CodingKeys: String, CodingKey { case files, editions, wanted }

    /// The program's list, with the additions of a data folder.
    ///
    /// - Throws: ``FileRefusal`` when a list is malformed or names a file that it does not have.
    package static func load(dataFolder: String?) throws -> SourceList {
        var list = try ImportResource.table(SourceList.self, "sources.json")
        list.add(try ReferenceList.bundled())
        if let own = dataFolder.map({ $0 + "/sources.json" }), FileManager.default.fileExists(atPath: own) {
            list.add(try decode(SourceList.self, at: own))
            list.reference.add(try decode(ReferenceList.self, at: own))
        }
        list.editions = list.editions.flatMap(\.expanded)
        try list.validate()
        return list
    }

    /// A list in memory, checked.
    ///
    /// - Throws: ``FileRefusal`` when it names a file that it does not have.
    package init(
        files: [FileSource], editions: [EditionSource], wanted: [WantedSource] = [],
        reference: ReferenceList = ReferenceList()
    ) throws {
        self.files = files
        self.editions = editions
        self.wanted = wanted
        self.reference = reference
        try validate()
    }

    /// The file of an id.
    package func file(_ id: String) -> FileSource? { files.first { $0.id == id } }

    /// The editions that can be made of these files, in the order of import.
    ///
    /// - Parameter present: ids of the files that are there.
    package func editions(of present: Set<String>) -> [EditionSource] {
        editions.filter { edition in
            edition.neededFiles.allSatisfy(present.contains)
                && !(edition.unless ?? []).contains(where: present.contains)
        }
    }

    /// What is not loaded and what it would add: editions that no loaded one stands for, and what no edition covers.
    ///
    /// - Parameter loaded: the published editions.
    package func missing(from loaded: [EditionRecord]) -> [WantedSource] {
        let names = Set(loaded.map { "\($0.system) \($0.sourceName) \($0.edition)" })
        let hashes = Set(loaded.map(\.sha256))
        let absent = editions.filter { edition in
            guard !names.contains("\(edition.system) \(edition.name) \(edition.edition)") else { return false }
            // A stand-in is not missed where the real file is, nor a supplement where its base is not.
            let others = (edition.unless ?? []).compactMap { file($0)?.sha256 }
            let needs = (edition.requires ?? []).compactMap { file($0)?.sha256 }
            return !others.contains(where: hashes.contains) && needs.allSatisfy(hashes.contains)
        }
        // Of many editions that one file gives, the source is named once.
        var named: Set<String> = []
        return absent.compactMap { edition in
            let key = "\(edition.system) \(edition.name) \(edition.file)"
            guard edition.quarterly != true || named.insert(key).inserted else { return nil }
            return WantedSource(
                system: edition.system,
                name: edition.quarterly == true ? "\(edition.name), by quarter" : "\(edition.name), \(edition.edition)",
                adds: edition.adds, from: file(edition.file)?.from ?? "")
        } + wanted
    }

    private static func decode<List: Decodable>(_ type: List.Type, at path: String) throws -> List {
        do {
            return try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw FileRefusal(
                file: path, reason: "is not a list of sources: \(error)",
                remedy: "Give it the shape of Services/Lookup/Resources/sources.json, or remove it")
        }
    }

    private mutating func add(_ list: ReferenceList) {
        files += list.files
        reference = list
    }

    private mutating func add(_ own: SourceList) {
        files.removeAll { file in own.files.contains { $0.id == file.id } }
        files += own.files
        editions.removeAll { edition in own.editions.contains { $0.id == edition.id } }
        editions += own.editions
        wanted += own.wanted
    }

    private func validate() throws {
        let known = Set(files.map(\.id))
        guard known.count == files.count, Set(editions.map(\.id)).count == editions.count,
            Set(reference.references.map(\.id)).count == reference.references.count
        else {
            throw Self.refusal("names an id twice")
        }
        for file in files where file.file.contains("/") || file.file.hasPrefix(".") || file.file.isEmpty {
            throw Self.refusal("gives the source \(file.id) a name that is not a plain file name")
        }
        for reference in reference.references {
            let named = reference.neededFiles + (reference.unless ?? [])
            if let unknown = named.first(where: { !known.contains($0) }) {
                throw Self.refusal("names the file \(unknown) in the reference \(reference.id) and does not list it")
            }
        }
        for edition in editions {
            let companions = [
                edition.companions?.processingNotes, edition.companions?.labels, edition.companions?.shortTitles,
                edition.companions?.consumer, edition.companions?.clinician, edition.companions?.history,
            ].compactMap { $0 }
            let named = edition.neededFiles + companions + (edition.unless ?? [])
            if let unknown = named.first(where: { !known.contains($0) }) {
                throw Self.refusal("names the file \(unknown) in the edition \(edition.id) and does not list it")
            }
        }
    }

    private static func refusal(_ reason: String) -> FileRefusal {
        FileRefusal(file: "sources.json", reason: reason, remedy: "Correct the list of sources")
    }
}

extension SourceList {
    /// The reference files that are not loaded and what they would add.
    ///
    /// - Parameter loaded: those of the published snapshot.
    package func missingReferences(from loaded: [ReferenceRecord]) -> [WantedReference] {
        let names = Set(loaded.map { "\($0.kind) \($0.sourceName) \($0.edition)" })
        let hashes = Set(loaded.map(\.sha256))
        let kinds = Set(loaded.map(\.kind))
        let absent = reference.references.filter { reference in
            let others = (reference.unless ?? []).compactMap { file($0)?.sha256 }
            return !names.contains("\(reference.kind) \(reference.name) \(reference.edition)")
                && !others.contains(where: hashes.contains)
        }
        return absent.map { reference in
            WantedReference(
                kind: reference.kind, name: "\(reference.name), \(reference.edition)", adds: reference.adds,
                from: file(reference.file)?.from ?? "")
        } + reference.wantedReferences.filter { !kinds.contains($0.kind) }
    }

    /// The bytes of one of the program's resources.
    ///
    /// - Throws: ``FileRefusal`` when the program was installed without it.
    package static func resource(_ name: String) throws -> [UInt8] {
        try SourceFile(at: resourcePath(name)).bytes
    }

    /// Where one of the program's resources lies.
    ///
    /// - Throws: ``FileRefusal`` when the program was installed without it.
    package static func resourcePath(_ name: String) throws -> String { try ImportResource.url(name).path }
}
