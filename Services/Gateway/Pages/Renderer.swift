import Crypto
import Foundation
import Mustache

/// Turns views into pages. Templates and stylesheet are read once, at the start.
struct Renderer: Sendable {
    private let library: MustacheLibrary
    /// The stylesheet, the icon, the script, in this order: what a page links to.
    let assets: [Asset]

    /// - Throws: `SiteResources.Missing`, or Mustache's parser error with the template's name.
    init(resources: SiteResources) throws {
        MustacheContentTypes.register(ScalarEscaping(), named: ScalarEscaping.name)
        var templates: [String: MustacheTemplate] = [:]
        for name in TemplateName.allCases {
            let bytes = try resources.bytes(of: "templates/\(name.rawValue).mustache")
            let source = "{{% CONTENT_TYPE:\(ScalarEscaping.name)}}" + String(decoding: bytes, as: UTF8.self)
            templates[name.rawValue] = try MustacheTemplate(string: source)
        }
        library = MustacheLibrary(templates: templates)
        assets = [
            Asset(
                name: "site", type: "css", mediaType: "text/css; charset=utf-8",
                bytes: try resources.bytes(of: "site.css")),
            Asset(name: "icon", type: "svg", mediaType: "image/svg+xml", bytes: try resources.bytes(of: "icon.svg")),
            Asset(
                name: "site", type: "js", mediaType: "text/javascript; charset=utf-8",
                bytes: try resources.bytes(of: "site.js")),
        ]
    }

    /// A whole page: the template's own part inside the frame.
    func page(_ template: TemplateName, view: some Sendable, frame: PageFrame) -> String {
        render(.layout, LayoutView(frame: frame, assets: assets, body: render(template, view)))
    }

    private func render(_ template: TemplateName, _ view: some Sendable) -> String {
        guard let text = library.render(view, withTemplate: template.rawValue) else {
            preconditionFailure("every template of TemplateName is read in init")
        }
        return text
    }
}
