/// The field of medicine that is coded. The list is ours; it follows what postings for coders name most.
package enum Specialty: String, Sendable, CaseIterable, Codable {
    case ambulatorySurgery = "ambulatory_surgery"
    case anesthesia
    case auditing
    case behavioralHealth = "behavioral_health"
    case billing
    case cardiology
    case cardiothoracicSurgery = "cardiothoracic_surgery"
    case clinicalDocumentation = "clinical_documentation"
    case dermatology
    case emergency
    case endocrinology
    case evaluationAndManagement = "evaluation_and_management"
    case familyMedicine = "family_medicine"
    case gastroenterology
    case generalSurgery = "general_surgery"
    case homeHealth = "home_health"
    case inpatient
    case interventionalRadiology = "interventional_radiology"
    case laboratory
    case nephrology
    case neurology
    case neurosurgery
    case obstetricsAndGynecology = "obstetrics_and_gynecology"
    case oncology
    case ophthalmology
    case orthopedics
    case otolaryngology
    case outpatient
    case painManagement = "pain_management"
    case pathology
    case pediatrics
    case plasticSurgery = "plastic_surgery"
    case podiatry
    case primaryCare = "primary_care"
    case pulmonology
    case radiology
    case rheumatology
    case riskAdjustment = "risk_adjustment"
    case sameDaySurgery = "same_day_surgery"
    case trauma
    case urology
    case vascularSurgery = "vascular_surgery"
    case woundCare = "wound_care"

    /// As a reader sees it, e.g. `Risk adjustment`.
    package var label: String {
        let words = rawValue.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
