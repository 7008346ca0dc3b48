import Storage

/// Prices a service by every loaded schedule that speaks of the day.
struct PriceDesk {
    let store: ReferenceStore
    let question: PriceQuestion
    let asked: PriceQuestion.Checked

    /// Localities of the largest state, twice.
    private static let mostPrices = 200

    /// - Throws: `LookupError.notFound` when no schedule of the day prices the code; `.invalid` for an unknown locality.
    func prices() throws -> (prices: [Price], remarks: [String]) {
        var remarks: [String] = []
        var prices = try physicianFees(&remarks)
        prices += try anesthesia(&remarks)
        prices += try equipment(&remarks)
        if let file = file(of: .drugLimits, &remarks) {
            prices += try store.rows(DrugLimit.self, of: asked.code.description, in: file.id).map {
                SupplyFees.price($0, units: asked.units, source: Citation(file.record))
            }
        }
        if let file = file(of: .laboratoryFees, &remarks) {
            let rows = try store.rows(LaboratoryFee.self, of: asked.code.description, in: file.id)
            let wanted = rows.filter { asked.modifiers.contains($0.variant) }
            prices += (wanted.isEmpty ? rows.filter(\.variant.isEmpty) : wanted).map {
                SupplyFees.price($0, units: asked.units, source: Citation(file.record))
            }
        }
        guard !prices.isEmpty else {
            throw LookupError.notFound(
                (["No loaded schedule prices \(asked.code) on \(asked.day)."] + remarks).joined(separator: " "))
        }
        return (Array(prices.prefix(Self.mostPrices)), remarks)
    }

    /// The schedule of the day; without one, why: another year's is never taken.
    private func file(of kind: ReferenceKind, _ remarks: inout [String]) -> LoadedReference? {
        if let file = store.shelf.files(of: kind, on: asked.day).first { return file }
        remarks.append(store.shelf.absence(of: kind, on: asked.day))
        return nil
    }

    private func localities(_ remarks: inout [String]) throws -> (costs: [PracticeCost], source: Citation?) {
        guard let file = file(of: .practiceCosts, &remarks) else { return ([], nil) }
        let costs = try store.rows(PracticeCost.self, in: file.id)
        let counties = try store.shelf.files(of: .localities, on: asked.day).first.map {
            try store.rows(LocalityCounties.self, in: $0.id)
        }
        let state = try question.state.isEmpty ? ruralZIP()?.state ?? "" : question.state
        if !question.zip.isEmpty, question.locality.isEmpty {
            remarks.append(
                "No loaded file says which locality a ZIP code lies in; name the locality"
                    + (state.isEmpty ? " or the state." : "."))
        }
        let choice = LocalityChoice(costs: costs, counties: counties ?? [])
        let found = try choice.find(question.locality, state: state)
        return (found, Citation(file.record))
    }

    private func physicianFees(_ remarks: inout [String]) throws -> [Price] {
        guard let file = file(of: .relativeValues, &remarks) else { return [] }
        let rows = try store.rows(RelativeValue.self, of: asked.code.description, in: file.id)
        guard !rows.isEmpty else { return [] }
        let part = asked.modifiers.first { ["26", "TC", "53"].contains($0) } ?? ""
        guard let value = rows.first(where: { $0.variant == part }) else {
            remarks.append("\(file.record.sourceName) has no row of \(asked.code) with modifier \(part).")
            return []
        }
        let (costs, source) = try localities(&remarks)
        let sources = [Citation(file.record)] + (costs.isEmpty ? [] : [source].compactMap { $0 })
        let places: [PracticeCost?] = costs.isEmpty ? [nil] : costs
        return places.flatMap { cost in
            asked.settings.map { setting in
                PhysicianFee(
                    value: value, cost: cost, setting: setting, modifiers: asked.modifiers, units: asked.units,
                    sources: sources
                ).price()
            }
        }
    }

    /// Anesthesia codes are 00100 to 01999.
    private func anesthesia(_ remarks: inout [String]) throws -> [Price] {
        let text = asked.code.description
        guard asked.code.isCPT, text >= "00100", text <= "01999", let file = file(of: .anesthesiaFactors, &remarks)
        else { return [] }
        guard question.anesthesiaMinutes > 0, question.anesthesiaBaseUnits > 0 else {
            remarks.append("Anesthesia is priced by base units and minutes: give both.")
            return []
        }
        let (costs, _) = try localities(&remarks)
        guard !costs.isEmpty else {
            remarks.append("Anesthesia is priced by locality: name one, or a state.")
            return []
        }
        return try costs.flatMap { cost in
            try store.rows(AnesthesiaFactor.self, of: cost.key, in: file.id).map { factor in
                SupplyFees.price(
                    factor, baseUnits: question.anesthesiaBaseUnits, minutes: question.anesthesiaMinutes,
                    source: Citation(file.record))
            }
        }
    }

    private func equipment(_ remarks: inout [String]) throws -> [Price] {
        var prices: [Price] = []
        for kind in [ReferenceKind.equipmentFees, .nutritionFees] {
            guard let file = file(of: kind, &remarks) else { continue }
            let rows = try store.rows(EquipmentFee.self, of: asked.code.description, in: file.id)
            guard !rows.isEmpty else { continue }
            let rural = try ruralZIP()
            let state = (question.state.isEmpty ? rural?.state ?? "" : question.state).uppercased()
            guard !state.isEmpty else {
                remarks.append("Equipment is priced by state: name one, or a rural ZIP code.")
                continue
            }
            if let rural, rural.state != state {
                throw LookupError.invalid(
                    field: "zip", "ZIP code \(rural.key) lies in \(rural.state), and the state given is \(state).")
            }
            for row in wanted(rows) {
                prices += SupplyFees.prices(
                    row, kind: kind, state: state, isRural: try isRural(rural, &remarks), units: asked.units,
                    sources: [Citation(file.record)] + ruralSources())
            }
        }
        return prices
    }

    /// Of rows with modifiers those that the question names, the most of them first; all when it names none.
    private func wanted(_ rows: [EquipmentFee]) -> [EquipmentFee] {
        guard !asked.modifiers.isEmpty else { return rows }
        let named = rows.filter { row in
            row.variant.split(separator: " ").allSatisfy { asked.modifiers.contains(String($0)) }
        }
        let most = named.map(\.variant.utf8.count).max() ?? 0
        return named.filter { $0.variant.utf8.count == most }
    }

    private func ruralZIP() throws -> RuralZIP? {
        guard !question.zip.isEmpty, let file = store.shelf.files(of: .ruralZIPs, on: asked.day).first else {
            return nil
        }
        return try store.rows(RuralZIP.self, of: question.zip, in: file.id).first
    }

    private func isRural(_ rural: RuralZIP?, _ remarks: inout [String]) throws -> Bool? {
        guard !question.zip.isEmpty else { return nil }
        if rural != nil { return true }
        guard !store.shelf.files(of: .ruralZIPs, on: asked.day).isEmpty else {
            let absence = store.shelf.absence(of: .ruralZIPs, on: asked.day)
            if !remarks.contains(absence) { remarks.append(absence) }
            return nil
        }
        return false
    }

    private func ruralSources() -> [Citation] {
        guard !question.zip.isEmpty else { return [] }
        return store.shelf.files(of: .ruralZIPs, on: asked.day).prefix(1).map { Citation($0.record) }
    }
}
