"""Text with places: strict YAML, values with sources, overlays, fitted values, problems at file:line:col."""
