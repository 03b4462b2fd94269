"""The passes: each has a plan say the same in less time, where facts of the submission allow it. `checker.plan` orders them."""
