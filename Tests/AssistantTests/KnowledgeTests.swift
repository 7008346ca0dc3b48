import Contracts
import Foundation
import RPC
import Testing

@testable import Assistant

@Suite("The knowledge base")
struct KnowledgeTests {
    @Test("The manual's structure makes the passages; its furniture is in none")
    func manual() throws {
        let passages = NCCIManual.passages(of: ManualSample.text)
        #expect(
            passages.map(\.headings) == [
                ["Introduction", "Introduction"], ["Chapter I – General Correct Coding Policies", "A. Introduction"],
                ["Chapter I – General Correct Coding Policies", "B. Biopsy and Excision"],
                ["Chapter I – General Correct Coding Policies", "B. Biopsy and Excision"],
                ["Chapter II – Anesthesia Services CPT Codes 00000 - 01999", "A. Introduction"],
            ])
        #expect(passages[2].page == "I-3" && passages[2].text.hasSuffix("each lesion in the medical record."))
        #expect(passages[3].text.hasSuffix("• Local anesthesia given by the surgeon"))
        #expect(
            !passages.contains {
                $0.text.contains("Revision Date") || $0.text.contains("Copyright line")
                    || $0.text.contains("Anesthesia Assistant")
            })
    }

    @Test("Markdown, HTML and plain text keep their headings")
    func formats() {
        let markdown = "# Rules\n\nOne rule.\n\n## Exceptions\n\n- first\n- second\n"
        let html =
            "<html><head><title>x</title><style>p{}</style></head><body><h1>Rules</h1><p>One&nbsp;rule.<h2>Exceptions</h2><ul><li>first<li>second</ul><script>alert(1)</script>"
        for passages in [
            KnowledgeDocument.passages(of: markdown, format: .markdown, title: "T"),
            KnowledgeDocument.passages(of: html, format: .html, title: "T"),
        ] {
            #expect(passages.map(\.headings) == [["T", "Rules"], ["T", "Rules", "Exceptions"]])
            #expect(passages.map(\.text) == ["One rule.", "- first\n- second"])
        }
        #expect(KnowledgeDocument.passages(of: "just words", format: .text, title: "T").map(\.text) == ["just words"])
    }

    @Test(
        "Broken HTML gives text and ends",
        arguments: [
            "<", "<<<>>>", "<p", "&#x110000;", "<script>", "</h1", "&", String(repeating: "<div>", count: 10_000),
        ])
    func brokenHTML(html: String) {
        _ = HTMLDocument.markdown(of: html)
    }

    @Test("No passage grows past what a reader can check, whatever the text")
    func long() {
        let text = String(repeating: "word ", count: 50_000) + String(repeating: "x", count: 20_000)
        let passages = KnowledgeDocument.passages(of: text, format: .text, title: "T")
        #expect(passages.allSatisfy { $0.text.utf8.count <= PassageBuilder.longest })
    }

    @Test("Documents are added, listed, found, replaced whole and removed")
    func documents() async throws {
        let desk = try PilotDesk()
        let client = desk.knowledgeClient()
        func add(_ text: String) async throws -> KnowledgeAPI.Document {
            let call = client.addDocument()
            try await call.send(
                KnowledgeAPI.DocumentPart(
                    about: KnowledgeAPI.Document(name: "own", title: "Own rules", format: "markdown")))
            for piece in Array(text.utf8).chunked(7) { try await call.send(KnowledgeAPI.DocumentPart(bytes: piece)) }
            return try await call.finish()
        }
        #expect(try await add("# Wax\n\nWax removal is billed once.").passages == 1)
        let found = try await client.searchPassages(KnowledgeAPI.SearchPassagesRequest(q: "wax removal"))
        #expect(found.passages.map(\.text) == ["Wax removal is billed once."])
        #expect(try await add("# Tubes\n\nTubes are billed twice.\n\n# Drops\n\nDrops are free.").passages == 2)
        #expect(try await client.searchPassages(KnowledgeAPI.SearchPassagesRequest(q: "wax removal")).passages.isEmpty)
        let list = try await client.listDocuments(KnowledgeAPI.ListDocumentsRequest())
        #expect(list.documents.map(\.name) == ["own"] && list.missing.count == KnownDocument.all.count)
        _ = try await client.removeDocument(KnowledgeAPI.RemoveDocumentRequest(name: "own"))
        #expect(try await client.searchPassages(KnowledgeAPI.SearchPassagesRequest(q: "tubes")).passages.isEmpty)
        let error = await #expect(throws: ServiceError.self) {
            try await client.removeDocument(KnowledgeAPI.RemoveDocumentRequest(name: "own"))
        }
        #expect(error?.kind == .notFound)
    }

    @Test(
        "A file that is not what it is said to be is refused and changes nothing",
        arguments: ["pdf", "text", "nonsense"])
    func refused(format: String) async throws {
        let desk = try PilotDesk()
        let call = desk.knowledgeClient().addDocument()
        try await call.send(
            KnowledgeAPI.DocumentPart(
                about: KnowledgeAPI.Document(name: "own", format: format), bytes: [0xFF, 0xFE, 0x00]))
        let error = await #expect(throws: ServiceError.self) { try await call.finish() }
        #expect(error?.kind == .invalidArgument)
        #expect(try desk.knowledge.documents().isEmpty)
    }

    @Test("A PDF is read by pdftotext, page by page")
    func pdf() async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext") else {
            print("skipped: poppler-utils is not installed")
            return
        }
        let text = try await PDFText.text(of: Array(PDFSample.bytes))
        #expect(text.contains("Wax removal"))
    }

    @Test("Words of an operator cannot be operators of the index")
    func hostileQuery() async throws {
        let desk = try PilotDesk()
        try await desk.takeManual()
        for query in ["\"", "NEAR(", "a OR b*", "headings:wax", "-", "( ) ^ *", "'; DROP TABLE passage; --"] {
            _ = try await desk.knowledgeClient().searchPassages(KnowledgeAPI.SearchPassagesRequest(q: query))
        }
        #expect(try desk.knowledge.passageCount() > 0)
    }
}

extension [UInt8] {
    fileprivate func chunked(_ size: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
