"""Tagged PDF (PDF/UA-1 and PDF/A-2a in one file) on ReportLab's object model. Knows nothing of stretches."""
