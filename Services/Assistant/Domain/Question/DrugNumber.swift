/// National Drug Codes in a text.
enum DrugNumber {
    /// The first: ten or eleven digits in three parts with hyphens.
    static func first(in text: String) -> String? {
        text.split { !$0.isNumber && $0 != "-" }.map(String.init).first { word in
            word.filter { $0 == "-" }.count == 2 && (10...11).contains(word.filter(\.isNumber).count)
        }
    }
}
