@testable import Lookup

/// Made-up HCPCS files in the official layouts.
enum ImportHCPCSFixture {
    static let term = HCPCSTerm(effective: Day("2031-01-01")!, end: Day("2031-12-31"))

    /// A line of 293 columns with pieces of text at 1-based columns.
    static func line(_ pieces: [(Int, String)], width: Int = 293) -> String {
        var columns = Array(repeating: Character(" "), count: width)
        for (start, text) in pieces {
            for (offset, character) in text.enumerated() { columns[start - 1 + offset] = character }
        }
        return String(columns)
    }

    static let fixedWidth = [
        "***Disclaimers",
        "",
        "Nothing in this file is real.",
        line([
            (4, "Z9"), (6, "00100"), (11, "7"), (12, "Invented modifier"), (92, "Inv modifier"), (230, "C"),
            (269, "20300101"), (277, "20300101"), (293, "N"),
        ]),
        line([
            (1, "A0001"), (6, "00100"), (11, "3"), (12, "Widget for elbows, including the"), (92, "Widget elbow"),
            (120, "3313"), (128, "A"), (129, "60-4"), (147, "2130.B"), (171, "1833(t)"), (181, "340"),
            (205, "A0002"), (230, "D"), (231, "YY"), (233, "20300401"), (253, "0013"), (257, "D1A"), (261, "PR"),
            (266, "000"), (269, "20300101"), (277, "20310101"), (285, "20310630"), (293, "C"),
        ]),
        line([(1, "A0001"), (6, "00200"), (11, "4"), (12, "box that it came in")], width: 91),
        line([
            (1, "B0001"), (6, "00100"), (11, "3"), (12, "Tube of nothing"), (92, "Tube"), (230, "C"),
            (257, "Q9Z"), (269, "20310101"), (277, "20310101"), (293, "A"),
        ]),
    ]

    static let header =
        ",HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,PRICE2,PRICE3,PRICE4,MULT_PI,CIM1,CIM2,CIM3,MCM1,"
        + "MCM2,MCM3,STATUTE,LABCERT1,LABCERT2,LABCERT3,LABCERT4,LABCERT5,LABCERT6,LABCERT7,LABCERT8,XREF1,XREF2,XREF3,"
        + "XREF4,XREF5,COV,ASC_GRP,ASC_DT,OPPS,OPPS_PI,OPPS_DT,PROCNOTE,BETOS,TOS1,TOS2,TOS3,TOS4,TOS5,ANEST_BU,ADD DT,"
        + "ACT EFF DT,TERM DT,ACTION CD"

    static let export = [
        header,
        "0,   Z9,10,7,Invented modifier,Inv modifier,,,,,,,,,,,,,,,,,,,,,,,,,,C,,,,,,,,,,,,,,20300101,20300101.0,,N",
        "1,A0001,10,3,\"Widget for elbows, including the \"\"box\"\"\nthat it came in\",Widget elbow,0.0,33.0,,,A,60-4,"
            + ",,2130.0,,,1833(t),10.0,,,,,,,,A0002,,,,,D,YY,20300401.0,,,,13.0,D1A,P,R,,,,0.0,20300101,20310101.0,"
            + "20310630.0,C",
        "2,B0001,10,3,Tube of nothing,Tube,99.0,,,,9,,,,,,,,,,,,,,,,,,,,,C,,,,,,,Q9Z,1,,,,,0.0,20310101,20310101.0,,A",
    ]

    static let ioce = [
        "#ioce\t2\t20290101\t20311231",
        "edit\t62\t20290101\t20311231\tReturn to Provider\tNo such widget here",
        "edit\t67\t20290101\t20311231\tLine Item Denial\tToo early",
        "edit\t7\t20290101\t20311231\tLine Item Rejection\tToo young",
        "hcpcs\tA0001\t20290101\t20300630\tN\t9\t\t\t\t\t\t\tWidget old name",
        "hcpcs\tA0001\t20300701\t20311231\tS\t1\t01234\t\t\t\t\t\tWidget elbow",
        "hcpcs\tB0001\t20310401\t20311231\tN\t9\t\t12\t124\tnot_recognized_opps,vaccine,unheard_of\t67\t20310505\tTube",
        "hcpcs\tC0001\t20290101\t20301231\tN\t9\t\t\t\t\t\t\tGone before",
        "hcpcs\tD0001\t20290101\t20310630\tE1\t3\t\t\t\t\t\t\tA text that belongs to others",
        "hcpcs\t99999\t20290101\t20311231\tS\t1\t\t\t\t\t\t\tA text that belongs to others",
        "modifier\t22\t20290101\t20311231",
        "modifier\tZ9\t20290101\t20311231",
        "payment\t1\t20290101\t20311231\tPaid the usual amount",
        "status\tS\t20290101\t20311231\tNot discounted when multiple",
        "#end\t13",
    ]
}
