/// A made-up manual in the layout of the NCCI Policy Manual's text form.
enum ManualSample {
    static let text = """
        2025 Complete Table of Contents Medicare NCCI Coding Policy Manual
        A. Introduction I-3
        February 28, 2025
        Page 1

        INTRODUCTION
        FOR
        MEDICARE NATIONAL CORRECT CODING INITIATIVE POLICY MANUAL
        Copyright line that is no passage.
        Revision Date (Medicare): 1/1/2025 Intro-1

        Table of Contents
        Introduction ......Intro-3
        Revision Date (Medicare): 1/1/2025 Intro-2

        Introduction
        The made-up program was started to promote correct coding in this fixture, and this sentence is long enough to stand as its own paragraph.
        Revision Date (Medicare): 1/1/2025 Intro-3

        CHAPTER I
        GENERAL CORRECT CODING POLICIES
        FOR
        MEDICARE NATIONAL CORRECT CODING INITIATIVE POLICY MANUAL
        Copyright line that is no passage.
        Revision Date (Medicare): 2/28/2025 I-1

        Table of Contents
        Chapter I ..... I-3 A. Introduction .... I-3
        Revision Date (Medicare): 2/28/2025 I-2

        A. Introduction
        Chapter I
        General Correct Coding Policies
        Suppliers must avoid upcoding. A code may be reported only if all services described by that code have been performed.
        B. Biopsy and Excision
        1. A biopsy performed on the same lesion as code Q9001 is not separately reportable with code Q9002. Append modifier 59 only when a separate lesion is biopsied, and document the site of each lesion in
        Revision Date (Medicare): 2/28/2025 I-3

        the medical record.
        2. Removal of impacted wax is integral to a myringotomy. The following are included:
        • Cleansing of the canal
        • Local anesthesia given
        by the surgeon
        Revision Date (Medicare): 2/28/2025 I-4

        CHAPTER II
        ANESTHESIA SERVICES
        CPT CODES 00000 - 01999
        FOR
        MEDICARE NATIONAL CORRECT CODING INITIATIVE POLICY MANUAL
        Revision Date (Medicare): 1/1/2025 II-1

        A. Introduction
        Monitored anesthesia care includes the intraoperative monitoring of vital signs by a practitioner who stays with the patient.
        Revision Date (Medicare): 1/1/2025 II-3

        LIST OF ACRONYMS
        AA
        Anesthesia Assistant
        """
}
