"""Everything that a person reads, in one catalogue a language: `en.po`, `vi.po`. A new language is a new file."""
