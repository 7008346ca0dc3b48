import Testing

@testable import Lookup

@Suite struct `The importers of other edits and mappings` {
    private static let span = DaySpan(ReferenceFixture.day("2031-01-01"), ReferenceFixture.day("2031-12-31"))

    private static let tables = [
        "#edits\t1\t20310101\t20311231", "procedure\t0001X\t20310101\t20310630\t18\t124\tc",
        "procedure\t0001X\t20310701\t20311231\t21\t124\tci", "diagnosis\tX10XX0A\t20310101\t20311231\t0\t17\tmu",
        "modifier\tLT\t20310101\t20311231\tn", "modifier\t22\t20310101\t20310331\t",
        "addon\t0002X\t20310101\t20311231\t1\t0001X", "addon\t0003X\t20310101\t20311231\t2\t",
        "conflict\tCT\t20310101\t20311231\tFX", "text\t20\t20310101\t20311231\tPair\tNot together", "#end\t9",
    ]

    private func code(_ text: String) throws -> ProcedureCode { try #require(ProcedureCode(text)) }

    @Test func `keep what the Outpatient Code Editor says of codes`() throws {
        let fixture = try ReferenceFixture()
        let file = try fixture.stream(Self.tables.joined(separator: "\n"))
        try fixture.read(.outpatientEdits, EditorTablesImporter(file, span: Self.span, part: .spans)) {
            store, id, report in
            #expect(report.rowsRead == 7 && report.rowsKept == 7)
            let spans = try store.editorSpans(of: "0001X", as: .procedure, in: id)
            #expect(spans.map(\.ages) == [18...124, 21...124])
            #expect(spans[1].flags == [.bilateralConditional, .bilateralIndependent])
            #expect(spans[1].span.last == nil)
            let diagnosis = try store.editorSpans(of: "X10XX0A", as: .diagnosis, in: id)
            #expect(diagnosis.first?.flags == [.manifestation, .unacceptablePrincipal])
            #expect(try store.conflicts(of: "CT", on: Self.span.first, in: id) == ["FX"])
            #expect(try store.editorSpans(of: "LT", as: .modifier, in: id).first?.flags == .pairModifier)
        }
        try fixture.read(.addOns, EditorTablesImporter(file, span: Self.span, part: .addOns)) {
            (store, id, report) throws in
            #expect(report.rowsKept == 2)
            #expect(try store.addOnEdits(of: code("0002X"), in: id).first?.primary == code("0001X"))
            #expect(try store.addOnEdits(of: code("0003X"), in: id).first?.kind == .contractorDefined)
        }
    }

    @Test func `refuse damaged tables whole`() throws {
        let fixture = try ReferenceFixture()
        let broken = [
            Array(Self.tables.dropLast()), ["#edits\t1\t20310101\t20311231", "#end\t0"],
            Self.tables.map { $0.replacing("\tc", with: "\tz") }.map { $0.replacing("18", with: "x") },
        ]
        for lines in broken {
            let file = try fixture.stream(lines.joined(separator: "\n"))
            let importer = EditorTablesImporter(file, span: Self.span, part: .spans)
            #expect(try fixture.refusal(.outpatientEdits, importer) != nil, "\(lines.count) lines")
        }
    }

    private static let units = """
        "Notice over
        several lines, with a comma, and ""quotes""."\r
        "HCPCS/
        CPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\r
        0001X,1,2 Date of Service Edit: Policy,Anatomic Consideration\r
        0002X,3,3 Date of Service Edit: Clinical,Clinical: Data\r
        A9001,12,1 Line Edit,Nature of Equipment\r

        """

    @Test func `read Medically Unlikely Edits behind their notice`() throws {
        let fixture = try ReferenceFixture()
        let importer = UnitLimitsImporter(ReferenceFixture.file(Self.units))
        try fixture.read(.unitsPractitioner, importer) { (store, id, report) throws in
            #expect(report.rowsKept == 3)
            let limit = try store.unitLimit(of: code("0002X"), in: id)
            #expect(limit?.units == 3 && limit?.measure == .dayByClinicalBenchmark)
            #expect(limit?.rationale == "Clinical: Data")
            #expect(try store.unitLimit(of: code("A9001"), in: id)?.measure == .line)
            #expect(try store.unitLimit(of: code("0009X"), in: id) == nil)
        }
    }

    @Test(
        "refuse another file, a cut one, a code twice",
        arguments: [
            "", "a,b,c\n1,2,3\n", units + "0001X,2,2 Policy,Twice\n0001X,2,2 Policy,Twice\n", units + "\"cut",
            units.replacing(",1,2 Date", with: ",one,2 Date").replacing(",3,3 Date", with: ",x,3 Date"),
        ])
    func refusedUnits(text: String) throws {
        let fixture = try ReferenceFixture()
        #expect(
            try fixture.refusal(.unitsPractitioner, UnitLimitsImporter(ReferenceFixture.file(text))) != nil)
    }

