import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import RPC

/// Licences of licensed code sets: records, the lapse switch, the end-user terms, the royalty report.
struct LicencePages: Sendable {
    private static let path = AdministrationSection.licences.path
    /// Four digits are a year that somebody means.
    private static let years: ClosedRange<UInt32> = 1_000...9_999

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/admin/licences", use: show)
        router.post("/admin/licences", use: addLicence)
        router.post("/admin/licences/withdrawal", use: withdraw)
        router.post("/admin/licences/terms", use: publishTerms)
        router.get("/admin/royalties", use: royalties)
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.administering(request, context) { account in
            try await page(account, nil, request, context)
        }
    }

    @Sendable func addLicence(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(request, context) { fields, options throws(ServiceError) in
            let licence = AccountsAPI.Licence(
                system: "cpt", licensee: fields["licensee"], number: fields["number"],
                firstYear: UInt32(fields["first_year"]) ?? 0, lastYear: UInt32(fields["last_year"]) ?? 0,
                seats: UInt32(fields["seats"]) ?? 0, startsOn: fields["starts_on"], endsOn: fields["ends_on"],
                allowsModels: fields["allows_models"] == "on", dailyTexts: UInt32(fields["daily_texts"]) ?? 0)
            _ = try await site.services.administration.addLicence(
                AdministrationAPI.AddLicenceRequest(licence: licence), options: options)
        }
    }

    @Sendable func withdraw(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(request, context) { fields, options throws(ServiceError) in
            _ = try await site.services.administration.setLicenceWithdrawn(
                AdministrationAPI.SetLicenceWithdrawnRequest(
                    id: fields["id"], withdrawn: fields["withdrawn"] == "on"), options: options)
        }
    }

    @Sendable func publishTerms(_ request: Request, context: GatewayContext) async throws -> Response {
        try await act(request, context) { fields, options throws(ServiceError) in
            _ = try await site.services.administration.publishTerms(
                AdministrationAPI.PublishTermsRequest(
                    system: "cpt", version: fields["version"], text: fields["text"]), options: options)
        }
    }

    /// The named users of a year as a CSV file.
    @Sendable func royalties(_ request: Request, context: GatewayContext) async throws -> Response {
        try await site.administering(request, context) { account in
            guard let year = UInt32(site.query(of: request)["year"]), Self.years.contains(year) else {
                let failure = Failure(ServiceError(.invalidArgument, "Give a year of four digits.", field: "year"))
                return try await page(account, failure, request, context)
            }
            var report = AdministrationAPI.Report()
            let failure = try await site.attempt { () throws(ServiceError) in
                report = try await site.services.administration.getRoyaltyReport(
                    AdministrationAPI.GetRoyaltyReportRequest(system: "cpt", year: year),
                    options: context.options(for: account))
            }
            if let failure { return try await page(account, failure, request, context) }
            let headers: HTTPFields = [
                .contentType: "text/csv; charset=utf-8", .cacheControl: Site.Keeping.never.rawValue,
                .contentDisposition: "attachment; filename=\"royalties-\(year).csv\"",
            ]
            return Response(
                status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: report.csv)))
        }
    }

    private func act(
        _ request: Request, _ context: GatewayContext,
        call: (FormFields, CallOptions) async throws(ServiceError) -> Void
    ) async throws -> Response {
        try await site.administering(request, context) { account in
            let fields = try await PostedForm(request, tokens: site.forms).fields
            let options = context.options(for: account)
            let failure = try await site.attempt { () throws(ServiceError) in try await call(fields, options) }
            guard let failure else { return site.done(.licence, at: Self.path) }
            return try await page(account, failure, request, context)
        }
    }

    private func page(
        _ account: AccountsAPI.Account, _ failure: Failure?, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let list = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.administration.listLicences(
                AdministrationAPI.ListLicencesRequest(), options: context.options(for: account))
        }
        let view = LicencesView(
            list, csrf: site.forms.token(for: request, context: context),
            today: CalendarDay(secondsSince1970: site.surroundings.now()), done: DoneNotice(site.query(of: request)),
            problem: failure?.message)
        return site.accountReply(
            .adminlicences, title: "Licences", view: view, account: account, failure: failure, request: request,
            context: context)
    }
}
