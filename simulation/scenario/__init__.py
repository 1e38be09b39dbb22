"""What an analyst writes: strict YAML, overlays on a resolved base, and a validated, frozen scenario."""
