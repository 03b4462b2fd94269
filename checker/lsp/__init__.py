"""The language server: rulebooks and their cases in an editor, judged as they are written. `checker.lsp.server` is its door."""
