"""Google: who somebody is, what a run may touch, and Google Sheets as a sheet host (ADR 13, ADR 14)."""
