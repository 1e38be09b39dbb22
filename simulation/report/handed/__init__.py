"""What is handed on: a report of two pages with an annex, and a workbook."""
