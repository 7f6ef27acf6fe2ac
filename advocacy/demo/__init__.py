"""Brackenby Cycle Works: the invented firm of the demo, with four months behind it that always end today.

The words stand in the TOML files; the modules deal them out. Every roll of the dice is named after what it decides
(`chance.dice`), so the same seed on the same day makes the same firm.
"""
