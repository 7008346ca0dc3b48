import Testing

@testable import Lookup

@Suite("Importing words under which codes are found")
struct ImportVocabularyTests {
    private func read(_ importer: some FileImporter) throws -> (ImportCollector, ImportReport) {
        var sink = ImportCollector()
        let report = try importer.read(into: &sink)
        return (sink, report)
    }

    private func file(_ text: String) -> SourceFile { SourceFile(name: "made-up", bytes: Array(text.utf8)) }

    @Test(
        "The Alphabetic Index gives each term with its path, modifiers and the code without its dash; see goes to its target"
    )
    func alphabeticIndex() throws {
        let table = """
            RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code
            1,P,0,Pain,,,(acute) (chronic),R52
            2,P,1,"knee, any part",,,,M25.56-
            3,A,0,Gonalgia,"Pain, knee",,(old),
            4,A,0,Ache,Elsewhere,,,
            """
        let (sink, report) = try read(AlphabeticIndexImporter(file(table)))
        #expect(
            sink.terms == [
                TermRecord(code: "R52", kind: .index, text: "Pain", optional: "(acute) (chronic)"),
                TermRecord(
                    code: "M25.56", kind: .index, text: "Pain, knee, any part", optional: "(acute) (chronic)"),
                TermRecord(code: "M25.56", kind: .reference, text: "Gonalgia", optional: "(old)"),
            ])
        #expect(report.rowsKept == 3)
    }

    @Test(
        "A reference is met by the words of the entry that it means, and by no other",
        arguments: [
            ("Dependence, drug, nicotine", "F17.200"), ("Complications, joint prosthesis", "T84.9"),
            ("Neoplasm, skin, benign", "D23.9"), ("Neoplasm, malignant, by site", "C80.1"), ("Gangrene", "I96"),
            ("Wound, open, knee", "S81.00"), ("Diabetes, by type, with hyperglycemia", "E11.65"), ("condition", nil),
            ("Strain", nil), ("Wound, open, elbow", nil), ("", nil),
        ])
    func references(reference: String, code: String?) {
        var references = IndexReferences()
        for (path, code) in [
            (["Dependence (on) (syndrome)", "drug NEC", "nicotine"], "F17.200"),
            (["Dependence (on) (syndrome)", "drug NEC", "nicotine", "cigarettes"], "F17.210"),
            (["Complication", "joint prosthesis, internal"], "T84.9"), (["Gangrene, gangrenous", "gas"], "A48.0"),
            (["Gangrene, gangrenous"], "I96"), (["Neoplasm, neoplastic", "malignant"], "C80.1"),
            (["Neoplasm, neoplastic", "skin NOS", "benign"], "D23.9"), (["Wound, open", "knee"], "S81.00"),
            (["Diabetes, diabetic (mellitus)", "with", "hyperglycemia"], "E11.65"),
            (["Straining, on urination"], "R39.16"),
        ] { references.add(path, code: code) }
        #expect(references.code(of: reference) == code)
    }

    @Test(
        "An index of another shape is refused",
        arguments: [
            "", "a,b,c\n1,2,3", "RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code\n1,A,5,Deep,,,,R52",
            "RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code\n1,A,0,\"Open,,,,R52",
            "RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code\n",
        ])
    func otherShape(text: String) {
        #expect(throws: FileRefusal.self) { try read(AlphabeticIndexImporter(file(text))) }
    }

    private static let drugs = """
        <?xml version="1.0"?><ICD10CM.index><version>2026</version><letter><title>A</title>
        <mainTerm><title>Aspirin <nemod>(topical)</nemod> NEC</title><cell col="2">T39.011</cell><cell col="6">T39.015</cell>
        <cell col="7">--</cell><term level="1"><title>salts</title><cell col="2">T39.091</cell></term></mainTerm>
        </letter></ICD10CM.index>
        """

    @Test("A table gives a term a column, without the columns that do not apply")
    func table() throws {
        let (sink, _) = try read(IndexTableImporter(file(Self.drugs), table: .drugs, version: "2026"))
        #expect(
            sink.terms.map(\.text) == [
                "Aspirin NEC, poisoning accidental", "Aspirin NEC, adverse effect",
                "Aspirin NEC, salts, poisoning accidental",
            ])
        #expect(sink.terms.map(\.code) == ["T39.011", "T39.015", "T39.091"])
        #expect(sink.terms[0].optional == "(topical)")
    }

    @Test("A table of another edition, cut off or of another kind is refused")
    func otherTable() {
        for text in [Self.drugs, String(Self.drugs.prefix(200)), "<html></html>", "no XML"] {
            #expect(throws: FileRefusal.self) {
                try read(IndexTableImporter(file(text), table: .drugs, version: text == Self.drugs ? "2025" : "2026"))
            }
        }
    }

    @Test("The HCPCS index gives single codes, with the main term of indented lines, and leaves ranges out")
    func hcpcsIndex() throws {
        let text = """
            2019 HCPCS Alpha-Numeric Index        1
            Ambulance, A0021-A0999
             air, A0430, A0431
            Albumin, human, P9041
            """
        let (sink, _) = try read(HCPCSIndexImporter(file(text), kind: .index))
        #expect(
            sink.terms.map { "\($0.text) \($0.code)" } == [
                "Ambulance, air A0430", "Ambulance, air A0431", "Albumin, human P9041",
            ])
        let drugs = "Abatacept                    10 mg         IV       J0129\nActemra, see Tocilizumab\n"
        #expect(try read(HCPCSIndexImporter(file(drugs), kind: .drug)).0.terms.map(\.text) == ["Abatacept"])
    }

    @Test("Product names come once a code, without CPT codes")
    func productNames() throws {
        let text = """
            A notice,,,,
            _2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage
            J0129,"Inj, x",Maker,1,Brandia,10 MG
            J0129,"Inj, x",Maker,2,Brandia,10 MG
            90670,Vaccine,Maker,3,Vaxia,1
            """
        let (sink, _) = try read(ProductNameImporter(file(text)))
        #expect(sink.terms == [TermRecord(code: "J0129", kind: .brand, text: "Brandia")])
    }
}
