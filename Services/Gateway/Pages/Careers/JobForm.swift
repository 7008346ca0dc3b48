import Contracts

/// The form in which an employer writes a job.
enum JobForm {
    /// `CPC, CCS`.
    static func list(_ text: String) -> [String] {
        text.split { $0 == "," || $0 == ";" || $0 == "\n" }.map { trimmed($0) }.filter { !$0.isEmpty }
    }

    /// `Risk adjustment` is `risk_adjustment`.
    static func specialty(_ text: String) -> String {
        text.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    }

    /// What was typed, as a revision; what is no number is left out, and Jobs says what is missing.
    static func content(_ fields: FormFields) -> JobsAPI.JobContent {
        var content = JobsAPI.JobContent(
            title: fields["title"], description: fields["description"].replacing("\r\n", with: "\n"),
            credentialsRequired: list(fields["credentials_required"]).map { $0.uppercased() },
            credentialsPreferred: list(fields["credentials_preferred"]).map { $0.uppercased() },
            welcomesApprentices: fields["welcomes_apprentices"] == "on",
            specialties: list(fields["specialties"]).map(specialty), setting: fields["setting"],
            workplace: fields["workplace"], statesAllowed: list(fields["states_allowed"]),
            employment: fields["employment"], hoursAWeek: UInt32(fields["hours_a_week"]) ?? 0,
            productivity: fields["productivity"], records: list(fields["records"]), encoders: list(fields["encoders"]),
            benefits: list(fields["benefits"]), applyMethod: fields["apply_method"],
            applyTarget: fields["apply_target"], validThrough: fields["valid_through"])
        if content.workplace != "remote" {
            content.place = JobsAPI.Place(
                city: fields["city"], state: fields["state"], postalCode: fields["postal_code"])
        }
        let least = cents(fields["salary_minimum"])
        if least > 0 {
            content.salary = JobsAPI.Salary(
                minimumCents: least, maximumCents: cents(fields["salary_maximum"]), unit: fields["salary_unit"])
        }
        return content
    }

    /// Dollars as cents; 0 for what is no amount.
    static func cents(_ text: String) -> UInt64 {
        let parts = text.filter { $0 != "," && $0 != "$" && $0 != " " }.split(
            separator: ".", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let dollars = UInt64(first), dollars < 100_000_000 else {
            return 0
        }
        guard parts.count == 2 else { return dollars * 100 }
        guard parts[1].count <= 2, let rest = UInt64(parts[1].isEmpty ? "0" : parts[1]) else { return 0 }
        return dollars * 100 + (parts[1].count == 1 ? rest * 10 : rest)
    }

    /// Cents as one types dollars.
    static func dollars(_ cents: UInt64) -> String {
        guard cents > 0 else { return "" }
        let rest = cents % 100
        return "\(cents / 100)" + (rest == 0 ? "" : rest < 10 ? ".0\(rest)" : ".\(rest)")
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
