import Testing

@testable import Assistant

@Suite("Reading questions")
struct QuestionTests {
    @Test(
        "What is asked is read from the words",
        arguments: [
            ("What is CPT code 99213?", [Intent.explain]), ("Guidelines for E/M services", [.guidelines]),
            ("Can 11042 and 97597 be billed together?", [.edits]),
            ("E11.9 vs E11.65", [.compare]), ("E11.9 or E11.65?", [.compare]),
            ("Which code for a sprained right ankle?", [.search]), ("right ankle sprain icd-10", [.search, .policy]),
            ("What is the MUE of J1885?", [.units]), ("Is 22614 an add-on code?", [.addOn]),
            ("How much does Medicare pay for G0101 in Texas?", [.fee]), ("Is E0601 covered by an LCD?", [.coverage]),
            ("ICD-9 250.00 crosswalk", [.crosswalk]), ("When was G0101 deleted?", [.history]),
            ("What must documentation say about upcoding?", [.guidelines]), ("May I report a biopsy?", [.policy]),
        ])
    func intents(text: String, intents: [Intent]) {
        #expect(QuestionReader.read(text).intents == intents)
    }

    @Test(
        "Codes are found in every form that people type, words and amounts are none",
        arguments: [
            ("e11.9 and E119", ["E11.9", "E119"]), ("J1885, (99213)", ["J1885", "99213"]), ("0DTJ4ZZ", ["0DTJ4ZZ"]),
            ("0001T and 0002U", ["0001T", "0002U"]), ("S72.001A", ["S72.001A"]), ("the BIOPSY of 2025", []),
            ("123456 or 1234", []), ("zip 90210", []),
        ])
    func mentions(text: String, codes: [String]) {
        #expect(QuestionReader.read(text).mentions.map(\.text) == codes)
    }

    @Test(
        "Dates are read as people write them; days that do not exist are none",
        arguments: [
            ("on 2025-03-01", "2025-03-01"), ("on 3/1/2025", "2025-03-01"), ("March 1, 2025", "2025-03-01"),
            ("1 March 2025", "2025-03-01"), ("in March 2025", "2025-03-01"), ("in 2019", "2019-01-01"),
            ("2025-02-30", nil), ("February 30, 2025", nil), ("99213", nil), ("13/13/2025", nil),
        ] as [(String, String?)])
    func dates(text: String, day: String?) {
        #expect(DateReader.date(in: text)?.day == day)
    }

    @Test(
        "Modifiers stand after the word or behind a code",
        arguments: [
            ("modifier 25", ["25"]), ("modifiers 59 and XS", ["59", "XS"]), ("99213-25", ["25"]),
            ("the 59 modifier", ["59"]),
            ("A4206-A4232", []), ("modifier that", []),
        ])
    func modifiers(text: String, modifiers: [String]) {
        #expect(ModifierReader.modifiers(in: text) == modifiers)
    }

    @Test("A range is its two ends and what lies between")
    func range() {
        let range = QuestionReader.read("A4206-A4232").ranges.first
        #expect(range == CodeRange(first: "A4206", last: "A4232"))
        #expect(range?.contains("A4210") == true && range?.contains("A4233") == false)
    }

    @Test(
        "What identifies a patient is found",
        arguments: [
            ("SSN 123-45-6789", [PatientIdentifier.Kind.socialSecurity]), ("call (555) 123-4567", [.phone]),
            ("MRN: 00123456", [.recordNumber]), ("DOB 1/2/1950", [.birthDate]), ("MBI 1EG4-TE5-MK73", [.medicare]),
            ("lives at 12 North Main Street", [.address]), ("Patient: Jane Doe", [.name]),
            ("Mr. Smith has pain", [.name]),
            ("jane@example.org", [.email]),
        ])
    func identifiers(text: String, kinds: [PatientIdentifier.Kind]) {
        #expect(IdentifierScanner.identifiers(in: text).map(\.kind) == kinds)
        #expect(IdentifierScanner.identifiers(in: IdentifierScanner.redacted(text)).isEmpty)
    }

    @Test(
        "Coding talk is not taken for a person",
        arguments: [
            "MR Brain without contrast", "The patient presents with pain",
            "Can 99213 and 99214 be billed on 2025-03-01?",
            "CPT 11042-11047", "Patient Reports nothing", "What name does modifier 59 have?",
            "10 units of J1885 in 2025",
        ])
    func harmless(text: String) {
        #expect(IdentifierScanner.identifiers(in: text).isEmpty)
    }
}
