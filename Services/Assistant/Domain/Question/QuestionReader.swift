/// Reads questions: codes, ranges, dates, modifiers, places, what is asked. One text may hold several questions.
enum QuestionReader {
    /// More would be a survey; each is a plan of calls of its own.
    static let mostQuestions = 4
    /// More codes than a claim has lines are no question.
    static let mostMentions = 20

    /// The questions of a text, in its order. Parts that ask nothing of their own stay with the question before them.
    static func questions(in text: String) -> [Question] {
        let parts = split(text)
        let questions = parts.prefix(mostQuestions).map(read)
        return questions.isEmpty ? [read(text)] : questions
    }

    /// Reads one question.
    static func read(_ text: String) -> Question {
        let padded = padded(text)
        var question = Question(text: text)
        let all = CodeScanner.mentions(in: text)
        let zips = zipPlaces(text)
        question.mentions = unique(all.filter { mention in !zips.contains(mention.text) }).prefix(mostMentions).map(
            \.self)
        question.zip = zips.first
        question.modifiers = ModifierReader.modifiers(in: text)
        question.mentions.removeAll { mention in question.modifiers.contains(mention.text) }
        question.ranges = ranges(text, question.mentions)
        question.date = DateReader.date(in: text)?.day
        question.state = StateName.code(inPadded: padded, text: text)
        question.setting = setting(padded)
        question.system = system(padded)
        let certain = question.mentions.filter(\.isCertain).count
        question.outOfScope = ScopeReader(padded: padded).reason(
            namesCode: certain > 0 || !question.modifiers.isEmpty)
        question.intents =
            question.outOfScope == nil
            ? IntentReader(padded).intents(
                codes: max(certain, question.mentions.isEmpty ? 0 : 1), hasModifier: !question.modifiers.isEmpty)
            : [.outOfScope]
        // "Right ankle sprain, ICD-10": a set and words for it, and nothing else asked.
        if question.intents == [.policy], question.system != nil, certain == 0 {
            question.intents = [.search, .policy]
        }
        question.topic = TopicWords.topic(of: text)
        question.isFollowUp = isFollowUp(padded, question)
        return question
    }

    /// Lower-case words with one blank around each; everything but letters, digits and nothing else separates.
    static func padded(_ text: String) -> String {
        " " + text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ") + " "
    }

    private static func split(_ text: String) -> [String] {
        var parts: [String] = []
        var current = ""
        func close() {
            let part = String(current.drop { $0.isWhitespace })
            current = ""
            guard part.contains(where: { $0.isLetter || $0.isNumber }) else { return }
            parts.append(part)
        }
        for character in text {
            current.append(character)
            if character == "?" { close() }
        }
        // What follows the last question mark is a question only when it is long enough to be one.
        if !parts.isEmpty, current.split(separator: " ").count < 3, CodeScanner.mentions(in: current).isEmpty {
            parts[parts.count - 1] += current
        } else {
            close()
        }
        return parts
    }

    private static func unique(_ mentions: [CodeMention]) -> [CodeMention] {
        var seen: Set<String> = []
        return mentions.filter { seen.insert($0.text).inserted }
    }

    /// Two codes of one form with only a hyphen, dash or "to" between them.
    private static func ranges(_ text: String, _ mentions: [CodeMention]) -> [CodeRange] {
        let scalars = Array(text.unicodeScalars)
        var ranges: [CodeRange] = []
        for (one, two) in zip(mentions, mentions.dropFirst())
        where one.text.utf8.count == two.text.utf8.count && one.end < two.start {
            let between = scalars[one.end..<two.start].filter { !$0.properties.isWhitespace }
            let joint = String(String.UnicodeScalarView(between))
            if ["-", "–", "—", "to", "through"].contains(joint), one.text < two.text {
                ranges.append(CodeRange(first: one.text, last: two.text))
            }
        }
        return ranges
    }

    private static func zipPlaces(_ text: String) -> [String] {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        return words.indices.compactMap { index in
            guard words[index].utf8.count == 5, words[index].allSatisfy(\.isNumber), index > 0 else { return nil }
            let before = words[max(0, index - 3)..<index]
            return before.contains("zip") || before.contains("zipcode") ? words[index] : nil
        }
    }

    private static func setting(_ padded: String) -> String? {
        if padded.contains(" non facility ") || padded.contains(" nonfacility ") || padded.contains(" office ") {
            return "non-facility"
        }
        return padded.contains(" facility ") || padded.contains(" hospital ") ? "facility" : nil
    }

    private static func system(_ padded: String) -> String? {
        let named: [(String, [String])] = [
            ("icd10pcs", ["pcs", "icd 10 pcs", "icd10pcs", "procedure coding system"]),
            ("icd10cm", ["icd 10", "icd10", "icd 10 cm", "icd10cm", "diagnosis code", "diagnosis codes", "diagnosis"]),
            ("hcpcs", ["hcpcs", "level ii", "dme code", "j code", "supply code"]),
            ("cpt", ["cpt"]),
        ]
        return named.first { $0.1.contains { padded.contains(" \($0) ") } }?.0
    }

    private static func isFollowUp(_ padded: String, _ question: Question) -> Bool {
        let words = padded.split(separator: " ")
        let opens = [" and ", " what about ", " how about ", " same ", " then ", " also ", " but "]
        let leans = [" it ", " that ", " this ", " they ", " them ", " those ", " these ", " its ", " that code "]
        if opens.contains(where: padded.hasPrefix) { return true }
        return question.mentions.isEmpty && words.count <= 12 && leans.contains { padded.contains($0) }
    }
}
