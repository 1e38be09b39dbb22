"""Small inputs that once went wrong, each with what is right in its README, and a test named after it."""
