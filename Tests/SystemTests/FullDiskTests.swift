import Contracts
import Foundation
import RPC
import Testing

/// A disk that is really full: a file system of its own, filled up while Accounts runs. It needs root, as mounting does.
@Suite(.enabled(if: geteuid() == 0, "mounting a small disk takes root"), .serialized)
struct FullDiskTests {
    @Test func `Accounts refuses clearly while the disk is full, lives, and grants again when there is room`()
        async throws
    {
        try await RunningDesk.with([]) { desk in
            let folder = desk.folder.appending(path: "accounts")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            guard try run("/bin/mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder.path) == 0 else {
                print("this machine lets nobody mount: the real full disk is not tested here")
                return
            }
            var failure: (any Error)?
            do { try await exhaust(desk, folder) } catch { failure = error }
            desk[.accounts].signal(SIGKILL)
            try await desk[.accounts].ended()
            #expect(try run("/bin/umount", folder.path) == 0)
            if let failure { throw failure }
        }
    }

    private func exhaust(_ desk: RunningDesk, _ folder: URL) async throws {
        try desk[.accounts].start()
        try await desk.untilReady(.accounts)
        let channel = desk.client(.accounts)
        let accounts = AccountsAPI.Client(channel)
        let filler = folder.appending(path: "filler")
        try await GrantDurabilityTests.expectGranted(accounts, guest: 1)
        // Everything that is left, to the last byte.
        _ = try run("/bin/dd", "if=/dev/zero", "of=\(filler.path)", "bs=4096")
        var refusals = 0
        for guest in 2..<400 where refusals == 0 {
            do throws(ServiceError) {
                _ = try await GrantDurabilityTests.open(accounts, guest: guest, item: "cpt/20975")
            } catch {
                #expect(error.kind == .unavailable && error.reason == "storage_full", "\(error)")
                refusals += 1
            }
        }
        #expect(refusals == 1, "the disk took hundreds of grants although it was full")
        // It lives and reads: what was opened is open.
        #expect(try await GrantDurabilityTests.open(accounts, guest: 1, item: "cpt/20975").outcome == .repeat)
        try FileManager.default.removeItem(at: filler)
        try await GrantDurabilityTests.expectGranted(accounts, guest: 1_000)
        let proof = try await AdministrationAPI.Client(channel).reconcile(
            .init(), options: CallOptions(timeout: .seconds(60), principal: Array("operator test".utf8)))
        #expect(proof.drift == 0)
        await channel.close()
    }

    private func run(_ command: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

extension GrantDurabilityTests {
    fileprivate static func expectGranted(_ accounts: AccountsAPI.Client, guest: Int) async throws {
        #expect(try await open(accounts, guest: guest, item: "cpt/20975").outcome == .granted)
    }
}
