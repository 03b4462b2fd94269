"""What holds for all tests: random examples are the same in every run, none is refused for being slow, and signals are heard."""

from __future__ import annotations

import signal

from hypothesis import settings

settings.register_profile("checker", deadline=None, derandomize=True, database=None)
settings.load_profile("checker")

# Who starts the tests may ignore signals, as `nohup` does, and all that they start would ignore them too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
