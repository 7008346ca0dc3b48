/// The plans of the contract.
enum PlanName: String, Sendable {
    case guest
    case free
    case professional
}
