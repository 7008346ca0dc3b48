import Foundation
import FoundationXML

/// Whether a text is XML.
enum WellFormed {
    static func check(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }
}
