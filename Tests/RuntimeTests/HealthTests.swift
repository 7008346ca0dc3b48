import Contracts
import RPC
import Runtime
import Testing

@Suite("Health")
struct HealthTests {
    private let readiness = Readiness()
    private var client: HealthAPI.Client {
        let service = HealthService(serving: ["x.X"], readiness: readiness)
        return HealthAPI.Client(InProcessChannel(routes: HealthAPI.routes(service)))
    }

    @Test("Check says what is so, and NOT_FOUND for a service that the program does not have")
    func check() async throws {
        #expect(try await client.check(.init(service: "x.X")).status == .serving)
        readiness.require("store")
        #expect(try await client.check(.init()).status == .notServing)
        let error = await #expect(throws: ServiceError.self) { try await client.check(.init(service: "y.Y")) }
        #expect(error?.kind == .notFound)
    }

    @Test("Watch says it now and at each change, and ends when the program drains")
    func watch() async throws {
        readiness.require("store")
        let watch = client.watch(.init())
        #expect(try await watch.next()?.status == .notServing)
        readiness.report("store")
        #expect(try await watch.next()?.status == .serving)
        readiness.startDraining()
        #expect(try await watch.next()?.status == .notServing)
        #expect(try await watch.next() == nil)
    }

    @Test("Watch of a service that the program does not have says so and stays")
    func unknown() async throws {
        let watch = client.watch(.init(service: "y.Y"))
        #expect(try await watch.next()?.status == .serviceUnknown)
        readiness.startDraining()
        #expect(try await watch.next() == nil)
    }
}
