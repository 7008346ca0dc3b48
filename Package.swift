// swift-tools-version: 6.2
import PackageDescription

// MARK: Settings that every Swift target shares

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// MARK: The one helper

/// A Swift library, its tests in `Tests/<name>Tests` unless `tested` is false.
func library(
    _ name: String, path: String? = nil, exclude: [String] = [], resources: [Resource] = [],
    _ dependencies: [Target.Dependency] = [], tested: Bool = true, testing: [Target.Dependency] = []
) -> [Target] {
    let target = Target.target(
        name: name, dependencies: dependencies, path: path ?? "Shared/\(name)", exclude: exclude + ["README.md"],
        resources: resources, swiftSettings: strict)
    guard tested else { return [target] }
    return [target, tests(name, [.byName(name: name)] + dependencies + testing)]
}

/// The tests in `Tests/<name>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies + ["Support"], path: "Tests/\(name)Tests",
        swiftSettings: strict)
}

/// A program: the library `<name>` in `Services/<name>` and the ten lines of `Main` that run it.
func program(
    _ name: String, exclude: [String] = [], resources: [Resource] = [], _ dependencies: [Target.Dependency],
    testing: [Target.Dependency] = []
) -> [Target] {
    library(
        name, path: "Services/\(name)", exclude: exclude + ["Main"], resources: resources, dependencies,
        testing: testing)
        + [
            .executableTarget(
                name: "\(name)Main", dependencies: [.byName(name: name)], path: "Services/\(name)/Main",
                swiftSettings: strict)
        ]
}

// MARK: Products of packages

