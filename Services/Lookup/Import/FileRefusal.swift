/// Why a whole file was refused, where in it, and what to do about it. Nothing of a refused file is published.
package struct FileRefusal: Error, Sendable, Equatable {
    /// The publisher's name of the file.
    package let file: String
    /// Line of the file, from 1; 0 when no single line is to blame.
    package let line: Int
    /// What is wrong with it, in a sentence.
    package let reason: String
    /// What the operator can do.
    package let remedy: String

    /// Names the four parts of a refusal.
    package init(file: String, line: Int = 0, reason: String, remedy: String) {
        self.file = file
        self.line = line
        self.reason = reason
        self.remedy = remedy
    }
}

extension FileRefusal: CustomStringConvertible {
    /// `file, line n: reason. remedy.`
    package var description: String {
        let place = line > 0 ? "\(file), line \(line)" : file
        return "\(place): \(reason). \(remedy)."
    }
}
