"""The figures of a report to the government on a day: the same whenever they are asked for.

`material` fetches what was known on the day, `standing`, `figures` and `changes` make figures of it (pure), `issuing` keeps
those of the reports that were handed over.
"""
