// swift-tools-version: 6.2
import PackageDescription

// grpc-swift-2 as a peer: a package of its own, so that the project's manifest stays free of what only this benchmark needs.
let package = Package(
    name: "Peers",
    products: [.executable(name: "grpc-swift", targets: ["GRPCSwift"])],
    dependencies: [
        .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.0"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.0"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.38.0"),
    ],
    targets: [
        .target(name: "CMeasure", path: "Measure", exclude: ["malloc_count.c"]),
        .executableTarget(
            name: "GRPCSwift",
            dependencies: [
                "CMeasure",
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2", package: "grpc-swift-nio-transport"),
                .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            path: "GRPCSwift"),
    ]
)
