/// Pairs of job texts, each labelled by how it was made: 150 that a person would call the same posting, 150 that share an
/// employer's phrases, a specialty or a template and are different jobs.
package struct LabelledPairs: Sendable {
    /// Two texts, and whether they say the same.
    package struct Pair: Sendable, Equatable {
        package let left: String
        package let right: String
        package let isDuplicate: Bool
        /// How it was made.
        package let kind: String
    }

    /// The pairs, duplicates and others mixed.
    package let all: [Pair]

    private static let openings = [
        "We are a regional hospital with four hundred beds and a coding team that works from home.",
        "Our billing company serves ninety practices in three states and grows every year.",
        "The revenue cycle department of a teaching hospital looks for a colleague.",
        "A network of rural clinics needs somebody who likes variety and short notes.",
        "This is a contract of six months with a health system that changes its records.",
    ]
    private static let duties = [
        "You assign ICD-10-CM and CPT codes to outpatient surgery from the operative note.",
        "You review evaluation and management levels of twelve physicians each week.",
        "You write compliant queries and follow them until they are answered.",
        "You work the denials queue and find the cause behind each denial.",
        "You sequence inpatient diagnoses and check the grouping before the bill drops.",
        "You capture chronic conditions for risk adjustment from the notes of annual visits.",
        "You audit the charts of new coders and talk through what you found.",
        "You keep the charge master in step with the quarterly updates of the code sets.",
        "You code interventional radiology, both the professional and the facility side.",
        "You code emergency department visits with infusions and critical care.",
        "You reconcile the surgery schedule with the charges so that none is lost.",
        "You teach providers in short sessions how their notes turn into codes.",
        "You code anesthesia with its time units and its modifiers.",
        "You abstract cases for the cancer registry by its own manual.",
        "You check the edits of claims for bundled services before they leave.",
    ]
    private static let demands = [
        "We ask for a current CPC or CCS and two years of practice in the field.",
        "A quiet room, a wired connection and a second screen are needed at home.",
        "Accuracy is measured each month, and ninety-five percent is expected.",
        "You can explain in a sentence why a code was chosen and why another was not.",
        "Apprentices with a CPC-A are welcome when they bring an internship.",
        "Experience with large electronic records shortens your first weeks.",
        "You like to read guidelines and know where to look things up.",
        "Evening work is possible after the first three months.",
    ]
    private static let closings = [
        "Pay is by the hour with quarterly bonuses, and dues for your credential are paid.",
        "The benefits begin on the first day and include tuition for further credentials.",
        "Applications are answered within ten days by the team lead in person.",
        "We start in the new year and plan four weeks of training with a mentor.",
        "There is a short paid test before the second interview.",
    ]

    /// The same seed makes the same pairs.
    package init(seed: UInt64) {
        var chance = SeededGenerator(seed: seed)
        var pairs: [Pair] = []
        for number in 0..<150 {
            let text = Self.posting(&chance)
            pairs.append(Self.duplicate(of: text, kind: number % 6, &chance))
            pairs.append(Self.different(from: text, kind: number % 3, &chance))
        }
        all = pairs.shuffled(using: &chance)
    }

    /// Precision and recall of the shingles at their threshold.
    ///
    /// - Parameter isDuplicate: what is to be measured.
    package static func figures(
        _ pairs: [Pair], isDuplicate: (String, String) -> Bool
    ) -> (precision: Double, recall: Double) {
        var (hits, found, wanted) = (0, 0, 0)
        for pair in pairs {
            let said = isDuplicate(pair.left, pair.right)
            if said { found += 1 }
            if pair.isDuplicate { wanted += 1 }
            if said, pair.isDuplicate { hits += 1 }
        }
        return (Double(hits) / Double(max(found, 1)), Double(hits) / Double(max(wanted, 1)))
    }

    private static func posting(_ chance: inout SeededGenerator) -> [String] {
        [openings.randomElement(using: &chance)!] + duties.shuffled(using: &chance).prefix(6)
            + demands.shuffled(using: &chance).prefix(3) + [closings.randomElement(using: &chance)!]
    }

    /// What posters do to a text that they post again.
    private static func duplicate(of text: [String], kind: Int, _ chance: inout SeededGenerator) -> Pair {
        var copy = text
        let name: String
        switch kind {
        case 0:
            name = "as it is, in capitals and other marks"
            copy = copy.map { $0.uppercased().replacing(".", with: " !") }
        case 1:
            name = "a sentence added"
            copy.insert(demands.randomElement(using: &chance)!, at: Int.random(in: 1..<copy.count, using: &chance))
        case 2:
            name = "a sentence left out"
            copy.remove(at: Int.random(in: 1..<copy.count, using: &chance))
        case 3:
            name = "sentences in another order"
            copy.swapAt(2, 5)
            copy.swapAt(3, 8)
        case 4:
            name = "some words replaced"
            copy = copy.enumerated().map { index, sentence in
                index % 3 == 1 ? sentence.replacing("You", with: "The coder") : sentence
            }
            copy[0] = copy[0].replacing("a ", with: "one ")
        default:
            name = "another closing"
            copy[copy.count - 1] = closings.randomElement(using: &chance)!
        }
        return Pair(
            left: text.joined(separator: " "), right: copy.joined(separator: " "), isDuplicate: true, kind: name)
    }

    /// What different jobs of one house have in common.
    private static func different(from text: [String], kind: Int, _ chance: inout SeededGenerator) -> Pair {
        var other = posting(&chance)
        let name: String
        switch kind {
        case 0: name = "another posting"
        case 1:
            name = "the same house: opening, demands and closing are shared"
            let used = Set(text)
            let fresh = duties.filter { !used.contains($0) }.shuffled(using: &chance)
            other = [text[0]] + fresh.prefix(6) + text[7...]
        default:
            name = "two duties are shared"
            other[1] = text[1]
            other[2] = text[2]
        }
        return Pair(
            left: text.joined(separator: " "), right: other.joined(separator: " "), isDuplicate: false, kind: name)
    }
}
