import Contracts

/// A code page, as `code.mustache` takes it.
struct CodePageView: Sendable {
    struct LinkView: Sendable {
        let code: String
        let title: String
        let path: String
    }

    let system: String
    let systemName: String
    let systemPath: String
    let code: String
    let title: String
    let grant: String
    let isRefused: Bool
    let isBillable: Bool
    let status: String
    let isRetired: Bool
    let on: String
    let hasOn: Bool
    let latestPath: String
    let notice: String
    let hasNotice: Bool
    let pageSource: SourceView?
    let meter: MeterView
    let wall: WallView?
    let descriptions: [BlockView]
    let details: [BlockView]
    /// The page's blocks as a list of links.
    let jumps: [BlockView]
    let hasJumps: Bool
    /// What a signed-in reader keeps about the code; nil for guests, and when it could not be asked for.
    let kept: KeptView?
    let terms: LicenceTermsView?
    let registerPath: String
    let offersRegistration: Bool
    let parents: [LinkView]
    let neighbours: [LinkView]
    let hasNeighbours: Bool
    let children: [LinkView]
    let hasChildren: Bool
    let pilotQuestion: String
    let pilotPath: String

    /// - Parameters:
    ///   - opened: the grant; when it is a refusal no block is taken over from the page.
    ///   - openBlocks: the kinds that this reader's plan opens.
    init(
        _ page: LookupAPI.CodePage, address: CodeAddress, opened: AccountsAPI.OpenReply, openBlocks: [String],
        isGuest: Bool, freeAllowance: UInt32?, kept: KeptView? = nil, terms: LicenceTermsView? = nil
    ) {
        system = page.system
        code = page.code
        title = page.title
        let set = CodeSystem(rawValue: page.system)
        systemName = set?.name ?? page.system
        systemPath = CodeAddress.browsePath(system: page.system, under: "", on: address.on)
        isRefused = opened.outcome == .refused
        grant = isRefused ? "refused" : opened.outcome == .repeat ? "repeat" : "granted"
        isBillable = page.billable
        status = page.status
        isRetired = page.status == "retired"
        on = address.on
        hasOn = !address.on.isEmpty
        latestPath = CodeAddress(system: address.system, code: address.code).path
        notice = page.notice
        hasNotice = !page.notice.isEmpty
        pageSource = page.source.map(SourceView.init)
        meter = MeterView(opened.balance ?? AccountsAPI.Balance(), isGuest: isGuest, freeAllowance: freeAllowance)
        wall = isRefused ? WallView(opened, isGuest: isGuest, freeAllowance: freeAllowance) : nil
        let open = Set(openBlocks)
        let blocks =
            isRefused
            ? [] : page.blocks.map { BlockView($0, openBlocks: open, isGuest: isGuest, pageSource: page.source) }
        descriptions = blocks.filter { BlockKind(rawValue: $0.kind)?.isDescription == true }
        details = blocks.filter { BlockKind(rawValue: $0.kind)?.isDescription != true }
        jumps = blocks
        hasJumps = !blocks.isEmpty
        self.kept = kept
        self.terms = terms
        offersRegistration = isGuest
        registerPath = "/register" + PercentCoding.query([("next", address.path)])
        parents = page.parents.map { parent in
            LinkView(
                code: parent.code, title: parent.title,
                path: CodeAddress.browsePath(system: parent.system, under: parent.code, on: address.on))
        }
        neighbours = page.neighbours.map { Self.link($0, on: address.on) }
        hasNeighbours = !neighbours.isEmpty
        children = page.children.map { Self.link($0, on: address.on) }
        hasChildren = !children.isEmpty
        pilotQuestion = "Have a question about \(set?.codeName ?? "code") \(page.code)?"
        pilotPath = "/casepilot" + PercentCoding.query([("system", page.system), ("code", page.code)])
    }

    private static func link(_ reference: CommonAPI.CodeReference, on: String) -> LinkView {
        let address = CodeAddress(system: reference.system, code: reference.code, on: on)
        return LinkView(code: reference.code, title: reference.title, path: address.path)
    }
}
