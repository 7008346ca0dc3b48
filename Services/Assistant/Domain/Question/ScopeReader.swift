/// Tells questions that this desk does not answer, by what they say.
struct ScopeReader {
    /// Lower-case words with one blank around each.
    let padded: String

    /// Why it is out of scope; nil: it is not.
    /// - Parameter names: a code or modifier is named, so a word of advice or of another country alone says nothing.
    func reason(namesCode names: Bool) -> OutOfScope? {
        if says(Self.countries) { return .otherCountry }
        if says(Self.advice), !names { return .medicalAdvice }
        if says(Self.instructions), !names, !says(Self.coding) { return .instructions }
        return nil
    }

    /// Whether the text holds instructions to the assistant, as pasted notes sometimes do.
    var holdsInstructions: Bool { says(Self.instructions) }

    private func says(_ phrases: [String]) -> Bool { phrases.contains { padded.contains(" \($0) ") } }

    private static let coding = [
        "code", "codes", "coding", "icd", "cpt", "hcpcs", "modifier", "modifiers", "claim", "billing", "bill", "ncci",
        "mue", "medicare",
    ]

    private static let instructions = [
        "ignore previous", "ignore all previous", "ignore the above", "ignore your", "ignore all", "disregard previous",
        "disregard all", "disregard the", "system prompt", "your instructions", "your prompt", "you are now",
        "act as", "pretend to be", "pretend you", "jailbreak", "developer mode", "reveal your", "new instructions",
        "override your", "forget your", "forget previous", "forget everything", "do anything now", "as an ai",
    ]

    private static let advice = [
        "should i take", "can i take", "is it safe", "my symptoms", "i have a pain", "i feel", "my doctor",
        "diagnose me",
        "what medicine", "which medicine", "what medication should", "how do i treat", "how should i treat", "treat my",
        "cure", "home remedy", "home remedies", "side effects", "how much ibuprofen", "dose of", "dosage for my",
        "am i pregnant", "do i have", "should i see", "my child has", "my baby", "my blood pressure", "stop taking",
        "what should i do about my", "will i die", "how long will i live", "is my", "best treatment",
        "how to lose weight",
        "should i get", "my medication", "my prescription", "my headache", "my back hurts", "my chest",
        "second opinion", "normal blood pressure", "drug interactions", "interact with", "safe to mix", "lower my",
        "get rid of", "prescribe", "symptoms of", "treatment for", "is it normal",
    ]

    private static let countries = [
        "icd 10 am", "icd 10 gm", "icd 10 ca", "icd 10 uk", "icd 10 ch", "icd 11", "achi", "opcs", "opcs 4", "ops code",
        "ccam", "cci code", "ebm", "goae", "goä", "nhs", "ohip", "mbs item", "medicare australia", "german", "germany",
        "canada", "canadian", "australia", "australian", "uk", "united kingdom", "england", "british", "france",
        "french", "swiss", "switzerland", "india", "new zealand", "ireland", "japan", "brazil", "mexico s", "tarmed",
        "dbc code", "netherlands", "spain", "spanish health", "italy", "g drg", "ar drg", "snomed ct uk",
    ]
}
