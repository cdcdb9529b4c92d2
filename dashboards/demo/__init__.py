"""A believable club, made up: who is in it (cast) and what each of them did (diary). Pure."""
