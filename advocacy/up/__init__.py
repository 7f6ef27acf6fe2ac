"""Starts and stops everything one installation needs: `python -m advocacy.up run | with | servers | stack`.

Runs before Django and without it: this package reads no settings and imports no model.
"""
