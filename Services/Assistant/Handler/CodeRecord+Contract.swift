import Contracts

extension CodeRecord {
    /// A code page as Lookup gave it; `nil` when its status is none of the contract's.
    init?(_ page: LookupAPI.CodePage, on: String = "") {
        guard let status = Status(rawValue: page.status) else { return nil }
        let source = page.source.map(SourceNote.init) ?? SourceNote(name: "")
        self.init(
            system: page.system, code: page.code, title: page.title, isBillable: page.billable, status: status,
            parents: page.parents.map { Place(code: $0.code, title: $0.title) }, childCount: page.children.count,
            edition: page.source?.edition ?? page.editionSet, effectiveDate: page.source?.effectiveDate ?? "",
            notice: page.notice, source: source,
            paragraphs: page.blocks.flatMap { block in
                block.paragraphs.filter { $0.format.isEmpty }.map { paragraph in
                    Paragraph(
                        block: block.kind, label: paragraph.label, text: paragraph.text,
                        inheritedFrom: paragraph.inheritedFrom,
                        source: (paragraph.source ?? block.source).map(SourceNote.init) ?? source)
                }
            },
            on: on)
    }
}
