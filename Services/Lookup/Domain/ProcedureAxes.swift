/// The seven characters of an ICD-10-PCS code with what each means.
package enum ProcedureAxes {
    package struct Axis: Sendable, Equatable {
        /// The axis's name, e.g. "Body Part".
        package var axis: String
        /// The code's character at that place.
        package var character: String
        package var meaning: String
    }

    /// The axes in the order of the code's characters.
    ///
    /// - Parameter notes: notes of kind `axis` of the code and of the headings above it, nearest first. Those of a heading
    ///   of n characters explain at most the first n.
    package static func axes(of code: String, notes: [NoteRecord]) -> [Axis] {
        let characters = code.map(String.init)
        var seen: Set<String> = []
        let axes = notes.filter { $0.kind == .axis && seen.insert($0.label).inserted }
        // A code of its own has all its axes in order; headings bring one each, nearest first.
        let own = axes.filter { $0.code == code }
        let ordered = own.count == axes.count ? own : axes.sorted { $0.code.utf8.count < $1.code.utf8.count }
        guard ordered.count <= characters.count else { return [] }
        return zip(ordered, characters).map { Axis(axis: $0.label, character: $1, meaning: $0.text) }
    }

    /// The block "procedure": one paragraph a character.
    package static func paragraphs(of code: String, notes: [NoteRecord]) -> [PageParagraph] {
        axes(of: code, notes: notes).enumerated().map { index, axis in
            PageParagraph("\(axis.character): \(axis.meaning)", label: "Character \(index + 1), \(axis.axis)")
        }
    }
}
