import Contracts
import Foundation
import Hummingbird
import Logging
import RPC
import Wire

/// What Gateway is measured beside and against: a Lookup that answers from memory, and Hummingbird with nothing on it.
@main
struct GatewayPeers {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "suggest-reply": try printReply()
        case "canned-lookup" where arguments.count == 2: try await serveLookup(arguments[1])
        case "bare-hummingbird": try await serveHummingbird()
        default: exit(64)
        }
    }

    private static let quiet = Logger(label: "bench", factory: { _ in SwiftLogNoOpLogHandler() })

    /// Typeahead's answer of ten hits, in wire form.
    private static func printReply() throws {
        let hits = (0..<10).map { number in
            LookupAPI.Hit(
                system: "icd10cm", code: "E11.\(number)", title: "Type 2 diabetes mellitus with complication \(number)",
                billable: true, status: "active", score: 7.25 - Double(number) / 4,
                highlights: [LookupAPI.Highlight(start: 7, end: 15)])
        }
        let bytes = try Wire.encode(LookupAPI.SuggestReply(hits: hits, tookMicros: 412))
        FileHandle.standardOutput.write(Data(bytes))
    }

    /// Serves Suggest with the bytes of a file, and what Gateway asks beside it. Prints its port.
    private static func serveLookup(_ path: String) async throws {
        guard let data = FileManager.default.contents(atPath: path) else { exit(66) }
        let reply = try Wire.decode(LookupAPI.SuggestReply.self, from: Array(data))
        let suggest = Route(LookupAPI.Methods.suggest) {
            (_: LookupAPI.SuggestRequest, _) async throws(ServiceError) -> LookupAPI.SuggestReply in reply
        }
        let editions = Route(LookupAPI.Methods.listEditions) {
            (_: LookupAPI.ListEditionsRequest, _) async throws(ServiceError) -> LookupAPI.ListEditionsReply in
            LookupAPI.ListEditionsReply(editionSet: "canned")
        }
        let server = Server(
            configuration: ServerConfiguration(name: "Lookup"), routes: [suggest, editions], logger: quiet)
        print(try await server.start(host: "127.0.0.1", port: 0))
        fflush(nil)
        while readLine() != nil {}
    }

    /// One route of two bytes. Prints its port.
    private static func serveHummingbird() async throws {
        let router = Router()
        router.get("/") { _, _ in "ok" }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                print(channel.localAddress?.port ?? 0)
                fflush(nil)
            }, logger: quiet)
        try await application.run()
    }
}
