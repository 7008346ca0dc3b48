import Contracts
import HTTPTypes
import RPC
import Testing

@testable import Gateway

@Suite("Notes, claims, fees, coverage, crosswalks")
struct ToolPagesTests {
    @Test(
        "Each page answers, free, with its form",
        arguments: ["/case2code", "/claims", "/fees", "/coverage", "/crosswalks"])
    func forms(path: String) async throws {
        try await Desk().visit { browser in
            let page = try await browser.send(path)
            #expect(page.status == .ok)
            #expect(page.text.contains("<form") && !page.text.contains("style="))
        }
    }

    @Test("A note comes back with the evidence marked, what is missing, what was not taken and why")
    func note() async throws {
        try await Desk().visit { browser in
            let note = "Étude 😀: pneumonia\r\n<b>no</b> fever"
            let page = try await browser.post("/case2code", ["text": note])
            #expect(page.status == .ok)
            #expect(page.headers[.cacheControl] == "no-store")
            #expect(page.text.contains(#"data-page="case""#))
            #expect(page.text.contains(#"<mark id="words-9" title="J18.9">pneumonia</mark>"#))
            #expect(page.text.contains(#"href="/codes/icd10cm/J18.9""#))
            #expect(page.text.contains("which side?"))
            #expect(page.text.contains("The note denies it."))
            #expect(page.text.contains("data-conflict"))
            #expect(!page.text.contains("<b>no</b>") && page.text.contains("&lt;b&gt;no&lt;/b&gt;"))
        }
    }

    @Test("An empty note is refused on the page; a form without its token and one beyond all limits are refused")
    func badNotes() async throws {
        try await Desk().visit { browser in
            let empty = try await browser.post("/case2code", ["text": ""])
            #expect(empty.status == .badRequest && empty.text.contains("The note is empty."))
            #expect(try await browser.postRaw("/case2code", ["text": "pneumonia"]).status == .forbidden)
            let long = try await browser.post("/case2code", ["text": String(repeating: "pneumonia ", count: 40_000)])
            #expect(long.status == .contentTooLarge)
            let whole = try await browser.post("/case2code", ["text": String(repeating: "é ", count: 30_000)])
            #expect(whole.status == .ok && whole.text.contains("No code found"))
        }
    }

    @Test("A claim's findings stand with failures first, each with rule, place, quarter and source")
    func claim() async throws {
        try await Desk().visit { browser in
            let page = try await browser.post(
                "/claims",
                [
                    "on": "2026-05-01", "code1": "99213", "modifiers1": "25", "units1": "1", "pointers1": "A",
                    "lines": "20610;LT;1;AB\n", "diagnoses": "E11.9, I10",
                ])
            #expect(page.status == .ok)
            let first = try #require(page.text.firstRange(of: #"data-verdict="fail""#))
            let second = try #require(page.text.firstRange(of: #"data-verdict="no_data""#))
            let third = try #require(page.text.firstRange(of: #"data-verdict="pass""#))
            #expect(first.lowerBound < second.lowerBound && second.lowerBound < third.lowerBound)
            #expect(page.text.contains("Line 1, 99213; Line 2, 20610"))
            #expect(page.text.contains("Diagnosis 1, E11.9"))
            #expect(page.text.contains("NCCI pairs (PTP)") && page.text.contains("2026 Q2"))
            #expect(page.text.contains("Remove one.") && page.text.contains("from 2026-01-01"))
            #expect(page.text.contains(#"value="99213""#))
        }
    }

    @Test(
        "What is no claim is told on the form",
        arguments: [
            (["on": "2026-05-01"], "no line"),
            (["on": "2026-05-01", "code1": "99213", "units1": "many"], "whole number"),
            (["on": "2026-05-01", "code1": "99213", "pointers1": "#"], "pointers of line 1"),
            (["code1": "99213"], "is no day"), (["on": "2026-05-01", "code1": "99213", "age": "old"], "The age"),
        ])
    func badClaims(fields: [String: String], words: String) async throws {
        try await Desk().visit { browser in
            let page = try await browser.post("/claims", fields)
            #expect(page.status == .badRequest)
            #expect(page.text.contains(words))
        }
    }

    @Test("A form's rows, pasted rows, pointers and ages become the claim")
    func claimForm() throws {
        let form = ClaimForm(
            FormFields(
                "code1=99213&modifiers1=25%2C57&units1=2&pointers1=1%2C2&code3=A4206&age=0"
                    + "&lines=20610%09LT%0950%0D%0A71046%3B%3B3%3Babc%3B2026-05-02&diagnoses=e119+i10"))
        let claim = try form.request()
        #expect(claim.lines.map(\.code) == ["99213", "A4206", "20610", "71046"])
        #expect(claim.lines.map(\.modifiers) == [["25", "57"], [], ["LT"], []])
        #expect(claim.lines.map(\.units) == [2, 0, 50, 3])
        #expect(claim.lines.map(\.diagnosisPointers) == [[1, 2], [], [], [1, 2, 3]])
        #expect(claim.lines[3].dateOfService == "2026-05-02")
        #expect(claim.diagnoses == ["e119", "i10"] && claim.underOne && claim.age == 0)
    }

    @Test("A price shows its arithmetic and its sources; a code without one says so")
    func fees() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/fees?code=99213&on=2025-03-01&state=TX")
            #expect(page.status == .ok && page.text.contains(#"data-amount="41.59""#))
            #expect(page.text.contains("1.30 × 1.017") && page.text.contains("2024 is not loaded."))
            #expect(page.text.contains("Physician Fee Schedule · facility · Somewhere"))
            let none = try await browser.send("/fees?code=99999&on=2025-03-01")
            #expect(none.status == .notFound && none.text.contains("No loaded schedule prices 99999."))
            let wrong = try await browser.send("/fees?code=99213&on=2025-03-01&units=x")
            #expect(wrong.status == .badRequest && wrong.text.contains("Units: a whole number"))
        }
    }

    @Test("Coverage lists documents with a link only where it leads to https, and pages on")
    func coverage() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/coverage?q=bone&state=TX")
            #expect(page.text.contains(#"data-document="L36668""#) && page.text.contains("21 documents"))
            #expect(!page.text.contains("javascript:") && !page.text.contains("<b>stimulators"))
            #expect(page.text.contains("/coverage?q=bone&amp;state=TX&amp;page_token=next"))
            #expect(try await browser.send("/coverage?q=nothing").text.contains("Nothing found"))
        }
    }

    @Test("A crosswalk links its targets and keeps the form when there is none")
    func crosswalks() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/crosswalks?map=icd10cm-icd9cm&code=E11.9")
            #expect(page.text.contains(#"href="/codes/icd9cm/250.00""#) && page.text.contains("Approximate."))
            let none = try await browser.send("/crosswalks?map=icd10cm-icd9cm&code=X")
            #expect(none.status == .notFound && none.text.contains("X is not in the mappings."))
            #expect(none.text.contains(#"<option value="icd10cm-icd9cm" selected>"#))
        }
    }

    @Test("When Lookup is away the pages say so")
    func away() async throws {
        let desk = Desk()
        desk.lookup.fail(with: ServiceError(.unavailable, "gone"))
        try await desk.visit { browser in
            let fees = try await browser.send("/fees?code=99213&on=2025-03-01")
            let note = try await browser.post("/case2code", ["text": "pneumonia"])
            let claim = try await browser.post("/claims", ["on": "2026-05-01", "code1": "99213"])
            #expect([fees, note, claim].map(\.status) == Array(repeating: .serviceUnavailable, count: 3))
        }
    }
}
