import Testing

@testable import Lookup

@Suite("Forms of codes")
struct CodeFormTests {
    @Test(
        "What a person types becomes the canonical form",
        arguments: [
            (CodeSystem.icd10cm, "e119", "E11.9"), (.icd10cm, " E11.9 ", "E11.9"), (.icd10cm, "e11", "E11"),
            (.icd10cm, "E11.", "E11"), (.icd10cm, "s52.1xxa", "S52.1XXA"), (.icd10cm, "4", "4"),
            (.icd10cm, "e08-e13", "E08-E13"), (.icd10cm, "C4A", "C4A"), (.icd10cm, "E 11 9", "E11.9"),
            (.icd10pcs, "0dtj4zz", "0DTJ4ZZ"), (.icd10pcs, "0d", "0D"), (.hcpcs, "a4206", "A4206"), (.hcpcs, "a", "A"),
            (.hcpcs, "A0021-A0999", "A0021-A0999"), (.cpt, "20975", "20975"), (.cpt, "0001u", "0001U"),
            (.hcpcsModifier, "lt", "LT"), (.cptModifier, "25", "25"), (.icd9cm, "25000", "250.00"),
            (.icd9cm, "e8001", "E800.1"), (.icd9cm, "V270", "V27.0"), (.icd9cm, "81.54", "81.54"),
        ])
    func canonical(system: CodeSystem, typed: String, form: String) {
        #expect(CodeForm.canonical(typed, in: system) == form)
        #expect(CodeForm.canonical(form, in: system) == form)
    }

    @Test(
        "What has not the form of a code is none",
        arguments: [
            (CodeSystem.icd10cm, ""), (.icd10cm, "."), (.icd10cm, "-"), (.icd10cm, "E"), (.icd10cm, "E1.19"),
            (.icd10cm, "E11.99999"), (.icd10cm, "E11..9"), (.icd10cm, "E11;9"), (.icd10cm, "É11"), (.icd10cm, "123"),
            (.icd10cm, "A-B-C"), (.icd10pcs, "0DTJ4ZZZ"), (.icd10pcs, "0DTI4ZZ"), (.hcpcs, "A42"), (.hcpcs, "42066"),
            (.cpt, "2097"), (.cpt, "ABCDE"), (.hcpcsModifier, "L"), (.hcpcsModifier, "LTX"), (.icd9cm, "2500000"),
            (.icd10cm, "E11\u{0}"), (.icd10cm, String(repeating: "9", count: 65)),
        ])
    func refused(system: CodeSystem, typed: String) {
        #expect(CodeForm.canonical(typed, in: system) == nil)
    }
}
