/// What speaks against a code before anything is asked: the official guidelines' defaults, and chapters that are meant only
/// when the words say so. Tuned on one half of the development phrases (see the module's page).
enum SearchPrior {
    /// 0 for the codes that a question means unless it says otherwise, below 0 for others.
    ///
    /// - Parameters:
    ///   - key: the code without its dot.
    ///   - unnamedSide: the title leaves the side of the body open, and its siblings name it.
    ///   - ended: the code has an end, or the newest edition dropped it.
    static func of(
        _ system: CodeSystem, key: String, title: String, billable: Bool, unnamedSide: Bool, ended: Bool
    ) -> Float {
        var prior: Float = billable ? 0 : -1
        if ended { prior -= 1.5 }
        switch system {
        case .icd10cm:
            prior += chapter(key)
            // Initial encounter unless stated (I.C.19.a), then closed and displaced (I.C.19.c).
            if key.utf8.count == 7, let last = key.utf8.last, last > UInt8(ascii: "A"), last <= UInt8(ascii: "Z") {
                prior -= 1
            }
            if title.hasPrefix("Nondisplaced") { prior -= 0.3 }
            // The record nearly always names the side (I.B.13).
            if unnamedSide { prior -= 0.4 }
        case .icd10pcs: prior -= 0.5
        case .hcpcsModifier, .cptModifier: prior -= 0.3
        case .hcpcs, .cpt: break
        case .icd9cm: prior -= 1
        }
        return prior
    }

    /// Obstetric, newborn and congenital conditions, external causes, diabetes other than type 2 (the default of I.C.4.a.2),
    /// and manifestations of old infections.
    private static func chapter(_ key: String) -> Float {
        switch key.utf8.first {
        case UInt8(ascii: "O"), UInt8(ascii: "P"): return -0.5
        case UInt8(ascii: "Q"): return -0.4
        case UInt8(ascii: "V"), UInt8(ascii: "W"), UInt8(ascii: "X"), UInt8(ascii: "Y"): return -0.6
        default: break
        }
        switch key.prefix(3) {
        case "E08", "E09", "E10", "E13": return -0.6
        case "A01", "A18", "A50", "A51", "A52": return -0.5
        default: return 0
        }
    }
}
