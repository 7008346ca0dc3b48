import Runtime
import Schema

/// Finds methods of the contract by the names that people type.
struct MethodLookup {
    /// A method and the program that serves it; no program: every one does (Health).
    struct Found: Equatable {
        var method: MethodDescriptor
        var program: ProgramName?
    }

    let schema: DescriptorSet

    /// Every method with the program that serves it, by full name.
    var all: [Found] {
        schema.methods.values.sorted { $0.fullName < $1.fullName }.map {
            Found(method: $0, program: Self.program(of: $0))
        }
    }

    /// Finds `package.Service/Method`, `Service/Method` or a `Method` that only one service has; case does not matter.
    /// - Throws: `SchemaError.unknown` with the methods that come near.
    func method(_ name: String) throws(SchemaError) -> Found {
        let wanted = name.lowercased()
        let found = all.filter { candidate in
            let full = candidate.method.fullName.lowercased()
            return full == wanted || full.hasSuffix("." + wanted) || full.hasSuffix("/" + wanted)
        }
        if found.count == 1 { return found[0] }
        let near = found.isEmpty ? all.filter { $0.method.fullName.lowercased().contains(wanted) } : found
        let names = near.prefix(8).map(\.method.fullName).joined(separator: ", ")
        throw .unknown(
            "“\(name)” names \(found.isEmpty ? "no" : "more than one") method. "
                + (names.isEmpty ? "`codingahead services` lists them all." : "Did you mean: \(names)?"))
    }

    /// `codingahead.lookup.v1.Lookup/GetCode` is served by Lookup.
    private static func program(of method: MethodDescriptor) -> ProgramName? {
        let parts = method.fullName.split(separator: ".")
        return parts.count > 1 ? ProgramName(rawValue: String(parts[1])) : nil
    }
}
