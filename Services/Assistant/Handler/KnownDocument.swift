/// Public documents that `codingahead data pull` brings and that are taken into the knowledge base by themselves.
struct KnownDocument: Sendable {
    var document: KnowledgeDocument

    static let all = [
        KnownDocument(
            document: KnowledgeDocument(
                name: "ncci-policy-manual-2025", title: "NCCI Policy Manual for Medicare", format: .ncciManual,
                edition: "2025", effectiveDate: "2025-01-01",
                rights:
                    "US Government work. CPT codes and descriptions are copyright 2024 American Medical Association.",
                file: "ncci_medicare_policy_manual_2025.txt")),
        KnownDocument(
            document: KnowledgeDocument(
                name: "icd10pcs-guidelines-2025", title: "ICD-10-PCS Official Guidelines", format: .markdown,
                edition: "FY2025", effectiveDate: "2024-10-01", rights: "US Government work, published by CMS.",
                file: "icd10pcs-guidelines.md")),
    ]
}
