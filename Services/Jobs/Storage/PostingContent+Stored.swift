import Calendar
import Foundation
import Storage

/// The form in which a revision lies in the store: JSON, so that a field that is added later is simply absent in earlier
/// revisions.
struct StoredContent: Codable {
    var title: String
    var description: String
    var credentialsRequired: [String]
    var credentialsPreferred: [String]
    var welcomesApprentices: Bool
    var specialties: [String]
    var setting: CodingSetting
    var workplace: Workplace
    var statesAllowed: [USState]
    var place: Place?
    var employment: EmploymentType
    var hoursAWeek: Int
    var salary: Salary?
    var productivity: String
    var records: [String]
    var encoders: [String]
    var benefits: [String]
    var applyMethod: ApplyMethod
    var applyTarget: String
    var validThrough: CalendarDate

    init(_ content: PostingContent) {
        title = content.title
        description = content.description
        credentialsRequired = content.credentialsRequired
        credentialsPreferred = content.credentialsPreferred
        welcomesApprentices = content.welcomesApprentices
        specialties = content.specialties.map(\.rawValue)
        setting = content.setting
        workplace = content.workplace
        statesAllowed = content.statesAllowed
        place = content.place
        employment = content.employment
        hoursAWeek = content.hoursAWeek
        salary = content.salary
        productivity = content.productivity
        records = content.records
        encoders = content.encoders
        benefits = content.benefits
        applyMethod = content.applyMethod
        applyTarget = content.applyTarget
        validThrough = content.validThrough
    }

    var content: PostingContent {
        var content = PostingContent(validThrough: validThrough)
        content.title = title
        content.description = description
        content.credentialsRequired = credentialsRequired
        content.credentialsPreferred = credentialsPreferred
        content.welcomesApprentices = welcomesApprentices
        // A specialty that the list no longer has is dropped from what is shown, not from the store.
        content.specialties = specialties.compactMap { Specialty(rawValue: $0) }
        content.setting = setting
        content.workplace = workplace
        content.statesAllowed = statesAllowed
        content.place = place
        content.employment = employment
        content.hoursAWeek = hoursAWeek
        content.salary = salary
        content.productivity = productivity
        content.records = records
        content.encoders = encoders
        content.benefits = benefits
        content.applyMethod = applyMethod
        content.applyTarget = applyTarget
        return content
    }
}

extension PostingContent {
    /// - Throws: `StorageError.damaged` when the text is no stored content.
    init(stored text: String) throws {
        do {
            self = try JSONDecoder().decode(StoredContent.self, from: Data(text.utf8)).content
        } catch {
            throw StorageError(.damaged, "A revision in the jobs store cannot be read; run codingahead check.")
        }
    }

    /// The text that is kept; keys are sorted so that equal contents are equal texts.
    func stored() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(StoredContent(self)), as: UTF8.self)
    }
}
