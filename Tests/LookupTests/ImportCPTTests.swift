import Foundation
import Testing

@testable import Lookup

/// Codes and texts are made up; only the layouts are the AMA's.
@Suite struct `The importers of an AMA delivery` {
    private static let long = """
        Made-up notice of a made-up owner.\r
        All rights are imaginary.\r
        \r
        99203\tImagined visit, longer than others; caf\u{e9} included\r
        10005\tImagined needle work\r
        0001T\tImagined new thing\r

        """
    private static let medium = "10005 IMAGINED NEEDLE\r\n99203 IMAGINED VISIT\r\n0001T IMAGINED NEW\r\n"
    private static let short = "10005 IMAG NDL\n99203 IMAG VISIT\n0001T IMAG NEW\n"
    private static let consumer = "Concept Id\tCPT Code\tConsumer Friendly Descriptor\n1\t99203\tA talk with someone\n"
    private static let clinician =
        "Concept Id\tCPT Code\tClinician Descriptor Id\tClinician Descriptor\n1\t99203\t11\tOne\n1\t99203\t12\tTwo\n"
    private static let history = """
        Date\tChange Type\tConcept Id\tCPT Code\tPrior Value\tCurrent Value
        20240101\tADDED\t1\t99203\t\tImagined visit
        20260101\tREVISED\t1\t99203\tImagined visit\tImagined visit, longer than others
        """

    private static func file(_ name: String, _ text: String, cp1252: Bool = false) -> SourceFile {
        let bytes = cp1252 ? text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(text.utf8)
        return SourceFile(name: name, bytes: bytes)
    }

    private func read(
        long: String = long, medium: String = medium, short: String = short, consumer: String = consumer,
        history: String = history, cp1252: Bool = false
    ) throws -> ImportCollector {
        var sink = ImportCollector()
        let delivery = CPTDelivery(
            long: Self.file("LONGULT.txt", long, cp1252: cp1252), medium: Self.file("MEDU.txt", medium),
            short: Self.file("SHORTU.txt", short), consumer: Self.file("ConsumerDescriptor.txt", consumer),
            clinician: Self.file("ClinicianDescriptor.txt", Self.clinician),
            history: Self.file("History_DTK_tab.txt", history))
        _ = try CPTDeliveryImporter(delivery, rights: "© Somebody").read(into: &sink)
        return sink
    }

    @Test(arguments: [false, true])
    func `read every descriptor, in UTF-8 or Windows-1252, under the sections of the set`(cp1252: Bool) throws {
        let sink = try read(cp1252: cp1252)
        #expect(sink.codes.map(\.code) == ["99202-99499", "99203", "10004-69990", "10005", "0001T-9999T", "0001T"])
        #expect(sink.code("99203")?.title == "Imagined visit, longer than others; café included")
        #expect(sink.code("99203")?.shortTitle == "IMAG VISIT")
        #expect(sink.fact("99203", "Medium description")?.value == "IMAGINED VISIT")
        #expect(sink.texts.map(\.block) == ["common", "clinical", "clinical", "history", "history"])
        #expect(sink.texts.allSatisfy { $0.rights == "© Somebody" })
        #expect(
            sink.texts.last?.text == "2026-01-01: revised: “Imagined visit” became “Imagined visit, longer than others”"
        )
    }

    @Test func `refuse a delivery whose three lists of codes differ, naming the file and the code`() throws {
        let refusal = #expect(throws: FileRefusal.self) { try read(short: "10005 IMAG NDL\n99203 IMAG VISIT\n") }
        #expect(refusal?.reason.contains("0001T") == true && refusal?.reason.contains("SHORTU.txt lacks") == true)
        #expect(throws: FileRefusal.self) { try read(medium: Self.medium + "99204 IMAGINED OTHER\n") }
    }

    @Test func `refuse a broken, a repeated and an empty file`() throws {
        #expect(throws: FileRefusal.self) { try read(long: "") }
        #expect(throws: FileRefusal.self) { try read(long: "nothing here") }
        #expect(throws: FileRefusal.self) { try read(long: Self.long + "10005\tAgain\n") }
        #expect(throws: FileRefusal.self) { try read(long: Self.long + "10006") }
        #expect(throws: FileRefusal.self) { try read(consumer: "a\tb\tc\n1\t99203\n") }
        #expect(throws: FileRefusal.self) { try read(history: "Date\tCode\n20240101\t99203\n") }
    }

    @Test func `read wrapped modifiers once, whatever section lists them`() throws {
        let text = """
            Made-up notice\n
            Section of modifiers\n
            25 Imagined separate visit by the
            same person\n
            P1 Imagined state\n
            Another section\n
            25 Again\n
            """
        var sink = ImportCollector()
        let report = try CPTModifierImporter(Self.file("MODUL.txt", text)).read(into: &sink)
        #expect(sink.codes.map(\.title) == ["Imagined separate visit by the same person", "Imagined state"])
        #expect(report.rowsRefused == 1)
        #expect(throws: FileRefusal.self) { try CPTModifierImporter(Self.file("MODUL.txt", "none")).read(into: &sink) }
    }

    @Test func `read laboratory analyses with their dates`() throws {
        let text = """
            CPT Code\tLong Descriptor\tMedium Descriptor\tShort Descriptor\tCode Status\tEffective Date\tLab Name
            0001U\tImagined analysis\tIMAG ANALYSIS\tIMAG\tNEW\t2026-04-01\tNowhere Lab
            0002U\tImagined other\tIMAG OTHER\tIMAG 2\tDELETED\t04/01/2026\t
            """
        var sink = ImportCollector()
        _ = try CPTPLAImporter(Self.file("CPTPLA.txt", text)).read(into: &sink)
        #expect(sink.code("0001U")?.added == Day("2026-04-01") && sink.code("0002U")?.retired == Day("2026-04-01"))
        #expect(sink.fact("0001U", "Lab name")?.value == "Nowhere Lab")
        #expect(throws: FileRefusal.self) {
            try CPTPLAImporter(Self.file("CPTPLA.txt", text + "\n0001U\tAgain\t\t\t\t\t")).read(into: &sink)
        }
    }

    @Test func `take a delivery into the data folder, where it is listed, pinned and imported`() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: root) } }
        let delivery = root.appending(path: "delivery/standard")
        try FileManager.default.createDirectory(at: delivery, withIntermediateDirectories: true)
        for (name, text) in [("LONGULT.txt", Self.long), ("medu.TXT", Self.medium), ("SHORTU.txt", Self.short)] {
            try text.write(to: delivery.appending(path: name), atomically: true, encoding: .utf8)
        }
        let data = root.appending(path: "data").path
        let intake = CPTIntake(
            delivery: root.appending(path: "delivery").path, dataFolder: data, year: 2031, quarter: 1)
        #expect(try intake.take().codes == 3)
        #expect(try intake.take().files == ["cpt-2031-long.txt", "cpt-2031-medium.txt", "cpt-2031-short.txt"])
        let list = try SourceList.load(dataFolder: data)
        let editions = try DataImport(dataFolder: data, list: list).run(willImport: { _ in }, didImport: { _ in })
        #expect(editions.map(\.record.isLicensed) == [true] && editions.first?.billableCodes == 3)
        try "99999\tMore\n".write(to: delivery.appending(path: "SHORTU.txt"), atomically: true, encoding: .utf8)
        #expect(throws: FileRefusal.self) { try intake.take() }
        #expect(try SourceList.load(dataFolder: data) == list)
    }
}
