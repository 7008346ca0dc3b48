import Foundation

/// A PDF of one page with one line, written by hand.
enum PDFSample {
    static let bytes = Data(
        """
        %PDF-1.4
        1 0 obj
        << /Type /Catalog /Pages 2 0 R >>
        endobj
        2 0 obj
        << /Type /Pages /Kids [3 0 R] /Count 1 >>
        endobj
        3 0 obj
        << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>
        endobj
        4 0 obj
        << /Length 58 >>
        stream
        BT /F1 12 Tf 72 720 Td (Wax removal is billed once.) Tj ET
        endstream
        endobj
        5 0 obj
        << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
        endobj
        xref
        0 6
        0000000000 65535 f 
        0000000009 00000 n 
        0000000058 00000 n 
        0000000115 00000 n 
        0000000241 00000 n 
        0000000349 00000 n 
        trailer << /Size 6 /Root 1 0 R >>
        startxref
        419
        %%EOF

        """.utf8)
}
