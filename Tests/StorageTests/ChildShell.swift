import Glibc

/// A shell command as a process of its own group.
final class ChildShell {
    private let pid: pid_t
    private let output: Int32

    init(_ script: String, in folder: String) throws {
        var pipe: [Int32] = [0, 0]
        guard Glibc.pipe(&pipe) == 0 else { throw ChildError(number: errno) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
        posix_spawn_file_actions_addclose(&actions, pipe[0])
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var pid: pid_t = 0
        let words = ["/bin/bash", "-c", "cd '\(folder)'; \(script)"]
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let result = posix_spawn(&pid, words[0], &actions, &attributes, &arguments, environ)
        close(pipe[1])
        guard result == 0 else { throw ChildError(number: result) }
        self.pid = pid
        output = pipe[0]
    }

    /// Waits for the first byte that the command prints.
    func waitForOutput() throws {
        var byte: UInt8 = 0
        guard read(output, &byte, 1) == 1 else { throw ChildError(number: errno) }
    }

    /// Kills the command and what it started, and waits for its end.
    func kill() {
        Glibc.kill(-pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        close(output)
    }
}

struct ChildError: Error {
    let number: Int32
}
