import ArgumentParser
import Foundation
import Lookup

/// `codingahead data show`: code pages as plain text, for operators and editors.
struct DataShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print code pages, every block open, from the published snapshot.",
        discussion: "CPT pages hold licensed text: they are for the licensee's own eyes.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The code set, such as icd10cm.")
    var system: String

    @Argument(help: "The codes.")
    var codes: [String] = []

    @Option(help: ArgumentHelp("A date of service.", valueName: "YYYY-MM-DD"))
    var on = ""

    @Option(help: ArgumentHelp("Instead of named codes, this many spread over the set.", valueName: "N"))
    var sample: Int?

    @Option(help: ArgumentHelp("Another number gives other samples.", valueName: "N"))
    var start = 0

    func validate() throws {
        guard sample == nil || codes.isEmpty, sample != nil || !codes.isEmpty, start >= 0, sample ?? 1 > 0 else {
            throw ValidationError("Name codes, or give --sample.")
        }
    }

    func run() async throws {
        let components = Calendar(identifier: .gregorian).dateComponents(in: .gmt, from: .now)
        let number = (components.year ?? 0) * 10_000 + (components.month ?? 0) * 100 + (components.day ?? 0)
        guard let today = Day(number: number) else { throw ValidationError("The clock of this machine is wrong.") }
        let preview = try PagePreview(dataFolder: options.folder, today: today)
        let shown = try sample.map { try preview.sample(of: system, count: $0, start: start) } ?? codes
        for code in shown {
            print(try preview.text(of: code, in: system, on: on))
            print()
        }
    }
}
