/// One metric with its series.
struct MetricFamily: Sendable {
    /// A metric with more series than this has an unbounded label; what comes after shares one overflow series.
    static let maxSeries = 256

    /// What a metric measures, in the words of the Prometheus text format.
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    let kind: Kind
    var series: [MetricLabels: any MetricSeries] = [:]

    /// The series of these labels, made on first use.
    mutating func series(_ labels: MetricLabels, make: () -> any MetricSeries) -> any MetricSeries {
        if let known = series[labels] { return known }
        let key = series.count < Self.maxSeries ? labels : .overflow
        if let known = series[key] { return known }
        let new = make()
        series[key] = new
        return new
    }
}

/// One series of a metric: knows how to write its lines.
protocol MetricSeries: AnyObject, Sendable {
    /// The sample lines of the text format, each ended by a newline.
    func lines(name: String, labels: MetricLabels) -> String
}
