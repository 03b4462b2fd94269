"""The adjudicator by default: durable-rules, with what it knows of law in general, and the law as facts for it."""
