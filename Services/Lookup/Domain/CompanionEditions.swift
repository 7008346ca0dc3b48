/// Which of the editions that hold facts or texts of a code speak on a code page.
enum CompanionEditions {
    /// The newest edition of each source that was in effect by a day, the code's own edition first, then newest first.
    ///
    /// An older edition speaks where the newer ones of its source say nothing; its paragraphs name it.
    static func speaking(_ editions: [LoadedEdition], for own: LoadedEdition, on day: Day) -> [LoadedEdition] {
        let begun = editions.filter { $0.id == own.id || $0.record.effective <= max(day, own.record.effective) }
        let newestFirst = begun.sorted {
            if ($0.id == own.id) != ($1.id == own.id) { return $0.id == own.id }
            return ($1.record.effective, $1.id.number) < ($0.record.effective, $0.id.number)
        }
        var sources: Set<String> = []
        return newestFirst.filter { sources.insert($0.record.sourceName).inserted }
    }
}
