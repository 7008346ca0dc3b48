/// US states and territories as questions name them.
enum StateName {
    /// Two letters for a name or, in capitals, the two letters themselves.
    /// - Parameters:
    ///   - padded: lower-case words with one blank around each.
    ///   - text: as it was typed.
    static func code(inPadded padded: String, text: String) -> String? {
        // "Virginia" stands in "West Virginia": the longer names come first.
        for (name, code) in names where padded.contains(" \(name) ") { return code }
        let words = text.split { !$0.isLetter }
        let known = Set(names.map(\.1))
        // "IN", "OR", "ME" and "OK" are words, too, when everything is in capitals.
        guard text != text.uppercased() else { return nil }
        return words.map(String.init).first { known.contains($0) }
    }

    private static let names: [(String, String)] = [
        ("west virginia", "WV"), ("district of columbia", "DC"), ("new hampshire", "NH"), ("new jersey", "NJ"),
        ("new mexico", "NM"), ("new york", "NY"), ("north carolina", "NC"), ("north dakota", "ND"),
        ("rhode island", "RI"), ("south carolina", "SC"), ("south dakota", "SD"), ("puerto rico", "PR"),
        ("alabama", "AL"), ("alaska", "AK"), ("arizona", "AZ"), ("arkansas", "AR"), ("california", "CA"),
        ("colorado", "CO"), ("connecticut", "CT"), ("delaware", "DE"), ("florida", "FL"), ("georgia", "GA"),
        ("hawaii", "HI"), ("idaho", "ID"), ("illinois", "IL"), ("indiana", "IN"), ("iowa", "IA"), ("kansas", "KS"),
        ("kentucky", "KY"), ("louisiana", "LA"), ("maine", "ME"), ("maryland", "MD"), ("massachusetts", "MA"),
        ("michigan", "MI"), ("minnesota", "MN"), ("mississippi", "MS"), ("missouri", "MO"), ("montana", "MT"),
        ("nebraska", "NE"), ("nevada", "NV"), ("ohio", "OH"), ("oklahoma", "OK"), ("oregon", "OR"),
        ("pennsylvania", "PA"), ("tennessee", "TN"), ("texas", "TX"), ("utah", "UT"), ("vermont", "VT"),
        ("virginia", "VA"), ("washington", "WA"), ("wisconsin", "WI"), ("wyoming", "WY"),
    ]
}
