"""A second engine that simulates the same scenarios the literal SimPy way, and the proof that both agree."""
