"""The full screen in a browser on this machine, behind a door of its own.

    browser ── door ── tabs ── a process for each tab
               │
               └─ keys: one address that works once, then a cookie

textual-serve gives the terminal in the page and the words that it speaks with a screen's process; who may come in,
what the page may load and when a process ends is decided here.
"""
