"""Whether a published claim is true, on what reading, and what would be safe to write.

`grammar` and `fields` read a claim, `readings` lists what its words may mean, `decide` answers one reading, `verdict` joins the answers, `rewrite` words what is safe.
docs/claims.md says what is understood and what the verdicts mean.
"""
