import CMarkdown
import Foundation

/// Markdown that somebody wrote, as HTML that can do nothing: CommonMark through cmark-gfm, in its safe mode.
///
/// What is raw HTML in it is shown as text, pictures are their descriptions, links lead to https and mail addresses only and
/// say that they are not ours. Headings begin below those of the page.
enum Markdown {
    /// The lowest of the page's own headings around it.
    private static let headingsBelow: Int32 = 2
    private static let deepest: Int32 = 6

    /// HTML to be put into a page as it is.
    static func html(_ text: String) -> String {
        var text = text
        let document = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                cmark_parse_document(characters.baseAddress, characters.count, CMARK_OPT_DEFAULT)
            }
        }
        guard let document else { return "" }
        defer { cmark_node_free(document) }
        for node in nodes(of: document) { tame(node) }
        guard let rendered = cmark_render_html(document, CMARK_OPT_DEFAULT, nil) else { return "" }
        defer { free(rendered) }
        // The renderer escapes every `<` of a text, so this finds its own tags alone.
        return String(cString: rendered).replacing("<a href=", with: "<a rel=\"nofollow ugc noopener\" href=")
    }

    /// Every node, before any is changed.
    private static func nodes(of document: OpaquePointer) -> [OpaquePointer] {
        guard let iterator = cmark_iter_new(document) else { return [] }
        defer { cmark_iter_free(iterator) }
        var found: [OpaquePointer] = []
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return found }
            if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) { found.append(node) }
        }
    }

    private static func tame(_ node: OpaquePointer) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_HTML_BLOCK: replace(node, by: CMARK_NODE_PARAGRAPH, text: literal(node))
        case CMARK_NODE_HTML_INLINE: replace(node, by: CMARK_NODE_TEXT, text: literal(node))
        case CMARK_NODE_IMAGE: unwrap(node)
        case CMARK_NODE_LINK:
            let link = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
            if !isAllowed(link) { unwrap(node) }
        case CMARK_NODE_HEADING:
            cmark_node_set_heading_level(node, min(cmark_node_get_heading_level(node) + headingsBelow, deepest))
        default: break
        }
    }

    private static func isAllowed(_ link: String) -> Bool {
        let lower = link.lowercased()
        return lower.hasPrefix("https://") || lower.hasPrefix("mailto:")
    }

    private static func literal(_ node: OpaquePointer) -> String {
        cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    /// Puts a text in the place of a node.
    private static func replace(
        _ node: OpaquePointer, by type: cmark_node_type, text: String
    ) {
        guard let words = cmark_node_new(CMARK_NODE_TEXT) else { return }
        cmark_node_set_literal(words, text)
        if type == CMARK_NODE_TEXT {
            cmark_node_replace(node, words)
        } else if let paragraph = cmark_node_new(type) {
            cmark_node_append_child(paragraph, words)
            cmark_node_replace(node, paragraph)
        }
        cmark_node_free(node)
    }

    /// Leaves what a node holds and takes the node itself away.
    private static func unwrap(_ node: OpaquePointer) {
        while let child = cmark_node_first_child(node) {
            cmark_node_unlink(child)
            cmark_node_insert_before(node, child)
        }
        cmark_node_unlink(node)
        cmark_node_free(node)
    }
}
