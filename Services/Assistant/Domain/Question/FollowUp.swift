/// Completes a question from what was said before it and from the page that it was asked on.
enum FollowUp {
    /// - Parameters:
    ///   - earlier: the question before it in the conversation.
    ///   - page: `SYSTEM/CODE` of the page; empty: none.
    static func completed(_ question: Question, with earlier: Question?, page: String) -> Question {
        var question = question
        guard question.outOfScope == nil else { return question }
        if question.mentions.isEmpty, let mention = mention(page), earlier == nil || !question.isFollowUp,
            !question.intents.contains(.search)
        {
            question.mentions = [mention]
            reread(&question)
        }
        guard question.isFollowUp, let earlier else { return question }
        if question.mentions.isEmpty, !question.intents.contains(.search) {
            question.mentions = earlier.mentions
            question.ranges = earlier.ranges
            if question.mentions.isEmpty { question.topic = (earlier.topic + " " + question.topic).trimmed }
            reread(&question)
            // "And with modifier 59?" asks the same again under another condition.
            if question.intents == [.modifiers] || question.intents == [.policy] {
                question.intents = unique(question.intents.filter { $0 != .policy } + earlier.intents)
            }
            if question.mentions.isEmpty { question.text = earlier.text + " " + question.text }
        } else if question.mentions.count == 1, earlier.mentions.count >= 1, question.intents == [.explain] {
            // "And E11.65?" after a comparison or a pair asks about it in the same way.
            question.intents = earlier.intents
            if earlier.intents.contains(where: { $0 == .compare || $0 == .edits }) {
                question.mentions = [earlier.mentions[0]] + question.mentions
            }
        }
        question.date = question.date ?? earlier.date
        question.state = question.state ?? earlier.state
        question.setting = question.setting ?? earlier.setting
        return question
    }

    /// What is asked, now that codes are known.
    private static func reread(_ question: inout Question) {
        guard !question.mentions.isEmpty else { return }
        question.intents = IntentReader(QuestionReader.padded(question.text)).intents(
            codes: question.mentions.count, hasModifier: !question.modifiers.isEmpty)
    }

    private static func mention(_ page: String) -> CodeMention? {
        let parts = page.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        return CodeMention(text: parts[1].uppercased(), systems: [parts[0]], isCertain: true, start: 0, end: 0)
    }

    private static func unique(_ intents: [Intent]) -> [Intent] {
        var seen: Set<Intent> = []
        return intents.filter { seen.insert($0).inserted }
    }
}
