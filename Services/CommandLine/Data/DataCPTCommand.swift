import ArgumentParser
import Lookup

/// `codingahead data cpt`: takes the operator's own AMA delivery of CPT into the data folder.
struct DataCPTCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cpt",
        abstract: "Take the operator's own AMA delivery of CPT into the data folder.",
        discussion: """
            Finds LONGULT, MEDU and SHORTU, and where they are there MODUL, ConsumerDescriptor, ClinicianDescriptor, the \
            history of CPT Link and the list of proprietary laboratory analyses; checks that they are of one delivery, \
            copies them and lists them for `codingahead data import`. Their texts are shown while a licence for CPT is \
            recorded with Accounts and in force.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The folder of the delivery.")
    var delivery: String

    @Option(help: ArgumentHelp("The year of the code set.", valueName: "YYYY"))
    var year: Int

    @Option(help: ArgumentHelp("The quarter of the list of proprietary laboratory analyses.", valueName: "1-4"))
    var quarter = 1

    func validate() throws {
        guard (2000...2100).contains(year), (1...4).contains(quarter) else {
            throw ValidationError("Give a year of four digits and a quarter from 1 to 4.")
        }
    }

    func run() async throws {
        let taken = try CPTIntake(delivery: delivery, dataFolder: options.folder, year: year, quarter: quarter).take()
        for file in taken.files { print("  taken: \(file)") }
        print(
            "\(taken.codes) codes, \(taken.modifiers) modifiers, \(taken.analyses) proprietary laboratory analyses of "
                + "\(year). Run `codingahead data import`; CPT is shown once its licence is recorded and in force.")
    }
}
