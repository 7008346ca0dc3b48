import Contracts
import Hummingbird
import RPC
import Schema

/// One operation that a client asked for, with what it takes to answer it.
struct FHIRCall: Sendable {
    let site: Site
    let request: Request
    let context: GatewayContext
    let parameters: FHIRParameters
    let editions: FHIREditions
    /// The id in the address, of an operation on one resource; empty: on the type.
    let id: String

    var options: CallOptions { context.options(timeout: CallTimeouts.lookup) }

    /// A code set by its canonical address.
    /// - Throws: `invalidArgument` `required` without one, `notFound` for one that is not ours.
    func system(_ url: String, field: String = "system") throws(ServiceError) -> FHIRSystem {
        guard !url.isEmpty else {
            throw ServiceError(
                .invalidArgument, "Name the code system by its canonical address.", field: field, reason: "required")
        }
        guard let system = FHIRSystem(url: url) else {
            let known = FHIRSystem.allCases.map(\.url).joined(separator: ", ")
            throw ServiceError(
                .notFound, "The code system \"\(url.prefix(200))\" is not served here. Served are \(known).",
                field: field)
        }
        return system
    }

    /// The code set that an instance's address or a coding names.
    /// - Throws: as `system`.
    func system(of coding: FHIRParameters.Coding) throws(ServiceError) -> FHIRSystem {
        if !id.isEmpty, let version = editions.versions.first(where: { $0.id == id }) { return version.system }
        return try system(coding.system)
    }

    /// The day on which a coding is meant.
    /// - Throws: as `FHIREditions.day`, `SchemaError` for an unreadable date.
    func day(_ system: FHIRSystem, _ coding: FHIRParameters.Coding) throws -> String {
        let day = try parameters.day("date")
        if !id.isEmpty, let version = editions.versions.first(where: { $0.id == id }) {
            return day.isEmpty && !version.isLatest ? version.effectiveDate : day
        }
        return try editions.day(of: system, version: coding.version, on: day)
    }

    /// - Throws: `invalidArgument` `required` when it is empty.
    func required(_ text: String, _ field: String) throws(ServiceError) -> String {
        guard !text.isEmpty else {
            throw ServiceError(.invalidArgument, "\(field) is needed.", field: field, reason: "required")
        }
        return text
    }
}
