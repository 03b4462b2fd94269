"""`python -m checker`, and the command `checker`."""

from checker.temporary import tidy_up_on_signals


def main() -> None:
    """Runs the program. What takes time to load is loaded only when an interruption is no traceback any more."""
    tidy_up_on_signals()
    from checker.cli.main import main as run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
