"""Tables (CSV): one activity a row, in a layout that is known or that a member has explained."""