    private static let addOns = [
        "AddOn_Code,AOC_Del_Dt,Primary_Code,Primary_Code_Del_Dt,AOC_Edit_Eff_Dt,AOC_Edit_Del_Dt,AOC_Edit_Type,Notes",
        "0002X,,0001X,,2030001,,1,", "0002X,,0004X,,2030001,2031090,1,", "0003X,,CCCCC,,2030001,,2,",
        "0005X,2031365,0001X,,20300101,,3,\"a note, with a comma\"",
    ]

    @Test func `read the add-on code file of CMS, with its Julian days, as CSV or with tabs`() throws {
        let fixture = try ReferenceFixture()
        for separator in [",", "\t"] {
            let text = Self.addOns.dropLast(separator == "\t" ? 1 : 0).joined(separator: "\n")
                .replacing(",", with: separator)
            try fixture.read(.addOns, AddOnEditsImporter(ReferenceFixture.file(text))) { (store, id, report) throws in
                #expect(report.rowsKept == (separator == "\t" ? 3 : 4))
                let edits = try store.addOnEdits(of: code("0002X"), in: id)
                #expect(edits.map(\.span.last) == [nil, ReferenceFixture.day("2031-03-31")])
                #expect(edits[0].span.first == ReferenceFixture.day("2030-01-01"))
                #expect(try store.addOnEdits(of: code("0003X"), in: id).first?.primary == nil)
            }
        }
        #expect(AddOnEditsImporter.day("2032366") == Day("2032-12-31"))
        #expect(AddOnEditsImporter.day("2031366") == nil)
        let other = ReferenceFixture.file("a,b\n1,2\n")
        #expect(try fixture.refusal(.addOns, AddOnEditsImporter(other))?.line == 1)
    }

    private static let mappings = """
        "icd9cm","icd10cm","flags","approximate","no_map","combination","scenario","choice_list"
        "0010","A000","00000",0,0,0,0,0
        "9090","T360X5A","10111",1,0,1,1,1
        "9090","T361X5A","10111",1,0,1,1,1
        "9090","I9581","10112",1,0,1,1,2
        "E8490","NoDx","11000",1,1,0,0,0
        """

    @Test func `read General Equivalence Mappings with their flags`() throws {
        let fixture = try ReferenceFixture()
        let importer = GeneralMappingsImporter(ReferenceFixture.file(Self.mappings), kind: .forwardMap)
        try fixture.read(.forwardMap, importer) { (store, id, report) throws in
            #expect(report.rowsKept == 5)
            #expect(try store.mappings(of: "001.0", in: id).map(\.target) == ["A00.0"])
            let combined = try store.mappings(of: "909.0", in: id)
            #expect(combined.map(\.choiceList) == [1, 1, 2])
            #expect(MappingWords.explain(combined).contains("2 codes are reported together"))
            let none = try store.mappings(of: "E849.0", in: id)
            #expect(none.map(\.hasNoMap) == [true] && none.map(\.target) == [""])
        }
        let backward = GeneralMappingsImporter(ReferenceFixture.file(Self.mappings), kind: .backwardMap)
        #expect(try fixture.refusal(.backwardMap, backward)?.reason.contains("icd10cm") == true)
        let cut = GeneralMappingsImporter(ReferenceFixture.file(Self.mappings + "\n\"00"), kind: .forwardMap)
        #expect(try fixture.refusal(.forwardMap, cut) != nil)
    }
}
