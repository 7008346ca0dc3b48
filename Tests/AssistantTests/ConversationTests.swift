import Contracts
import Foundation
import RPC
import Testing

@testable import Assistant

@Suite("What is kept of CasePilot")
struct ConversationTests {
    private func desk() async throws -> PilotDesk {
        let desk = try PilotDesk(lookup: SamplePages.lookup)
        try await desk.takeManual()
        return desk
    }

    @Test("Conversations are listed newest first, page by page, for their owner only")
    func list() async throws {
        let desk = try await desk()
        var ids: Set<String> = []
        for _ in 0..<5 { ids.insert(try await desk.ask("What is E11.9?").conversation) }
        _ = try await desk.ask("What is E11.9?", account: "A2")
        var seen: [String] = []
        var token = ""
        repeat {
            let page = try await desk.client().listConversations(
                AssistantAPI.ListConversationsRequest(pageSize: 2, pageToken: token), options: PilotDesk.options())
            seen += page.conversations.map(\.id)
            token = page.nextPageToken
        } while !token.isEmpty
        #expect(seen.count == 5 && Set(seen) == ids)
    }

    @Test("Another's conversation is not found, whatever is done to it")
    func foreign() async throws {
        let desk = try await desk()
        let id = try await desk.ask("What is E11.9?").conversation
        let options = PilotDesk.options(account: "A2")
        let request = AssistantAPI.ConversationRequest(conversation: id)
        let read = await #expect(throws: ServiceError.self) {
            try await desk.client().getConversation(request, options: options)
        }
        #expect(read?.kind == .notFound)
        let asked = await #expect(throws: ServiceError.self) {
            try await desk.ask("And E11.65?", conversation: id, account: "A2")
        }
        #expect(asked?.kind == .notFound)
        _ = try await desk.client().deleteConversation(request, options: options)
        #expect(try desk.store.exchanges(of: id, owner: .account("A1")).count == 1)
    }

    @Test("A deleted conversation leaves nothing: neither answer nor trace nor review")
    func delete() async throws {
        let desk = try await desk()
        let answer = try await desk.ask("What is E11.9?")
        _ = try await desk.client().giveFeedback(
            AssistantAPI.GiveFeedbackRequest(traceId: answer.traceId, verdict: "wrong"), options: PilotDesk.options())
        _ = try await desk.client().deleteConversation(
            AssistantAPI.ConversationRequest(conversation: answer.conversation), options: PilotDesk.options())
        #expect(try desk.store.exchange(answer.traceId) == nil)
        #expect(try desk.store.openReviews() == 0)
        let all = try await desk.client().exportConversations(
            AssistantAPI.ExportConversationsRequest(), options: PilotDesk.options())
        #expect(all.conversations.isEmpty)
    }

    @Test("Guests' conversations are over a day after the last question, accounts' after their time")
    func retention() async throws {
        let desk = try await desk()
        let guest = try await desk.ask("What is E11.9?", guest: "G1")
        let account = try await desk.ask("What is E11.9?")
        try await desk.store.forget(guestsBefore: PilotDesk.now + 1, accountsBefore: PilotDesk.now)
        #expect(try desk.store.exchange(guest.traceId) == nil)
        #expect(try desk.store.exchange(account.traceId) != nil)
    }

    @Test("A wrong answer is reviewed, and its correction stands in the public error log")
    func review() async throws {
        let desk = try await desk()
        let answer = try await desk.ask("What is E11.9?")
        _ = try await desk.client().giveFeedback(
            AssistantAPI.GiveFeedbackRequest(traceId: answer.traceId, verdict: "wrong", comment: "The title is old."),
            options: PilotDesk.options())
        let queue = try await desk.client().listReviews(AssistantAPI.ListReviewsRequest())
        #expect(queue.open == 1 && queue.reviews.first?.question == "What is E11.9?")
        let refused = await #expect(throws: ServiceError.self) {
            try await desk.client().resolveReview(
                AssistantAPI.ResolveReviewRequest(traceId: answer.traceId, state: "right"), options: PilotDesk.options()
            )
        }
        #expect(refused?.kind == .permissionDenied)
        _ = try await desk.client().resolveReview(
            AssistantAPI.ResolveReviewRequest(
                traceId: answer.traceId, state: "corrected", publicSummary: "An old title was shown.", reviewer: "R1"))
        let log = try await desk.client().listErrors(AssistantAPI.ListErrorsRequest())
        #expect(log.errors.map(\.summary) == ["An old title was shown."])
        #expect(log.errors.first?.fixedOn == "2026-11-24")
        #expect(try desk.store.openReviews() == 0)
    }

    @Test("A trace shows the reading, the tools, the passages and each check")
    func trace() async throws {
        let desk = try await desk()
        let answer = try await desk.ask("Can Q9001 and Q9002 be billed together?")
        let trace = try await desk.client().getTrace(AssistantAPI.TraceRequest(traceId: answer.traceId))
        #expect(trace.reading == ["asks: edits; codes: Q9001, Q9002"])
        #expect(Set(trace.steps.map(\.tool)).isSuperset(of: ["code", "passages"]))
        #expect(trace.checks.filter { $0.verdict == "kept" }.map(\.sentence) == answer.answer.map(\.text))
        #expect(trace.question == "Can Q9001 and Q9002 be billed together?")
    }

    @Test("What was kept is there after a restart")
    func restart() async throws {
        let desk = try await desk()
        let answer = try await desk.ask("What is E11.9?")
        try desk.store.close()
        let again = try PilotStore(path: desk.folder.path + "/assistant.sqlite")
        #expect(try again.exchange(answer.traceId)?.question == "What is E11.9?")
        try again.close()
    }
}
