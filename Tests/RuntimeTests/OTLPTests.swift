import Contracts
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import RPC
import Support
import Testing
import Tracing

@testable import Runtime

/// Spans on their way to a collector that speaks OTLP/HTTP JSON.
@Suite struct OTLPTests {
    private static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    private struct Received: Decodable {
        struct ResourceSpans: Decodable {
            var resource: Resource
            var scopeSpans: [ScopeSpans]
        }
        struct Resource: Decodable { var attributes: [Attribute] }
        struct ScopeSpans: Decodable { var spans: [Span] }
        struct Attribute: Decodable {
            var key: String
            var value: [String: String]
        }
        struct Span: Decodable {
            var traceId: String
            var spanId: String
            var parentSpanId: String
            var name: String
            var kind: Int
            var startTimeUnixNano: String
            var endTimeUnixNano: String
            var status: Status
        }
        struct Status: Decodable { var code: Int }
        var resourceSpans: [ResourceSpans]
        var spans: [Span] { resourceSpans.flatMap { $0.scopeSpans.flatMap(\.spans) } }
    }

    /// Runs an exporter beside a collector; gives back the bodies of what the collector got.
    private func exporting(
        status: HTTPResponseStatus = .ok, _ body: (SpanExporter, MetricsRegistry) async throws -> Void
    ) async throws -> [String] {
        let collector = try await Collector.start(status)
        let metrics = MetricsRegistry()
        let exporter = SpanExporter(
            program: .lookup, collector: HostPort(host: "127.0.0.1", port: collector.port), metrics: metrics,
            logger: Self.logger, interval: .milliseconds(20))
        let running = Task { try await exporter.run() }
        try await body(exporter, metrics)
        running.cancel()
        _ = await running.result
        try await collector.channel.close()
        return collector.bodies.current
    }

    @Test func `a call is one trace: the caller's span, and the server's as its child`() async throws {
        let bodies = try await exporting { exporter, _ in
            let tracer = OTLPTracer(exporter: exporter, percent: 100)
            let outer = tracer.startSpan("case", ofKind: .client)
            var carrier: [String: String] = [:]
            tracer.inject(outer.context, into: &carrier, using: Dictionary.Carrier())
            var context = InstrumentationContext.topLevel
            tracer.extract(carrier, into: &context, using: Dictionary.Carrier())
            let inner = tracer.startSpan("codingahead.lookup.v1.Lookup/Search", context: context, ofKind: .server)
            inner.attributes["rpc.system"] = "codingahead"
            inner.setStatus(SpanStatus(code: .error, message: "NOT_FOUND"))
            inner.end()
            inner.end()
            outer.end()
            try await Task.sleep(for: .milliseconds(200))
        }
        let messages = try bodies.map { try JSONDecoder().decode(Received.self, from: Data($0.utf8)) }
        let spans = messages.flatMap(\.spans)
        #expect(spans.count == 2, "an end that comes twice is one span")
        let outer = try #require(spans.first { $0.kind == 3 })
        let inner = try #require(spans.first { $0.kind == 2 })
        #expect(inner.traceId == outer.traceId && inner.traceId.count == 32)
        #expect(inner.parentSpanId == outer.spanId && outer.parentSpanId.isEmpty)
        #expect(inner.name == "codingahead.lookup.v1.Lookup/Search" && inner.status.code == 2)
        #expect(Int64(inner.startTimeUnixNano) ?? 0 <= Int64(inner.endTimeUnixNano) ?? 0)
        let attributes = try #require(messages.first?.resourceSpans.first?.resource.attributes)
        #expect(attributes.first { $0.key == "service.name" }?.value == ["stringValue": "lookup"])
    }

    @Test func `of traces as many are kept as the share says, and each is kept whole`() async throws {
        let exporter = SpanExporter(
            program: .lookup, collector: HostPort(host: "127.0.0.1", port: 9), metrics: MetricsRegistry(),
            logger: Self.logger)
        for (percent, expected) in [(0, 0...0), (25, 150...350), (100, 1_000...1_000)] {
            let tracer = OTLPTracer(exporter: exporter, percent: percent)
            var kept = 0
            for _ in 0..<1_000 {
                let outer = tracer.startSpan("outer")
                let inner = tracer.startSpan("inner", context: outer.context)
                #expect(inner.isRecording == outer.isRecording)
                kept += outer.isRecording ? 1 : 0
            }
            #expect(expected.contains(kept), "\(percent) %: \(kept) of 1000")
        }
    }

    @Test func `what a collector refuses is dropped and counted, and nothing waits for it`() async throws {
        _ = try await exporting(status: .serviceUnavailable) { exporter, metrics in
            let tracer = OTLPTracer(exporter: exporter, percent: 100)
            for _ in 0..<10 { tracer.startSpan("lost").end() }
            for _ in 0..<100 where !metrics.rendered().contains("traces_spans_dropped_total 10\n") {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(metrics.rendered().contains("traces_spans_dropped_total 10\n"))
        }
    }

    @Test func `the queue is bounded`() {
        let metrics = MetricsRegistry()
        let exporter = SpanExporter(
            program: .lookup, collector: HostPort(host: "127.0.0.1", port: 9), metrics: metrics, logger: Self.logger)
        let tracer = OTLPTracer(exporter: exporter, percent: 100)
        for _ in 0..<SpanExporter.queueLimit + 3 { tracer.startSpan("many").end() }
        #expect(metrics.rendered().contains("traces_spans_dropped_total 3\n"))
    }
}

extension Dictionary where Key == String, Value == String {
    fileprivate struct Carrier: Extractor, Injector {
        func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
        func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }
    }
}

/// Takes every request, keeps its body, answers with one status.
private struct Collector {
    let channel: any Channel
    let port: Int
    let bodies: Shared<[String]>

    static func start(_ status: HTTPResponseStatus) async throws -> Collector {
        let bodies = Shared<[String]>([])
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(status: status, bodies: bodies))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return Collector(channel: channel, port: channel.localAddress?.port ?? 0, bodies: bodies)
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let status: HTTPResponseStatus
        private let bodies: Shared<[String]>
        private var body = ""
        private var isWanted = false

        init(status: HTTPResponseStatus, bodies: Shared<[String]>) {
            self.status = status
            self.bodies = bodies
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                isWanted =
                    head.method == .POST && head.uri == "/v1/traces"
                    && head.headers.first(name: "content-type") == "application/json"
            case .body(let part): body += String(buffer: part)
            case .end:
                if isWanted { bodies.withLock { $0.append(body) } }
                let head = HTTPResponseHead(
                    version: .http1_1, status: isWanted ? status : .notFound, headers: ["content-length": "0"])
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
