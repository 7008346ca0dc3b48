import Contracts

/// The code sets with how much of each is loaded, for the home page and the search's guidance.
struct LoadedSets: Sendable {
    struct SetView: Sendable {
        let name: String
        let purpose: String
        let path: String
        let editions: String
        let codes: String
        let isLoaded: Bool
    }

    let sets: [SetView]
    /// Lookup could not be asked.
    let isUnknown: Bool

    init(_ reply: LookupAPI.ListEditionsReply?) {
        isUnknown = reply == nil
        sets = CodeSystem.allCases.map { system in
            let editions = (reply?.editions ?? []).filter { $0.system == system.rawValue && $0.codes > 0 }
            let latest = editions.max { ($0.source?.effectiveDate ?? "") < ($1.source?.effectiveDate ?? "") }
            return SetView(
                name: system.name, purpose: system.purpose,
                path: CodeAddress.browsePath(system: system.rawValue, under: ""),
                editions: latest?.source?.edition ?? "", codes: latest.map { $0.codes.grouped } ?? "",
                isLoaded: latest != nil)
        }
    }
}
