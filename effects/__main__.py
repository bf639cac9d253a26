"""`python -m effects`."""

import sys

from effects.cli import main

sys.exit(main())
