import Foundation
import Testing

@testable import Lookup

@Suite struct `The importers of fees` {
    private func rows<Row: ReferenceRow>(
        _ type: Row.Type, _ text: String, _ layout: RowLayout, kept: Int, refused: Int = 0
    ) throws -> [Row] {
        let fixture = try ReferenceFixture()
        let importer = ReferenceTable(ReferenceFixture.file(text), layout: layout)
        return try fixture.read(.relativeValues, importer) { (store, id, report) throws in
            #expect(report.rowsKept == kept && report.rowsRefused == refused)
            return try store.rows(type, in: id)
        }
    }

    private func refusal(_ text: String, _ layout: RowLayout) throws -> FileRefusal? {
        let importer = ReferenceTable(ReferenceFixture.file(text), layout: layout)
        return try ReferenceFixture().refusal(.relativeValues, importer)
    }

    /// The header of 2025 or, with the column PRIC IND, of 2026, under its stacked names.
    private static func relativeValues(_ year: Int) -> String {
        let bottom =
            "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,"
            + "SURG,SURG,SURG,SURG," + (year == 2026 ? "IND," : "")
            + "BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT"
        let middle =
            ",,,STATUS,MEDICARE,WORK,NON-FAC,NON-FAC NA,FACILITY,FACILITY NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,"
            + "MULT,BILAT,ASST,CO-,TEAM," + (year == 2026 ? "PRIC," : "") + "ENDO,CONV,PHYSICIAN,CALC,IMAGING FAMILY,,,"
        let titles = (1...8).map { "Title line \($0)" + String(repeating: ",", count: 30) }
        let more = year == 2026 ? "9," : ""
        let rows = [
            "0001X,,Text of another owner,A,,1.30,2.05,,1.10,NA,0.09,3.44,2.49,1,010,0.10,0.80,0.10,2,1,0,0,0,\(more),32.3465,09,0,99,0,0,0",
            "0001X,26,Text of another owner,A,,0.50,0.20,,0.20,,0.02,0.72,0.72,1,YYY,0,0,0,0,0,0,0,0,\(more),32.3465,09,0,99,0,0,0",
            "A9001,,A supply,X,,0.00,0.00,,0.00,,0.00,0.00,0.00,9,YYY,0,0,0,9,9,9,9,9,\(more),32.3465,09,0,99,0,0,0",
        ]
        return (titles + [middle, bottom] + rows).joined(separator: "\r\n")
    }

    @Test("read PPRRVU by its stacked names, 31 columns and 32", arguments: [2025, 2026])
    func stacked(year: Int) throws {
        let values = try rows(RelativeValue.self, Self.relativeValues(year), .relativeValues, kept: 3)
        let whole = try #require(values.first { $0.key == "0001X" && $0.variant.isEmpty })
        #expect(whole.work == ExactNumber("1.3") && whole.malpractice == ExactNumber("0.09"))
        #expect(whole.expenseNonFacility == ExactNumber("2.05") && whole.expenseFacility == ExactNumber("1.10"))
        #expect(whole.facilityNote == "NA" && whole.nonFacilityNote.isEmpty)
        #expect(whole.status == "A" && whole.component == "1" && whole.global == "010")
        #expect(whole.multiple == "2" && whole.bilateral == "1" && whole.factor == ExactNumber("32.3465"))
        #expect(values.allSatisfy { !$0.fields.joined().contains("another owner") })
    }

