import Foundation
import FoundationXML

/// Whether a text is XML.
enum WellFormed {
    private final class Listener: NSObject, XMLParserDelegate {
        var isBroken = false
        func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { isBroken = true }
    }

    static func check(_ text: String) -> Bool {
        let parser = XMLParser(data: Data(text.utf8))
        let listener = Listener()
        parser.delegate = listener
        return parser.parse() && !listener.isBroken
    }
}
