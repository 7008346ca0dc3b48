/// The contract's words for jobs, as readers see them.
enum JobWords {
    static func workplace(_ value: String) -> String {
        switch value {
        case "remote": "Remote"
        case "hybrid": "Hybrid"
        case "onsite": "On-site"
        default: value
        }
    }

    static func employment(_ value: String) -> String {
        [
            "full_time": "Full time", "part_time": "Part time", "contractor": "Contract", "temporary": "Temporary",
            "intern": "Internship", "per_diem": "Per diem",
        ][value] ?? value
    }

    static func setting(_ value: String) -> String {
        ["professional": "Professional fee", "facility": "Facility", "both": "Professional fee and facility"][value]
            ?? value
    }

    /// `risk_adjustment` is `Risk adjustment`.
    static func specialty(_ value: String) -> String {
        let words = value.replacing("_", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    static func state(_ value: String) -> String {
        [
            "draft": "Draft", "submitted": "With the moderators", "rejected": "Sent back", "published": "Open",
            "closed": "Closed",
        ][value] ?? value
    }

    static func closing(_ reason: String) -> String {
        [
            "expired": "Its last day has gone by.", "filled": "The job is filled.",
            "withdrawn": "The employer took it back.",
            "moderated": "A moderator took it down.",
        ][reason] ?? ""
    }

    static func stage(_ value: String) -> String {
        [
            "received": "Received", "reviewing": "Being read", "interview": "Interview", "offer": "Offer",
            "hired": "Hired",
            "declined": "Declined", "withdrawn": "Withdrawn",
        ][value] ?? value
    }

    static func rhythm(_ value: String) -> String {
        ["daily": "Daily", "weekly": "Weekly, on Monday", "never": "Never"][value] ?? value
    }

    /// The day of a moment, e.g. `24 November 2026`.
    static func day(_ moment: String) -> String {
        guard let instant = UTCInstant(moment) else { return "" }
        return String(instant.words.prefix { $0 != "," })
    }

    /// The same of `YYYY-MM-DD`.
    static func date(_ day: String) -> String { self.day(day + "T00:00:00Z") }
}
