"""The main jobs in browsers that are not Chromium."""
