import Storage

extension JobsStore {
    /// Append-only: a released step keeps its name, place and content.
    static let migrations = [
        Migration(
            "001 credentials",
            sql: """
                CREATE TABLE credential (
                    abbreviation TEXT NOT NULL PRIMARY KEY,
                    position INTEGER NOT NULL UNIQUE,
                    name TEXT NOT NULL,
                    awarded_by TEXT NOT NULL CHECK (awarded_by IN ('AAPC', 'AHIMA'))
                ) STRICT, WITHOUT ROWID;
                INSERT INTO credential (position, abbreviation, name, awarded_by) VALUES
                    (1, 'CPC', 'Certified Professional Coder', 'AAPC'),
                    (2, 'CPC-A', 'Certified Professional Coder – Apprentice', 'AAPC'),
                    (3, 'COC', 'Certified Outpatient Coder', 'AAPC'),
                    (4, 'CIC', 'Certified Inpatient Coder', 'AAPC'),
                    (5, 'CRC', 'Certified Risk Adjustment Coder', 'AAPC'),
                    (6, 'CPB', 'Certified Professional Biller', 'AAPC'),
                    (7, 'CCS', 'Certified Coding Specialist', 'AHIMA'),
                    (8, 'CCS-P', 'Certified Coding Specialist – Physician-based', 'AHIMA'),
                    (9, 'CCA', 'Certified Coding Associate', 'AHIMA'),
                    (10, 'RHIT', 'Registered Health Information Technician', 'AHIMA'),
                    (11, 'RHIA', 'Registered Health Information Administrator', 'AHIMA');
                """)
    ]
}
