package import Logging

/// Writes each event as one structured line: `time`, `level`, `program`, `msg`, then its metadata in the order of the
/// keys' names.
package struct StructuredLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel: Logger.Level
    package var metadataProvider: Logger.MetadataProvider?

    private let program: String
    private let format: LogFormat
    private let output: LogOutput

    package init(program: String, level: Logger.Level, format: LogFormat, output: LogOutput = .standardError) {
        self.program = program
        self.format = format
        self.output = output
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var line = LogLine(format: format)
        line.add("time", LogTime.now())
        line.add("level", event.level.rawValue)
        line.add("program", program)
        line.add("msg", event.message.description)
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let own = event.metadata { all.merge(own) { _, new in new } }
        if let error = event.error { all["error"] = "\(type(of: error))" }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            line.add(key, value.description)
        }
        line.end()
        output.write(line.bytes)
    }
}
