import ArgumentParser
import Contracts
import RPC
import Runtime
import Schema
import Testing

@testable import CommandLine

@Suite("The command line")
struct MethodLookupTests {
    private let lookup = MethodLookup(schema: Contract.schema)

    @Test(
        "A method is found by the names that people type",
        arguments: ["codingahead.lookup.v1.Lookup/GetCode", "Lookup/GetCode", "lookup/getcode", "GetCode"])
    func found(name: String) throws {
        let found = try lookup.method(name)
        #expect(found.method.fullName == "codingahead.lookup.v1.Lookup/GetCode" && found.program == .lookup)
    }

    @Test("A name that is none, or of more than one, is refused with what comes near", arguments: ["Code", "v1", "x"])
    func refused(name: String) {
        #expect(throws: SchemaError.self) { try lookup.method(name) }
    }

    @Test("Every method of the contract has a program, but those that every program serves")
    func programs() {
        let everywhere = ["grpc.", "codingahead.reflection.", "codingahead.stats."]
        for found in lookup.all where !everywhere.contains(where: found.method.fullName.hasPrefix) {
            #expect(found.program != nil)
        }
        #expect(Set(lookup.all.compactMap(\.program)) == [.lookup, .assistant, .accounts, .jobs])
    }

    @Test("A status is printed in gRPC's spelling, with its field and reason")
    func statuses() {
        let error = ServiceError(.invalidArgument, "No such system.", field: "system", reason: "unknown_system")
        #expect(CallCommand.text(of: error) == "INVALID_ARGUMENT: No such system. (field system) [unknown_system]")
        #expect(CallCommand.statusName(.internal) == "INTERNAL")
    }

    @Test("An idempotency key is 32 hexadecimal digits")
    func keys() {
        #expect(CallCommand.keyBytes("000102030405060708090a0b0c0d0eFF")?.last == 255)
        for text in ["", "00", String(repeating: "g", count: 32), String(repeating: "0", count: 33)] {
            #expect(CallCommand.keyBytes(text) == nil)
        }
    }

    @Test("Columns are as wide as their widest cell")
    func columns() {
        #expect(Output.table([["a", "bb", "c"], ["aaa", "b", "c"]]) == "a    bb  c\naaa  b   c")
    }
}
