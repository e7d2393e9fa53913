"""Meetings: from talk to minutes, to-dos and drafts, each sentence traceable to its moment."""
