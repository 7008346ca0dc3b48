package import Calendar

/// What a posting must hold before it can be kept and submitted: one clear message per field.
package struct PostingRules: Sendable {
    /// Limits, each with its reason.
    package enum Limit {
        /// A line of a list of results.
        package static let title = 120
        /// About eight printed pages.
        package static let description = 20_000
        package static let productivity = 500
        /// Entries of a list, and characters of an entry: what a reader takes in.
        package static let entries = 20
        package static let entry = 80
        package static let specialties = 8
        /// Characters of an address or link (RFC 5321 gives 254; longer links are tracking).
        package static let target = 1_000
        /// A posting says something.
        package static let leastDescription = 80
        /// Dollars a year between which an amount is taken for no slip of a digit.
        package static let leastYear: Int64 = 10_000
        package static let mostYear: Int64 = 1_000_000
    }

    private let credentials: Set<String>
    private let today: CalendarDate

    /// - Parameter credentials: the abbreviations that may be asked for.
    package init(credentials: Set<String>, today: CalendarDate) {
        self.credentials = credentials
        self.today = today
    }

    /// All faults, at most one a field, in the order of the form. A draft may lack what only a reader needs.
    package func faults(_ content: PostingContent, isDraft: Bool) -> [FieldFault] {
        var faults: [FieldFault] = []
        func check(_ field: String, _ message: String?) {
            if let message { faults.append(FieldFault(field, message)) }
        }
        check("title", title(content.title))
        check("description", description(content.description, isDraft: isDraft))
        check("credentials_required", list(of: content.credentialsRequired))
        check("credentials_preferred", preferred(content))
        check("specialties", content.specialties.count > Limit.specialties ? "Name the eight that matter most." : nil)
        check("place", place(content, isDraft: isDraft))
        check("hours_a_week", (1...80).contains(content.hoursAWeek) ? nil : "Between 1 and 80 hours a week.")
        check("salary", salary(content))
        check("productivity", length(content.productivity, Limit.productivity))
        check("records", entries(content.records))
        check("encoders", entries(content.encoders))
        check("benefits", entries(content.benefits))
        check("apply_target", target(content, isDraft: isDraft))
        check("valid_through", validThrough(content.validThrough))
        return faults
    }

    private func title(_ title: String) -> String? {
        if title.isEmpty { return "Give the job a title." }
        if let message = length(title, Limit.title) { return message }
        let letters = title.unicodeScalars.filter { $0.properties.isAlphabetic }
        if letters.count < 3 { return "A title is made of words." }
        let capitals = letters.filter { $0.properties.isUppercase }.count
        if letters.count > 12, capitals * 10 > letters.count * 8 { return "Write the title without all capitals." }
        return nil
    }

    private func description(_ text: String, isDraft: Bool) -> String? {
        if let message = length(text, Limit.description, lines: true) { return message }
        guard !isDraft, text.count < Limit.leastDescription else { return nil }
        return "Say in at least \(Limit.leastDescription) characters what is coded, for whom, and how."
    }

    private func list(of abbreviations: [String]) -> String? {
        if let unknown = abbreviations.first(where: { !credentials.contains($0) }) {
            return "\(unknown.prefix(12)) is no credential of the list."
        }
        return Set(abbreviations).count == abbreviations.count ? nil : "A credential is named twice."
    }

    private func preferred(_ content: PostingContent) -> String? {
        if let message = list(of: content.credentialsPreferred) { return message }
        let both = Set(content.credentialsRequired).intersection(content.credentialsPreferred)
        return both.min().map { "\($0) is required already." }
    }

    private func place(_ content: PostingContent, isDraft: Bool) -> String? {
        switch content.workplace {
        case .remote: content.place == nil ? nil : "A remote job has no place: name the states allowed instead."
        case .hybrid, .onsite:
            content.place == nil && !isDraft ? "Name the city and state, or the ZIP code, where one works." : nil
        }
    }

    private func salary(_ content: PostingContent) -> String? {
        guard let salary = content.salary else { return nil }
        guard salary.minimum > 0, salary.maximum < 1_000_000_000 else {
            return "Amounts are above 0 and below 10 million dollars."
        }
        guard salary.minimum <= salary.maximum else { return "The lower amount comes first." }
        let year = salary.dollarsAYear(hoursAWeek: max(1, content.hoursAWeek))
        guard content.employment != .fullTime || year.maximum >= Limit.leastYear else {
            return "That is \(year.maximum) dollars a year: check the amount and the unit."
        }
        guard year.minimum <= Limit.mostYear else {
            return "That is \(year.minimum) dollars a year: check the amount and the unit."
        }
        return nil
    }

    private func entries(_ entries: [String]) -> String? {
        guard entries.count <= Limit.entries else { return "Name at most \(Limit.entries)." }
        if entries.contains(where: { $0.isEmpty }) { return "An entry is empty." }
        return entries.lazy.compactMap { length($0, Limit.entry) }.first
    }

    private func target(_ content: PostingContent, isDraft: Bool) -> String? {
        let target = content.applyTarget
        if let message = length(target, Limit.target) { return message }
        switch content.applyMethod {
        case .form: return target.isEmpty ? nil : "With the form no address or link is needed."
        case .email:
            return target.isEmpty && isDraft || ApplyTarget.isMailAddress(target)
                ? nil : "Write an address like jobs@example.org."
        case .link:
            return target.isEmpty && isDraft || ApplyTarget.isLink(target)
                ? nil : "Write a link like https://example.org/jobs/17."
        }
    }

    private func validThrough(_ day: CalendarDate) -> String? {
        do {
            try PostingLife.check(day, today: today)
            return nil
        } catch .over {
            return "The last day has gone by."
        } catch {
            return "A posting is open for \(PostingLife.longestRun) days at most; it can be renewed."
        }
    }

    /// Too long, or with characters that a line does not hold.
    private func length(_ text: String, _ limit: Int, lines: Bool = false) -> String? {
        if text.unicodeScalars.count > limit { return "At most \(limit) characters." }
        let isOdd = text.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control: !(lines && (scalar == "\n" || scalar == "\t"))
            // Marks that turn the reading direction around hide what a text says.
            case .format: ("\u{202A}"..."\u{202E}").contains(scalar) || ("\u{2066}"..."\u{2069}").contains(scalar)
            case .surrogate, .unassigned, .privateUse: true
            default: false
            }
        }
        return isOdd ? "There are control characters in it." : nil
    }
}
