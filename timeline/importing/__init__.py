"""Other people's data → events: bytes → rows → drafts → gathered → plan. Pure and lazy up to the plan; nothing is guessed, and nothing is dropped."""
