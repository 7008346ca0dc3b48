import Contracts

// Claims and findings as the contract writes them.

extension CommonAPI.Source {
    init(_ source: Citation) {
        self.init(
            name: source.name, file: source.file, edition: source.edition,
            effectiveDate: source.effective.description, sha256: source.sha256, rights: source.rights)
    }
}

extension ClaimQuestion {
    init(_ request: ReferenceAPI.CheckClaimRequest) {
        self.init(
            lines: request.lines.map { line in
                Line(
                    code: line.code, modifiers: line.modifiers, units: Int(line.units),
                    pointers: line.diagnosisPointers.map { Int($0) }, day: line.dateOfService)
            }, diagnoses: request.diagnoses, day: request.dateOfService, setting: request.setting,
            age: Int(request.age), isUnderOne: request.underOne, sex: request.sex)
    }
}

extension ReferenceAPI.ClaimFinding {
    init(_ finding: ClaimFinding) {
        self.init(
            line: UInt32(finding.lines.first ?? 0), rule: finding.rule.rawValue, verdict: finding.verdict.rawValue,
            message: finding.message, action: finding.action, source: finding.source.map(CommonAPI.Source.init),
            otherLines: finding.lines.dropFirst().map { UInt32($0) }, diagnoses: finding.diagnoses.map { UInt32($0) },
            quarter: finding.day.quarter, effectiveDate: finding.window?.first.description ?? "",
            endDate: finding.window?.last?.description ?? "")
    }
}

extension LookupAPI.Edition {
    init(_ reference: LoadedReference) {
        let record = reference.record
        self.init(
            system: record.kind.rawValue, source: CommonAPI.Source(Citation(record)),
            endDate: record.end?.description ?? "", rowsRead: UInt32(clamping: reference.report.rowsRead),
            rowsKept: UInt32(clamping: reference.report.rowsKept),
            rowsRefused: UInt32(clamping: reference.report.rowsRefused),
            importedAt: UTCTime(secondsSince1970: reference.importedAt).description)
    }
}

extension LookupAPI.MissingFile {
    init(_ source: WantedReference) {
        self.init(system: source.kind.rawValue, name: source.name, adds: source.adds, from: source.from)
    }
}
