import Testing

@testable import Lookup

@Suite struct `References in notes` {
    @Test(
        "name codes, everything below a heading, and ranges",
        arguments: [
            ("gestational diabetes (O24.4-)", ["O24419"], ["O2411", "E119"]),
            ("diabetes mellitus due to underlying condition (E08.-)", ["E0800", "E089"], ["E090"]),
            ("transitory disorders (P70-P74)", ["P700", "P749"], ["P759", "P69"]),
            ("nodes (C77.0-C77.9), cancer of breast (C50.-, D05.-)", ["C773", "C50911", "D0510"], ["C780"]),
            ("chapter S00 to T14 and (A15)", ["S0000XA", "T148XXA", "A150"], ["T1500XA"]),
            ("excessive crying of infant (baby) R68.11", ["R6811"], ["R6812"]),
            ("pedestrian (V01-V09 with 5th character 9)", ["V0119XA", "V0909"], ["V0110XA", "V01"]),
            ("diabetes (E08-E13 with .62-)", ["E11621", "E0862"], ["E1165"]),
            ("G6PD deficiency, A1/H1N1", [], ["G60", "H10"]),
            ("wound (S52.- with open fracture 7th character)", [], ["S52001B"]),
            ("other coma, see Z1", [], ["Z10"]),
            ("snoring (P28.3- - P28.4-)", ["P2839", "P2841"], ["P285"]),
        ] as [(String, [String], [String])])
    func parse(note: String, named: [String], others: [String]) {
        let references = NoteReferences.parse(note)
        for key in named { #expect(references.contains { $0.names(key) }, "\(note): \(key)") }
        for key in others { #expect(!references.contains { $0.names(key) }, "\(note): \(key)") }
    }

    @Test func `leave hostile text alone`() {
        for note in [
            "", "(((", ")", "- - -", "A00-", "A00 -", "with with", String(repeating: "A00-B99 with ", count: 99),
        ] {
            _ = NoteReferences.parse(note)
        }
    }
}
