"""Excel workbooks as bytes: read by one scanner, changed by splicing, everything else handed on as it was.

Reading and writing find cells with the same expressions (`places`), so that a cell cannot be read at one
place and written at another. That is why calamine, which would read as fast, is not the reader here but the
witness in the tests: it tells values, and neither where their bytes are, nor formulas, formats or serials
of dates.
"""
