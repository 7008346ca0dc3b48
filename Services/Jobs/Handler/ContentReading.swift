import Calendar
import Contracts

/// Turns what the contract says of a job into a revision, naming every value that is none.
struct ContentReading {
    private(set) var faults: [FieldFault] = []
    private let places: Places

    init(places: Places) { self.places = places }

    /// The revision; `faults` holds what was not understood, and the field has its default then.
    mutating func content(_ message: JobsAPI.JobContent, today: CalendarDate) throws -> PostingContent {
        var content = PostingContent(validThrough: day(message.validThrough, today: today))
        content.title = Self.line(message.title)
        content.description = message.description.trimmed
        content.credentialsRequired = message.credentialsRequired
        content.credentialsPreferred = message.credentialsPreferred
        content.welcomesApprentices = message.welcomesApprentices
        content.specialties = list("specialties", message.specialties) { Specialty(rawValue: $0) }
        content.setting = value("setting", message.setting, default: .both)
        content.workplace = value("workplace", message.workplace, default: .onsite)
        content.statesAllowed = list("states_allowed", message.statesAllowed) { USState($0) }
        if let place = message.place { content.place = try self.place(place) }
        content.employment = value("employment", message.employment, default: .fullTime)
        content.hoursAWeek = message.hoursAWeek == 0 ? 40 : Int(message.hoursAWeek)
        content.salary = salary(message.salary)
        content.productivity = Self.line(message.productivity)
        content.records = message.records.map(Self.line)
        content.encoders = message.encoders.map(Self.line)
        content.benefits = message.benefits.map(Self.line)
        content.applyMethod = value("apply_method", message.applyMethod, default: .form)
        content.applyTarget = message.applyTarget.trimmed
        return content
    }

    private mutating func day(_ text: String, today: CalendarDate) -> CalendarDate {
        if text.isEmpty { return CalendarDate(daysSince1970: today.daysSince1970 + 30) }
        if let day = CalendarDate(text) { return day }
        faults.append(FieldFault("valid_through", "Write the last day as YYYY-MM-DD."))
        return today
    }

    private mutating func value<Value: RawRepresentable & CaseIterable>(
        _ field: String, _ text: String, default first: Value
    ) -> Value where Value.RawValue == String {
        if text.isEmpty { return first }
        if let value = Value(rawValue: text) { return value }
        faults.append(FieldFault(field, "One of \(Value.allCases.map(\.rawValue).joined(separator: ", "))."))
        return first
    }

    private mutating func list<Value>(_ field: String, _ texts: [String], _ make: (String) -> Value?) -> [Value] {
        var values: [Value] = []
        for text in texts.prefix(100) {
            guard let value = make(text) else {
                faults.append(FieldFault(field, "\(text.prefix(24)) is not in the list."))
                return values
            }
            values.append(value)
        }
        return values
    }

    private mutating func place(_ message: JobsAPI.Place) throws -> Place? {
        let given = [message.city, message.state, message.postalCode]
        if given.allSatisfy(\.isEmpty) { return nil }
        if let place = try places.find(city: message.city, state: message.state, postalCode: message.postalCode) {
            return place
        }
        faults.append(
            FieldFault("place", "No such place is known: write a ZIP code, or the city and the state's two letters."))
        return nil
    }

    private mutating func salary(_ message: JobsAPI.Salary?) -> Salary? {
        guard let message, message.minimumCents > 0 || message.maximumCents > 0 else { return nil }
        let unit: Salary.Unit = value("salary", message.unit, default: .year)
        let minimum = Int64(clamping: message.minimumCents)
        return Salary(
            minimum: minimum, maximum: message.maximumCents == 0 ? minimum : Int64(clamping: message.maximumCents),
            unit: unit)
    }

    /// One line: blanks and line ends in a row are one blank.
    static func line(_ text: String) -> String {
        text.split { $0 == " " || $0 == "\n" || $0 == "\r\n" || $0 == "\t" }.joined(separator: " ")
    }
}

extension String {
    /// Without blanks and empty lines around it.
    var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
