"""From the numbers in a file to sRGB: depth, profiles, transfer curves, light that is brighter than white."""
