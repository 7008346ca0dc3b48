/// How the structure of a document is read.
enum DocumentFormat: String, Sendable, CaseIterable {
    /// The NCCI Policy Manual for Medicare as text: chapters, lettered sections, numbered items, page furniture.
    case ncciManual = "ncci-manual"
    case markdown, text, html
    /// Read by poppler's pdftotext first, then as text.
    case pdf
}
