package import Calendar

/// An open posting as the board knows it.
package struct BoardEntry: Sendable {
    package let id: PostingID
    package let employer: EmployerID
    package let employerName: String
    package let content: PostingContent
    package let publishedAt: UTCInstant
    /// Made up, to try the desk out.
    package let isSample: Bool

    /// `content` is the published revision.
    package init(
        id: PostingID, employer: EmployerID, employerName: String, content: PostingContent, publishedAt: UTCInstant,
        isSample: Bool = false
    ) {
        self.id = id
        self.employer = employer
        self.employerName = employerName
        self.content = content
        self.publishedAt = publishedAt
        self.isSample = isSample
    }

    /// The weight of each word: where it stands in the title counts most.
    func weights() -> [String: UInt8] {
        var weights: [String: UInt8] = [:]
        func add(_ text: String, _ weight: UInt8) {
            for word in Words.split(text) { weights[word] = max(weights[word] ?? 0, weight) }
        }
        add(content.description, 1)
        for text in content.benefits + content.records + content.encoders { add(text, 2) }
        add(content.productivity, 1)
        add(employerName, 6)
        for specialty in content.specialties { add(specialty.label, 8) }
        for credential in content.credentialsRequired + content.credentialsPreferred { add(credential, 8) }
        if content.welcomesApprentices { add("CPC-A apprentice entry level", 6) }
        add(content.workplace == .onsite ? "onsite on-site" : content.workplace.rawValue, 6)
        if let place = content.place { add("\(place.city) \(place.state.letters) \(place.state.name)", 6) }
        add(content.title, 16)
        return weights
    }

    /// The values of the facets that do not depend on the day.
    func values(of facet: Facet) -> [String] {
        switch facet {
        case .credentialRequired: content.credentialsRequired
        case .credentialPreferred: content.credentialsPreferred
        case .apprentices: content.welcomesApprentices ? ["yes"] : []
        case .specialty: content.specialties.map(\.rawValue)
        case .setting: content.setting == .both ? ["professional", "facility"] : [content.setting.rawValue]
        case .workplace: [content.workplace.rawValue]
        case .state: states
        case .employment: [content.employment.rawValue]
        case .salary:
            Facet.salarySteps.filter { $0 <= content.dollarsAYear?.maximum ?? 0 }.map { String($0) }
        case .posted: []
        case .employer: [employer.text]
        }
    }

    private var states: [String] {
        if let place = content.place { return [place.state.letters] }
        return content.statesAllowed.isEmpty ? Array(USState.names.keys) : content.statesAllowed.map(\.letters)
    }
}
