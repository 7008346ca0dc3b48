/// Lets callers call what an allow-list says. A call of the same process is not asked.
package struct AuthorizationFilter: Filter {
    private let file: AllowListFile

    package init(_ file: AllowListFile) { self.file = file }

    /// - Throws: `permissionDenied`, naming caller and method.
    package func begin(_ context: inout CallContext) throws(ServiceError) {
        let caller = context.caller
        guard caller == .inProcess || file.list.permits(caller, context.method) else {
            throw ServiceError(.permissionDenied, "\(caller.name) may not call \(context.method.fullName)")
        }
    }
}
