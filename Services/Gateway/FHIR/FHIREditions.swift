import Contracts
import RPC

/// The loaded editions of code sets, as versions of FHIR code systems.
struct FHIREditions: Sendable {
    /// One edition of one set.
    struct Version: Sendable, Equatable {
        let system: FHIRSystem
        /// What FHIR calls the version: the edition's own name.
        let name: String
        let effectiveDate: String
        let endDate: String
        let codes: UInt32
        let rights: String
        let publisher: String
        /// The newest of its set.
        let isLatest: Bool

        /// Its id as a resource: the set's name, with the date for all but the newest.
        var id: String { isLatest ? system.rawValue : "\(system.rawValue)-\(effectiveDate)" }
    }

    /// By set, the newest first.
    let versions: [Version]

    init(_ reply: LookupAPI.ListEditionsReply) {
        var versions: [Version] = []
        for system in FHIRSystem.allCases {
            let editions = reply.editions.filter { $0.system == system.rawValue && $0.codes > 0 }
                .sorted { ($0.source?.effectiveDate ?? "") > ($1.source?.effectiveDate ?? "") }
            for (index, edition) in editions.enumerated() {
                let source = edition.source ?? CommonAPI.Source()
                versions.append(
                    Version(
                        system: system, name: source.edition, effectiveDate: source.effectiveDate,
                        endDate: edition.endDate, codes: edition.codes, rights: source.rights, publisher: source.name,
                        isLatest: index == 0))
            }
        }
        self.versions = versions
    }

    func latest(_ system: FHIRSystem) -> Version? {
        versions.first { $0.system == system }
    }

    /// The day on which a request is to be answered: the day that it names, or the first day of the version that it names.
    /// - Throws: `notFound` for a version that is not loaded, naming those that are.
    func day(of system: FHIRSystem, version: String, on day: String) throws(ServiceError) -> String {
        guard day.isEmpty, !version.isEmpty else { return day }
        let known = versions.filter { $0.system == system }
        guard let found = known.first(where: { $0.name == version || $0.effectiveDate == version }) else {
            let names = known.map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw ServiceError(
                .notFound, "\(system.title) version \"\(version)\" is not loaded. Loaded: \(names).", field: "version")
        }
        return found.isLatest ? "" : found.effectiveDate
    }
}
