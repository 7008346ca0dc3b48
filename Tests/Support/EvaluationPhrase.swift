/// A phrase as coders meet it and the code that it was coded to.
package struct EvaluationPhrase: Sendable, Equatable {
    package let phrase: String
    /// Canonical; what the set writes with slips (`S11.83.XA`) is put right.
    package let code: String

    /// The diagnosis phrases of `practicum-dev.csv` (specialty, kind, phrase, code), split in two halves by a digest: the
    /// ranking was tuned on the even one and never on the odd one.
    ///
    /// - Parameters:
    ///   - csv: the bytes of the file, whose fields hold commas only in quotes.
    ///   - digest: SHA-256 of a text in hexadecimal.
    package static func halves(of csv: String, digest: (String) -> String) -> (
        tuned: [EvaluationPhrase], held: [EvaluationPhrase]
    ) {
        var tuned: [EvaluationPhrase] = []
        var held: [EvaluationPhrase] = []
        for line in csv.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = fields(line)
            guard fields.count == 4, fields[1] == "diagnosis" else { continue }
            let phrase = EvaluationPhrase(
                phrase: fields[2], code: fields[3].replacing(".XA", with: "XA").replacing(" ", with: ""))
            if isHeld(phrase.phrase, digest: digest) { held.append(phrase) } else { tuned.append(phrase) }
        }
        return (tuned, held)
    }

    private static func isHeld(_ phrase: String, digest: (String) -> String) -> Bool {
        (Int(digest(phrase).prefix(2), radix: 16) ?? 0) % 2 == 1
    }

    private static func fields(_ line: Substring) -> [String] {
        var fields: [String] = []
        var field = ""
        var quoted = false
        for character in line {
            if character == "\"" {
                quoted.toggle()
            } else if character == ",", !quoted {
                fields.append(field)
                field = ""
            } else {
                field.append(character)
            }
        }
        return fields + [field]
    }
}
