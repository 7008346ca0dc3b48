/// The words by which passages are found: lower case, endings taken off, codes without their dot.
///
/// SQLite stems once more (porter), which changes nothing of what agrees here already.
enum KnowledgeWords {
    /// The words of a text that say something, in their order, repeats included.
    static func words(of text: String) -> [String] {
        expanded(text).split { !$0.isLetter && !$0.isNumber }.map { stem(String($0)) }
            .filter { $0.utf8.count > 1 && !empty.contains($0) }
    }

    /// Lower case, with abbreviations spelled out beside themselves ("E&M" → "e m evaluation management"), so that passage and
    /// question meet whichever of the two they use.
    static func expanded(_ text: String) -> String {
        var lower = text.lowercased()
        for (short, long) in joined where lower.contains(short) {
            lower = lower.replacing(short, with: " \(long) ")
        }
        let words = lower.split { !$0.isLetter && !$0.isNumber && $0 != "." }.map { word -> String in
            let bare = word.filter { $0 != "." }
            return abbreviations[bare].map { "\(bare) \($0)" } ?? (CodeForms.isCodeLike(bare) ? bare : String(word))
        }
        return words.joined(separator: " ")
    }

    /// Plural and verb endings taken off words of five letters and more.
    static func stem(_ word: String) -> String {
        guard word.utf8.count >= 5, word.allSatisfy(\.isLetter) else {
            return word.utf8.count == 4 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
        }
        for (ending, put) in endings where word.hasSuffix(ending) && word.utf8.count - ending.utf8.count >= 3 {
            return word.dropLast(ending.count) + put
        }
        return word
    }

    private static let endings: [(String, String)] = [
        ("ations", "at"), ("ation", "at"), ("ating", "at"), ("ated", "at"), ("ates", "at"), ("ate", "at"),
        ("ions", ""), ("ion", ""), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("ments", ""), ("ment", ""),
        ("ally", ""), ("ical", "ic"), ("ably", "abl"), ("able", "abl"), ("ly", ""), ("es", ""), ("ed", ""), ("al", ""),
        ("s", ""), ("e", ""),
    ]

    /// Written with signs: put before the text is cut into words.
    private static let joined: [(String, String)] = [
        ("e&m", "evaluation management"), ("e/m", "evaluation management"), ("e & m", "evaluation management"),
        ("add-on", "addon"), ("add on code", "addon code"), ("x-ray", "radiograph xray"), ("x ray", "radiograph xray"),
        ("follow-up", "followup postoperative"), ("follow up", "followup postoperative"), ("non-", "non"),
        ("same day", "same day date"), ("post-op", "postoperative"), ("pre-op", "preoperative"),
        ("moderate sedation", "moderate conscious sedation"), ("cut out", "excision"), ("take out", "removal"),
        ("blood draw", "venipuncture"), ("nerve conduction", "nerve conduction emg"), ("two surgeons", "cosurgeon"),
        ("flu shot", "influenza vaccine immunization"), ("heart attack", "myocardial infarction"),
        ("ear wax", "cerumen"), ("earwax", "cerumen"), ("skin tag", "skin tag lesion removal"),
        ("stress test", "stress test cardiovascular"), ("pap smear", "pap smear cervical"),
    ]

    private static let abbreviations: [String: String] = [
        "em": "evaluation management", "mue": "medically unlikely edit", "mues": "medically unlikely edits",
        "ptp": "procedure to procedure edit", "aoc": "addon code", "aocs": "addon codes", "addon": "primary",
        "uos": "units service", "dos": "date service", "mac": "medicare administrative contractor anesthesia care",
        "asc": "ambulatory surgical center", "opps": "outpatient prospective payment hospital",
        "ekg": "electrocardiogram", "ecg": "electrocardiogram", "electrocardiogram": "ecg", "iv": "intravenous",
        "ed": "emergency department", "er": "emergency department", "ct": "computed tomography",
        "mri": "magnetic resonance", "us": "ultrasound", "xray": "radiograph", "stitches": "suture closure repair",
        "sutures": "closure repair", "stitch": "suture", "shot": "injection", "shots": "injection",
        "scope": "endoscopy", "scoping": "endoscopy", "numbing": "local anesthesia", "unbundling": "unbundle",
        "unbundle": "separately reportable component", "bundled": "integral included separately reportable",
        "included": "integral", "integral": "included", "egd": "esophagogastroduodenoscopy",
        "dme": "durable equipment", "pt": "physical therapy", "ot": "occupational therapy", "lab": "laboratory",
        "labs": "laboratory", "bx": "biopsy", "cabg": "coronary artery bypass",
        "pci": "percutaneous coronary intervention",
        "fna": "fine needle aspiration", "emg": "electromyography", "eeg": "electroencephalogram",
        "cpr": "cardiopulmonary resuscitation", "omt": "osteopathic manipulative treatment",
        "cmt": "chiropractic manipulative treatment", "mnt": "nutrition therapy", "tah": "abdominal hysterectomy",
        "picc": "central venous access catheter", "cast": "casting splinting strapping", "casting": "cast",
        "splint": "casting splinting strapping", "intubation": "endotracheal airway", "chemo": "chemotherapy",
        "hysterectomy": "uterus", "tonsils": "tonsillectomy", "gallbladder": "cholecystectomy",
        "appendix": "appendectomy", "bilaterally": "bilateral", "surgeon": "physician", "doctor": "physician",
        "provider": "physician supplier", "denied": "deny denial", "appeal": "appeal denied",
        "knee": "arthroscopy joint",
    ]

    /// Words that questions and passages are full of.
    private static let empty: Set<String> = Set(
        [
            "the", "of", "and", "or", "to", "in", "is", "are", "be", "for", "with", "that", "this", "it", "as", "at",
            "by",
            "on", "an", "if", "may", "can", "what", "which", "when", "how", "does", "do", "was", "were", "has", "have",
            "had", "not", "its", "from", "but", "there", "these", "those", "such", "than", "then", "should", "shall",
            "would", "could", "will", "you", "your", "we", "they", "their", "code", "codes", "cpt", "hcpcs", "report",
            "reported", "reporting", "reports", "bill", "billed", "billing", "provider", "example", "about", "any",
            "all",
            "also", "other", "use", "used", "using", "manual", "ncci", "medicare", "policy", "say", "says", "tell",
            "me",
            "my", "our", "who", "why", "get", "got", "under", "being", "been", "one", "physician", "supplier",
            "service",
            "services", "procedure", "procedures", "separately", "reportable", "according", "patient", "allowed",
        ].map(stem))
}

extension CodeForms {
    /// Whether a lower-case word without dots may be a code: letters and digits, or five digits.
    static func isCodeLike(_ word: String) -> Bool {
        word.utf8.count >= 4 && !systems(of: Array(word.uppercased().utf8)).isEmpty && word.contains(where: \.isNumber)
    }
}
