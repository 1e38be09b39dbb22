"""What people look at: tables on screen, figures with captions."""
