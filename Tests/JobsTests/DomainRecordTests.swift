import Contracts
import Foundation
import Jobs
import RPC
import Testing

@Suite("Domains proven by a DNS record")
struct DomainRecordTests {
    @Test("The record that names the employer proves the domain; another text, and none, do not")
    func proof() async throws {
        let server = try NameServer()
        let desk = try await JobsDesk(records: DomainRecords(servers: "127.0.0.1:\(server.port)"))
        let made = try await desk.employers.createEmployer(
            EmployersAPI.CreateEmployerRequest(name: "Clinic", domain: "clinic.example"), options: desk.by("owner"))
        let begun = try await desk.employers.startDomainProof(
            EmployersAPI.StartDomainProofRequest(id: made.id), options: desk.by("owner"))
        #expect(begun.recordName == "_codingahead.clinic.example" && begun.recordText == "employer=\(made.id)")
        let finish = EmployersAPI.FinishDomainProofRequest(id: made.id)
        server.set(["v=spf1 -all", "employer=0123456789abcdef"])
        let other = await desk.refusal {
            try await desk.employers.finishDomainProof(finish, options: desk.by("owner"))
        }
        #expect(other?.reason == "not_proven")
        #expect(server.asked.allSatisfy { $0 == "_codingahead.clinic.example" } && !server.asked.isEmpty)
        server.set(["v=spf1 -all", begun.recordText])
        #expect(try await desk.employers.finishDomainProof(finish, options: desk.by("owner")).verified)
    }
}
