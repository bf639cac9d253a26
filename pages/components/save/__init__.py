"""What is taken away: the file, its settings, a recipe, a colour table, a link."""
