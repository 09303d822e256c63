"""`python -m generator`, for where the command `restwright` is not installed."""

from generator.cli import main

if __name__ == "__main__":
    main()
