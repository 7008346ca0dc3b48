import Glibc
import FuzzHarness

/// libFuzzer's entry points. The target is the environment's FUZZ_TARGET.
private let target = FuzzTarget(rawValue: environment("FUZZ_TARGET")) ?? .frames

private func environment(_ name: String) -> String {
    guard let value = getenv(name) else { return "" }
    return String(cString: value)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try target.run(Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
        fatalError("\(error)")
    }
    return 0
}