func nio(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-nio") }
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let instrumentation = Target.Dependency.product(name: "Instrumentation", package: "swift-distributed-tracing")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let certificateReloading = Target.Dependency.product(name: "NIOCertificateReloading", package: "swift-nio-extras")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

// MARK: Targets

var targets: [Target] = [
    .systemLibrary(name: "CProtobufC", path: "Shared/CProtobufC", pkgConfig: "libprotobuf-c"),
    .systemLibrary(name: "CSodium", path: "Shared/CSodium", pkgConfig: "libsodium"),
    .systemLibrary(name: "CCurl", path: "Shared/CCurl", pkgConfig: "libcurl"),
    .systemLibrary(name: "CMime", path: "Shared/CMime", pkgConfig: "gmime-3.0"),
    .systemLibrary(name: "CZlib", path: "Shared/CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CMarkdown", path: "Shared/CMarkdown"),
    .systemLibrary(name: "CCares", path: "Shared/CCares", pkgConfig: "libcares"),
    .target(name: "CArena", dependencies: ["CProtobufC"], path: "Shared/CArena"),
    .target(name: "CProtos", dependencies: ["CProtobufC"], path: "Protos/Generated", publicHeadersPath: "."),
    .executableTarget(
        name: "ProtoGenerator", dependencies: ["Schema"], path: "Protos/Generator", swiftSettings: strict),
    .target(name: "Support", path: "Tests/Support", swiftSettings: strict),
    .target(
        name: "FuzzHarness", dependencies: ["RPC", "Wire", nio("NIOCore")], path: "Tests/Fuzzing/Harness",
        swiftSettings: strict),
    .target(
        name: "InteropCases", dependencies: ["Contracts", "RPC", "Wire"], path: "Tests/Interop/Cases",
        swiftSettings: strict),
    .executableTarget(
        name: "InteropPeer", dependencies: ["InteropCases", "RPC", logging], path: "Tests/Interop/Peer",
        swiftSettings: strict),
]
targets += library("Schema")
targets += library("Wire", ["CProtos", "CProtobufC", "CArena"])
targets += library(
    "RPC",
    [
        "Wire", nio("NIOCore"), nio("NIOPosix"), nio("NIOTLS"), nioSSL, x509, asn1, crypto, instrumentation, tracing,
        metrics,
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"), logging,
    ],
    testing: [
        "Contracts", "CProtos", "Runtime", "FuzzHarness", "InteropCases",
        .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
    ])
targets += library("Contracts", ["RPC", "Wire", "CProtos", "CProtobufC", "Schema", nio("NIOCore")])
targets += library("Calendar")
targets += library("Storage", [grdb, sqlite, crypto, logging, metrics])
targets += library(
    "Runtime",
    [
        "RPC", "Contracts", "Schema", instrumentation, tracing, nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"), x509,
        asn1, crypto, logging,
        metrics, lifecycle,
    ])
targets += library("Mail", ["Storage", "Runtime", "CCurl", grdb, mustache, logging, metrics, lifecycle])
targets += program(
    "Lookup", exclude: ["Import/README.md", "Import/References/README.md"], resources: [.copy("Resources")],
    ["Contracts", "RPC", "Runtime", "Storage", "CZlib", grdb, sqlite, crypto, logging, metrics, lifecycle])
targets += program(
    "Accounts", resources: [.copy("Resources")],
    [
        "Contracts", "RPC", "Runtime", "Storage", "Mail", "Calendar", "CSodium", grdb, crypto, logging, metrics,
        lifecycle,
    ])
targets += program(
    "Assistant",
    [
        "Contracts", "RPC", "Runtime", "Storage", "Mail", "Wire", "CMime", "CCurl", nio("NIOCore"), nio("NIOPosix"),
        grdb,
        crypto, logging, metrics, lifecycle,
    ])
targets += program(
    "Jobs", resources: [.copy("Resources")],
    [
        "Contracts", "RPC", "Runtime", "Storage", "Mail", "Calendar", "CCurl", "CCares", grdb, crypto, logging, metrics,
        lifecycle,
    ])
targets += program(
    "Gateway", resources: [.copy("Resources")],
    [
        "Contracts", "RPC", "Runtime", "Schema", "Wire", "CZlib", "CMarkdown", crypto, hummingbird, hummingbirdCore,
        hummingbirdHTTP2, httpTypes, nioHTTPTypes, certificateReloading, mustache, logging, lifecycle, nio("NIOCore"),
        nio("NIOTLS"), nio("NIOHTTP1"), nioSSL,
    ],
    testing: [
        "Accounts", "Storage", "Jobs", "Calendar", nio("NIOPosix"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
    ])
targets += program(
    "CommandLine",
    ["Contracts", "RPC", "Runtime", "Storage", "Lookup", "Accounts", "Schema", nio("NIOCore"), arguments, logging],
    testing: [grdb])
targets += [
    tests("Tidy", []),
    tests(
        "System",
        ["Contracts", "RPC", "Schema", "Lookup", "Storage", crypto, logging, nio("NIOCore"), nio("NIOPosix")]),
]

// Built only when asked for: Tests/Benchmarks/run sets the variable.
if Context.environment["BENCHMARKS"] != nil {
    targets.append(
        .target(
            name: "CMeasure", path: "Tests/Benchmarks/Peers/Measure", exclude: ["malloc_count.c"]))
    targets.append(
        .executableTarget(
            name: "LookupBenchmark",
            dependencies: [
                "Lookup", "Contracts", "RPC", "Runtime", "Storage", "Support", nio("NIOCore"), nio("NIOPosix"), logging,
            ],
            path: "Tests/Benchmarks/Lookup", exclude: ["run"], swiftSettings: strict))
    targets.append(
        .executableTarget(
            name: "AssistantBenchmark",
            dependencies: ["Assistant", "Lookup", "Contracts", "RPC", "Runtime", logging],
            path: "Tests/Benchmarks/Assistant",
            exclude: ["run", "intents.tsv", "knowledge-test.tsv", "knowledge-development.tsv"], swiftSettings: strict))
    targets.append(
        .executableTarget(
            name: "Benchmarks",
            dependencies: ["CMeasure", "Contracts", "RPC", "Wire", nio("NIOCore"), nio("NIOPosix"), logging],
            path: "Tests/Benchmarks",
            exclude: [
                "run", "Accounts", "Assistant", "Gateway", "Jobs", "Lookup", "Peers", "Restore", "SearchPeers",
            ],
            swiftSettings: strict))
    targets.append(
        .executableTarget(
            name: "JobsBenchmark",
            dependencies: ["Jobs", "Contracts", "RPC", "Storage", "Calendar", "Support", logging],
            path: "Tests/Benchmarks/Jobs", exclude: ["run"], swiftSettings: strict))
    targets.append(
        .executableTarget(
            name: "AccountsBenchmark",
            dependencies: ["Accounts", "Contracts", "RPC", "Storage", "Mail", "Calendar", "CLedger", logging],
            path: "Tests/Benchmarks/Accounts", exclude: ["C", "run"], swiftSettings: strict))
    targets.append(
        .executableTarget(
            name: "GatewayPeers", dependencies: ["Contracts", "RPC", "Wire", hummingbird, logging],
            path: "Tests/Benchmarks/Gateway", exclude: ["canned.cpp", "envoy.yaml", "gateway.py", "run"],
            swiftSettings: strict))
    targets.append(
        .target(name: "CLedger", path: "Tests/Benchmarks/Accounts/C", linkerSettings: [.linkedLibrary("sqlite3")]))
}

// Built only by Tests/Fuzzing/run, with libFuzzer: that brings its own main.
if Context.environment["FUZZING"] != nil {
    targets.append(
        .executableTarget(
            name: "Fuzzer", dependencies: ["FuzzHarness"], path: "Tests/Fuzzing/Fuzzer",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}

// An image holds no tests: Services/Dockerfile compiles without the folder.
if Context.environment["WITHOUT_TESTS"] != nil {
    targets.removeAll { $0.path?.hasPrefix("Tests/") == true }
}

var products: [Product] = [
    .executable(name: "ProtoGenerator", targets: ["ProtoGenerator"]),
    .executable(name: "Lookup", targets: ["LookupMain"]),
    .executable(name: "Assistant", targets: ["AssistantMain"]),
    .executable(name: "Accounts", targets: ["AccountsMain"]),
    .executable(name: "Jobs", targets: ["JobsMain"]),
    .executable(name: "Gateway", targets: ["GatewayMain"]),
    .executable(name: "codingahead", targets: ["CommandLineMain"]),
]

// RPC's tests and benchmarks in release need no service and no other's tests: Tests/run names them, and minutes are saved.
if let names = Context.environment["ONLY_TARGETS"] {
    var open = names.split(separator: " ").map(String.init)
    var needed = Set(open)
    while let name = open.popLast() {
        for dependency in targets.filter({ $0.name == name }).flatMap(\.dependencies) {
            switch dependency {
            case .targetItem(let name, _), .byNameItem(let name, _):
                if needed.insert(name).inserted { open.append(name) }
            default: break
            }
        }
    }
    targets.removeAll { !needed.contains($0.name) }
    products = []
}

let package = Package(
    name: "CodingAhead",
    products: products,
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.5.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: targets
)
