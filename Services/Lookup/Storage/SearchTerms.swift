/// The table of the words under which codes are found beside their titles and notes.
enum SearchTerms {
    static let tables = """
        CREATE TABLE terms (
            code INTEGER NOT NULL, edition INTEGER NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL,
            optional TEXT NOT NULL) STRICT;
        """

    static let indexes = "CREATE INDEX terms_by_code ON terms (code);"
}
