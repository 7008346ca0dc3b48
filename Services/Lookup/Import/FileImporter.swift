/// Reads one file of one official layout and hands its records on, in the order of the code set.
package protocol FileImporter: Sendable {
    /// Reads the whole file.
    ///
    /// Rows that the layout allows but the product may not or need not keep are refused one by one and listed in the
    /// report; a file that is not of the layout is refused whole.
    ///
    /// - Returns: the rows read, kept and refused.
    /// - Throws: ``FileRefusal`` when the file is refused whole, and what `sink` throws. The sink then holds part of
    ///   the file and must be discarded.
    func read(into sink: inout some RecordSink) throws -> ImportReport
}
