import Contracts

/// The organisation whose people work for an employer, as `organisationchoice.mustache` offers it in a form. Without anything
/// to choose from the form still sends what is set, so that saving it changes nothing.
struct OrganisationChoice: Sendable {
    let options: [ChoiceView]
    let hasOptions: Bool
    let chosen: String

    /// - Parameters:
    ///   - own: those that the reader belongs to; nil: not known at the moment.
    ///   - chosen: the one that is set; empty: none.
    init(_ own: [OrganisationsAPI.Organisation]?, chosen: String) {
        self.chosen = chosen
        var offered = (own ?? []).filter { $0.role != "member" || $0.id == chosen }.map { ($0.id, $0.name) }
        if !chosen.isEmpty, !offered.contains(where: { $0.0 == chosen }) {
            offered.append((chosen, "An organisation of somebody else's"))
        }
        hasOptions = own != nil && !offered.isEmpty
        options = ([("", "No organisation")] + offered).map { id, name in
            ChoiceView(value: id, label: name, isChosen: id == chosen)
        }
    }
}
