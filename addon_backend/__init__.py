"""The backend behind *Enrich selection* in Google Sheets and Excel."""
