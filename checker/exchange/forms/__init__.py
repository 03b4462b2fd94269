"""Forms to fill in: a workbook with lists to choose from, or a folder of CSV files."""
