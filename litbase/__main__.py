"""`litbase` and `python -m litbase`."""

import gc
import sys

# A command lives for milliseconds: looking for cycles every 700 objects would cost a tenth of them.
gc.set_threshold(50_000, 20, 20)


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        from litbase.cli.front import run
    except KeyboardInterrupt:
        # Before the front door stands, which takes all others; nothing was begun.
        sys.exit(130)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
