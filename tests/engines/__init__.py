"""Windows of browsers that are not Chromium, driven without any package of theirs."""
