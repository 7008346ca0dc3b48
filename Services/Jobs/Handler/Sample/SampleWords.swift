/// What made-up postings are made of. All names are invented; every employer says so.
enum SampleWords {
    static let employerFirst = [
        "Alder", "Bluff", "Cedar", "Delta", "Ember", "Fern", "Granite", "Harbor", "Iris", "Juniper", "Keystone", "Lark",
        "Maple", "Northfield", "Orchard", "Pinecrest", "Quarry", "Ridge", "Silverlake", "Thornbury",
    ]
    static let employerLast = [
        "Health Partners", "Medical Group", "Regional Hospital", "Revenue Services", "Physician Network",
        "Coding Collective",
        "Surgical Associates", "Children's Clinic", "Care System", "Billing Company",
    ]
    static let roles = [
        "Medical Coder", "Senior Coder", "Coding Specialist", "Coding Auditor", "Inpatient Coder", "Outpatient Coder",
        "Risk Adjustment Coder", "Surgical Coder", "Billing and Coding Specialist", "Coding Educator",
        "Charge Capture Analyst",
        "Denials Coder", "Coding Team Lead", "Compliance Auditor", "Entry-level Coder",
    ]
    static let records = ["Epic", "Oracle Health", "MEDITECH", "athenahealth", "eClinicalWorks", "NextGen", "Veradigm"]
    static let encoders = ["3M 360 Encompass", "Optum Encoder", "TruCode", "EncoderPro", "Find-A-Code"]
    static let benefits = [
        "Health insurance", "401(k) with match", "Paid time off", "CEU stipend", "Membership dues paid",
        "Equipment provided", "Tuition help", "Flexible hours", "Dental and vision", "Quarterly bonus",
    ]
    static let openings = [
        "You read the record, assign the codes and stand behind them.",
        "We look for somebody who would rather ask the physician than guess.",
        "The team codes what was documented, on the day on which it is complete.",
        "You join a group of coders that talks about hard cases twice a week.",
        "A calm place with a queue that is worked in order, not in panic.",
        "This job is new; you help to decide how it is done.",
    ]
    static let duties = [
        "assign ICD-10-CM and CPT codes from operative notes and progress notes",
        "check modifiers against the edits before a claim leaves the house",
        "write queries to providers that are short and do not lead",
        "work denials back to their cause and tell the team what it was",
        "audit ten charts a week of each coder and talk the findings over",
        "keep the charge master in line with the quarterly releases",
        "sequence diagnoses for facility claims and validate the grouping",
        "capture chronic conditions that are supported by the note of the visit",
        "reconcile the schedule with the charges, so that nothing is left uncoded",
        "train new coders in the specialty and review their first month",
        "follow the coverage policies of the contractor and say when they change",
        "report on accuracy and turnaround at the end of each month",
        "abstract data for the registry with its own definitions",
        "answer questions of the front desk about what is billable",
        "review accounts that the editor stopped, oldest first",
    ]
    static let demands = [
        "two years of coding in the specialty", "a current credential",
        "a quiet place to work in and a wired connection",
        "an accuracy of 95 % or better over a quarter", "good notes on why a code was chosen",
        "the habit of reading the guideline again", "experience with remote audits",
        "a willingness to code a second specialty",
    ]
    static let closings = [
        "We answer every application within ten days.", "The first talk is with the team lead, by telephone.",
        "A short coding test is part of the way; it is paid.", "References are asked for at the end only.",
        "Part of the interview is an hour with the coders that you would work with.",
    ]
    static let productivity = [
        "20 outpatient charts a day at 95 %", "12 inpatient charts a day at 95 %", "8 surgical cases an hour", "",
        "60 encounters a day", "", "25 risk adjustment charts a day",
    ]
    /// Places with coordinates, for a desk that has no place table.
    static let places: [(city: String, state: String, zip: String, latitude: Double, longitude: Double)] = [
        ("Austin", "TX", "78701", 30.27, -97.74), ("Dallas", "TX", "75201", 32.79, -96.80),
        ("Phoenix", "AZ", "85004", 33.45, -112.07), ("Denver", "CO", "80202", 39.75, -104.99),
        ("Atlanta", "GA", "30303", 33.75, -84.39), ("Chicago", "IL", "60602", 41.88, -87.63),
        ("Boston", "MA", "02108", 42.36, -71.06), ("Nashville", "TN", "37203", 36.15, -86.79),
        ("Columbus", "OH", "43215", 39.96, -83.00), ("Tampa", "FL", "33602", 27.95, -82.46),
        ("Orlando", "FL", "32801", 28.54, -81.38), ("Charlotte", "NC", "28202", 35.23, -80.84),
        ("Seattle", "WA", "98101", 47.61, -122.33), ("Portland", "OR", "97205", 45.52, -122.69),
        ("Salt Lake City", "UT", "84101", 40.76, -111.90), ("Minneapolis", "MN", "55401", 44.98, -93.27),
        ("Philadelphia", "PA", "19103", 39.95, -75.17), ("Sacramento", "CA", "95814", 38.58, -121.49),
        ("San Diego", "CA", "92101", 32.72, -117.16), ("Omaha", "NE", "68102", 41.26, -95.94),
    ]
}
