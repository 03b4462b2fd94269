"""What services that run checks on every change read: SARIF, JUnit, annotations, code quality; each written in one place."""
