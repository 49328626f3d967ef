"""``python -m provcheck`` and the ``provcheck`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        from provcheck.cli import main as run  # noqa: PLC0415  # Ctrl-C may come while this is imported
        from provcheck.cli.process import leave  # noqa: PLC0415  # as above

        leave(run())
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
