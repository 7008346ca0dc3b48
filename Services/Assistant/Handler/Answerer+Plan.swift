import Contracts
import RPC

extension Answerer {
    /// More codes of one question are not explained one by one.
    private static let mostExplained = 5

    /// Runs the tools that a question asks for, the most particular first; passages and search when they find nothing.
    func run(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        for intent in question.intents { try await run(intent, question, work) }
        guard work.draft.sentences.isEmpty else { return }
        if !question.intents.contains(.policy) { try await passages(question, work) }
        guard work.draft.sentences.isEmpty, question.mentions.isEmpty, !question.intents.contains(.search) else {
            return
        }
        // "Right ankle sprain" alone asks for a code; a sentence of other words asks for nothing that is here.
        if KnowledgeWords.words(of: question.topic).count <= 6, question.isNounLike { try await search(question, work) }
    }

    private func run(_ intent: Intent, _ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        switch intent {
        case .explain: try await explain(question, work)
        case .compare: try await compare(question, work)
        case .search: try await search(question, work)
        case .guidelines: try await guidelines(question, work)
        case .modifiers: try await modifiers(question, work)
        case .edits: try await edits(question, work)
        case .units:
            try await claimRule(
                question, work, rule: "mue", about: "units", saying: ["mue", "units", "medically unlikely"])
        case .addOn:
            try await claimRule(
                question, work, rule: "add-on", about: "add-on", saying: ["add on", "primary", "addon"])
        case .history: try await history(question, work)
        case .crosswalk: try await crosswalk(question, work)
        case .fee: try await fee(question, work)
        case .coverage: try await coverage(question, work)
        case .policy: try await passages(question, work)
        case .outOfScope: break
        }
    }

    private func explain(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        if let range = question.ranges.first { return try await list(range, work) }
        let records = try await records(question, work, most: Self.mostExplained)
        for record in records {
            work.draft.append(Composer.explanation(record))
            if records.count == 1 {
                work.draft.append(
                    Composer.notes(
                        record, only: ["Excludes1", "Code first", "Use additional", "7th character"], most: 4))
            }
        }
        // Of a code whose text is not loaded the manual may still say something.
        if records.count < question.mentions.count { try await passages(question, work) }
        for modifier in question.modifiers { try await explain(modifier: modifier, work) }
    }

    private func list(_ range: CodeRange, _ work: AnswerWork) async throws(ServiceError) {
        let query = "\(range.first)-\(range.last)"
        try await found(try await hits(query, "", work), work)
    }

    private func compare(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        let records = try await records(question, work, most: 3)
        guard records.count >= 2 else {
            for record in records { work.draft.append(Composer.explanation(record)) }
            return try await passages(question, work)
        }
        for index in records.indices.dropFirst() {
            work.draft.append(Composer.comparison(records[0], records[index]))
        }
    }

    func search(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        try await found(try await hits(question.topic, question.system ?? "", work), work)
    }

    private func hits(
        _ words: String, _ system: String, _ work: AnswerWork
    ) async throws(ServiceError) -> [Composer.Hit] {
        let (on, options) = (work.on, work.options)
        return try await work.step("search", words, found: { !$0.isEmpty }) { () throws(ServiceError) in
            try await tools.search(words, system: system, on: on, options: options)
        }
    }

    private func found(_ hits: [Composer.Hit], _ work: AnswerWork) async throws(ServiceError) {
        var sources: [String: SourceNote] = [:]
        for hit in hits.prefix(Composer.mostHits) {
            sources[hit.code] = try await tools.source(of: hit.system, hit.code, on: work.on, options: work.options)
        }
        let known = sources
        work.draft.append(
            Composer.hits(hits, on: work.on) { known[$0.code] ?? SourceNote(name: CodeSetName.of($0.system)) })
    }

    private func guidelines(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        let records = try await records(question, work, most: 3)
        for record in records {
            let notes = Composer.notes(record)
            if notes.sentences.isEmpty {
                work.draft.append(Composer.explanation(record))
                work.draft.notSaid.append("The loaded editions hold no instructional notes at \(record.code).")
            }
            work.draft.append(notes)
        }
        if records.isEmpty { try await passages(question, work) }
    }

    private func modifiers(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        for modifier in question.modifiers.prefix(4) { try await explain(modifier: modifier, work) }
        for record in try await records(question, work, most: 2) {
            work.draft.append(
                Composer.statements(record, blocks: ["edits", "facts"], saying: ["modifier", "modifiers"]))
        }
        try await passages(question, work)
    }

    private func explain(modifier: String, _ work: AnswerWork) async throws(ServiceError) {
        let (on, licensed, options) = (work.on, work.licensed, work.options)
        let record = try await work.step("modifier", modifier, found: { $0 != nil }) { () throws(ServiceError) in
            try await tools.modifier(modifier, on: on, licensed: licensed, options: options)
        }
        guard let record else { return }
        work.draft.append(Composer.explanation(record))
    }

    private func history(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        let records = try await records(question, work, most: 3)
        for record in records {
            work.draft.append(Composer.explanation(record))
            work.draft.append(Composer.history(record))
        }
        if records.isEmpty { try await passages(question, work) }
    }

    /// The passages of the knowledge base that fit.
    func passages(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        let search = PassageSearch(store: knowledge)
        let ranked = try await work.step("passages", question.topic, found: { !$0.isEmpty }) {
            () throws(ServiceError) in
            do { return try search.search(question) } catch {
                throw ServiceError(.internal, "The knowledge base could not be read; its program's log says why.")
            }
        }
        work.draft.append(Composer.passages(ranked, for: question))
    }

    /// The records of the codes that are named. What is not found is said in the asker's own words.
    func records(_ question: Question, _ work: AnswerWork, most: Int) async throws(ServiceError) -> [CodeRecord] {
        var records: [CodeRecord] = []
        for mention in question.mentions.prefix(most) {
            if let record = try await work.record(mention, tools) {
                records.append(record)
            } else if mention.systems == ["cpt"] {
                let text =
                    "No CPT® text is loaded for “\(mention.text)”: CPT comes from the operator's own licensed files."
                if !work.notices.contains(text) { work.notices.append(text) }
            } else if mention.isCertain {
                let text = "No loaded edition lists “\(mention.text)”. Check how it is written."
                if !work.notices.contains(text) { work.notices.append(text) }
            }
        }
        return records
    }
}

extension Question {
    /// Words for a thing rather than a sentence: no verb of asking at its beginning.
    var isNounLike: Bool {
        let first = QuestionReader.padded(text).split(separator: " ").first.map(String.init) ?? ""
        return ![
            "why", "who", "how", "when", "where", "can", "could", "should", "would", "is", "are", "do", "does", "tell",
            "write",
            "give", "make", "please",
        ].contains(first)
    }
}
