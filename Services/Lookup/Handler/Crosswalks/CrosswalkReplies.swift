import Contracts

extension LookupAPI.Crosswalk {
    init(_ crosswalk: Crosswalk) {
        self.init(
            map: crosswalk.map.rawValue,
            from: CommonAPI.CodeReference(
                system: crosswalk.system.rawValue, code: crosswalk.code, title: crosswalk.title),
            targets: crosswalk.targets.map { LookupAPI.CrosswalkTarget($0, crosswalk.targetSystem) },
            explanation: crosswalk.explanation, source: CommonAPI.Source(crosswalk.source))
    }
}

extension LookupAPI.CrosswalkTarget {
    init(_ target: Crosswalk.Target, _ system: CodeSystem) {
        let mapping = target.mapping
        self.init(
            to: CommonAPI.CodeReference(system: system.rawValue, code: mapping.target, title: target.title),
            approximate: mapping.isApproximate, noMap: mapping.hasNoMap, combination: mapping.isCombination,
            scenario: UInt32(mapping.scenario), choiceList: UInt32(mapping.choiceList),
            explanation: target.explanation)
    }
}
