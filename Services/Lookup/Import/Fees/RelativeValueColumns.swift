/// Where the columns of a PPRRVU file are.
struct RelativeValueColumns {
    let modifier: Int
    let status: Int
    let work: Int
    let nonFacility: Int
    let facility: Int
    let malpractice: Int
    let nonFacilityNote: Int
    let facilityNote: Int
    let component: Int
    let global: Int
    let multiple: Int
    let bilateral: Int
    let factor: Int

    /// Nil when a column is missing.
    init?(_ table: CSVTable) {
        /// A column by the words of its stacked name; where none or several have them, by name and order.
        func column(_ words: [String], without: [String] = [], else name: String, _ occurrence: Int) -> Int? {
            let places = table.stacked.indices.filter { place in
                let stacked = table.stacked[place]
                return table.names[place] == name && words.allSatisfy(stacked.contains)
                    && !without.contains(where: stacked.contains)
            }
            return places.count == 1 ? places[0] : table.place(name, occurrence: occurrence)
        }
        guard let modifier = table.place("mod", occurrence: 0), let status = column(["status"], else: "code", 0),
            let work = column(["work"], else: "rvu", 0), let nonFacility = column(["non-fac"], else: "pe rvu", 0),
            let facility = column(["facility"], without: ["non-"], else: "pe rvu", 1),
            let malpractice = column(["mp"], without: ["work"], else: "rvu", 1),
            let nonFacilityNote = column(["non-fac"], else: "indicator", 0),
            let facilityNote = column(["facility"], without: ["non-", "family"], else: "indicator", 1),
            let component = column(["pctc"], else: "ind", 0), let global = table.place("days", occurrence: 0),
            let multiple = table.place("proc", occurrence: 0), let bilateral = column(["bilat"], else: "surg", 0),
            let factor = table.place("factor", occurrence: 0)
        else { return nil }
        self.modifier = modifier
        self.status = status
        self.work = work
        self.nonFacility = nonFacility
        self.facility = facility
        self.malpractice = malpractice
        self.nonFacilityNote = nonFacilityNote
        self.facilityNote = facilityNote
        self.component = component
        self.global = global
        self.multiple = multiple
        self.bilateral = bilateral
        self.factor = factor
    }
}
