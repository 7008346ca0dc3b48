import Foundation
import Schema

/// Writes what follows from the contract: `ProtoGenerator WITH_COMMENTS PLAIN FOR_PROTOC_C OUTPUT`.
///
/// WITH_COMMENTS and PLAIN are descriptor sets of the same files, with and without source information; FOR_PROTOC_C is written: the set
/// that protoc-c is to read; OUTPUT is a folder in which `Protos/Generated` and the generated Swift folders are laid out as in the repository.
@main
struct Generator {
    /// Swift files go to the module that may touch their C structs: the wire's own headers to Wire, the contract to Contracts.
    static let namespaces = [
        "codingahead.rpc.v1": "RPCHeaders", "codingahead.common.v1": "CommonAPI", "codingahead.lookup.v1": "LookupAPI",
        "codingahead.accounts.v1": "AccountsAPI", "codingahead.accounts.me.v1": "MeAPI",
        "codingahead.accounts.administration.v1": "AdministrationAPI", "codingahead.accounts.desk.v1": "DeskAPI",
        "codingahead.accounts.standing.v1": "StandingAPI", "codingahead.accounts.billing.v1": "BillingAPI",
        "codingahead.accounts.organisations.v1": "OrganisationsAPI",
        "codingahead.assistant.v1": "AssistantAPI", "codingahead.assistant.knowledge.v1": "KnowledgeAPI",
        "codingahead.assistant.consultant.v1": "ConsultantAPI", "codingahead.jobs.v1": "JobsAPI",
        "codingahead.jobs.employers.v1": "EmployersAPI", "codingahead.jobs.seekers.v1": "SeekersAPI",
        "codingahead.jobs.moderation.v1": "ModerationAPI", "grpc.health.v1": "HealthAPI",
        "grpc.testing": "InteropAPI", "codingahead.reference.v1": "ReferenceAPI",
        "codingahead.stats.v1": "StatsAPI", "codingahead.reflection.v1": "ReflectionAPI",
    ]

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5 else {
            print("usage: ProtoGenerator WITH_COMMENTS PLAIN FOR_PROTOC_C OUTPUT (Protos/generate calls it)")
            exit(2)
        }
        let commented = try [UInt8](Data(contentsOf: URL(filePath: arguments[1])))
        let plain = try [UInt8](Data(contentsOf: URL(filePath: arguments[2])))
        let output = URL(filePath: arguments[4])
        let schema = try commented.withUnsafeBytes { try DescriptorSet($0) }
        let own = schema.files.filter { namespaces[$0.package] != nil }

        let complaints = Lint(schema: schema, own: own).complaints()
        guard complaints.isEmpty else {
            for complaint in complaints { print("error: \(complaint)") }
            exit(1)
        }
        try Data(CWriter.forProtocC(plain)).write(to: URL(filePath: arguments[3]))
        try write(CWriter.accessors(own), to: output.appending(path: "Protos/Generated/descriptors.h"))
        let embedded = try CWriter.embeddable(commented: commented, plain: plain, own: Set(own.map(\.name)))
        try write(CWriter.descriptorSetHeader, to: output.appending(path: "Protos/Generated/descriptor_set.h"))
        try write(CWriter.descriptorSet(embedded), to: output.appending(path: "Protos/Generated/descriptor_set.c"))
        for file in own {
            let namespace = namespaces[file.package] ?? ""
            let folder = namespace == "RPCHeaders" ? "Shared/Wire/Generated" : "Shared/Contracts/Generated"
            // A package may lie in several files: that with the service, or the only one, declares the name space.
            let isOnly = own.count { $0.package == file.package } == 1
            let declares = isOnly || !file.services.isEmpty
            let name = declares ? namespace : "\(namespace)+\(SwiftWriter.camel(stem(of: file), upper: true))"
            let writer = SwiftWriter(schema: schema, file: file, namespace: namespace, declaresNamespace: declares)
            try write(writer.text(), to: output.appending(path: "\(folder)/\(name).swift"))
        }
    }

    /// `cases.proto` → `cases`.
    private static func stem(of file: FileDescriptor) -> String { String(file.name.prefix { $0 != "." }) }

    private static func write(_ text: String, to url: URL) throws {
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }
}
