import Contracts

extension CodeRecord {
    /// The free part of a code page; `nil` when its status is none of the contract's.
    init?(_ page: LookupAPI.CodePage) {
        guard let status = Status(rawValue: page.status) else { return nil }
        self.init(
            system: page.system, code: page.code, title: page.title, isBillable: page.billable, status: status,
            parents: page.parents.map { Place(code: $0.code, title: $0.title) }, childCount: page.children.count,
            edition: page.source?.edition ?? page.editionSet, effectiveDate: page.source?.effectiveDate ?? "",
            notice: page.notice)
    }
}
