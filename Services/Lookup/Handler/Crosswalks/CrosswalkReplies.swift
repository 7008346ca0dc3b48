import Contracts

extension ReferenceAPI.Crosswalk {
    init(_ crosswalk: Crosswalk) {
        self.init(
            map: crosswalk.map.rawValue,
            from: CommonAPI.CodeReference(system: crosswalk.system, code: crosswalk.code, title: crosswalk.title),
            targets: crosswalk.targets.map(ReferenceAPI.CrosswalkTarget.init), explanation: crosswalk.explanation,
            source: CommonAPI.Source(crosswalk.source))
    }
}

extension ReferenceAPI.CrosswalkTarget {
    init(_ target: Crosswalk.Target) {
        let mapping = target.mapping
        self.init(
            to: CommonAPI.CodeReference(system: target.system, code: target.code, title: target.title),
            approximate: mapping?.isApproximate ?? false, noMap: mapping?.hasNoMap ?? false,
            combination: mapping?.isCombination ?? false, scenario: UInt32(mapping?.scenario ?? 0),
            choiceList: UInt32(mapping?.choiceList ?? 0), explanation: target.explanation,
            package: target.product.map(ReferenceAPI.DrugPackage.init))
    }
}

extension ReferenceAPI.DrugPackage {
    init(_ product: DrugProduct) {
        self.init(
            ndc: product.ndc, product: product.product, labeler: product.labeler, dosage: product.dosage,
            packageSize: product.packageSize, packageQuantity: product.packageQuantity,
            billingUnits: product.billingUnits, billingUnitsPerPackage: product.billingUnitsPerPackage)
    }
}
