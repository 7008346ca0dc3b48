/// Reads one reference file of one official layout and writes its records.
package protocol ReferenceImporter: Sendable {
    /// Reads the whole file.
    ///
    /// Rows that may not be kept are refused one by one and listed in the report; a file that is not of the layout is
    /// refused whole.
    ///
    /// - Throws: ``FileRefusal`` when the file is refused whole, and what `writer` throws. The snapshot under construction
    ///   then holds part of the file and must be discarded.
    func read(into writer: inout ReferenceWriter) throws -> ImportReport
}
