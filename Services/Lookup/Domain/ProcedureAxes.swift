/// What the seven characters of an ICD-10-PCS code are called, section by section.
struct ProcedureAxisNames: Sendable, Equatable {
    /// By section, the names of characters 2 to 7.
    private let bySection: [String: [String]]

    init(bySection: [String: [String]]) {
        self.bySection = bySection
    }

    /// The names of all seven characters; empty for an unknown section.
    func names(of code: String) -> [String] {
        guard let section = code.first.flatMap({ bySection[String($0)] }), section.count == 6 else { return [] }
        return ["Section"] + section
    }
}

/// The characters of an ICD-10-PCS code with what each means. Characters whose meaning no file gives are left out.
enum ProcedureAxes {
    /// One character.
    struct Axis: Sendable, Equatable {
        /// From 1.
        var place: Int
        /// The axis's name, e.g. "Body Part".
        var name: String
        var character: String
        var meaning: String
    }

    /// The axes in the order of the code's characters: the first three from the headings above, the others from the code's
    /// notes of kind `axis`, which are told apart by the axis's name.
    ///
    /// - Parameters:
    ///   - path: the headings above.
    ///   - notes: notes of the code.
    static func axes(
        of code: String, path: [Listing], notes: [NoteRecord], names: ProcedureAxisNames
    ) -> [Axis] {
        let characters = code.map(String.init)
        let names = names.names(of: code)
        guard names.count >= characters.count else { return [] }
        return characters.indices.compactMap { index in
            let meaning: String?
            if index < 3 {
                meaning = path.first { $0.code.utf8.count == index + 1 && code.hasPrefix($0.code) }?.title
            } else {
                // Two axes of one name are told apart by their order, when both are there.
                let notes = notes.filter { $0.kind == .axis && $0.code == code && $0.label == names[index] }
                let places = names.indices.dropFirst(3).filter { names[$0] == names[index] }
                let order = places.firstIndex(of: index).map { $0 - places.startIndex }
                meaning = notes.count == places.count ? order.map { notes[$0].text } : nil
            }
            return meaning.map {
                Axis(place: index + 1, name: names[index], character: characters[index], meaning: $0)
            }
        }
    }

    /// Whether a definition explains a value of an axis, which is shown with the axis: an approach, or the operation.
    static func isOfAnAxis(_ note: NoteRecord) -> Bool {
        note.kind == .definition && (note.label == operationLabel || note.label.hasPrefix(approachLabel))
    }

    /// The label of the definition of a table's operation.
    static let operationLabel = "Definition"
    /// The label of the definition of an approach, before its character.
    static let approachLabel = "Approach "

    /// What the set says of an axis's value; nil when it defines none.
    static func definition(of axis: Axis, _ notes: [NoteRecord]) -> NoteRecord? {
        let label: String
        if axis.place == 3 {
            label = operationLabel
        } else if axis.name == "Approach" {
            label = approachLabel + axis.character
        } else {
            return nil
        }
        return notes.first { $0.kind == .definition && $0.label == label }
    }

    /// The block "procedure": one paragraph a character, with the set's definition of the operation and the approach.
    ///
    /// - Parameters:
    ///   - notes: of the code and the headings above.
    ///   - length: how many characters the code has.
    static func paragraphs(_ axes: [Axis], notes: [NoteRecord], length: Int) -> [PageParagraph] {
        var paragraphs = axes.map { axis in
            let definition = definition(of: axis, notes).map { ". \($0.text)" } ?? ""
            return PageParagraph(
                "\(axis.character), \(axis.meaning)\(definition)", label: "Character \(axis.place), \(axis.name)")
        }
        if !axes.isEmpty, axes.count < length {
            let known = Set(axes.map(\.place))
            let unknown = (1...length).filter { !known.contains($0) }.map(String.init).joined(separator: ", ")
            paragraphs.append(
                PageParagraph(
                    "No loaded file names the values of characters \(unknown) one by one; the title says them together."
                ))
        }
        return paragraphs
    }
}
