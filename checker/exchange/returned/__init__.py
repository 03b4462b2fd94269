"""The workbook that somebody handed in, with what was found written into it: every other byte of its parts stays as it was."""
