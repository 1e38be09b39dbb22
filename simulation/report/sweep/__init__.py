"""What a sweep shows: text, figures, maps and sheets."""
