import Contracts

/// A search as text, `required=CPC&sort=date`: what a saved search keeps, and what tells searches apart. Page and size are
/// no part of it.
enum SearchText {
    /// In a fixed order, so that equal searches are equal texts.
    static func text(of search: JobsAPI.SearchJobsRequest) -> String {
        let lists: [(String, [String])] = [
            ("q", [search.q]), ("required", search.required.sorted()), ("preferred", search.preferred.sorted()),
            ("apprentices", [search.apprentices]), ("specialty", search.specialty.sorted()),
            ("setting", search.setting.sorted()), ("workplace", search.workplace.sorted()),
            ("state", search.state.sorted()), ("employment", search.employment.sorted()),
            ("salary", [search.salary]), ("posted", [search.posted]), ("employer", search.employer.sorted()),
            ("near", [search.near]), ("miles", search.miles == 0 ? [] : [String(search.miles)]),
            ("sort", [search.sort]),
        ]
        return lists.flatMap { name, values in values.filter { !$0.isEmpty }.map { "\(name)=\(escaped($0))" } }
            .joined(separator: "&")
    }

    /// The search of a text that `text(of:)` made; what a later version named otherwise is left out.
    static func search(_ text: String) -> JobsAPI.SearchJobsRequest {
        var search = JobsAPI.SearchJobsRequest()
        for pair in text.split(separator: "&") {
            guard let sign = pair.firstIndex(of: "=") else { continue }
            let value = plain(pair[pair.index(after: sign)...])
            switch pair[..<sign] {
            case "q": search.q = value
            case "required": search.required.append(value)
            case "preferred": search.preferred.append(value)
            case "apprentices": search.apprentices = value
            case "specialty": search.specialty.append(value)
            case "setting": search.setting.append(value)
            case "workplace": search.workplace.append(value)
            case "state": search.state.append(value)
            case "employment": search.employment.append(value)
            case "salary": search.salary = value
            case "posted": search.posted = value
            case "employer": search.employer.append(value)
            case "near": search.near = value
            case "miles": search.miles = UInt32(value) ?? 0
            case "sort": search.sort = value
            default: break
            }
        }
        return search
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "%": result += "%25"
            case "&": result += "%26"
            default: result.append(character)
            }
        }
    }

    private static func plain(_ text: Substring) -> String {
        String(text.replacing("%26", with: "&").replacing("%25", with: "%"))
    }
}
