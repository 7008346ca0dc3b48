import Lookup

/// A place had a file under the right name with other bytes than the list of sources pins. The pull stops.
struct ChangedFile: Error, CustomStringConvertible {
    let file: FileSource
    let place: String
    let found: String

    var description: String {
        """
        \(file.file), taken from \(place), has changed: its SHA-256 is \(found), and the list of sources pins \
        \(file.sha256). Nothing was replaced. Check where the file comes from; if it is a new edition, list it in the \
        data folder's sources.json.
        """
    }
}
