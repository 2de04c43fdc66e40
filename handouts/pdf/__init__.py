"""Tagged PDF (PDF/UA-1 and PDF/A-2a in one file) on objects of our own. Knows nothing of stretches."""
