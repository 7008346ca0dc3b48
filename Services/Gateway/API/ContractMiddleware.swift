import Contracts
import HTTPTypes
import Hummingbird
import RPC
import Schema

/// Serves everything under `/v1/`: the contract's addresses, by descriptor, with no route written by hand.
///
/// It stands before the router: the table of addresses is the contract's, and knows which methods an address has.
struct ContractMiddleware: RouterMiddleware {
    typealias Handler = @Sendable (ContractCall) async throws -> Response

    private static let prefix = "/v1/"

    private let table: RouteTable
    private let relay: ContractRelay
    /// Calls that take more than relaying, by the method's full name.
    private let special: [String: Handler]

    init(site: Site, channels: GatewayChannels) {
        table = RouteTable(ContractRoute.all)
        relay = ContractRelay(site: site, channels: channels)
        let resumes = ResumeEndpoint(site: site)
        special = [
            LookupAPI.Methods.getCodePage.fullName: CodeEndpoint(site: site).show,
            AssistantAPI.Methods.explain.fullName: ExplainEndpoint(site: site).explain,
            SeekersAPI.Methods.uploadResume.fullName: resumes.upload,
            SeekersAPI.Methods.getResume.fullName: resumes.download,
        ]
        for route in ContractRoute.all where route.isFile {
            precondition(special[route.method.fullName] != nil, "\(route.method.fullName) is no call to be relayed")
        }
    }

    func handle(
        _ request: Request, context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        guard path.hasPrefix(Self.prefix) else { return try await next(request, context) }
        switch table.match(request.method.rawValue, path) {
        case .nothing: throw HTTPError(.notFound)
        case .otherMethods(let methods):
            throw HTTPError(
                .methodNotAllowed, headers: [.allow: methods.joined(separator: ", ")],
                message: "This address takes \(methods.joined(separator: ", ")).")
        case .found(let route, let values):
            context.coreContext.endpointPath.value = route.template.text
            let call = ContractCall(route: route, pathValues: values, request: request, context: context)
            guard let handler = special[route.method.fullName] else { return try await relay.answer(call) }
            return try await handler(call)
        }
    }
}
