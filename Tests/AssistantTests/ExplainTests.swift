import Assistant
import Contracts
import RPC
import Testing

@Suite("Explaining a code")
struct ExplainTests {
    private let source = CommonAPI.Source(
        name: "ICD-10-CM Tabular List", file: "tabular.xml", edition: "FY2026 April update",
        effectiveDate: "2026-04-01", sha256: String(repeating: "a", count: 64), rights: "Public domain.")

    private var diabetes: LookupAPI.CodePage {
        LookupAPI.CodePage(
            system: "icd10cm", code: "E11.9", title: "Type 2 diabetes mellitus without complications", billable: true,
            status: "active",
            parents: [
                CommonAPI.CodeReference(system: "icd10cm", code: "E00-E89", title: "Endocrine diseases"),
                CommonAPI.CodeReference(system: "icd10cm", code: "E08-E13", title: "Diabetes mellitus"),
                CommonAPI.CodeReference(system: "icd10cm", code: "E11", title: "Type 2 diabetes mellitus"),
            ],
            source: source)
    }

    /// Assistant over the contract in process, in front of a Lookup that holds these pages.
    private func assistant(_ lookup: LookupDouble) throws -> AssistantAPI.Client {
        var lookup = lookup
        lookup.opensBlocks = false
        return try PilotDesk(lookup: lookup).client()
    }

    private func explain(_ page: LookupAPI.CodePage, on: String = "") async throws -> AssistantAPI.Answer {
        try await assistant(LookupDouble(pages: [page]))
            .explain(AssistantAPI.ExplainRequest(system: page.system, code: page.code, on: on))
    }

    @Test("A billable code is explained in cited sentences")
    func billable() async throws {
        let answer = try await explain(diabetes)
        #expect(
            answer.answer.map(\.text) == [
                "E11.9 is the ICD-10-CM code “Type 2 diabetes mellitus without complications”.",
                "It belongs to E00-E89 (Endocrine diseases), directly under E11 (Type 2 diabetes mellitus).",
                "It may stand on a claim as it is.",
                "It is active in FY2026 April update, which applies from 2026-04-01.",
            ])
        #expect(answer.citations.map(\.title) == ["ICD-10-CM E11.9", "ICD-10-CM E00-E89", "ICD-10-CM E11"])
        #expect(answer.citations.allSatisfy { $0.source == source })
        #expect(answer.citations[0].href == "/codes/icd10cm/E11.9")
    }

    @Test("Three to five sentences, each cites; every citation is used and numbered from 1", arguments: 0..<16)
    func cited(variant: Int) async throws {
        var page = diabetes
        if variant & 1 != 0 { page.parents = [] }
        if variant & 2 != 0 { page.billable = false }
        if variant & 4 != 0 { page.notice = "The validity of this edition is over." }
        if variant & 8 != 0 { page.status = "retired" }
        let answer = try await explain(page)
        #expect((3...5).contains(answer.answer.count))
        #expect(answer.citations.map(\.n) == (1...UInt32(answer.citations.count)).map { $0 })
        let used = Set(answer.answer.flatMap(\.citations))
        #expect(used == Set(answer.citations.map(\.n)))
        #expect(answer.answer.allSatisfy { !$0.citations.isEmpty })
    }

    @Test("A heading sends the reader to what stands below it")
    func heading() async throws {
        var page = diabetes
        page.code = "E11"
        page.billable = false
        page.children = (0..<9).map { CommonAPI.CodeReference(system: "icd10cm", code: "E11.\($0)", title: "t") }
        let texts = try await explain(page).answer.map(\.text)
        #expect(texts.contains("It may not stand on a claim itself: the 9 entries below it say more."))
    }

    @Test("The date asked about is carried into the links")
    func date() async throws {
        let answer = try await explain(diabetes, on: "2026-05-01")
        #expect(answer.citations.map(\.href).allSatisfy { $0.hasSuffix("?on=2026-05-01") })
    }

    @Test("Text of metered blocks never enters an explanation, even when Lookup sends it")
    func noBlockText() async throws {
        var page = diabetes
        page.blocks = [
            LookupAPI.Block(
                kind: "guidelines", state: "open", paragraphs: [LookupAPI.Paragraph(text: "Metered words.")])
        ]
        #expect(!"\(try await explain(page))".contains("Metered words"))
    }

    @Test(
        "Lookup's refusals are passed on as they are",
        arguments: [ServiceError.Kind.notFound, .invalidArgument, .unavailable])
    func refusals(kind: ServiceError.Kind) async throws {
        let failure = ServiceError(kind, "Said by Lookup.", field: kind == .unavailable ? "" : "code")
        let error = await #expect(throws: ServiceError.self) {
            try await assistant(LookupDouble(failure: failure))
                .explain(AssistantAPI.ExplainRequest(system: "icd10cm", code: "X"))
        }
        #expect(error?.kind == kind && error?.message == "Said by Lookup.")
    }

    @Test("An unknown code is not found")
    func unknown() async throws {
        let error = await #expect(throws: ServiceError.self) {
            try await assistant(LookupDouble()).explain(AssistantAPI.ExplainRequest(system: "icd10cm", code: "Z99.99"))
        }
        #expect(error?.kind == .notFound && error?.field == "code")
    }
}
