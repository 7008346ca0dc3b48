extension CodeSystem {
    /// How snapshot files write the system. Numbers are never reused.
    var number: Int {
        switch self {
        case .icd10cm: 1
        case .hcpcs: 2
        case .icd10pcs: 3
        case .cpt: 4
        case .icd9cm: 5
        case .hcpcsModifier: 6
        case .cptModifier: 7
        }
    }

    init?(number: Int) {
        guard let system = CodeSystem.allCases.first(where: { $0.number == number }) else { return nil }
        self = system
    }
}
