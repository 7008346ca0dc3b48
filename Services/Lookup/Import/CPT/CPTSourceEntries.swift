import Foundation

/// The entries of a taken delivery in the data folder's `sources.json`; other entries there stay as they are.
struct CPTSourceEntries {
    /// By role.
    let files: [String: (name: String, sha256: String, publisher: String)]
    let year: Int
    let quarter: Int
    let rights: String

    private static let from = "The American Medical Association, under the operator's own licence"

    /// Adds the entries, replacing those of the same ids.
    func write(to folder: DataFolder) throws {
        let path = URL(fileURLWithPath: folder.path + "/sources.json")
        var list: [String: Any] = ["files": [], "editions": [], "wanted": []]
        if FileManager.default.fileExists(atPath: path.path) {
            guard let known = try JSONSerialization.jsonObject(with: Data(contentsOf: path)) as? [String: Any] else {
                throw FileRefusal(
                    file: path.path, reason: "is not a list of sources", remedy: "Correct it, or remove it")
            }
            list.merge(known) { $1 }
        }
        Self.add(fileEntries, to: &list, key: "files")
        Self.add(editionEntries, to: &list, key: "editions")
        let data = try JSONSerialization.data(withJSONObject: list, options: [.prettyPrinted, .sortedKeys])
        try data.write(to: path, options: .atomic)
    }

    private static func add(_ entries: [[String: Any]], to list: inout [String: Any], key: String) {
        let ids = Set(entries.compactMap { $0["id"] as? String })
        let kept = (list[key] as? [[String: Any]] ?? []).filter { !ids.contains($0["id"] as? String ?? "") }
        list[key] = kept + entries
    }

    private func id(_ role: String) -> String { role == "pla" ? "cpt-\(year)-q\(quarter)-pla" : "cpt-\(year)-\(role)" }

    private var fileEntries: [[String: Any]] {
        files.sorted { $0.key < $1.key }.map { role, file in
            [
                "id": id(role), "file": file.name, "publisher": file.publisher, "sha256": file.sha256, "places": [],
                "from": Self.from,
            ]
        }
    }

    private var editionEntries: [[String: Any]] {
        var companions: [String: String] = [:]
        for role in ["medium", "short", "consumer", "clinician", "history"] where files[role] != nil {
            companions[role] = id(role)
        }
        var entries = [
            edition(
                "cpt-\(year)", system: .cpt, layout: .cptDelivery, name: "CPT", role: "long",
                adds: "CPT codes with their official, medium, short and consumer descriptors", companions: companions)
        ]
        if files["modifiers"] != nil {
            entries.append(
                edition(
                    "cpt-modifier-\(year)", system: .cptModifier, layout: .cptModifiers, name: "CPT modifiers",
                    role: "modifiers", adds: "CPT modifiers with their descriptors", companions: [:]))
        }
        if files["pla"] != nil {
            var pla = edition(
                "cpt-\(year)-q\(quarter)-pla", system: .cpt, layout: .cptPLA,
                name: "CPT proprietary laboratory analyses", role: "pla",
                adds: "Proprietary laboratory analyses of the quarter", companions: [:])
            pla["edition"] = "\(year) Q\(quarter)"
            pla["effective"] = "\(year)-\(["01", "04", "07", "10"][quarter - 1])-01"
            pla["coverage"] = EditionCoverage.partial(completeFor: []).text
            entries.append(pla)
        }
        return entries
    }

    private func edition(
        _ id: String, system: CodeSystem, layout: EditionSource.Layout, name: String, role: String, adds: String,
        companions: [String: String]
    ) -> [String: Any] {
        [
            "id": id, "system": system.rawValue, "layout": layout.rawValue, "name": name, "edition": "\(year)",
            "effective": "\(year)-01-01", "end": "\(year)-12-31", "file": self.id(role), "rights": rights,
            "adds": adds, "companions": companions, "licensed": true,
        ]
    }
}
