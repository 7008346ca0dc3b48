import Contracts
import RPC
import Synchronization

/// Stands for the Lookup process: three codes, and a note of how each page was asked for.
final class LookupDouble: LookupAPI.Service {
    /// Words of blocks that must never reach a reader whose plan does not hold them.
    static let secret = "LOCKED-TEXT"
    /// A code whose official description is given only to who may see licensed texts.
    static let licensedCode = "00001"
    static let official = "Electrical stimulation to aid bone healing; invasive (operative)"

    private struct State {
        var pageRequests: [LookupAPI.GetCodePageRequest] = []
        var searches = 0
        var failure: ServiceError?
    }

    private let state = Mutex(State())

    var pageRequests: [LookupAPI.GetCodePageRequest] { state.withLock { $0.pageRequests } }

    var searches: Int { state.withLock { $0.searches } }

    /// From now on every call fails so; nil: answers again.
    func fail(with error: ServiceError?) { state.withLock { $0.failure = error } }

    func answer() throws(ServiceError) {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    static let source = CommonAPI.Source(
        name: "ICD-10-CM Tabular List", file: "icd10c-tabular-April-1-2026.xml", edition: "FY2026 April update",
        effectiveDate: "2026-04-01", sha256: String(repeating: "ab", count: 32), rights: "Public domain")

    /// The codes that the double holds. A title may hold anything.
    static let codes: [CommonAPI.CodeReference] = [
        CommonAPI.CodeReference(system: "cpt", code: "20975", title: official),
        CommonAPI.CodeReference(
            system: "icd10cm", code: "E11.9", title: "Type 2 diabetes mellitus without complications"),
        CommonAPI.CodeReference(
            system: "icd10cm", code: "E11.8", title: "Type 2 diabetes mellitus with unspecified complications"),
        CommonAPI.CodeReference(system: "hcpcs", code: "A4206", title: #"<script>alert("x")</script> & "quotes""#),
        CommonAPI.CodeReference(system: "hcpcs", code: "A4207", title: "Syringe with needle, sterile 2 cc, each"),
        CommonAPI.CodeReference(system: "hcpcs", code: "A4208", title: "Syringe with needle, sterile 3 cc, each"),
        CommonAPI.CodeReference(system: "hcpcs", code: "A4209", title: "Syringe with needle, sterile 5 cc, each"),
        CommonAPI.CodeReference(system: "hcpcs", code: "A9999", title: "A code that ended"),
        CommonAPI.CodeReference(system: "cpt", code: licensedCode, title: ""),
    ]

    private func reference(_ system: String, _ code: String) throws(ServiceError) -> CommonAPI.CodeReference {
        try answer()
        let plain = { (text: String) in text.uppercased().filter { $0 != "." } }
        guard let found = Self.codes.first(where: { $0.system == system && plain($0.code) == plain(code) }) else {
            throw ServiceError(
                .notFound, "No loaded edition of \(system) holds that code. Loaded: FY2026 April update.")
        }
        return found
    }

    func getCode(
        _ request: LookupAPI.GetCodeRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.Code {
        let found = try reference(request.system, request.code)
        return LookupAPI.Code(
            system: found.system, code: found.code, title: found.title, billable: true, status: "active",
            source: Self.source)
    }

    func getCodePage(
        _ request: LookupAPI.GetCodePageRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.CodePage {
        state.withLock { $0.pageRequests.append(request) }
        let found = try reference(request.system, request.code)
        let blocks = Self.blocks.map { kind, paragraphs in
            let isOpen = request.openBlocks.contains(kind)
            return LookupAPI.Block(
                kind: kind, state: paragraphs.isEmpty ? "empty" : isOpen ? "open" : "locked",
                paragraphs: isOpen ? paragraphs : [], source: Self.source)
        }
        let isRetired = found.code == "A9999"
        let isWithheld = found.code == Self.licensedCode && !request.licensedTexts
        return LookupAPI.CodePage(
            system: found.system, code: found.code, title: found.title, billable: true,
            status: isRetired ? "retired" : "active",
            blocks: isWithheld ? blocks.map { LookupAPI.Block(kind: $0.kind, state: "empty") } : blocks,
            parents: [
                CommonAPI.CodeReference(
                    system: found.system, code: "E08-E13", title: "Diabetes mellitus"),
                CommonAPI.CodeReference(system: found.system, code: "E11", title: "Type 2 diabetes mellitus"),
            ],
            neighbours: [
                CommonAPI.CodeReference(system: found.system, code: "N1", title: "The neighbour before"),
                CommonAPI.CodeReference(system: found.system, code: "N2", title: "The neighbour after"),
            ],
            source: Self.source, notice: isRetired ? "This code ended on 2025-12-31." : "", editionSet: "set-1")
    }

    private static let blocks: [(String, [LookupAPI.Paragraph])] = [
        ("official", [LookupAPI.Paragraph(text: official)]),
        ("common", [LookupAPI.Paragraph(text: "In plain words.")]),
        ("clinical", [LookupAPI.Paragraph(text: "\(secret) clinical")]),
        ("procedure", [LookupAPI.Paragraph(text: "\(secret) procedure")]),
        (
            "guidelines",
            [
                LookupAPI.Paragraph(label: "Includes", text: "\(secret) includes", inheritedFrom: "E11"),
                LookupAPI.Paragraph(label: "Excludes1", text: "\(secret) excludes", source: source),
            ]
        ),
        ("facts", [LookupAPI.Paragraph(label: "Billable", text: "\(secret) yes")]),
        ("edits", []),
        ("history", [LookupAPI.Paragraph(text: "\(secret) history")]),
    ]

    func search(
        _ request: LookupAPI.SearchRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.SearchReply {
        try answer()
        state.withLock { $0.searches += 1 }
        guard request.q.count <= 500 else {
            throw ServiceError(.invalidArgument, "At most 500 characters can be searched for.", field: "q")
        }
        guard request.q.contains("diabetes") else { return LookupAPI.SearchReply() }
        return LookupAPI.SearchReply(
            hits: [
                LookupAPI.Hit(
                    system: "icd10cm", code: "E11.9", title: "Type 2 diabetes mellitus without complications",
                    billable: true, status: "active", score: 3,
                    highlights: [LookupAPI.Highlight(start: 7, end: 15)]),
                LookupAPI.Hit(
                    system: "hcpcs", code: "A9999", title: "A diabetes code that ended", status: "retired",
                    replacedBy: ["A4206"]),
            ],
            facets: [
                LookupAPI.Facet(
                    field: "system",
                    values: [
                        LookupAPI.FacetValue(value: "icd10cm", label: "ICD-10-CM", count: 200),
                        LookupAPI.FacetValue(value: "hcpcs", label: "HCPCS Level II", count: 12),
                    ]),
                LookupAPI.Facet(
                    field: "billable",
                    values: [LookupAPI.FacetValue(value: "true", label: "Billable codes", count: 180)]),
            ],
            total: 212, tookMicros: 3_412, nextPageToken: "next")
    }

    func suggest(
        _ request: LookupAPI.SuggestRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.SuggestReply {
        try answer()
        return LookupAPI.SuggestReply(
            hits: [LookupAPI.Hit(system: "icd10cm", code: "E11.9", title: "Type 2 diabetes mellitus", billable: true)])
    }

    func browse(
        _ request: LookupAPI.BrowseRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.BrowseReply {
        try answer()
        return LookupAPI.BrowseReply(
            path: request.code.isEmpty
                ? [] : [CommonAPI.CodeReference(system: request.system, code: request.code, title: "A heading")],
            entries: [
                LookupAPI.BrowseEntry(code: "E08-E13", title: "Diabetes mellitus", hasChildren: true),
                LookupAPI.BrowseEntry(code: "E11.9", title: "Type 2 <b>diabetes</b>", billable: true),
            ],
            source: Self.source)
    }

    func putText(
        _ request: LookupAPI.PutTextRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.EditorText {
        LookupAPI.EditorText()
    }

    func restoreText(
        _ request: LookupAPI.RestoreTextRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.EditorText {
        LookupAPI.EditorText()
    }

    func listTexts(
        _ request: LookupAPI.ListTextsRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.ListTextsReply {
        LookupAPI.ListTextsReply()
    }

    func diffEditions(
        _ request: LookupAPI.DiffEditionsRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.DiffEditionsReply {
        LookupAPI.DiffEditionsReply()
    }

    func listEditions(
        _ request: LookupAPI.ListEditionsRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.ListEditionsReply {
        try answer()
        return LookupAPI.ListEditionsReply(
            editions: [
                LookupAPI.Edition(
                    system: "icd10cm", source: Self.source, endDate: "2026-09-30", codes: 98_000,
                    billableCodes: 74_719, rowsRead: 46_881, rowsKept: 46_881, importedAt: "2026-11-24T03:00:00Z")
            ],
            missing: [
                LookupAPI.MissingFile(
                    system: "cpt", name: "LONGULT.txt", adds: "The official descriptions of CPT.",
                    from: "the AMA, with a licence")
            ],
            editionSet: "set-1")
    }
}
