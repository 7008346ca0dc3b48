/// The block "history": when the code was added and retired, and which loaded editions list it.
enum CodeHistory {
    /// - Parameters:
    ///   - listings: the code in every edition that lists it.
    ///   - loaded: all editions of the system that hold codes.
    static func paragraphs(
        _ listing: Listing, listings: [(listing: Listing, edition: LoadedEdition)], loaded: [LoadedEdition]
    ) -> [PageParagraph] {
        var paragraphs: [PageParagraph] = []
        if let added = listing.added { paragraphs.append(PageParagraph("\(added)", label: "Added")) }
        if let retired = listing.retired {
            paragraphs.append(
                PageParagraph("\(retired), the first day on which it may no longer be used", label: "Retired"))
        }
        let byDay = listings.sorted { $0.edition.record.effective < $1.edition.record.effective }
        for (place, entry) in byDay.enumerated() {
            var text = entry.edition.label
            // Files of different publishers word titles differently; that is no change.
            let before = byDay[..<place].last { $0.edition.record.sourceName == entry.edition.record.sourceName }
            if let before, before.listing.title != entry.listing.title {
                text += "; title changed from: \(before.listing.title)"
            }
            paragraphs.append(
                PageParagraph(text, label: "Listed in", source: PageSource(entry.edition.record)))
        }
        let listed = Set(listings.map(\.edition.id))
        let days = Set(listings.map(\.edition.record.effective))
        // Files of one day answer together.
        for edition in loaded.reversed() where !listed.contains(edition.id) && !days.contains(edition.record.effective)
        {
            paragraphs.append(
                PageParagraph(edition.label, label: "Not listed in", source: PageSource(edition.record)))
        }
        return paragraphs
    }
}
