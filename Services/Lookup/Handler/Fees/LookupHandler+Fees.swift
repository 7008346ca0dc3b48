import Contracts
import RPC

extension LookupHandler {
    func priceService(
        _ request: ReferenceAPI.PriceServiceRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.PriceServiceReply {
        try answering {
            let (prices, remarks, asked) = try catalogue.price(
                PriceQuestion(
                    code: request.code, day: request.dateOfService, modifiers: request.modifiers,
                    locality: request.locality, state: request.state, zip: request.zip, setting: request.setting,
                    units: Int(request.units), anesthesiaMinutes: Int(request.anesthesiaMinutes),
                    anesthesiaBaseUnits: Int(request.anesthesiaBaseUnits)))
            return ReferenceAPI.PriceServiceReply(
                code: asked.code.description, dateOfService: asked.day.description,
                prices: prices.map(ReferenceAPI.Price.init), remarks: remarks)
        }
    }
}

extension ReferenceAPI.Price {
    init(_ price: Price) {
        self.init(
            schedule: price.schedule.rawValue, setting: price.setting?.rawValue ?? "", locality: price.locality,
            amount: price.amount?.description ?? "",
            steps: price.steps.map {
                ReferenceAPI.PriceStep(label: $0.label, expression: $0.expression, value: $0.value)
            },
            remarks: price.remarks, sources: price.sources.map(CommonAPI.Source.init))
    }
}
