"""What goes out to those who hand in records, and back to them: forms, data dictionaries, their own workbook with remarks."""
