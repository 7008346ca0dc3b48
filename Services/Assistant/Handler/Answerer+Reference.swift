import Contracts
import RPC

extension Answerer {
    /// Two codes together: the pair's edit, and what the manual says.
    func edits(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        try await claim(question, work, rules: ["ncci-ptp", "modifier-conflict"], about: "edits")
        for record in try await records(question, work, most: 4) where record.system == "icd10cm" {
            work.draft.append(Composer.notes(record, only: ["Excludes1"], most: 2))
        }
        try await passages(question, work)
    }

    /// How many units of a code, or what it is an add-on to.
    func claimRule(
        _ question: Question, _ work: AnswerWork, rule: String, about: String, saying words: [String]
    ) async throws(ServiceError) {
        try await claim(question, work, rules: [rule], about: about)
        for record in try await records(question, work, most: 3) {
            work.draft.append(Composer.statements(record, blocks: ["edits", "facts"], saying: words))
        }
        try await passages(question, work)
    }

    /// What a code comes to in another set: ICD-9 and ICD-10 both ways, drugs between NDC and HCPCS.
    func crosswalk(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        var asked = false
        for mention in question.mentions.prefix(3) {
            let map =
                switch mention.systems.first {
                case "icd9cm": "icd9cm-icd10cm"
                case "icd10cm": "icd10cm-icd9cm"
                case "hcpcs": "hcpcs-ndc"
                default: ""
                }
            guard !map.isEmpty else { continue }
            asked = true
            try await crosswalk(map, mention.text, work)
        }
        if let ndc = DrugNumber.first(in: question.text) {
            asked = true
            try await crosswalk("ndc-hcpcs", ndc, work)
        }
        if !asked { try await passages(question, work) }
    }

    private func crosswalk(_ map: String, _ code: String, _ work: AnswerWork) async throws(ServiceError) {
        let options = work.options
        add(
            try await work.step("crosswalk", "\(map) \(code)", found: \.isFound) { () throws(ServiceError) in
                try await tools.crosswalk(map, code, options: options)
            }, to: work)
    }

    /// What Medicare pays.
    func fee(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        guard !question.mentions.isEmpty else { return try await passages(question, work) }
        let (on, options) = (work.on.isEmpty ? today() : work.on, work.options)
        for mention in question.mentions.prefix(3) {
            add(
                try await work.step("fee", mention.text, found: \.isFound) { () throws(ServiceError) in
                    try await tools.price(mention.text, question, on: on, options: options)
                }, to: work)
        }
        for record in try await records(question, work, most: 2) where work.draft.sentences.isEmpty {
            work.draft.append(Composer.explanation(record))
        }
    }

    /// Which coverage documents there are.
    func coverage(_ question: Question, _ work: AnswerWork) async throws(ServiceError) {
        var words = question.topic.split(separator: " ").map(String.init).filter { !CoverageWords.empty.contains($0) }
        for record in try await records(question, work, most: 2) {
            work.draft.append(Composer.explanation(record))
            words.removeAll { CodeKey.of($0) == CodeKey.of(record.code) }
            if words.isEmpty { words = TopicWords.words(of: record.title).prefix(3).map(\.self) }
        }
        let (sought, options, on) = (words.joined(separator: " "), work.options, work.on)
        add(
            try await work.step("coverage", sought, found: \.isFound) { () throws(ServiceError) in
                try await tools.coverage(sought, state: question.state ?? "", on: on, options: options)
            }, to: work)
    }

    private func claim(
        _ question: Question, _ work: AnswerWork, rules: Set<String>, about: String
    ) async throws(ServiceError) {
        let codes = question.mentions.filter { ["cpt", "hcpcs"].contains($0.systems[0]) }.map(\.text)
        guard !codes.isEmpty else { return }
        let (on, options) = (work.on.isEmpty ? today() : work.on, work.options)
        add(
            try await work.step("claim", codes.joined(separator: ", "), found: \.isFound) { () throws(ServiceError) in
                try await tools.claim(codes, modifiers: question.modifiers, on: on, rules: rules, options: options)
            }, to: work)
    }

    private func add(_ found: LookupTools.Reference, to work: AnswerWork) {
        work.draft.append(Composer.facts(found.facts))
        for line in found.notSaid where !work.draft.notSaid.contains(line) { work.draft.notSaid.append(line) }
    }
}
