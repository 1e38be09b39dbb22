"""Files of prices: what may be written in them (schema), key figures of an assessment, and how they are read."""
