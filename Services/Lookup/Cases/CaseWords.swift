/// Words that lead to a code in the index but are by themselves no diagnosis in a note: parts of the body, ways of looking,
/// measures, and words of every sentence.
enum CaseWords {
    /// Stems.
    static let vague: Set<String> = Set(
        """
        old blood physical observed observation observe follow up followup exam examination postoperative symptom
        symptoms all appearance history hemoglobin h gas donor nerve reflex reflexes does tac axis plus laboratory
        radiological declined may cold toxic exposure abnormal patient case normal left right bilateral status
        condition finding findings result test study treatment therapy procedure surgery operation care screening
        evaluation acute chronic severe mild moderate primary secondary arm leg head neck face hand foot eye ear nose
        skin heart liver lung kidney bone joint muscle stomach bladder brain chest abdomen back skull artery vein
        organ tissue positive negative high low increased decreased elevated absence presence present difficulty use
        injection drug drugs alcohol water food air pressure rate level number time age birth death family male female
        newborn child culture biopsy imaging x ray ct mri ultrasound scan catheter graft transplant implant prosthesis
        device artificial removal replacement long term current light position movement response reaction effect
        personal stage grade size measurement admission admitted discharge emergency
        """.split(whereSeparator: \.isWhitespace).map { Words.stem(of: String($0)) })

    /// Stems of words that name a finding so generally that they are only told of, not suggested.
    static let general: Set<String> = Set(
        """
        tumor tumour lesion mass growth defect complication disease disorder syndrome anomaly problem
        """.split(whereSeparator: \.isWhitespace).map { Words.stem(of: String($0)) })

    /// Stems of words by which a wording stands for what has no code of its own.
    static let others: Set<String> = Set(["other", "specified", "nec", "elsewhere"].map { Words.stem(of: $0) })
}
