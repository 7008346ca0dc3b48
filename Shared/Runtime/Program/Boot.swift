package import Logging

/// What a program's composition root is given to build from.
package struct Boot: Sendable {
    package let program: ProgramName
    package let settings: Settings
    package let logger: Logger
    /// Name conditions here that must hold before calls are taken.
    package let readiness: Readiness
    package let metrics: MetricsRegistry
    /// How this program proves itself to others; `Program.run` reads it from the settings.
    package var security = ProgramSecurity.none
    /// Where ended spans go; nil: nobody traces.
    package var spans: SpanExporter?

    package init(
        program: ProgramName, settings: Settings, logger: Logger, readiness: Readiness = Readiness(),
        metrics: MetricsRegistry = MetricsRegistry()
    ) {
        self.program = program
        self.settings = settings
        self.logger = logger
        self.readiness = readiness
        self.metrics = metrics
    }
}