    @Test func `read an extract of PPRRVU that has only the last line of its header`() throws {
        let lines = Self.relativeValues(2025).split(separator: "\r\n").suffix(4).map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset != 2 }.map(\.element).joined(separator: ",")
        }
        let values = try rows(RelativeValue.self, lines.joined(separator: "\n"), .relativeValues, kept: 3)
        #expect(values.first { $0.variant == "26" }?.work == ExactNumber("0.50"))
        #expect(values.first { $0.variant == "26" }?.expenseFacility == ExactNumber("0.20"))
    }

    @Test func `read indices, counties and anesthesia factors, and fill up numbers that lost their zeros`() throws {
        let gpci = """
            ADDENDUM E,,,,,,
            ,,,,,,
            Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2031 PW GPCI (with 1.0 Floor),2031 PE GPCI,2031 MP GPCI
            02102,AK,01,ALASKA*,1.5,1.081,0.592
            *A footnote,,,,,,
            """
        let cost = try #require(try rows(PracticeCost.self, gpci, .practiceCosts, kept: 1).first)
        #expect(cost.key == "02102-01" && cost.number == "01" && cost.name == "ALASKA" && cost.variant == "AK")
        let counties = """
            COUNTIES,,,,
            ,,,,
            Contractor,Locality Number,State ,Fee Schedule Area ,Counties
            1182,18,CALIFORNIA,LOS ANGELES,LOS ANGELES/ORANGE
            ,,,,
            1112,5,,SAN FRANCISCO,ALAMEDA/SAN MATEO
            """
        let found = try rows(LocalityCounties.self, counties, .localities, kept: 2)
        #expect(found.map(\.key) == ["01112-05", "01182-18"])
        #expect(found.map(\.variant) == ["CALIFORNIA", "CALIFORNIA"])
        let factors = "Contractor,Locality,Locality Name,National Anes CF of 20.3178\n10112 ,00 ,ALABAMA,19.31 \n,,,\n"
        #expect(
            try rows(AnesthesiaFactor.self, factors, .anesthesiaFactors, kept: 1).first?.factor
                == ExactNumber("19.31"))
    }

    @Test func `read equipment fees, rural ZIP codes, drug limits and laboratory fees`() throws {
        let fees = """
            "Title, quoted",,,,,,,,,
            HCPCS,Mod,Mod2,JURIS,CATG,Ceiling,Floor,AL (NR),AL (R),Description
            A9001,NU,,D,IN,9.00,7.00,8.10,8.90,A thing
            A9002,,,D,SU,9.00,7.00,5.25,0.00,"A thing, other"
            """
        let read = try rows(EquipmentFee.self, fees, .equipmentFees, kept: 2)
        #expect(read[0].variant == "NU" && read[0].fees["AL R"] == ExactNumber("8.90"))
        #expect(read[1].fees["AL R"] == nil && read[1].fees["AL N"] == ExactNumber("5.25"))
        let zips = "STATE,DMEPOS RURAL ZIP CODE,YEAR/QTR\nMA,01223,203101\nMA,1223,203101\n"
        #expect(try rows(RuralZIP.self, zips, .ruralZIPs, kept: 1, refused: 1).first?.key == "01223")
        let drugs = """
            Payment Allowance Limits,,,,,,,,,,,
            HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Co-insurance Percentage,Vaccine AWP%,Vaccine Limit,Blood AWP%,Blood limit,Clotting Factor,Notes,
            J9001,"Inj, thing",10 MG,3.298,20.000,,,,,,A note,
            """
        let limit = try #require(try rows(DrugLimit.self, drugs, .drugLimits, kept: 1).first)
        #expect(limit.limit.description == "3.298" && limit.notes == "A note" && limit.dosage == "10 MG")
        let tests = """
            2031 Clinical Laboratory Fee Schedule,,,,,,,,
            ,,,,,,,,
            YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC,LONGDESC,EXTENDEDLONGDESC
            2031,0001X,,20310101,N,12.34,Of another owner,,
            2031,0001X,QW,20310101,N,11.00,Of another owner,,
            """
        let laboratory = try rows(LaboratoryFee.self, tests, .laboratoryFees, kept: 2)
        #expect(laboratory.map(\.variant) == ["", "QW"] && laboratory[0].rate == ExactNumber("12.34"))
        #expect(laboratory.allSatisfy { !$0.fields.joined().contains("another owner") })
    }

    @Test func `refuse what is another file, empty, cut or damaged`() throws {
        let layouts: [RowLayout] = [
            .relativeValues, .practiceCosts, .localities, .anesthesiaFactors, .equipmentFees, .ruralZIPs, .drugLimits,
            .laboratoryFees, .drugCodes, .coverageDocuments,
        ]
        for layout in layouts {
            for text in ["", "a,b\n1,2\n", "HCPCS,MOD\n"] {
                #expect(try refusal(text, layout) != nil, "\(layout.name)")
            }
        }
        let damaged = Self.relativeValues(2025).replacing("1.30", with: "x").replacing("0.50", with: "y")
        #expect(try refusal(damaged, .relativeValues)?.line == 11)
        #expect(try refusal(Self.relativeValues(2025) + "\r\n\"cut", .relativeValues) != nil)
    }

    @Test func `keep NDCs as eleven digits and documents with their days`() throws {
        let drugs =
            "Title,,,,,,,,,\n_2031_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG,,\n"
            + "J9001,Text,A labeler,00270-7015-46,Drug,1 ML,30,25,30,750,,\nJ9001,Text,A labeler,none,Drug,1 ML,30,25,30,750,,\n"
        let product = try #require(try rows(DrugProduct.self, drugs, .drugCodes, kept: 1, refused: 1).first)
        #expect(product.variant == "00270701546" && product.ndc == "00270-7015-46")
        #expect(DrugProduct.normalised("270-701-5") == "00270070105")
        #expect(DrugProduct.normalised("0027070154") == nil && DrugProduct.normalised("1-2-3-4") == nil)
        let documents =
            "contractor_name_type,document_display_id,document_id,document_type,document_version,effective_date,note,retirement_date,title,updated_on,updated_on_sort,url\n"
            + "\"A Contractor\n(MAC - Part A)\",L1,1,LCD,4,08/14/2031,,N/A,A title,08/06/2031,2031,https://www.cms.gov/1\n"
        let document = try #require(try rows(CoverageDocument.self, documents, .coverageDocuments, kept: 1).first)
        #expect(document.effective == "2031-08-14" && document.retired.isEmpty)
        #expect(document.contractor == "A Contractor (MAC - Part A)")
        #expect(RowLayout.calendarDay("13/01/2031") == nil)
    }
}
