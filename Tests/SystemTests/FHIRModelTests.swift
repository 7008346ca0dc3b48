import Foundation
import Testing

/// The FHIR addresses, read with a model of FHIR that is not ours.
@Suite struct FHIRModelTests {
    @Test(.enabled(if: PythonEnvironment.has("python"), Comment(rawValue: PythonEnvironment.absence)))
    func `every answer is FHIR, and says what was asked`() async throws {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let account = try await Web().call(
                "POST", "\(desk.origin)/v1/accounts",
                json: #"{"email":"fhir@example.org","password":"correct horse battery"}"#)
            let match = try #require(account.body.firstMatch(of: try Regex(#""token":"([^"]+)""#)))
            let token = String(try #require(match.output[1].substring))
            let (status, output) = try await PythonEnvironment.run(
                "python", ["Tests/Interop/fhir_answers.py", desk.origin, token], in: desk.folder)
            #expect(status == 0, "\(output)")
        }
    }
}
