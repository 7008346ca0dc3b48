/// The descriptor files of one AMA delivery of CPT (the operator's own, under licence).
package struct CPTDelivery: Sendable {
    /// LONGULT.txt: a © preamble that a blank line ends, then code, tab, text.
    package let long: SourceFile
    /// MEDU.txt: columns 1–5 code, 7–54 text.
    package let medium: SourceFile
    /// SHORTU.txt: columns 1–5 code, 7–34 text.
    package let short: SourceFile
    /// ConsumerDescriptor.txt: a header; concept id, code, text.
    package let consumer: SourceFile?
    /// ClinicianDescriptor.txt: a header; concept id, code, descriptor id, text; many rows a code.
    package let clinician: SourceFile?
    /// History_DTK_tab.txt of CPT Link: a header that names its columns.
    package let history: SourceFile?

    /// Names the files.
    package init(
        long: SourceFile, medium: SourceFile, short: SourceFile, consumer: SourceFile? = nil,
        clinician: SourceFile? = nil, history: SourceFile? = nil
    ) {
        self.long = long
        self.medium = medium
        self.short = short
        self.consumer = consumer
        self.clinician = clinician
        self.history = history
    }

    /// What any refusal advises.
    static let remedy = "Give the files of one delivery of the AMA, unchanged"
}
