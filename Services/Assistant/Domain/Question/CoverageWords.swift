/// Words of coverage questions that no document's title is found by.
enum CoverageWords {
    static let empty: Set<String> = [
        "cover", "covers", "covered", "coverage", "lcd", "lcds", "ncd", "ncds", "medicare", "local", "national",
        "determination", "medical", "necessity", "medically", "necessary", "article", "articles",
    ]
}
