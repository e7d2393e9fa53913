"""Companion talk."""
